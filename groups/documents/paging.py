"""Short lists to look through: found by a word of the title, a page at a time by key."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q
from django.utils.datastructures import MultiValueDict
from django.utils.http import urlencode

from groups.documents.models import Document, DocumentQuerySet

PAGE = 20
LONGEST_WORD = 100


@dataclass
class Some:
    """`q` is what was looked for, `older` the address of what comes after, if anything does."""

    rows: list[Document]
    q: str = ""
    older: str = ""
    is_front: bool = True


def some_of(documents: DocumentQuerySet, asked: MultiValueDict[str, str], by: str) -> Some:
    """Of these, the latest first `by` a time, those beyond the document that `after` names; nonsense is ignored."""
    q = " ".join(asked.get("q", "").replace("\x00", "").split())[:LONGEST_WORD]
    for word in q.split():
        documents = documents.filter(title__icontains=word)
    if q:
        documents = documents.filter(hidden=None)  # of those nothing is told, so no word finds them
    edge = _edge(documents, asked.get("after", ""))
    if edge:
        at = getattr(edge, by)
        documents = documents.filter(Q(**{f"{by}__lt": at}) | Q(**{by: at}, pk__lt=edge.pk))
    rows = list(documents.order_by(f"-{by}", "-pk")[: PAGE + 1])
    said: dict[str, str | int] = {"q": q} if q else {}
    older = f"?{urlencode({**said, 'after': rows[PAGE - 1].pk})}" if len(rows) > PAGE else ""
    return Some(rows[:PAGE], q, older, edge is None)


def _edge(documents: DocumentQuerySet, number: str) -> Document | None:
    is_number = number.isascii() and number.isdigit() and len(number) < 19
    return documents.filter(pk=int(number)).first() if is_number else None
