"""Office files as they are laid out: drawn as a PDF by LibreOffice, where it is installed, in a process of its own.

It gets a home of its own that is thrown away, no macros, no links to elsewhere and no network; it ends after so much
time, work and memory, and with whoever asked. Where the system cannot take the network away, nothing is drawn unless a
setting says so. Whatever goes wrong, the text that was read out stands in for it.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.checks import Warning, register

from community.files.kinds import ENDINGS, OFFICE, OPEN

PATIENCE = 120  # seconds of wall clock
LARGEST = 20_000_000  # bytes of what is drawn
KINDS = [kind for kind in ENDINGS if kind.startswith((OFFICE, OPEN))]  # that can be drawn
WITH_PARENT = "import ctypes; ctypes.CDLL(None).prctl(1, 9, 0, 0, 0)"  # PR_SET_PDEATHSIG, SIGKILL
BOUNDS = "import os, resource, sys; {}; {}; os.execvp(sys.argv[1], sys.argv[1:])".format(
    WITH_PARENT if sys.platform == "linux" else "",
    "; ".join(
        f"resource.setrlimit(resource.RLIMIT_{name}, ({most}, {most}))"
        for name, most in {"CPU": 90, "AS": 4 * 1024**3, "FSIZE": 100_000_000, "CORE": 0}.items()
    ),
)
SETTINGS = {
    "/org.openoffice.Office.Common/Security/Scripting": {
        "MacroSecurityLevel": "3",
        "DisableMacrosExecution": "true",
        "BlockUntrustedRefererLinks": "true",
    },
    "/org.openoffice.Office.Writer/Content/Update": {"Link": "0"},
    "/org.openoffice.Office.Calc/Content/Update": {"Link": "1"},
    "/org.openoffice.Inet/Settings": {
        "ooInetProxyType": "2",
        "ooInetHTTPProxyName": "127.0.0.1",
        "ooInetHTTPProxyPort": "9",
        "ooInetHTTPSProxyName": "127.0.0.1",
        "ooInetHTTPSProxyPort": "9",
    },
}


def can_draw(kind: str) -> bool:
    """Whether a file of this kind can be drawn on this machine."""
    return kind in KINDS and is_able()


def is_able() -> bool:
    """Whether this machine draws: the program is there, and has no network or may have it."""
    return _program() is not None and (settings.DRAW_WITH_NETWORK or bool(_alone()))


@register()
def drawn_without_network(**_more: Any) -> list[Warning]:
    """Whoever runs the server hears that nothing is drawn, or that it is drawn with the network at hand."""
    if _program() is None or _alone():
        return []
    said = "with the network at hand" if settings.DRAW_WITH_NETWORK else "not at all"
    hint = "Let the worker make namespaces (`unshare --map-root-user --net true`), or see ENSEMBLE_DRAW_WITH_NETWORK."
    return [Warning(f"Office files are drawn {said}: this system keeps no program off it.", hint=hint, id="files.W001")]


def _program() -> str | None:
    return shutil.which("soffice")


def draw(came: Path, kind: str) -> Path | None:
    """The PDF, beside what came, or None. TimeoutError if it took too long.

    `came` stands in a folder that the caller throws away.
    """
    folder = came.parent
    source = came.rename(folder / f"came.{ENDINGS[kind][0]}")
    profile = folder / "profile" / "user"
    profile.mkdir(parents=True)
    (profile / "registrymodifications.xcu").write_text(_settings())
    asked = ["--headless", "--norestore", "--nolockcheck", "--nodefault", "--nofirststartwizard"]
    asked += [
        f"-env:UserInstallation=file://{folder}/profile",
        "--convert-to",
        "pdf",
        "--outdir",
        str(folder),
        str(source),
    ]
    _run([sys.executable, "-I", "-c", BOUNDS, *_alone(), _program() or "soffice", *asked], folder)
    made = folder / "came.pdf"
    if not made.is_file() or not 0 < made.stat().st_size <= LARGEST:
        return None
    with made.open("rb") as file:
        return made if file.read(5) == b"%PDF-" else None


def _run(command: list[str], folder: Path) -> None:
    """It and all that it starts end together. TimeoutError if it had to be ended."""
    env = {"PATH": os.defpath, "HOME": str(folder), "TMPDIR": str(folder), "LC_ALL": "C.UTF-8"}
    process = subprocess.Popen(  # noqa: S603 - no shell
        command,
        cwd=folder,
        env=env,
        start_new_session=True,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        process.wait(PATIENCE)
    except subprocess.TimeoutExpired:
        raise TimeoutError from None
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def _alone() -> tuple[str, ...]:
    """What a command begins with so that it has no network, where the system lets us."""
    program = shutil.which("unshare")
    return _tried(program) if program else ()


@cache
def _tried(program: str) -> tuple[str, ...]:
    cut_off = (program, "--map-root-user", "--net", "--pid", "--fork", "--kill-child")  # with it, all die
    tried = subprocess.run([*cut_off, "true"], capture_output=True, check=False)  # noqa: S603 - fixed words
    return cut_off if tried.returncode == 0 else ()


def _settings() -> str:
    items = "".join(
        f'<item oor:path="{path}"><prop oor:name="{name}" oor:op="fuse"><value>{value}</value></prop></item>'
        for path, props in SETTINGS.items()
        for name, value in props.items()
    )
    names = 'xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema"'
    return f'<?xml version="1.0" encoding="UTF-8"?><oor:items {names}>{items}</oor:items>'
