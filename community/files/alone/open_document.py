"""Reads ODT, ODS and ODP: all three are paragraphs, headings and tables in one part."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from pathlib import Path
from xml.etree.ElementTree import Element

from community.files.alone.office import MOST_COLUMNS, Block, bare, elements, said

KIND = "application/vnd.oasis.opendocument."
ASIDE = {"tracked-changes", "annotation", "forms"}  # deleted, or said beside the text


def read(came: Path) -> Iterator[Block]:
    """Its text in order."""
    with zipfile.ZipFile(came) as packed:
        yield from _Reader().read(elements(packed, "content.xml"))


class _Reader:
    def __init__(self) -> None:
        self.cell: list[str] = []
        self.row: list[str] = []
        self.tables = self.rows = self.aside = self.slides = 0
        self.is_sheet = False

    def read(self, found: Iterator[tuple[str, Element]]) -> Iterator[Block]:
        for event, element in found:
            name = bare(element)
            if name in ASIDE:
                self.aside += 1 if event == "start" else -1
            elif name == "spreadsheet":
                self.is_sheet = True
            elif not self.aside:
                yield from (self._began if event == "start" else self._ended)(name, element)
            if event == "end" and name in {"table-row", "page", "p", "h"} | ASIDE:
                tail = element.tail  # it may be read before it ends
                element.clear()
                element.tail = tail

    def _began(self, name: str, element: Element) -> Iterator[Block]:
        if name == "table":
            self.tables += 1
            if self.tables == 1:
                self.rows = 0
                if self.is_sheet:
                    yield ["sheet", said(element, "name")]
        elif name == "page":
            self.slides += 1
            yield ["slide", str(self.slides)]

    def _ended(self, name: str, element: Element) -> Iterator[Block]:
        if name in {"p", "h"}:
            words = _words(element).strip()
            if words and self.tables:
                self.cell.append(words)
            elif words:
                yield [f"h{min(6, int(said(element, 'outline-level') or 1))}" if name == "h" else "p", words]
        elif name in {"table-cell", "covered-table-cell"} and self.tables == 1:
            times = min(int(said(element, "number-columns-repeated") or 1), MOST_COLUMNS)
            self.row += [" ".join(self.cell)] * times
            self.cell = []
        elif name == "table-row" and self.tables == 1:
            if any(self.row):
                yield ["row", str(self.rows + 1), *_without_end(self.row)]
            self.rows += int(said(element, "number-rows-repeated") or 1)
            self.row = []
        elif name == "table":
            self.tables -= 1
            if not self.tables:
                yield ["end"]


def _words(element: Element) -> str:
    """The text of a paragraph, with its blanks where they are elements."""
    text = element.text or ""
    for inner in element:
        name = bare(inner)
        if name in {"s", "tab", "line-break"}:
            text += " " * min(int(said(inner, "c") or 1), 20)
        elif name not in ASIDE:
            text += _words(inner)
        text += inner.tail or ""
    return text


def _without_end(row: list[str]) -> list[str]:
    """Without the empty cells at its end."""
    while row and not row[-1]:
        row.pop()
    return row[:MOST_COLUMNS]
