"""A version as it is read on its page: in parts, so that no document is too long for a telephone."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from community import richtext
from community.files.models import Contents, StoredFile
from groups.documents.models import Version

MOST_BLOCKS = 150
MOST_LETTERS = 30_000
SOUNDS = "audio/"


@dataclass
class Piece:
    """A heading, paragraph or table; or the name of a sheet, slide or page that begins here."""

    kind: str
    text: Any = ""
    rows: list[list[str]] = field(default_factory=list)


@dataclass
class Part:
    """One part of `of`. `state`: as `Contents.State` has it, "waiting", or "none" where there is no text to expect."""

    version: Version
    number: int = 1
    of: int = 1
    state: str = "none"
    is_cut: bool = False
    pieces: list[Piece] = field(default_factory=list)

    @property
    def before(self) -> int | None:
        return self.number - 1 if self.number > 1 else None

    @property
    def after(self) -> int | None:
        return self.number + 1 if self.number < self.of else None


def part_of(version: Version, number: str = "") -> Part:
    """The part that the address asks for, the first if it asks for none that exists."""
    if version.file is None or not _has_text(version.file):
        return Part(version)
    contents = version.contents
    if contents is None:
        return Part(version, state="waiting")
    parts = _parts(contents)
    asked = int(number) if number.isascii() and number.isdigit() and 0 < int(number[:9]) <= len(parts) else 1
    pieces = list(_pieces(parts[asked - 1])) if parts else []
    return Part(version, asked, max(1, len(parts)), contents.state, contents.is_cut, pieces)


def _has_text(file: StoredFile) -> bool:
    return not file.is_image and not file.kind.startswith(SOUNDS)


def _parts(contents: Contents) -> list[list[list[str]]]:
    parts: list[list[list[str]]] = []
    letters = MOST_LETTERS
    for block in contents.blocks:
        long = sum(map(len, block))
        if letters + long > MOST_LETTERS or len(parts[-1]) >= MOST_BLOCKS:
            parts.append([])
            letters = 0
        parts[-1].append(block)
        letters += long
    return parts


def _pieces(blocks: list[list[str]]) -> Any:
    """Rows that follow each other are one table."""
    for kind, group in groupby(blocks, key=lambda block: block[0]):
        some = list(group)
        if kind == "row":
            wide = max(len(block) for block in some)
            yield Piece(kind, rows=[block[2:] + [""] * (wide - len(block)) for block in some])
        elif kind == "md":
            yield from (Piece(kind, _rendered(block[1])) for block in some)
        elif kind != "end":
            yield from (Piece(kind, block[1]) for block in some)


def _rendered(source: str) -> Any:
    """As a page, unless it is longer than we render: then as it is written."""
    try:
        return richtext.render(source).html
    except richtext.TooLong:
        return source
