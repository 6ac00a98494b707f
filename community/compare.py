"""What changed between two texts, word by word. Pure: knows neither who asks nor where the texts are from."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from difflib import SequenceMatcher
from typing import NamedTuple

WORDS, LINES = re.compile(r"\s*\S+"), re.compile(r"[^\n]*\n?")  # blanks go with the word after them: fewer, surer words
MOST_WORDS = 20_000
MOST_PAIRS = 250_000  # equal words to look at; beyond, a text is compared line by line, or given whole
LONG, KEPT = 80, 25  # of more unchanged words than LONG in a row, so many at each end are shown


class Part(NamedTuple):
    """A stretch of text that is "same", "added" or "removed"; or "gap" in place of a long one that is the same."""

    kind: str
    text: str


def changes(before: str, after: str) -> list[Part]:
    """The parts of both texts in reading order, what was removed before what was added in its place."""
    for tokens in (WORDS, LINES):
        old, new = (
            tokens.findall(before.rstrip()),
            tokens.findall(after.rstrip()),
        )  # else blanks at the end cost seconds
        if is_cheap(old, new):
            return list(_parts(old, new))
    return [Part("removed", before), Part("added", after)]


def is_cheap(old: list[str], new: list[str]) -> bool:
    """Whether the comparison takes no longer than a reader would wait. Words on every line are not looked at."""
    if len(old) + len(new) > MOST_WORDS:
        return False
    here, there = Counter(old), Counter(new)
    common = len(new) // 100 + 1 if len(new) >= 200 else len(new)
    return sum(here[word] * count for word, count in there.items() if count <= common) <= MOST_PAIRS


def _parts(old: list[str], new: list[str]) -> Iterator[Part]:
    for tag, a, b, c, d in SequenceMatcher(None, old, new).get_opcodes():
        if tag == "equal":
            yield from _same(old[a:b])
            continue
        if a < b:
            yield Part("removed", "".join(old[a:b]))
        if c < d:
            yield Part("added", "".join(new[c:d]))


def _same(words: list[str]) -> Iterator[Part]:
    if len(words) <= LONG:
        yield Part("same", "".join(words))
        return
    yield Part("same", "".join(words[:KEPT]))
    yield Part("gap", "")
    yield Part("same", "".join(words[-KEPT:]))
