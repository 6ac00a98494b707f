"""Words in a link by which one member's letters of one kind are stopped, or started again, without signing in."""

from __future__ import annotations

from typing import NamedTuple

from django.core import signing

SALT = "community.notifications.stop"


class Wish(NamedTuple):
    """That the member (by key) wants `what` ("direct", "followed", "thread-12", "group-3") at that level. No more."""

    member: int
    what: str
    level: str

    def sign(self) -> str:
        return signing.dumps([*self], salt=SALT)

    @classmethod
    def read(cls, token: str) -> Wish | None:
        """What was signed here, None for anything else."""
        try:
            member, what, level = signing.loads(token, salt=SALT)
        except (signing.BadSignature, ValueError, TypeError):
            return None
        return cls(int(member), str(what), str(level))
