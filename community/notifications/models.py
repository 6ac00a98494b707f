"""A notification: that something concerns a member. The words come from the thing when it is shown."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import models, transaction
from django.utils import timezone

from community import live, things
from community.members.models import Member

MOST_COUNTED = 100  # the header's number looks no further back


class NotificationQuerySet(models.QuerySet["Notification"]):
    def visible_to(self, member: Member) -> NotificationQuerySet:
        """The member's own. Whether the thing can be seen is asked when it is shown or counted."""
        return self.filter(member=member.pk)

    def unread(self) -> NotificationQuerySet:
        return self.filter(read_at=None)

    def about(self, found: models.QuerySet[Any]) -> NotificationQuerySet:
        """Those about the things found."""
        return self.filter(thing_model=found.model._meta.label_lower, thing_id__in=found.order_by().values("pk"))

    @transaction.atomic
    def mark_read(self) -> None:
        """They have been seen; the member's open pages show one less."""
        told = set(self.unread().values_list("member_id", flat=True))
        self.unread().update(read_at=timezone.now())
        for pk in told:
            live.publish(f"member-{pk}", "refresh")


class Notification(models.Model):
    """`kind` ("mentioned", "replied", "hide") happened to a thing ("threads.post", 12) and concerns the member."""

    member = models.ForeignKey(Member, models.CASCADE, related_name="notifications")
    kind = models.CharField(max_length=20)
    thing_model = models.CharField(max_length=80)
    thing_id = models.PositiveBigIntegerField()
    at = models.DateTimeField(default=timezone.now)
    read_at = models.DateTimeField(null=True, blank=True)

    thing: Any  # as far as the member may see it, given by `shown`

    objects = NotificationQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["member", "read_at", "-at"])]

    @property
    def name(self) -> things.Name:
        """The thing's name, as `community.things` takes it."""
        return self.thing_model, self.thing_id


def notify(members: Iterable[Member], kind: str, thing: models.Model) -> None:
    """Put it into each member's tray, inside the deed's transaction.

    Their pages are told after it, in one order: two deeds that tell the same people must not wait for each other.
    """
    rows = [
        Notification(member=member, kind=kind, thing_model=thing._meta.label_lower, thing_id=thing.pk)
        for member in members
    ]
    Notification.objects.bulk_create(rows)
    told = sorted({row.member_id for row in rows})
    transaction.on_commit(lambda: _tell(told), robust=True)


@transaction.atomic
def _tell(members: list[int]) -> None:
    for pk in members:
        live.publish(f"member-{pk}", "refresh")


def shown(rows: Iterable[Notification], member: Member) -> list[Notification]:
    """Those whose `thing` the member may see now. What one may see no more leaves no line behind."""
    rows = list(rows)
    seen = things.seen_by(member, [row.name for row in rows])
    for row in rows:
        row.thing = seen.get(row.name)
    return [row for row in rows if row.thing is not None]


def waiting(member: Member) -> int:
    """How many unread notifications the member has, of those whose things they may see now."""
    newest = list(Notification.objects.visible_to(member).unread()[:MOST_COUNTED])
    names = things.visible_names(member, [row.name for row in newest])
    return sum(row.name in names for row in newest)


live.follow_if("member", lambda member, pk: member.pk == pk)
