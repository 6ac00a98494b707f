"""Typed readers of the environment. A secret may also come from a file: `NAME_FILE=/run/secrets/name`."""

import secrets
from pathlib import Path

import environ

env = environ.FileAwareEnv()


def kept_secret(path: Path) -> str:
    """The secret key of an installation that was given none: made once, then read from `path`."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(50))
    return path.read_text().strip()
