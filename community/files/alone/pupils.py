"""Looks for what could name a child: pupil numbers, and names beside dates of birth or postcodes.

Says where they stand and how many, never what they are.
"""

from __future__ import annotations

import datetime as dt
import re
import time
from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path
from typing import Any

from community.files.alone.archives import written_in
from community.files.alone.texts import Block, blocks, rows_of

PATIENCE = 10  # seconds of work; what could not be looked through in that time is said to be so
SHOWN = 5  # rows named for each finding
SCORE = "application/x-score"
HEAD = 15  # rows in which the names of columns are looked for
AGES = (2, 20)

LETTERS = "ABCDEFGHJKLMNPQRTUVWXYZ"  # those that a pupil number uses
NUMBER = re.compile(r"(?<![A-Za-z0-9])[A-HJ-NP-RT-Z]\d{11}[\dA-HJ-NP-RT-Z](?![A-Za-z0-9])")
COUNCILS = frozenset(
    number
    for first, last in (
        *((201, 213), (301, 320), (330, 336), (340, 344), (350, 359), (370, 373), (380, 384), (390, 394), (420, 420)),
        *((800, 803), (805, 808), (810, 813), (815, 816), (820, 826), (830, 831), (835, 841), (845, 846), (850, 852)),
        *((855, 857), (860, 861), (865, 874), (876, 896), (908, 909), (916, 916), (919, 919), (921, 921), (925, 926)),
        *((928, 929), (931, 931), (933, 933), (935, 938), (940, 943)),
    )
    for number in range(first, last + 1)
)
COLUMNS = {
    "born": re.compile(r"\bd ?o ?b\b|\bdates? of birth\b|\bbirth ?da(te|y)s?\b|\bdyddiad geni\b"),
    "number": re.compile(r"\bupns?\b|\bunique pupil (number|no|id)\b|\bulns?\b|\bcandidate (number|no)\b"),
    "person": re.compile(
        r"\b(fore|first|given|sur|family|last) ?names?\b|\b(pupil|student|child|learner)('?s)?( s)?( full)? ?names?\b"
        r"|^(pupil|student|child|learner)s?$|\benw cyntaf\b|\bcyfenw\b|\benw'?r? (y )?(disgybl|plentyn)\b"
    ),
    "name": re.compile(r"^(full )?names?$|^enw$"),
    "place": re.compile(r"\bpost ?codes?\b|\bcod post\b|\bhome address\b"),
}
TELLING = ("number", "born", "person")  # beside one of these, a single pupil number is no chance
DAY = re.compile(r"\b(\d{1,2})[/.\- ](\d{1,2}|[A-Za-z]{3,9})[/.\- ](\d{4}|\d{2})\b|\b(\d{4})-(\d{1,2})-(\d{1,2})\b")
POSTCODE = re.compile(r"\b[A-Za-z]{1,2}\d[A-Za-z\d]? ?\d[A-Za-z]{2}\b")
PERSON = re.compile(r"[^\W\d_][\w'’-]+(,? [^\W\d_][\w'’.-]*){1,3}")


def look(came: Path, kind: str) -> dict[str, Any]:
    """What was found in a file, and whether it could be looked through to the end."""
    started = time.process_time()
    found = _Findings()
    said = (["md", text] for text in written_in(came)) if kind == SCORE else blocks(came, kind)
    for number, block in enumerate(said):
        found.see(block)
        if (number % 1000 == 0 or kind == SCORE) and time.process_time() - started > PATIENCE:
            return {"found": found.told(), "cut": True}
    return {"found": found.told(), "cut": False}


def look_at_text(text: str) -> list[dict[str, Any]]:
    """The same for what was typed or pasted; rows are its lines."""
    found = _Findings()
    found.see(["md", text])
    return found.told()


def is_pupil_number(text: str) -> bool:
    """By its check letter and its council. A temporary number ends in a letter."""
    weighed = sum(
        weight * (LETTERS.index(sign) if sign in LETTERS else int(sign)) for weight, sign in enumerate(text[1:], 2)
    )
    return LETTERS[weighed % 23] == text[0] and int(text[1:4]) in COUNCILS


class _Findings:
    """All tables of a file, and the text outside of them."""

    def __init__(self) -> None:
        self.tables: list[_Table] = [_Table(0)]
        self.sheets = 0

    def see(self, block: Block) -> None:
        what, *rest = block
        if what == "sheet":
            self.sheets += 1
            self.tables.append(_Table(self.sheets))
        elif what == "row":
            self.tables[-1].row(int(rest[0]), rest[1:])
        elif what == "end":
            self.tables.append(_Table(self.sheets))
        elif rest:
            self._text(rest[0])

    def told(self) -> list[dict[str, Any]]:
        """One number alone may be chance: two, or one in such a column, are not."""
        sure = sum(table.numbers for table in self.tables) > 1 or any(table.says_so for table in self.tables)
        return list(chain.from_iterable(table.told(sure) for table in self.tables))

    def _text(self, text: str) -> None:
        table = _Table(self.sheets)
        lines = text.splitlines(keepends=True)
        signs = [line for line in lines if re.search(r"[\t;,|]", line)]
        for number, cells in enumerate(rows_of(lines) if len(signs) > 1 else ([line] for line in lines), 1):
            table.row(number, [cell.strip() for cell in cells])
        self.tables.append(table)


class _Mark:
    """Where something stands: the first rows, all columns, how often."""

    def __init__(self) -> None:
        self.rows: list[int] = []
        self.columns: set[int] = set()
        self.count = 0

    def add(self, row: int, columns: Iterable[int]) -> None:
        self.count += 1
        self.columns |= set(columns)
        if len(self.rows) < SHOWN:
            self.rows.append(row)


class _Table:
    def __init__(self, sheet: int) -> None:
        self.sheet, self.seen, self.numbers, self.says_so = sheet, 0, 0, False
        self.columns: dict[str, list[int]] = {}
        self.marks = {what: _Mark() for what in ("number", "born", "place", "id", "likely")}

    def row(self, number: int, cells: list[str]) -> None:
        """A row in which columns are named names those below it; any other is looked at by the names above it."""
        self.seen += 1
        named = dict(_named(cells)) if self.seen <= HEAD else {}
        self.columns = named or self.columns
        for place, cell in enumerate(cells):
            if hits := sum(is_pupil_number(each) for each in NUMBER.findall(cell)):
                self.marks["number"].add(number, [place])
                self.numbers += hits
                self.says_so |= not self.columns.keys().isdisjoint(TELLING) or _said_in(cell)
        if named:
            return
        for what, places in self._persons(cells):
            self.marks[what].add(number, places)

    def told(self, sure: bool) -> list[dict[str, Any]]:
        marks = dict(self.marks)
        if not sure:
            marks["number"] = _Mark()
        if marks["likely"].count < max(5, self.seen * 4 // 5) or self.columns:
            marks["likely"] = _Mark()
        return [
            {"what": what, "sheet": self.sheet, "rows": mark.rows, "count": mark.count, "columns": sorted(mark.columns)}
            for what, mark in marks.items()
            if mark.count
        ]

    def _persons(self, cells: list[str]) -> Iterator[tuple[str, list[int]]]:
        """Someone's name beside when they were born, where they live, or the number they go by."""
        has = {what: [at for at in places if at < len(cells) and cells[at]] for what, places in self.columns.items()}
        person = has.get("person") or []
        born = [at for at in has.get("born", []) if DAY.search(cells[at]) or cells[at].isdigit()]
        if born and (named := person or has.get("name")):
            yield "born", [*named, *born]
        if person and (place := [at for at in has.get("place", []) if POSTCODE.search(cells[at])]):
            yield "place", [*person, *place]
        if person and has.get("number"):
            yield "id", [*person, *has["number"]]
        if not self.columns:
            days = [at for at, cell in enumerate(cells) if _is_birthday(cell)]
            names = [at for at, cell in enumerate(cells) if PERSON.fullmatch(cell)]
            if days and names:
                yield "likely", [names[0], days[0]]


def _named(cells: list[str]) -> Iterator[tuple[str, list[int]]]:
    plain = [re.sub(r"[^\w']+", " ", cell).strip().lower() if len(cell) < 60 else "" for cell in cells]
    for what, pattern in COLUMNS.items():
        if places := [at for at, name in enumerate(plain) if pattern.search(name)]:
            yield what, places


def _said_in(text: str) -> bool:
    return any(COLUMNS[what].search(text.lower()) for what in TELLING)


def _is_birthday(cell: str) -> bool:
    """A day that lies as far back as pupils are old, and nothing else in the cell."""
    found = DAY.fullmatch(cell.strip())
    if not found:
        return False
    year = int(found[3] or found[4])
    this = dt.date.today().year
    year += (2000 if year + 2000 <= this else 1900) if year < 100 else 0
    return AGES[0] <= this - year <= AGES[1]
