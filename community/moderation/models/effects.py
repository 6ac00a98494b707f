"""What a decision does to the place a thing is in: the discussion or room it is part of."""

from __future__ import annotations

from typing import Any

from community.members.models import Member
from community.moderation.models.acts import HIDING, SLOWLY, Act
from community.moderation.models.bar import BarredFile
from community.moderation.models.decision import Decision, Measure


def slows(thing: Any) -> Any:
    """What can be slowed because of it, with `slow` and `slow_down`: a room, or the discussion that can be closed."""
    return getattr(thing, "slows", thing.locks)


def begin(thing: Any, decision: Decision, to: str) -> None:
    """The place is slow, or closed, or elsewhere, from now on; and files that were taken down do not come back."""
    if decision.act in HIDING:
        BarredFile.put_down(thing, decision)
        if decision.case:
            decision.case.look_for_copies()
    if decision.act == Act.MOVE and thing.moves is not None:
        before = thing.moves.send_to(to, decision.by, decision.reason)
        Measure.objects.filter(decision=decision).update(before=before)
    if decision.act == Act.SLOW and slows(thing) is not None:
        slows(thing).slow_down(decision.by, SLOWLY)
    if decision.act == Act.LOCK and thing.locks is not None:
        thing.locks.close(decision.by)


def end(thing: Any, decision: Decision, by: Member) -> None:
    """It is no longer, unless somebody has set it otherwise meanwhile."""
    if decision.act == Act.MOVE:
        thing.moves.send_back(decision.measure.before, by)
    if decision.act == Act.SLOW and slows(thing) is not None and slows(thing).slow == SLOWLY:
        slows(thing).slow_down(by, 0)
    if decision.act == Act.LOCK and thing.locks is not None and thing.locks.is_closed:
        thing.locks.reopen(by)
