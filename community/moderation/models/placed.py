"""Where a thing stands, and what is there: said anew by the kinds of things for which it is otherwise."""

from __future__ import annotations

from typing import Any

from community.members.models import Member
from community.moderation.models.findable import Findable


class Placed(Findable):
    """Of itself it stands in no group, closes and moves nothing, and is nowhere else."""

    is_visible_to: Any
    evidence: Any
    kind_name: Any  # all given by what can be moderated

    class Meta:
        abstract = True

    @property
    def stands_in(self) -> Any:
        """The group it is in, with its `stream`, where its author can be kept from writing there."""
        return None

    @property
    def label(self) -> str:
        """What it is and where, for whoever sees it there: "post: A question of breath, post 3"."""
        return f"{self.kind_name}: {self}"

    @property
    def answering_too(self) -> list[Member]:
        """Who else answers for it: they hear of decisions in their tray, and its writer by letter."""
        return []

    def is_read_by(self, member: Member) -> bool:
        """Whether the member reads all of it in its own place, and not only what can be known of it."""
        return bool(self.is_visible_to(member))

    @property
    def known(self) -> str:
        """What is shown to those who may report it and do not read all of it."""
        return str(self.evidence)

    @property
    def elsewhere(self) -> list[str]:
        """The names ("post-12") of other things that quote it, or say the very same: some of them."""
        return []

    @property
    def locks(self) -> Any:
        """What can be closed against more words because of it: something with `is_closed`, `close` and `reopen`."""
        return None

    @property
    def moves(self) -> Any:
        """What can go elsewhere because of it, if it `can_move`: `places_for` staff, `send_to` and `send_back`."""
        return None

    def part_url(self, name: str) -> str:
        """Where the part of that name stands, asking nothing: its name is known to be one."""
        return ""

    def part(self, name: str) -> Any:
        """The part of it that goes by that name, as an exhibit that belongs to no report yet."""
        return None
