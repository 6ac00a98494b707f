"""Discussions that may have said it already, for whoever types a title."""

from __future__ import annotations

from community.members.models import Member
from groups.search.similar import similar
from groups.threads.models import Post, Thread

MOST = 5


def similar_threads(member: Member, title: str) -> list[Thread]:
    """At most five that the member may read, the likest first."""
    found = similar(member, Post._meta.label_lower, title, 2 * MOST)
    posts = dict(Post.objects.visible_to(member).filter(pk__in=found).values_list("pk", "thread"))
    threads = Thread.objects.visible_to(member).in_sight().to_show().in_bulk(set(posts.values()))
    order = dict.fromkeys(posts[pk] for pk in found if pk in posts)
    return [threads[pk] for pk in order if pk in threads][:MOST]
