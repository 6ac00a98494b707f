"""What lists of threads ask: what is new to a member, what they muted, in which order."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from community.members.models import Member
from groups.tags.models import Tag
from groups.threads.models.mask import Mask
from groups.threads.models.read_mark import ReadMark
from groups.watching.models import Level, Watch, groups_at

if TYPE_CHECKING:
    from groups.threads.models.thread import Thread  # noqa: F401 - named in a string below

RECENT = dt.timedelta(days=30)  # what is older and was never read is no news any more
MOST_COUNTED = 100  # no list of unread threads needs to be counted further


def begun_by(member: Member) -> Q:
    """Which the member began, with their name or without."""
    first = Mask.objects.mine(member).filter(post__number=1)
    return Q(author=member.pk) | Q(pk__in=first.values("post__thread"))


class ThreadLists(models.QuerySet["Thread"]):
    def with_news_for(self, member: Member) -> Self:
        """Each with `read`, how many of its posts the member has read."""
        marks = ReadMark.objects.filter(thread=OuterRef("pk"), member=member.pk)
        return self.annotate(read=Coalesce(Subquery(marks.values("count")), 0))

    def with_mutes_of(self, member: Member) -> Self:
        """Each with `is_muted`: whether the member wants to be told nothing of it."""
        quiet = Watch.objects.visible_to(member).filter(thing_model=self.model._meta.label_lower, level=Level.NOTHING)
        return self.annotate(is_muted=Exists(quiet.filter(thing_id=OuterRef("pk"))))

    def unread_by(self, member: Member) -> Self:
        """In which something was written this month, and the member has not read all."""
        recent = self.filter(last_post_at__gt=timezone.now() - RECENT, is_waiting=False, archived_at=None)
        return recent.with_news_for(member).filter(last_number__gt=F("read"))

    def without(self, muted: Collection[Tag], member: Member) -> Self:
        """Without those marked for no other nations than the `muted`, of the member's; what they started stays."""
        if not muted:
            return self
        marks = self.model.tags.through.objects.filter(thread=OuterRef("pk"))
        for_others = marks.exclude(tag__nation="").exclude(tag__in=muted)
        return self.filter(begun_by(member) | ~Exists(marks.filter(tag__in=muted)) | Exists(for_others))

    def followed_by(self, member: Member) -> Self:
        """Of whose every post the member is told: by their own choice, their group's, or for they wrote in it."""
        chosen = Watch.objects.visible_to(member).filter(thing_model=self.model._meta.label_lower)
        own = {level: chosen.filter(level=level).values("thing_id") for level in Level.values}
        loud, quiet = groups_at(member, Level.EVERYTHING), groups_at(member, Level.MENTIONS, Level.NOTHING)
        wrote = Q(pk__in=member.posts.values("thread")) | Q(pk__in=Mask.objects.mine(member).values("post__thread"))
        wrote &= ~Q(pk__in=own[Level.MENTIONS]) & ~Q(pk__in=own[Level.NOTHING])
        takes_part = wrote & (Q(pk__in=own[Level.MINE]) | ~Q(group__in=quiet))
        watched = Q(group__in=loud) & ~Q(pk__in=chosen.values("thing_id"))
        return self.filter(Q(pk__in=own[Level.EVERYTHING]) | takes_part | watched)

    def tagged(self, tags: Collection[Tag]) -> Self:
        """Those that carry one of the tags, given as rows: by a word's key a database knows how rare it is."""
        carry = self.model.tags.through.objects.filter(tag__in=tags)
        return self.filter(pk__in=carry.values("thread"))

    def news_by_group(self) -> dict[int, dict[int, int]]:
        """Of unread threads (`unread_by`): how many posts of each are new, by its key, by the key of the group."""
        found: dict[int, dict[int, int]] = {}
        rows = self.order_by("-last_post_at").values_list("group", "pk", F("last_number") - F("read"))
        for group, pk, news in rows[: MOST_COUNTED * 10]:
            found.setdefault(group, {})[pk] = news
        return found

    def number(self) -> int:
        """How many there are, as far as one counts."""
        return len(self.order_by().values_list("pk")[:MOST_COUNTED])

    def current(self) -> Self:
        """Without those in the archive: for lists."""
        return self.filter(archived_at=None)

    def opened(self) -> Self:
        """Without those that are not open yet, also for those who know them: for what is called new."""
        return self.filter(is_waiting=False)

    def without_answer(self) -> Self:
        """Questions for which no answer was chosen, and could be."""
        return self.current().filter(kind=self.model.Kind.QUESTION, is_answered=False, is_closed=False)

    def unanswered(self) -> Self:
        """Questions nobody has replied to, the longest waiting first."""
        waiting = self.opened().without_answer().filter(hidden=None, post_count=1)
        return waiting.order_by("created_at")

    def in_order(self) -> Self:
        """Pinned first, then by the last post."""
        return self.order_by("-is_pinned", "-last_post_at", "-pk")
