"""A backup is one tar file: the database as its own tool writes it, the files, and a manifest of checksums.

SQLite is copied by `VACUUM INTO` (consistent while the site runs), PostgreSQL by pg_dump. Files on S3 are not in it.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import tarfile
import tempfile
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError
from django.db import connection
from django.utils import timezone

FILES = "files/"
PASSING = {"copies", "pieces"}  # folders of what is kept for some days only: no backup should keep it for longer


def write(target: Path) -> dict[str, str]:
    """Write a backup to `target` and return its manifest (name: sha256). A half-written file never has that name."""
    if target.exists():
        raise CommandError(f"{target} exists already. Choose another name.")
    partial = target.with_suffix(target.suffix + ".part")
    manifest: dict[str, str] = {}
    with tempfile.TemporaryDirectory() as folder, tarfile.open(partial, "w") as tar:
        dump = Path(folder) / _dump_name()
        _dump(dump)
        _add(tar, dump, dump.name, manifest)
        for path in sorted(settings.MEDIA_ROOT.rglob("*")):
            within = path.relative_to(settings.MEDIA_ROOT)
            if path.is_file() and within.parts[0] not in PASSING:
                _add(tar, path, FILES + within.as_posix(), manifest)
        listing = Path(folder) / "manifest.json"
        listing.write_text(json.dumps({"made": timezone.now().isoformat(), "sha256": manifest}, indent=1))
        tar.add(listing, "manifest.json")
    partial.rename(target)
    return manifest


def elsewhere() -> str:
    """What to know where the files are no part of a backup, because they stand in a bucket; else nothing."""
    if not settings.S3_BUCKET:
        return ""
    return f"The files stand in the bucket {settings.S3_BUCKET}: this is without them, let the bucket keep copies."


def restore(source: Path, *, replace: bool = False) -> dict[str, str]:
    """Bring back a backup, every file checked first. Refuses where there is data, unless `replace`."""
    if not replace and _has_data():
        raise CommandError("There is data here already. To lose it and restore the backup, add --replace.")
    with tempfile.TemporaryDirectory(dir=_roomy()) as folder:
        with tarfile.open(source) as tar:
            tar.extractall(folder, filter="data")
        manifest: dict[str, str] = json.loads((Path(folder) / "manifest.json").read_text())["sha256"]
        for name, digest in manifest.items():
            if _digest(Path(folder) / name) != digest:
                raise CommandError(f"{name} is damaged in this backup. Nothing was changed.")
        if _dump_name() not in manifest:
            raise CommandError(f"This backup holds no {_dump_name()}: it is of another kind of database.")
        _load(Path(folder) / _dump_name())
        shutil.rmtree(settings.MEDIA_ROOT, ignore_errors=True)
        kept = Path(folder) / FILES
        shutil.move(kept, settings.MEDIA_ROOT) if kept.exists() else settings.MEDIA_ROOT.mkdir(parents=True)
    return manifest


def _is_sqlite() -> bool:
    return connection.vendor == "sqlite"


def _dump_name() -> str:
    return "database.sqlite3" if _is_sqlite() else "database.pgdump"


def _dump(target: Path) -> None:
    if _is_sqlite():
        with connection.cursor() as cursor:
            cursor.execute("VACUUM INTO %s", [str(target)])
    else:
        _tool("pg_dump", "--format=custom", "--no-owner", f"--file={target}")


def _load(dump: Path) -> None:
    if not _is_sqlite():
        _tool(
            "pg_restore", "--clean", "--if-exists", "--no-owner", "--single-transaction", "--dbname", _name(), str(dump)
        )
        return
    connection.close()
    database = Path(_name())
    for leftover in (database, Path(f"{database}-wal"), Path(f"{database}-shm")):
        leftover.unlink(missing_ok=True)
    shutil.move(dump, database)


def _tool(program: str, *arguments: str) -> None:
    facts: dict[str, Any] = connection.settings_dict
    names = {"PGDATABASE": "NAME", "PGHOST": "HOST", "PGPORT": "PORT", "PGUSER": "USER", "PGPASSWORD": "PASSWORD"}
    environment = {variable: str(facts[key]) for variable, key in names.items() if facts.get(key)}
    if shutil.which(program) is None:
        raise CommandError(f"{program} is not installed (Debian: postgresql-client).")
    if subprocess.call([program, *arguments], env={**os.environ, **environment}) != 0:
        raise CommandError(f"{program} failed; see above.")


def _name() -> str:
    return str(connection.settings_dict["NAME"])


def _has_data() -> bool:
    if "members_member" not in connection.introspection.table_names():
        return False
    with connection.cursor() as cursor:
        cursor.execute("SELECT EXISTS (SELECT 1 FROM members_member)")
        return bool(cursor.fetchone()[0])


def _roomy() -> Path:
    """Beside the data, so that moving is renaming and a small /tmp is no obstacle."""
    settings.DATA_DIR.mkdir(parents=True, exist_ok=True)
    return Path(settings.DATA_DIR)


def _add(tar: tarfile.TarFile, path: Path, name: str, manifest: dict[str, str]) -> None:
    manifest[name] = _digest(path)
    tar.add(path, name)


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
