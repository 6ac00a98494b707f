"""Typed readers of the environment. A secret may also come from a file: `NAME_FILE=/run/secrets/name`."""

import hashlib
import re
import secrets
from pathlib import Path

import environ
from django.core.exceptions import ImproperlyConfigured

env = environ.FileAwareEnv()
UNITS = {"": 1, "MB": 2**20, "GB": 2**30}


def kept_secret(path: Path) -> str:
    """The secret key of an installation that was given none: made once, then read from `path`."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(50))
    return path.read_text().strip()


def insist(facts: dict[str, bool]) -> None:
    """Refuse to start unless all of these hold, naming each that does not."""
    wanting = [sentence for sentence, holds in facts.items() if not holds]
    if wanting:
        raise ImproperlyConfigured("Ensemble will not start: " + "; ".join(wanting) + ".")


def file_limits() -> tuple[int, int]:
    """How many bytes one file may have, and all files of one person."""
    one, all_of_one = _size("ENSEMBLE_FILE_LIMIT", "50 MB"), _size("ENSEMBLE_FILES_LIMIT_EACH", "2 GB")
    insist(
        {
            "ENSEMBLE_FILE_LIMIT must be at least 1 MB": one >= UNITS["MB"],
            "ENSEMBLE_FILES_LIMIT_EACH must not be less than ENSEMBLE_FILE_LIMIT": all_of_one >= one,
        }
    )
    return one, all_of_one


def _size(name: str, default: str) -> int:
    """Bytes, or as pages say it: "50 MB"."""
    said = re.fullmatch(r"(\d{1,15})\s*(MB|GB|)", env(name, default=default).strip().upper(), re.ASCII)
    insist({f"{name} must be a number of bytes, or a size such as {default}": said is not None})
    return int(said[1]) * UNITS[said[2]] if said else 0


def release(base: Path) -> str:
    """A stamp that changes whenever a static file or a locked package (some bring static files) does."""
    files = [*sorted(path for path in (base / "static").rglob("*") if path.is_file()), base / "requirements/core.txt"]
    stamp = hashlib.sha256()
    for path in files:
        stamp.update(path.relative_to(base).as_posix().encode() + path.read_bytes())
    return stamp.hexdigest()[:10]
