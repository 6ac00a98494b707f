"""The ledger: every act of staff and leads, append-only, each row sealed with the hash of the one before."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone

from community.models import Entry, Stream
from community.order import at_its_turn

if TYPE_CHECKING:
    from community.members.models import Member


def record(actor: Member | None, act: str, subject: str, reason: str = "", **details: Any) -> None:
    """Write a row, inside the deed's transaction. The number's row lock keeps the chain in one order."""
    facts = {"actor": actor, "act": act, "subject": subject, "reason": reason, "details": details}
    at_its_turn("ledger", lambda: _write(facts))


@transaction.atomic(savepoint=False)  # the row stands or falls with its deed
def _write(facts: dict[str, Any]) -> None:
    number = Stream.advance("ledger")
    before = Entry.objects.filter(number=number - 1).values_list("hash", flat=True).first() or ""
    entry = Entry(number=number, at=timezone.now(), before=before, **facts)
    entry.hash = entry.seal()
    entry.save(force_insert=True)


def head() -> str:
    """The last row and its seal, as `is_known` takes it: kept elsewhere, it tells a chain that was written anew."""
    last = Entry.objects.order_by("number").last()
    return f"{last.number}:{last.hash}" if last else ""


def is_known(head: str) -> bool:
    """Whether a head that was kept elsewhere is still a row of the chain."""
    number, _colon, seal = head.partition(":")
    is_number = number.isascii() and number.isdigit() and len(number) < 19
    return is_number and Entry.objects.filter(number=int(number), hash=seal).exists()


def first_broken() -> int | None:
    """The number of the first row that was altered, is missing or out of order; None if the chain holds."""
    expected, before = 1, ""
    for entry in Entry.objects.iterator():
        if entry.number != expected or entry.before != before or entry.hash != entry.seal():
            return expected
        expected, before = expected + 1, entry.hash
    last = Stream.objects.filter(name="ledger").values_list("last", flat=True).first() or 0
    return expected if last >= expected else None


def what_is_wrong(number: int) -> str:
    """What happened to the row that `first_broken` gave: it is gone, stands elsewhere, or says something else."""
    row = Entry.objects.filter(number=number).first()
    if row is None:
        return "missing"
    sealed = Entry.objects.filter(number=number - 1).values_list("hash", flat=True).first() or ""
    if row.before != sealed:
        was = f"the one that followed row {number - 1}" if number > 1 else "the first one"
        return f"not {was}: out of order, or a row before it is missing"
    return "altered"
