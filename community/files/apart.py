"""Runs a deed of `alone` in a process of its own, and puts into words why it found a file not fit to be taken."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from threading import BoundedSemaphore
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from community.files import BadFile

SCRIPT = "import sys; sys.path.insert(0, sys.argv[1]); from community.files.alone.process import main"
PATIENCE = 30  # seconds of wall clock; the process ends itself after 15 seconds of work
_opening = BoundedSemaphore(2)  # no more than two at once in each server process, whatever is thrown at it


class CannotOpen(BadFile):
    """`word` says why in one: "bomb", "broken", "locked"."""

    def __init__(self, word: str) -> None:
        super().__init__(_why(word))
        self.word = word


def apart(deed: str, came: Path, *given: Path | str) -> dict[str, Any]:
    """What the process found, or `CannotOpen`. It gets no secrets, and dies if it takes long."""
    command = [sys.executable, "-I", "-c", f"{SCRIPT}; main(*sys.argv[2:])", str(settings.BASE_DIR), deed, str(came)]
    with _opening:
        try:
            done = subprocess.run(  # noqa: S603 - our own script, no shell
                [*command, *map(str, given)],
                capture_output=True,
                timeout=PATIENCE,
                env={"PATH": os.defpath},
                cwd=came.parent,
                check=False,
            )
            answer = json.loads(done.stdout)
        except (subprocess.TimeoutExpired, ValueError):  # out of time, out of memory, or crashed
            answer = {"refused": "bomb"}
    if "refused" in answer:
        raise CannotOpen(answer["refused"])
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
