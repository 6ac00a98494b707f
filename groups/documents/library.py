"""The library's order and pages: by key, not by counting, so page 500 costs what page 1 does."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Case, F, Q, Value, When
from django.db.models.functions import Coalesce, Lower
from django.utils.datastructures import MultiValueDict
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from groups.documents.kinds import Kind
from groups.documents.models import Document, DocumentQuerySet

PAGE = 20
NEVER = date(9999, 12, 31)
ORDERS = {
    "changed": ("-is_pinned", "-changed_at", "-pk"),
    "title": ("-is_pinned", "by_title", "pk"),
    "review": ("-is_pinned", "by_review", "pk"),
}
SORTS = {"changed": _("Last change"), "title": _("Title"), "review": _("Review date")}


@dataclass
class Page:
    """A page of the library as someone asked for it. `newer` and `older` are the addresses next to it, if any."""

    rows: list[Document]
    kind: str
    sort: str
    newer: str = ""
    older: str = ""

    @property
    def is_front(self) -> bool:
        """The first page of everything, newest first: where a new document belongs at once."""
        return not self.kind and not self.newer and self.sort == "changed"

    @property
    def sorts(self) -> list[tuple[str, Any, str]]:
        """Each order: its name, its words, its address."""
        return [(name, words, address(kind=self.kind, sort=name)) for name, words in SORTS.items()]

    def kinds(self, present: set[str]) -> list[tuple[str, Any, str]]:
        """Each kind that the library holds: its name, its words, its address."""
        return [(name, words, address(kind=name, sort=self.sort)) for name, words in Kind.choices if name in present]


def page(documents: DocumentQuerySet, asked: MultiValueDict[str, str]) -> Page:
    """The page that `kind`, `sort` and `after` or `before` (a document's number) ask for; nonsense is ignored."""
    kind = asked.get("kind", "") if asked.get("kind") in Kind.values else ""
    sort = asked.get("sort", "") if asked.get("sort") in ORDERS else "changed"
    documents = documents.annotate(  # a hidden document's place in the list tells nothing about it
        by_title=Case(When(hidden=None, then=Lower("title")), default=Value("")),
        by_review=Case(When(hidden=None, then=Coalesce(F("review_on"), Value(NEVER))), default=Value(NEVER)),
    )
    if kind:
        documents = documents.filter(kind=kind, hidden=None)
    edge = _edge(documents, asked.get("before") or asked.get("after") or "")
    backwards = edge is not None and bool(asked.get("before"))
    rows, more = _rows(documents, ORDERS[sort], edge, backwards)
    found = Page(rows, kind, sort)
    if rows and (more if backwards else edge):
        found.newer = address(kind=kind, sort=sort, before=rows[0].pk)
    if rows and (more or backwards):
        found.older = address(kind=kind, sort=sort, after=rows[-1].pk)
    return found


def address(**asked: Any) -> str:
    """The query of a page, without what goes without saying."""
    said = {name: value for name, value in asked.items() if value and value != "changed"}
    return f"?{urlencode(said)}"


def _edge(documents: DocumentQuerySet, number: str) -> Document | None:
    is_number = number.isascii() and number.isdigit() and len(number) < 19
    return documents.filter(pk=int(number)).first() if is_number else None


def _rows(
    documents: DocumentQuerySet, order: tuple[str, ...], edge: Document | None, backwards: bool
) -> tuple[list[Document], bool]:
    """The rows beyond the edge, in order, and whether there are more beyond them."""
    if backwards:
        order = tuple(name.removeprefix("-") if name.startswith("-") else f"-{name}" for name in order)
    if edge:
        documents = documents.filter(_beyond(edge, order))
    rows = list(documents.order_by(*order)[: PAGE + 1])
    shown = rows[:PAGE]
    return (shown[::-1] if backwards else shown), len(rows) > PAGE


def _beyond(edge: Document, order: tuple[str, ...]) -> Q:
    """What comes after the edge: further in the first key, or equal there and further in the second, and so on."""
    found = Q()
    same: dict[str, Any] = {}
    for name in order:
        key = name.removeprefix("-")
        value = getattr(edge, key)
        found |= Q(**same, **{f"{key}__{'lt' if name.startswith('-') else 'gt'}": value})
        same[key] = value
    return found
