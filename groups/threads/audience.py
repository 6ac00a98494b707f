"""Who is told of a post, and as what: whom it mentions, whoever takes part in the thread, whoever follows it all."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, Q, QuerySet

from community.members.models import Member
from groups import text
from groups.watching.models import Level, with_levels
from groups.watching.state import State, state

if TYPE_CHECKING:
    from groups.threads.models.post import Post
    from groups.threads.models.thread import Thread

Told = tuple[str, str | None]  # a kind of notification, and who is not told though they wished it (see `notify`)


def audience(post: Post, mentioned: set[int]) -> dict[Told, list[Member]]:
    """The members to tell of a new post, each once: by their own wish, and only who can see the thread.

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
    is_answer_to = post.reply_to.writer.pk if post.reply_to else None
    told: dict[Told, list[Member]] = defaultdict(list)
    for member in readers.filter(wanted).only("pk").order_by("pk"):
        if member.pk in mentioned:
            told["mentioned", None].append(member)
        elif member.pk in leads:
            told["asked-leads", None].append(member)
        elif thread.kind == thread.Kind.ANNOUNCEMENT and post.number == 1:
            told["posted", ""].append(member)  # said in office
        elif member.takes_part:
            told["replied", None if member.pk == is_answer_to else "mute"].append(member)
        else:
            told["posted", None].append(member)
    return told


def watched_by(member: Member, thread: Thread) -> State:
    """How much of the thread the member is told, for the button at its head."""
    return state(member, thread.group, thread, _wrote(thread.posts.all()))


def _wrote(posts: QuerySet[Post]) -> Q:
    """Of a member: whether one of the posts is theirs, with their name or without."""
    return Exists(posts.filter(author=OuterRef("pk"))) | Exists(posts.filter(mask__member=OuterRef("pk")))
