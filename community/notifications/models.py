"""A notification: that something concerns a member. The words come from the thing when it is shown."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import models
from django.utils import timezone

from community import live
from community.members.models import Member


class Notification(models.Model):
    """`kind` ("mentioned", "replied", "hide") happened to a thing ("threads.post", 12) and concerns the member."""

    member = models.ForeignKey(Member, models.CASCADE, related_name="notifications")
    kind = models.CharField(max_length=20)
    thing_model = models.CharField(max_length=80)
    thing_id = models.PositiveBigIntegerField()
    at = models.DateTimeField(default=timezone.now)
    read_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["member", "read_at", "-at"])]


def notify(members: Iterable[Member], kind: str, thing: models.Model) -> None:
    """Put it into each member's tray, inside the deed's transaction."""
    rows = [
        Notification(member=member, kind=kind, thing_model=thing._meta.label_lower, thing_id=thing.pk)
        for member in members
    ]
    Notification.objects.bulk_create(rows)
    for row in rows:
        live.publish(f"member-{row.member_id}", "refresh", target="needs-you")


live.follow_if("member", lambda member, pk: member.pk == pk)
