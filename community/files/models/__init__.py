"""A stored file, what is made out of it, and a file that is still on its way."""

from django.core.files.storage import default_storage

from community.files.models.arriving import Arriving, Joined, Piece
from community.files.models.drawn import MOST_TIMEOUTS, Contents, Rendition
from community.files.models.stored import APART, AttachedFile, StoredFile, bar_if, random_key, written

__all__ = [
    "APART",
    "MOST_TIMEOUTS",
    "Arriving",
    "AttachedFile",
    "Contents",
    "Joined",
    "Piece",
    "Rendition",
    "StoredFile",
    "bar_if",
    "is_held",
    "random_key",
    "settle",
    "written",
]

HOLDERS: tuple[type[StoredFile | Rendition | Piece], ...] = (StoredFile, Rendition, Piece)


def is_held(blob: str) -> bool:
    """Whether these bytes belong to a row."""
    return any(kind._default_manager.filter(blob=blob).exists() for kind in HOLDERS)


def settle(blobs: list[str]) -> None:
    """The request that wrote these is over: bytes without a row, since its transaction was undone, go."""
    for blob in blobs:
        if not is_held(blob):
            default_storage.delete(blob)
