"""Reads DOCX, XLSX and PPTX: straight from their XML, part by part, nothing kept that was read."""

from __future__ import annotations

import datetime as dt
import posixpath
import re
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element

Block = list[str]
KIND = "application/vnd.openxmlformats-officedocument."
MOST_STRINGS = 1_000_000
MOST_COLUMNS = 200
DAYS = {*range(14, 18), 22, *range(27, 37), *range(50, 59)}  # number formats that are days, without a text of their own
FIRST_DAY = dt.datetime(1899, 12, 30)


def elements(packed: zipfile.ZipFile, name: str) -> Iterator[tuple[str, Element]]:
    """Start and end of each element of a part, by its bare name; none if there is no such part."""
    from defusedxml.ElementTree import iterparse

    if name not in packed.NameToInfo:
        return
    with packed.open(name) as part:
        yield from iterparse(part, events=("start", "end"), forbid_dtd=True)


def bare(element: Element) -> str:
    """Its name without the name of its family."""
    return element.tag.rpartition("}")[2]


def said(element: Element, name: str) -> str:
    """An attribute by its bare name."""
    return next((value for key, value in element.attrib.items() if key.rpartition("}")[2] == name), "")


def _docx(came: Path) -> Iterator[Block]:
    with zipfile.ZipFile(came) as packed:
        headings = {
            said(style, "styleId"): said(name, "val")
            for event, style in elements(packed, "word/styles.xml")
            if event == "end" and bare(style) == "style"
            for name in style
            if bare(name) == "name"
        }
        for part in ("word/document.xml", "word/footnotes.xml", "word/endnotes.xml"):
            reader = _Written(lambda style: _level(headings.get(style, style)))
            yield from reader.read(elements(packed, part))


def _level(style: str) -> str:
    found = re.match(r"heading ?([1-6])|(title)$", style.lower())
    return f"h{found[1] or 1}" if found else "p"


class _Written:
    """Paragraphs and tables of a Word part, or of a slide. What was deleted there is not read."""

    def __init__(self, tag_of: Callable[[str], str] = lambda _style: "p") -> None:
        self.tag_of = tag_of
        self.tag = self.held = "p"  # of this paragraph, and of all in this shape
        self.text: list[str] = []
        self.cell: list[str] = []
        self.row: list[str] = []
        self.tables = self.rows = self.said_again = 0

    def read(self, found: Iterator[tuple[str, Element]]) -> Iterator[Block]:
        for event, element in found:
            name = bare(element)
            if name == "Fallback":  # says the same again for older programs
                self.said_again += 1 if event == "start" else -1
            elif name == "tbl":
                yield from self._table(1 if event == "start" else -1)
            elif event == "end" and not self.said_again:
                yield from self._ended(name, element)
            if event == "end" and name in {"p", "tr", "tbl"}:
                element.clear()

    def _table(self, step: int) -> Iterator[Block]:
        self.tables += step
        if not self.tables:
            self.rows = 0
            yield ["end"]

    def _ended(self, name: str, element: Element) -> Iterator[Block]:
        if name == "t":
            self.text.append(element.text or "")
        elif name in {"tab", "br", "cr"}:
            self.text.append(" ")
        elif name == "pStyle":
            self.tag = self.tag_of(said(element, "val"))
        elif name == "ph" and said(element, "type") in {"title", "ctrTitle"}:
            self.tag = self.held = "h2"
        elif name == "sp":
            self.tag = self.held = "p"
        elif name == "p":
            yield from self._paragraph()
        elif name == "tc" and self.tables == 1:
            self.row.append(" ".join(self.cell))
            self.cell = []
        elif name == "tr" and self.tables == 1:
            self.rows += 1
            yield ["row", str(self.rows), *self.row]
            self.row = []

    def _paragraph(self) -> Iterator[Block]:
        words = "".join(self.text).strip()
        if words and self.tables:
            self.cell.append(words)
        elif words:
            yield [self.tag, words]
        self.text, self.tag = [], self.held


def _xlsx(came: Path) -> Iterator[Block]:
    with zipfile.ZipFile(came) as packed:
        strings = list(_shared(packed))
        days = _day_styles(packed)
        targets = _targets(packed, "xl/workbook.xml")
        for event, sheet in elements(packed, "xl/workbook.xml"):
            if event == "end" and bare(sheet) == "sheet":
                yield ["sheet", said(sheet, "name")]
                part = targets.get(_link(sheet), "")
                yield from _rows(elements(packed, part), strings, days)


def _shared(packed: zipfile.ZipFile) -> Iterator[str]:
    count = 0
    for event, element in elements(packed, "xl/sharedStrings.xml"):
        if event == "end" and bare(element) == "si":
            yield "".join(piece.text or "" for piece in element.iter() if bare(piece) == "t")
            element.clear()
            count += 1
            if count >= MOST_STRINGS:
                return


def _day_styles(packed: zipfile.ZipFile) -> set[str]:
    """Which cell styles show a number as a day."""
    own, styles, inside = set(), list[int](), False
    for event, element in elements(packed, "xl/styles.xml"):
        name = bare(element)
        if name == "cellXfs":
            inside = event == "start"
        elif event == "end" and name == "numFmt":
            code = re.sub(r'"[^"]*"|\[[^\]]*\]|\\.', "", said(element, "formatCode")).lower()
            if re.search(r"d|yy", code) and "0" not in code:
                own.add(int(said(element, "numFmtId") or 0))
        elif event == "end" and name == "xf" and inside:
            styles.append(int(said(element, "numFmtId") or 0))
    return {str(place) for place, number in enumerate(styles) if number in DAYS or number in own}


def _rows(found: Iterator[tuple[str, Element]], strings: list[str], days: set[str]) -> Iterator[Block]:
    number = 0
    for event, element in found:
        if event == "end" and bare(element) == "row":
            number = int(said(element, "r") or number + 1)
            cells: list[str] = []
            for cell in element:
                place = _column(said(cell, "r")) if said(cell, "r") else len(cells)
                if place < MOST_COLUMNS:
                    cells += [""] * (place - len(cells)) + [_value(cell, strings, days)]
            if any(cells):
                yield ["row", str(number), *cells]
            element.clear()


def _column(name: str) -> int:
    """0 for "A12", 27 for "AB3"."""
    place = 0
    for letter in re.match(r"[A-Z]{0,3}", name)[0]:  # type: ignore[index]
        place = place * 26 + ord(letter) - 64
    return place - 1


def _value(cell: Element, strings: list[str], days: set[str]) -> str:
    kind, value = said(cell, "t"), ""
    for piece in cell.iter():
        if bare(piece) in {"v", "t"}:
            value += piece.text or ""
    if kind == "s":
        return strings[int(value)] if value.isdigit() and int(value) < len(strings) else ""
    if kind in {"", "n"} and said(cell, "s") in days:
        try:
            return (FIRST_DAY + dt.timedelta(days=float(value))).strftime("%d/%m/%Y")
        except (ValueError, OverflowError):
            return value
    return value


def _pptx(came: Path) -> Iterator[Block]:
    with zipfile.ZipFile(came) as packed:
        targets, show = _targets(packed, "ppt/presentation.xml"), elements(packed, "ppt/presentation.xml")
        slides = [_link(element) for event, element in show if event == "end" and bare(element) == "sldId"]
        for number, slide in enumerate(slides, 1):
            part = targets.get(slide, "")
            yield ["slide", str(number)]
            yield from _Written().read(elements(packed, part))
            for notes in _targets(packed, part).values():
                if "notesSlide" in notes:
                    yield from _Written().read(elements(packed, notes))


def _link(element: Element) -> str:
    """The id of the relation that an element names; its plain id is another thing."""
    return next((value for key, value in element.attrib.items() if key.endswith("}id")), "")


def _targets(packed: zipfile.ZipFile, part: str) -> dict[str, str]:
    """Where the relations of a part lead: their id to the other part."""
    folder, name = posixpath.split(part)
    found = {}
    for event, each in elements(packed, f"{folder}/_rels/{name}.rels"):
        if event == "end" and bare(each) == "Relationship" and said(each, "TargetMode") != "External":
            target = said(each, "Target")
            found[said(each, "Id")] = posixpath.normpath(posixpath.join("/" + folder, target)).lstrip("/")
    return found


READERS: dict[str, Any] = {
    "wordprocessingml.document": _docx,
    "spreadsheetml.sheet": _xlsx,
    "presentationml.presentation": _pptx,
}
