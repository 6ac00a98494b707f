"""Reads out what is written in a file, as blocks: a list of strings, of which the first says what it is.

["h2", text], ["p", text], ["row", number, *cells], ["md", text]; ["sheet" | "slide" | "page", name] begins a part.
"""

from __future__ import annotations

import csv
import json
import re
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from community.files.alone import Refused, office, open_document

Block = list[str]
MOST_LETTERS = 2_000_000  # read out of one file
MOST_PAGES = 2_000
PATIENCE = 10  # seconds of work, after which what was read until then has to do
LONGEST_PARAGRAPH = 20_000
MOST_CELLS = 200
PARTS = ("sheet", "slide", "page", "end")
MORE = ["more"]  # there is more, but nobody reads that far


def write_out(came: Path, made: Path, kind: str) -> dict[str, Any]:
    """One block a line into `made`, until there is no more, or enough: then `cut`. `empty`: no word was in it."""
    letters, facts = 0, {"cut": False, "empty": True}
    with made.open("w", encoding="utf-8") as lines:
        for block in blocks(came, kind):
            letters += sum(map(len, block))
            if block == MORE or letters > MOST_LETTERS or time.process_time() > PATIENCE:
                return {**facts, "cut": True}
            lines.write(json.dumps(block, ensure_ascii=False) + "\n")
            facts["empty"] &= block[0] in PARTS
    return facts


def blocks(came: Path, kind: str) -> Iterator[Block]:
    """What is written in it; nothing for a kind that holds no text."""
    readers = {
        "application/pdf": _pdf,
        "text/csv": _csv,
        "text/plain": _plain,
        "text/markdown": _markdown,
        **{f"{office.KIND}{ending}": reader for ending, reader in office.READERS.items()},
        **{f"{open_document.KIND}{ending}": open_document.read for ending in ("text", "spreadsheet", "presentation")},
    }
    for block in readers[kind](came) if kind in readers else ():
        yield [_bounded(part) for part in block[: MOST_CELLS + 2]]


def decoded(came: Path) -> str:
    """Text in UTF-8 or, as older programs save it, in the Western alphabet."""
    raw = came.read_bytes()
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return raw.decode("cp1252", "replace")


def rows_of(lines: list[str]) -> Iterator[list[str]]:
    """The rows of a table that is written with commas, semicolons, tabs or bars between its cells."""
    csv.field_size_limit(10_000_000)
    sample = lines[:50]
    sign = max("\t;,|", key=lambda sign: sum(line.count(sign) for line in sample))
    yield from csv.reader(lines, delimiter=sign)


def _csv(came: Path) -> Iterator[Block]:
    for number, cells in enumerate(rows_of(decoded(came).splitlines(keepends=True)), 1):
        if any(cell.strip() for cell in cells):
            yield ["row", str(number), *cells]


def _plain(came: Path) -> Iterator[Block]:
    for paragraph in re.split(r"\n\s*\n", decoded(came).replace("\r\n", "\n")):
        if paragraph.strip():
            yield ["p", paragraph.strip("\n")]


def _markdown(came: Path) -> Iterator[Block]:
    yield ["md", decoded(came)[:MOST_LETTERS]]


def _pdf(came: Path) -> Iterator[Block]:
    from pypdf import PdfReader
    from pypdf.errors import DependencyError, FileNotDecryptedError

    try:
        reader = PdfReader(came)
        if reader.is_encrypted and not reader.decrypt(""):
            raise Refused("locked")
        for number, page in enumerate(reader.pages, 1):
            if number > MOST_PAGES:
                yield MORE
                return
            yield ["page", str(number)]
            for paragraph in re.split(r"\n\s*\n", page.extract_text()):
                if paragraph.strip():
                    yield ["p", paragraph.strip()]
    except (DependencyError, FileNotDecryptedError) as locked:
        raise Refused("locked") from locked


def _bounded(text: str) -> str:
    """Without characters that no database takes, and no longer than anybody reads at once."""
    if text.isprintable() and len(text) <= LONGEST_PARAGRAPH:
        return text
    return re.sub(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]", " ", text[:MOST_LETTERS])
