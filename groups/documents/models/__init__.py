"""A shared document and its numbered versions."""

from groups.documents.models.collection import Collection, Item
from groups.documents.models.document import FACTS, Document, DocumentQuerySet, Stale
from groups.documents.models.folder import Folder
from groups.documents.models.review import Review, Reviewer, State
from groups.documents.models.version import Version, http_only, voice

__all__ = [
    "FACTS",
    "Collection",
    "Document",
    "DocumentQuerySet",
    "Folder",
    "Item",
    "Review",
    "Reviewer",
    "Stale",
    "State",
    "Version",
    "http_only",
    "voice",
]
