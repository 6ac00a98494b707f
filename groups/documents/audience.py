"""Who is told of what happens to a document: whom it concerns, and whoever follows it, as far as they can see it."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.expressions import Combinable

from community.members.models import Member
from groups import text
from groups.watching.models import Level, with_levels
from groups.watching.state import State, state

if TYPE_CHECKING:
    from groups.documents.models.document import Document

FOLLOWS = Q(level=Level.EVERYTHING) | Q(level=Level.MINE, takes_part=True)


def audience(document: Document, by: Member, mentioned: set[int], answered: int | None) -> dict[str, list[Member]]:
    """The members to tell of a comment, by kind, each once and by their own wish: one query, however many follow."""
    leads = set(document.group.leads().values_list("member", flat=True)) if text.LEADS in mentioned else set()
    wanted = FOLLOWS | Q(pk__in=mentioned | leads) & ~Q(level=Level.NOTHING)
    if answered:
        wanted |= Q(pk=answered, level=Level.MENTIONS)  # an answer to oneself names one
    told: dict[str, list[Member]] = defaultdict(list)
    for member in _readers(document, by).filter(wanted):
        told[_kind(member, mentioned, leads, answered)].append(member)
    return told


def followers(document: Document, by: Member) -> list[Member]:
    """Who is to be told of a new version that somebody put there."""
    return list(_readers(document, by).filter(FOLLOWS))


def watched_by(member: Member, document: Document) -> State:
    """How much of the document the member is told, for the button at its head."""
    return state(member, document.group, document, takes_part(document))


def takes_part(document: Document) -> Combinable | Q:
    """Of a member: whether they own the document or commented on it."""
    return Q(pk=document.author_id) | Exists(document.comments.filter(author=OuterRef("pk")))


def _readers(document: Document, by: Member) -> QuerySet[Member]:
    readers = with_levels(text.readers(document.group), document.group, document)
    return readers.annotate(takes_part=takes_part(document)).exclude(pk=by.pk).only("pk").order_by("pk")


def _kind(member: Member, mentioned: set[int], leads: set[int], answered: int | None) -> str:
    if member.pk in mentioned:
        return "mentioned"
    if member.pk in leads:
        return "asked-leads"
    return "replied" if member.pk == answered else "commented"
