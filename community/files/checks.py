"""The door: what comes in is copied aside, scanned, recognised by content, looked into, and only then kept."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from threading import BoundedSemaphore
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from community.files import BadFile, malware, names
from community.files.kinds import ARCHIVE, ENDINGS, PICTURES, kind_of

__all__ = ["BadFile", "Checked", "check"]

ALONE = Path(__file__).with_name("alone.py")
PATIENCE = 30  # seconds of wall clock; the process ends itself after 15 seconds of work
_opening = BoundedSemaphore(2)  # no more than two at once in each server process, whatever is thrown at it


@dataclass(frozen=True)
class Checked:
    """A file that passed: where its bytes to keep are, and the facts found by content."""

    path: Path
    name: str
    kind: str
    width: int | None = None
    height: int | None = None


def check(upload: UploadedFile[Any], folder: Path, *, images_only: bool = False) -> Checked:
    """Raise `BadFile` with a sentence, or say what may be kept. Works inside `folder`, which the caller removes."""
    came = _copy(upload, folder)
    malware.scan(came)
    name = names.clean(upload.name or "")
    kind = kind_of(came, names.ending_of(name))
    if images_only and kind not in PICTURES:
        raise BadFile(_("Choose a picture: JPEG, PNG, GIF or WebP."))
    if kind in PICTURES:
        facts = _alone("picture", came, folder)
        _agree(name, kind)
        return Checked(folder / "made", names.with_ending(name, ENDINGS[facts["kind"]][0]), **facts)
    if kind == ARCHIVE:
        kind = _alone("archive", came, folder)["kind"]
    return Checked(came, _agree(name, kind), kind)


def _copy(upload: UploadedFile[Any], folder: Path) -> Path:
    if not upload.size:
        raise BadFile(_("This file is empty. Check that it opens on your computer and choose it again."))
    if upload.size > settings.FILE_LIMIT:
        most = filesizeformat(settings.FILE_LIMIT)
        raise BadFile(_("This file is too large: the most is %(most)s. Make it smaller or split it.") % {"most": most})
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


def _alone(deed: str, came: Path, folder: Path) -> dict[str, Any]:
    """What the process of its own found, or `BadFile`. It gets no secrets, and dies if it takes long."""
    command = [sys.executable, "-I", str(ALONE), deed, str(came), str(folder / "made")]
    with _opening:
        try:
            done = subprocess.run(  # noqa: S603 - our own script, no shell
                command, capture_output=True, timeout=PATIENCE, env={"PATH": os.defpath}, cwd=folder, check=False
            )
            answer = json.loads(done.stdout)
        except (subprocess.TimeoutExpired, ValueError):  # out of time, out of memory, or crashed
            answer = {"refused": "bomb"}
    if "refused" in answer:
        raise BadFile(_why(answer["refused"]))
    return dict(answer)


def _why(word: str) -> str:
    return {
        "pixels": _("This picture has too many pixels. Make it smaller than 40 megapixels."),
        "bomb": _("This file is far larger inside than it looks, so it was not opened. Save it again, smaller."),
        "macros": _("This file carries macros (small programs). Save it without them, for example as .docx or .xlsx."),
        "nested": _("There is an archive or a program packed inside this file. Take it out and save again."),
        "locked": _("This file is locked with a password. Save it without one."),
        "two-in-one": _("This file is two kinds of file in one, so it is not taken. Export it again."),
        "zip": _("Packed archives are not taken. Upload the files one by one."),
    }.get(word, _("This file is damaged: it cannot be opened. Save or export it again and upload the new copy."))
