"""The verdict every policy gives: yes, or no with a sentence for people. Knows neither HTTP nor Channels."""

from __future__ import annotations

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.utils.functional import Promise


class Refused(PermissionDenied):
    """Someone asked for what they may see but not do. `str(refused)` is the sentence to show them."""


@dataclass(frozen=True)
class Verdict:
    """Truthy when allowed; otherwise `why_not` says why, in words for the person who asked."""

    why_not: str | Promise = ""

    def __bool__(self) -> bool:
        return not self.why_not

    def enforce(self) -> None:
        """Raise `Refused` with the sentence, unless allowed."""
        if self.why_not:
            raise Refused(self.why_not)


def Yes() -> Verdict:  # noqa: N802 - reads as the answer it is
    """Allowed."""
    return Verdict()


def No(why_not: str | Promise) -> Verdict:  # noqa: N802
    """Refused, with the sentence that says why."""
    return Verdict(why_not)
