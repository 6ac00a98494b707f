"""A version as it is read on its page: in parts, so that no document is too long for a telephone."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from community import richtext
from community.files import scores
from community.files.models import Contents, StoredFile
from groups.documents.models import Version

MOST_BLOCKS = 150
MOST_LETTERS = 30_000
SOUNDS = "audio/"
PAGED = ("page", "slide")  # what begins a page, as a reader counts them
MOST_WORDS = 10  # looked for in a text
Block = list[str]


@dataclass
class Piece:
    """A heading, paragraph or table; or the name of a sheet, slide or page that begins here."""

    kind: str
    text: Any = ""
    rows: list[list[str]] = field(default_factory=list)
    is_found: bool = False  # whether it is where the words stand that are looked for
    said: list[tuple[str, bool]] = field(default_factory=list)  # its text in bits, each with whether it is such a word


@dataclass
class Part:
    """One part of `of`.

    `state`: as `Contents.State` has it, "page", "waiting", or "none" where there is no text to expect.
    `page`: the one that was asked for or on which the words were `found`, "" where there is none; of `pages`.
    """

    version: Version
    number: int = 1
    of: int = 1
    state: str = "none"
    is_cut: bool = False
    pieces: list[Piece] = field(default_factory=list)
    html: str = ""  # of a page, which has one part
    page: str = ""
    pages: int = 0
    found: list[str] = field(default_factory=list)

    @property
    def before(self) -> int | None:
        return self.number - 1 if self.number > 1 else None

    @property
    def after(self) -> int | None:
        return self.number + 1 if self.number < self.of else None


def part_of(version: Version, asked: Mapping[str, str] | None = None) -> Part:
    """The part that the address asks for: a `part`, the one with a `page`, or with the words that were `found`.

    The first if it asks for none that exists.
    """
    asked = asked or {}
    if version.is_page:
        return Part(version, state="page", html=version.page.html)
    if version.file is None or not _has_text(version.file):
        return Part(version)
    contents = version.contents
    if contents is None:
        return Part(version, state="waiting")
    parts = _parts(contents)
    part = Part(version, 1, max(1, len(parts)), contents.state, contents.is_cut)
    words = asked.get("found", "").split()[:MOST_WORDS]
    block = _turn_to(part, parts, asked, words)
    if parts:
        part.pieces = [*_pieces(parts[part.number - 1], block, _any_of(words) if block else None)]
    return part


def _turn_to(part: Part, parts: list[list[Block]], asked: Mapping[str, str], words: list[str]) -> Block | None:
    """Open it at what is asked for. The block in which the words stand, if it was they."""
    places = [(number, block) for number, blocks in enumerate(parts, 1) for block in blocks]
    begins = {block[1]: number for number, block in places if block[0] in PAGED}
    part.pages = len(begins)
    number = asked.get("part", "")
    if number.isascii() and number.isdigit() and 0 < int(number[:9]) <= len(parts):
        part.number = int(number)
    elif asked.get("page") in begins:
        part.page = asked["page"]
        part.number = begins[part.page]
    elif words and (found := _best(places, words)) is not None:
        part.number, block = places[found]
        part.page = next((block[1] for _number, block in places[found::-1] if block[0] in PAGED), "")
        part.found = [word for word in words if _any_of([word]).search(" ".join(block[1:]))]
        return block
    return None


def _best(places: list[tuple[int, Block]], words: list[str]) -> int | None:
    """Which holds most of the words, the first of those that hold as many."""
    wanted = {word: _any_of([word]) for word in words}
    readable = (place for place, (_number, block) in enumerate(places) if block[0] not in PAGED)
    best = max(readable, key=lambda place: len(_held(places[place][1], wanted)), default=None)
    return best if best is not None and _held(places[best][1], wanted) else None


def _held(block: Block, wanted: dict[str, re.Pattern[str]]) -> list[str]:
    """Those of the words that stand in it. A pattern is slow, so it is tried only where the letters are."""
    said = " ".join(block[1:])
    low = said.lower()
    return [word for word, pattern in wanted.items() if word.lower() in low and pattern.search(said)]


def _any_of(words: list[str]) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)({'|'.join(map(re.escape, words))})(?!\w)", re.IGNORECASE)


def _has_text(file: StoredFile) -> bool:
    return not file.is_image and not file.kind.startswith(SOUNDS) and file.kind != scores.KIND


def _parts(contents: Contents) -> list[list[Block]]:
    parts: list[list[Block]] = []
    letters = MOST_LETTERS
    for block in contents.blocks:
        long = sum(map(len, block))
        if letters + long > MOST_LETTERS or len(parts[-1]) >= MOST_BLOCKS:
            begins = bool(parts) and parts[-1][-1][0] in PAGED and len(parts[-1]) > 1
            parts.append([parts[-1].pop()] if begins else [])  # a page begins where its text does
            letters = 0
        parts[-1].append(block)
        letters += long
    return parts


def _pieces(blocks: list[Block], found: Block | None, marked: re.Pattern[str] | None) -> Iterator[Piece]:
    """Rows that follow each other are one table."""
    for kind, group in groupby(blocks, key=lambda block: block[0]):
        some = list(group)
        if kind == "row":
            wide = max(len(block) for block in some)
            rows = [block[2:] + [""] * (wide - len(block)) for block in some]
            yield Piece(kind, rows=rows, is_found=any(block is found for block in some))
        elif kind == "md":
            yield from (Piece(kind, _rendered(block[1]), is_found=block is found) for block in some)
        elif kind != "end":
            yield from (Piece(kind, block[1], [], block is found, _bits(block[1], marked)) for block in some)


def _bits(text: str, marked: re.Pattern[str] | None) -> list[tuple[str, bool]]:
    """What is to be marked is every second one: so a pattern with one group splits."""
    bits = marked.split(text) if marked else [text]
    return [(bit, place % 2 == 1) for place, bit in enumerate(bits) if bit]


def _rendered(source: str) -> Any:
    """As a page, unless it is longer than we render: then as it is written."""
    try:
        return richtext.render(source).html
    except richtext.TooLong:
        return source
