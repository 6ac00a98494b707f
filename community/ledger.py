"""The ledger: every act of staff and leads, append-only, each row sealed with the hash of the one before."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone

from community.models import Entry, Stream

if TYPE_CHECKING:
    from community.members.models import Member


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
