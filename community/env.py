"""Typed readers of the environment. A secret may also come from a file: `NAME_FILE=/run/secrets/name`."""

import hashlib
import secrets
from pathlib import Path

import environ
from django.core.exceptions import ImproperlyConfigured

env = environ.FileAwareEnv()


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


def release(base: Path) -> str:
    """A stamp that changes whenever a static file or a locked package (some bring static files) does."""
    files = [*sorted(path for path in (base / "static").rglob("*") if path.is_file()), base / "requirements/core.txt"]
    stamp = hashlib.sha256()
    for path in files:
        stamp.update(path.relative_to(base).as_posix().encode() + path.read_bytes())
    return stamp.hexdigest()[:10]
