"""What members say of themselves is read by everybody; a room above knows the words that staff watch for."""

from __future__ import annotations

from collections.abc import Callable

from community.members.models import Member

Weigh = Callable[[Member, str, str], str]  # who says it, what, and what stood there before; gives why not, or nothing
_weigh: list[Weigh] = []


def weigh_by(how: Weigh) -> None:
    """A room above says why words are not taken."""
    _weigh.append(how)


def why_not(member: Member, words: str, before: str) -> list[str]:
    """What speaks against these words, in sentences for whoever wrote them."""
    return [why for how in _weigh if (why := how(member, words, before))]
