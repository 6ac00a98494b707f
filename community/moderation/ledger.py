"""The ledger: every act of staff and leads, append-only, each row sealed with the hash of the one before."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from django.db import models, transaction
from django.utils import timezone

from community.members.models import Member
from community.models import Stream


class Entry(models.Model):
    """Who did what to which thing, when and why. `hash` covers the row and the hash before it."""

    number = models.PositiveBigIntegerField(primary_key=True)
    at = models.DateTimeField()
    actor = models.ForeignKey(Member, models.PROTECT, null=True, related_name="+")
    act = models.CharField(max_length=40)
    subject = models.CharField(max_length=80)
    reason = models.TextField(blank=True)
    details = models.JSONField(default=dict)
    before = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta:
        app_label = "moderation"
        ordering = ["number"]

    def __str__(self) -> str:
        return f"{self.number} {self.act} {self.subject}"

    def seal(self) -> str:
        """The hash this row must carry."""
        row = [self.number, self.at.isoformat(), self.actor_id, self.act, self.subject, self.reason, self.details]
        return hashlib.sha256((self.before + json.dumps(row, sort_keys=True)).encode()).hexdigest()


@transaction.atomic
def record(actor: Member | None, act: str, subject: str, reason: str = "", **details: Any) -> Entry:
    """Write a row, inside the deed's transaction. The number's row lock keeps the chain in one order."""
    number = Stream.advance("ledger")
    before = Entry.objects.filter(number=number - 1).values_list("hash", flat=True).first() or ""
    entry = Entry(
        number=number,
        at=timezone.now(),
        actor=actor,
        act=act,
        subject=subject,
        reason=reason,
        details=details,
        before=before,
    )
    entry.hash = entry.seal()
    entry.save(force_insert=True)
    return entry


def first_broken() -> int | None:
    """The number of the first row that was altered, is missing or out of order; None if the chain holds."""
    expected, before = 1, ""
    for entry in Entry.objects.iterator():
        if entry.number != expected or entry.before != before or entry.hash != entry.seal():
            return expected
        expected, before = expected + 1, entry.hash
    last = Stream.objects.filter(name="ledger").values_list("last", flat=True).first() or 0
    return expected if last >= expected else None
