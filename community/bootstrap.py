"""Getting ready on a machine that has nothing but Python 3.11. Standard library only: nothing else is there yet.

`start` and `test` make `.venv`, install the locked packages into it (hashes checked) and run themselves again inside
it; every other command uses `.venv` where there is one. A container, where the packages are installed already, sets
ENSEMBLE_PREPARED=1.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
NEEDS = {"start": "core", "test": "development"}  # the locked set of requirements/ each command runs on
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def prepare(argv: list[str]) -> None:
    """Make sure the command can run, in this process or by running it again inside `.venv`."""
    command = argv[1] if len(argv) > 1 else ""
    if os.environ.get("ENSEMBLE_PREPARED") == "1":
        return
    if sys.version_info[:2] < (3, 11):
        sys.exit(f"Ensemble needs Python 3.11 or newer; this is {sys.version.split()[0]}. Try: python3.11 manage.py")
    if command in NEEDS:
        _install(NEEDS[command])
    inside = Path(sys.prefix).resolve() == VENV.resolve()
    if not inside and PYTHON.exists():
        sys.stdout.flush()
        sys.exit(subprocess.call([str(PYTHON), str(ROOT / "manage.py"), *argv[1:]]))
    if find_spec("django") is None:
        sys.exit("Nothing is installed yet. Run first: python3 manage.py start")


def _install(name: str) -> None:
    """Bring `.venv` to exactly the locked set, if it is not there yet. A larger set serves a smaller need."""
    locked = {each: _fingerprint(each) for each in ("core", "production", "development")}
    enough = list(locked)[list(locked).index(name) :]
    stamp = VENV / "ensemble-installed"
    if PYTHON.exists() and stamp.exists() and stamp.read_text() in [f"{each} {locked[each]}" for each in enough]:
        return
    if not PYTHON.exists():
        print("Making .venv ...", flush=True)
        _run([sys.executable, "-m", "venv", str(VENV)], "Python's venv module is missing (Debian: python3-venv).")
    print(f"Installing the locked packages of requirements/{name}.txt (once; a minute or two) ...", flush=True)
    requirements = str(ROOT / "requirements" / f"{name}.txt")
    uv = shutil.which("uv")
    install = [uv, "pip", "install", "--python", str(PYTHON)] if uv else [str(PYTHON), "-m", "pip", "install"]
    _run([*install, "--quiet", "--require-hashes", "-r", requirements], "Is there a connection to a package index?")
    stamp.write_text(f"{name} {locked[name]}")


def _fingerprint(name: str) -> str:
    return hashlib.sha256((ROOT / "requirements" / f"{name}.txt").read_bytes()).hexdigest()


def _run(command: list[str], hint: str) -> None:
    if subprocess.call(command) != 0:
        sys.exit(f"This did not work: {' '.join(command)}\n{hint}")


def browser() -> str | None:
    """The path of a Chromium, installing one where that can be done without asking; None if there is none."""
    named = os.environ.get("ENSEMBLE_BROWSER")
    found = named or next(filter(None, map(shutil.which, BROWSERS)), None) or _of_playwright()
    if found:
        return found
    print("Installing a browser for the tests ...", flush=True)
    if shutil.which("apt-get") and hasattr(os, "geteuid") and os.geteuid() == 0:
        subprocess.call(["apt-get", "update", "-qq"])
        subprocess.call(["apt-get", "install", "-y", "-qq", "--no-install-recommends", "chromium"])
        return shutil.which("chromium")
    subprocess.call([str(PYTHON), "-m", "playwright", "install", "chromium"])
    return _of_playwright()


def _of_playwright() -> str | None:
    if find_spec("playwright") is None:
        return None
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if Path(path).exists() else None
