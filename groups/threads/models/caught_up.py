"""All discussions of a group marked as read at once, in a way that can be taken back."""

from __future__ import annotations

import datetime as dt

from django.db import models, transaction
from django.utils import timezone

from community import live
from community.members.models import Member
from community.notifications.models import Notification
from groups.models import Group
from groups.threads.models.post import Post
from groups.threads.models.read_mark import ReadMark
from groups.threads.models.thread import Thread

MOST = 1000  # at once; whoever has more to read presses again
UNDO = dt.timedelta(minutes=10)


class CaughtUp(models.Model):
    """What the member had read of the group's discussions `before`: {thread: [number, beyond, count, count after]}."""

    member = models.ForeignKey(Member, models.CASCADE, related_name="+")
    group = models.ForeignKey(Group, models.CASCADE, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    before = models.JSONField(default=dict)

    class Meta:
        constraints = [models.UniqueConstraint("member", "group", name="caught_up_once")]

    @classmethod
    def just_now(cls, member: Member, group: Group) -> CaughtUp | None:
        """What can still be taken back."""
        return cls.objects.filter(member=member, group=group, at__gt=timezone.now() - UNDO).defer("before").first()

    @classmethod
    @transaction.atomic
    def mark(cls, member: Member, group: Group) -> None:
        """Everything of the group that is unread now counts as read."""
        unread = Thread.objects.visible_to(member).in_sight().filter(group=group).unread_by(member)
        lengths = dict(unread.order_by("-last_post_at").values_list("pk", "last_number")[:MOST])
        if not lengths:
            return
        marks = _held(member, lengths)
        before = {pk: [mark.number, mark.beyond, mark.count, lengths[pk]] for pk, mark in marks.items()}
        for pk, mark in marks.items():
            mark.add(1, lengths[pk])
        _keep(member, group, marks)
        cls.objects.update_or_create(member=member, group=group, defaults={"at": timezone.now(), "before": before})
        Notification.objects.visible_to(member).about(Post.objects.filter(thread__in=lengths)).mark_read()

    @classmethod
    @transaction.atomic
    def take_back(cls, member: Member, group: Group) -> None:
        """Unread again is what was; what has been read since stays read."""
        found = cls.objects.select_for_update().filter(member=member, group=group).first()
        if found is None or found.at < timezone.now() - UNDO:
            return
        marks = _held(member, [int(pk) for pk in found.before])
        for pk, (number, beyond, count, after) in found.before.items():
            mark = marks[int(pk)]
            if mark.count == after:
                mark.number, mark.beyond, mark.count = number, beyond, count
        _keep(member, group, marks)
        found.delete()


def _held(member: Member, threads: dict[int, int] | list[int]) -> dict[int, ReadMark]:
    """The member's marks of these threads, held to the end of the transaction, those not there yet as well."""
    ReadMark.objects.bulk_create([ReadMark(member=member, thread_id=pk) for pk in threads], ignore_conflicts=True)
    marks = ReadMark.objects.select_for_update().filter(member=member, thread__in=list(threads)).order_by("pk")
    return {mark.thread_id: mark for mark in marks}


def _keep(member: Member, group: Group, marks: dict[int, ReadMark]) -> None:
    ReadMark.objects.bulk_update(marks.values(), ["number", "beyond", "count"], batch_size=200)
    live.publish(f"reading-{member.pk}", "refresh", group.stream)
