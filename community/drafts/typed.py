"""What a form says of its draft: where it belongs, the texts, and which saved state its page knew."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict

PLACE = re.compile(r"([a-z]{2,20}):([a-z]{1,30}\.[a-z]{1,30})-([0-9]{1,18})")
TEXTS = ("title", "body")  # a form without any of these has nothing to keep
NOT_KEPT = {"csrfmiddlewaretoken", "place", "sequence", "tab", "quiet", "key", "seen", "draft", "preview"}
LARGEST = 100_000  # characters of all fields together
MOST_FIELDS = 40


@dataclass(frozen=True)
class Typed:
    """`sequence` is the saved state that the page knew, `tab` a name that the page gave itself."""

    place: str
    fields: dict[str, str | list[str]]
    sequence: int = 0
    tab: str = ""

    @classmethod
    def of(cls, data: Mapping[str, Any], most: int = MOST_FIELDS) -> Typed | None:
        """As a form sent it, its first `most` fields; None if it names no place where a draft could be kept."""
        place, sequence = str(data.get("place", "")), str(data.get("sequence", ""))
        if not PLACE.fullmatch(place):
            return None
        known = int(sequence) if sequence.isascii() and sequence.isdigit() and len(sequence) < 10 else 0
        return cls(place, _fields(data, most), known, _clean(data.get("tab", ""))[:40])

    @property
    def size(self) -> int:
        """How much there is to keep, 0 if nothing was written."""
        if not any(str(self.fields.get(name, "")).strip() for name in TEXTS):
            return 0
        return sum(len(name) + len(value) for name, value in self.pairs)

    @property
    def pairs(self) -> list[tuple[str, str]]:
        """Names and values, one by one, as a form sends them."""
        values = ((name, [held] if isinstance(held, str) else held) for name, held in self.fields.items())
        return [(name, value) for name, each in values for value in each]


def _fields(data: Mapping[str, Any], most: int) -> dict[str, str | list[str]]:
    """The fields by name, several values of one as a list; files are no part of a draft."""
    sent = data.lists() if isinstance(data, QueryDict) else [(name, [value]) for name, value in data.items()]
    names = [(name, values) for name, values in sent if name not in NOT_KEPT and len(str(name)) <= 40 and values]
    found = {str(name): [_clean(value) for value in values[:MOST_FIELDS]] for name, values in names[:most]}
    several = {name: values for name, values in found.items() if len(values) > 1 and name not in TEXTS}
    return {name: several.get(name) or values[-1] for name, values in found.items()}


def _clean(value: Any) -> str:
    """Without the one character that not every database keeps; lines end as they do everywhere."""
    return str(value).replace("\0", "").replace("\r\n", "\n")
