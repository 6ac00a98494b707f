"""Two changed texts of one origin made into one, sentence by sentence. Pure: knows neither who wrote nor why.

The way of diff3: what both left alone holds the texts together; between two such places whoever changed something is
followed, and where both did, it clashes, unless they did the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from typing import NamedTuple

from community.compare import is_cheap

SENTENCES = re.compile(r"[^\n]*?(?:(?<!\d)[.!?:;][^\S\n]+|\n)")  # a line, or a part of it that ends like a sentence

Texts = tuple[list[str], list[str], list[str]]


class Piece(NamedTuple):
    """A stretch of the merged text; where the two clash, `theirs` and `mine` in place of it."""

    text: str = ""
    theirs: str = ""
    mine: str = ""

    @property
    def is_clash(self) -> bool:
        return bool(self.theirs or self.mine)


def merge(origin: str, theirs: str, mine: str) -> list[Piece]:
    """What both made of the origin, in order. Texts too long to be compared while somebody waits clash as a whole.

    Blanks at the end of a text are no change of it.
    """
    texts = (_sentences(origin), _sentences(theirs), _sentences(mine))
    if not (is_cheap(texts[0], texts[1]) and is_cheap(texts[0], texts[2])):
        return [_settled(*texts)]
    return list(_joined(_pieces(texts)))


def brought_into(said: str, written: str, body: str) -> str:
    """What was `written`, with what somebody changed in what could be read of it (`said`) to make that body."""
    if body == said:
        return written
    pieces = merge(said, written, body)
    return "".join(piece.mine if piece.is_clash else piece.text for piece in pieces).rstrip()


def _sentences(text: str) -> list[str]:
    return SENTENCES.findall(f"{text.rstrip()}\n") if text.strip() else []


def _pieces(texts: Texts) -> Iterator[Piece]:
    origin, theirs, mine = texts
    begin = there = here = 0
    for at, at_theirs, at_mine in _left_alone(texts):
        yield _settled(origin[begin:at], theirs[there:at_theirs], mine[here:at_mine])
        yield Piece("".join(origin[at : at + 1]))
        begin, there, here = at + 1, at_theirs + 1, at_mine + 1


def _left_alone(texts: Texts) -> Iterator[tuple[int, int, int]]:
    """Where each sentence stands that both kept, in the origin and in both; at last the ends of the three."""
    origin, theirs, mine = texts
    there, here = _kept(origin, theirs), _kept(origin, mine)
    for at in sorted(there.keys() & here.keys()):
        yield at, there[at], here[at]
    yield len(origin), len(theirs), len(mine)


def _kept(origin: list[str], changed: list[str]) -> dict[int, int]:
    blocks = SequenceMatcher(None, origin, changed).get_matching_blocks()
    return {old + n: new + n for old, new, size in blocks for n in range(size)}


def _settled(origin: list[str], theirs: list[str], mine: list[str]) -> Piece:
    if mine in (origin, theirs):
        return Piece("".join(theirs))
    if theirs == origin:
        return Piece("".join(mine))
    return Piece(theirs="".join(theirs), mine="".join(mine))


def _joined(pieces: Iterator[Piece]) -> Iterator[Piece]:
    """What agrees in one stretch."""
    text = ""
    for piece in pieces:
        if piece.is_clash:
            if text:
                yield Piece(text)
            yield piece
            text = ""
        else:
            text += piece.text
    if text:
        yield Piece(text)
