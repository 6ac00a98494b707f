"""A shared document and its numbered versions."""

from groups.documents.models.collection import Collection, Item
from groups.documents.models.comment import Comment
from groups.documents.models.document import FACTS, WHEN_LOCKED, Document, Stale
from groups.documents.models.finding import DocumentQuerySet
from groups.documents.models.folder import Folder
from groups.documents.models.format_request import FormatRequest
from groups.documents.models.look import Look
from groups.documents.models.page import PageText
from groups.documents.models.paged import Clash
from groups.documents.models.proposal import Proposal
from groups.documents.models.review import Review, Reviewer, State
from groups.documents.models.seen_up_to import SeenUpTo
from groups.documents.models.version import Content, Version, http_only, voice

__all__ = [
    "FACTS",
    "WHEN_LOCKED",
    "Clash",
    "Collection",
    "Comment",
    "Content",
    "Document",
    "DocumentQuerySet",
    "Folder",
    "FormatRequest",
    "Item",
    "Look",
    "PageText",
    "Proposal",
    "Review",
    "Reviewer",
    "SeenUpTo",
    "Stale",
    "State",
    "Version",
    "http_only",
    "voice",
]
