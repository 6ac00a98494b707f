"""The daily sweep of what nobody holds: left by a deed that was refused, a crash, a lost connection."""

from __future__ import annotations

import datetime as dt
import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from django.core.files.storage import Storage, default_storage
from django.utils import timezone

from community.files.models import APART, Arriving, StoredFile, is_held
from community.files.models.arriving import PIECES
from community.jobs import task

GRACE = dt.timedelta(days=1)  # younger bytes may belong to a transaction that still runs


@task()
def sweep() -> None:
    """Remove rows that no room points at, files that stopped on their way, bytes that no row points at: a day old."""
    yesterday = timezone.now() - GRACE
    StoredFile.objects.unheld().filter(kept_at__lt=yesterday).delete()
    Arriving.objects.filter(at__lt=yesterday).forget()
    for blob in blobs(default_storage):
        old = default_storage.get_modified_time(blob) < yesterday
        if old and not is_held(blob):
            default_storage.delete(blob)
    for folder in _left_behind():
        shutil.rmtree(folder, ignore_errors=True)


def blobs(storage: Storage) -> Iterator[str]:
    """Every key in the two-letter folders and among the pieces; anything else in the storage is not ours to touch."""
    try:
        folders, _files = storage.listdir("")
    except FileNotFoundError:  # nothing was ever kept
        return
    for folder in sorted(folder for folder in folders if len(folder) == 2 or folder == PIECES):
        yield from (f"{folder}/{name}" for name in storage.listdir(folder)[1])


def _left_behind() -> Iterator[Path]:
    """Folders of a moment, ours and older than a day: whoever made them crashed."""
    before = time.time() - GRACE.total_seconds()
    for folder in Path(tempfile.gettempdir()).glob(f"{APART}*-*"):
        try:
            facts = folder.lstat()
        except FileNotFoundError:
            continue
        if folder.is_dir() and not folder.is_symlink() and facts.st_uid == os.getuid() and facts.st_mtime < before:
            yield folder
