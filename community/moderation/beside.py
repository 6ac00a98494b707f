"""What waits for staff in rooms above the desk: it says how much, beside where that is."""

from __future__ import annotations

from collections.abc import Callable

from community.members.models import Member

Count = Callable[[Member], int]
_counts: list[Count] = []


def counted_by(how: Count) -> None:
    """A room above says how many of its things wait for an answer of a member."""
    _counts.append(how)


def to_approve(staff: Member) -> int:
    """How many things wait for approval that they may answer."""
    return sum(how(staff) for how in _counts)
