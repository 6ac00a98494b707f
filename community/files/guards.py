"""Asked before a file is kept: is a child named in it, is it printed music, can a child be recognised?

Nothing that was found is kept or logged: only where it stands, and only in the answer to whoever sent the file.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from community.files import BadFile, scores
from community.files.alone.office import KIND as OFFICE
from community.files.alone.open_document import KIND as OPEN
from community.files.alone.pupils import look_at_text
from community.files.apart import CannotOpen, apart
from community.files.kinds import PICTURES, TEXT

READ = {f"{OFFICE}{ending}" for ending in ("spreadsheetml.sheet", "wordprocessingml.document")} | set(TEXT.values())
READ |= {f"{OPEN}spreadsheet", f"{OPEN}text", scores.KIND}
SURE = gettext_lazy("I have looked: no child can be recognised from this.")
SHORT = 16  # letters of the checksum that ties an answer to the very file it was given for


@dataclass(frozen=True)
class Question:
    """What must be answered with yes first. `key` is its answer, good for these bytes alone."""

    key: str
    why: str
    where: list[str]
    sure: str | Promise


class Asks(BadFile):
    """The file is kept once its questions are answered."""

    def __init__(self, questions: list[Question]) -> None:
        super().__init__(" ".join([each.why for each in questions]))
        self.questions = questions

    @property
    def is_about_pupils(self) -> bool:
        return any(each.key.startswith("pupils-") for each in self.questions)


@dataclass(frozen=True)
class Guard:
    """`sure`: the questions that were answered. `is_strict`: pupil data is refused, whatever anybody says.

    `asks_of_pictures`: whether a picture is kept only once its owner declared that no child can be recognised in it.
    """

    asks_of_pictures: ClassVar[bool] = True
    sure: frozenset[str] = frozenset()
    is_strict: bool = False

    def ask(self, came: Path, kind: str, name: str = "") -> None:
        """Raise `Asks` with what is still open, or `BadFile` where no answer would do."""
        with came.open("rb") as file:
            seal = hashlib.file_digest(file, "sha256").hexdigest()[:SHORT]
        picture = _picture(kind, seal) if self.asks_of_pictures else None
        asked = (_pupils(came, kind, seal), picture, _music(came, kind, name, seal))
        self._settle([each for each in asked if each])

    def ask_of_text(self, text: str) -> None:
        """The same for what was typed or pasted."""
        seal = hashlib.sha256(text.encode()).hexdigest()[:SHORT]
        where = _in_words(look_at_text(text))
        why = _("This looks like data about single pupils, so nothing was sent yet. Take it out before you send it.")
        self._settle([Question(f"pupils-{seal}", why, where, SURE)] if where else [])

    def _settle(self, questions: list[Question]) -> None:
        if self.is_strict and (named := [each for each in questions if each.key.startswith("pupils-")]):
            refused = _(
                "This group takes no data about single pupils. Take these columns out, or count instead of naming."
            )
            raise BadFile(" ".join([refused, *named[0].where]))
        if still_open := [each for each in questions if each.key not in self.sure]:
            raise Asks(still_open)


def _pupils(came: Path, kind: str, seal: str) -> Question | None:
    if kind not in READ:
        return None
    try:
        answer = apart("pupils", came, kind)
    except CannotOpen as why:
        if why.word != "bomb":
            raise
        answer = {"found": [], "cut": True}
    where = _in_words(answer["found"])
    if answer["cut"]:
        where.append(_("It is too long to be looked through to the end."))
    return _pupil_question(where, seal) if where else None


def _pupil_question(where: list[str], seal: str) -> Question:
    why = _("This looks like data about single pupils. Nothing was kept. Take it out and choose the file again.")
    return Question(f"pupils-{seal}", why, where, SURE)


def _picture(kind: str, seal: str) -> Question | None:
    if kind not in PICTURES:
        return None
    return Question(
        f"photograph-{seal}",
        _("Say about this picture whether a child can be recognised in it."),
        [],
        _("No child can be recognised in it, or we hold the written consent that our policy asks for."),
    )


def _music(came: Path, kind: str, name: str, seal: str) -> Question | None:
    found = "score" if kind == scores.KIND else ""
    if not found and (kind == "application/pdf" or kind in PICTURES):
        found = "named" if scores.sounds_like_music(name) else _scanned(came, kind)
    if not found:
        return None
    whys = {
        "score": _("This looks like printed music. A licence for copies covers only your own organisation."),
        "named": _("By its name, this is printed music. A licence for copies covers only your own organisation."),
        "scan": _("This looks like a scan. Copies of printed music or books cannot be shared here."),
    }
    sure = _("It is our own work, or in the public domain, or we hold permission to share it here.")
    return Question(f"music-{seal}", whys[found], [], sure)


def _scanned(came: Path, kind: str) -> str:
    if kind != "application/pdf":
        return ""
    try:
        return str(apart("scan", came)["found"])
    except CannotOpen:  # said on the document once its text is read
        return ""


def _in_words(found: list[dict[str, Any]]) -> list[str]:
    """Where it stands: sheet, columns and rows, never what stands there."""
    what = {
        "number": _("pupil numbers"),
        "born": _("names with dates of birth"),
        "likely": _("names with dates of birth"),
        "place": _("names with postcodes"),
        "id": _("names with candidate or pupil numbers"),
    }
    return [_one_in_words(what[each["what"]], each) for each in found]


def _one_in_words(what: str, found: dict[str, Any]) -> str:
    rows = ", ".join(str(row) for row in found["rows"])
    more = found["count"] - len(found["rows"])
    if more:
        rows = ngettext("%(rows)s and %(more)s more", "%(rows)s and %(more)s more", more) % {"rows": rows, "more": more}
    places = {"what": what, "rows": rows, "sheet": found["sheet"]}
    places["columns"] = ", ".join(_letters(column) for column in found["columns"])
    if found["sheet"]:
        return _("Sheet %(sheet)s, columns %(columns)s, rows %(rows)s: %(what)s.") % places
    return _("Columns %(columns)s, rows %(rows)s: %(what)s.") % places


def _letters(column: int) -> str:
    """A for 0, AB for 27, as spreadsheets say."""
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name
