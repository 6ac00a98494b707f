"""The daily sweep of what nobody holds: left by a deed that was refused, a crash, a lost connection."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from django.core.files.storage import Storage, default_storage
from django.utils import timezone

from community.files.models import StoredFile
from community.jobs import task

GRACE = dt.timedelta(days=1)  # younger bytes may belong to a transaction that still runs


@task()
def sweep() -> None:
    """Remove rows that no room points at, and bytes that no row points at, both older than a day."""
    yesterday = timezone.now() - GRACE
    StoredFile.objects.unheld().filter(kept_at__lt=yesterday).delete()
    for blob in blobs(default_storage):
        old = default_storage.get_modified_time(blob) < yesterday
        if old and not StoredFile.objects.filter(blob=blob).exists():
            default_storage.delete(blob)


def blobs(storage: Storage) -> Iterator[str]:
    """Every key in the two-letter folders; anything else in the storage is not ours to touch."""
    try:
        folders, _files = storage.listdir("")
    except FileNotFoundError:  # nothing was ever kept
        return
    for folder in sorted(folder for folder in folders if len(folder) == 2):
        yield from (f"{folder}/{name}" for name in storage.listdir(folder)[1])
