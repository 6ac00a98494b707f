"""Who is told of a post, and as what: whom it mentions, whoever takes part in the thread, whoever follows it all."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, Q, QuerySet

from community.members.models import Member
from groups.threads import text
from groups.watching.models import Level, with_levels
from groups.watching.state import State, state

if TYPE_CHECKING:
    from groups.threads.models.post import Post
    from groups.threads.models.thread import Thread


def audience(post: Post, mentioned: set[int]) -> dict[str, list[Member]]:
    """The members to tell of a new post, by kind, each once: by their own wish, and only who can see the thread.

    One query, however many watch; in the order of their keys, so that two deeds never wait for each other.
    """
    thread = post.thread
    if thread.is_waiting or not post.is_in_sight:
        return {}
    wrote = _wrote(thread.posts.filter(number__lt=post.number))
    readers = with_levels(text.readers(thread.group), thread.group, thread).annotate(takes_part=wrote)
    readers = readers.exclude(pk__in={post.author_id, post.writer.pk})
    wanted = Q(level=Level.EVERYTHING) | Q(level=Level.MINE, takes_part=True)
    leads = set(thread.group.leads().values_list("member", flat=True)) if text.LEADS in mentioned else set()
    wanted |= Q(pk__in=mentioned | leads) & ~Q(level=Level.NOTHING)
    if post.reply_to:
        wanted |= Q(pk=post.reply_to.writer.pk, level=Level.MENTIONS)  # a reply to oneself names one
    if post.number == 1 and thread.kind == thread.Kind.ANNOUNCEMENT:
        wanted |= Q(level__in=[Level.MINE, Level.MENTIONS])
    told: dict[str, list[Member]] = defaultdict(list)
    for member in readers.filter(wanted).only("pk").order_by("pk"):
        told[_kind(member, mentioned, leads)].append(member)
    return told


def watched_by(member: Member, thread: Thread) -> State:
    """How much of the thread the member is told, for the button at its head."""
    return state(member, thread.group, thread, _wrote(thread.posts.all()))


def _wrote(posts: QuerySet[Post]) -> Q:
    """Of a member: whether one of the posts is theirs, with their name or without."""
    return Exists(posts.filter(author=OuterRef("pk"))) | Exists(posts.filter(mask__member=OuterRef("pk")))


def _kind(member: Member, mentioned: set[int], leads: set[int]) -> str:
    if member.pk in mentioned:
        return "mentioned"
    if member.pk in leads:
        return "asked-leads"
    return "replied" if member.takes_part else "posted"  # type: ignore[attr-defined]
