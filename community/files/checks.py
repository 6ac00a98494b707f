"""The door: what comes in is copied aside, scanned, recognised by content, looked into, and only then kept."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.template.defaultfilters import filesizeformat
from django.utils.functional import lazy
from django.utils.translation import gettext as _

from community.files import BadFile, malware, names, scores
from community.files.apart import apart
from community.files.guards import Guard
from community.files.kinds import ARCHIVE, ENDINGS, PICTURES, kind_of

__all__ = ["BadFile", "Checked", "at_most_lazy", "check", "too_large"]


@dataclass(frozen=True)
class Checked:
    """A file that passed: where its bytes to keep are, and the facts found by content."""

    path: Path
    name: str
    kind: str
    width: int | None = None
    height: int | None = None


def check(upload: UploadedFile[Any], folder: Path, *, images_only: bool = False, guard: Guard | None = None) -> Checked:
    """Raise `BadFile` with a sentence, or say what may be kept. Works inside `folder`, which the caller removes."""
    came = _copy(upload, folder)
    malware.scan(came)
    name = names.clean(upload.name or "")
    kind = kind_of(came, names.ending_of(name))
    if images_only and kind not in PICTURES:
        raise BadFile(_("Choose a picture: JPEG, PNG, GIF or WebP."))
    checked = _drawn(came, name, kind, folder) if kind in PICTURES else _looked_into(came, name, kind)
    if guard:
        guard.ask(came, checked.kind, checked.name)
    return checked


def _drawn(came: Path, name: str, kind: str, folder: Path) -> Checked:
    facts = apart("picture", came, folder / "made")
    _agree(name, kind)
    return Checked(folder / "made", names.with_ending(name, ENDINGS[facts["kind"]][0]), **facts)


def _looked_into(came: Path, name: str, kind: str) -> Checked:
    if kind == ARCHIVE:
        kind = apart("archive", came, came)["kind"]
    elif kind == scores.KIND and (ending := names.ending_of(name)) in scores.PACKERS:
        apart("score", came, ending)
    return Checked(came, _agree(name, kind), kind)


def _copy(upload: UploadedFile[Any], folder: Path) -> Path:
    if not upload.size:
        raise BadFile(_("This file is empty. Check that it opens on your computer and choose it again."))
    if upload.size > settings.FILE_LIMIT:
        raise too_large()
    came = folder / "came"
    with came.open("wb") as copy:
        for chunk in upload.chunks():
            copy.write(chunk)
    return came


def _agree(name: str, kind: str) -> str:
    """A name that says another kind than the content is a mistake or a trick; a missing ending is put right."""
    ending = names.ending_of(name)
    right = ENDINGS.get(kind, [ending])
    if not ending:
        return names.with_ending(name, right[0])
    if ending not in right:
        words = {"name": name, "said": ending, "is": right[0]}
        raise BadFile(
            _("“%(name)s” is not a .%(said)s file inside but .%(is)s. Rename it or choose the right file.") % words
        )
    return name


def at_most() -> str:
    """Beside a field in which a file is chosen."""
    return _("At most %(most)s.") % {"most": filesizeformat(settings.FILE_LIMIT).replace(".0", "")}


at_most_lazy = lazy(at_most, str)


def too_large() -> BadFile:
    """The limit, and what to do."""
    most = filesizeformat(settings.FILE_LIMIT)
    return BadFile(_("This file is too large: the most is %(most)s. Make it smaller or split it.") % {"most": most})
