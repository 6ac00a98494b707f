"""The library's order and pages: by key, not by counting, so page 500 costs what page 1 does."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import Q
from django.utils import timezone
from django.utils.datastructures import MultiValueDict
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from community.members.models import Member, Nation
from groups.documents.kinds import Audience, Kind, Language
from groups.documents.models import Document, DocumentQuerySet, Folder, State
from groups.documents.models.folder import below
from groups.documents.models.order import BY_REVIEW, BY_TITLE, BY_USE
from groups.tags.models import Tag

PAGE = 20
ORDERS = {
    "changed": ("-is_pinned", "-changed_at", "-pk"),
    "used": ("-is_pinned", "-by_use", "-pk"),
    "new": ("-is_pinned", "-pk"),
    "title": ("-is_pinned", "by_title", "pk"),
    "review": ("-is_pinned", "by_review", "pk"),
    "opened": ("-opened", "-pk"),
}
SHOWS = {
    "": _("Everything"),
    "current": _("Current"),
    "agreed": _("Agreed"),
    "review": _("In review"),
    "draft": _("Drafts"),
    "due": _("Review due"),
}
SOON = timedelta(days=30)  # a review is due this long before its day
FILTERS = ("kind", "folder", "nation", "audience", "language", "tag", "show")
SORTS = {
    "changed": _("Last change"),
    "new": _("Newest"),
    "used": _("Most used"),
    "title": _("Title"),
    "review": _("Review date"),
    "opened": _("Opened by me lately"),
}
CHOICES = {"kind": Kind.values, "nation": Nation.values, "show": [*SHOWS], "sort": [*ORDERS]}
CHOICES |= {"audience": Audience.values, "language": Language.values}
FACETS = (("nation", Nation), ("audience", Audience), ("language", Language))  # each with a chip for what there is


@dataclass
class Page:
    """A page of the library as someone asked for it. `newer` and `older` are the addresses next to it, if any."""

    rows: list[Document]
    asked: dict[str, str]  # the filters and the order, as an address holds them
    folder: Folder | None = None
    newer: str = ""
    older: str = ""

    @property
    def is_narrow(self) -> bool:
        """Whether something is left out."""
        return self.sort == "opened" or any(self.asked.get(name) for name in FILTERS)

    @property
    def is_front(self) -> bool:
        """The first page of everything, newest first: where a new document belongs at once."""
        return not self.is_narrow and not self.newer and self.sort == "changed"

    @property
    def kind(self) -> str:
        return self.asked.get("kind", "")

    @property
    def sort(self) -> str:
        return self.asked["sort"]

    @property
    def sorts(self) -> list[tuple[str, Any, str]]:
        """Each order: its name, its words, its address."""
        return [(name, words, self._with("sort", name)) for name, words in SORTS.items()]

    @property
    def shows(self) -> list[tuple[str, Any, str]]:
        """What to look at: the name of each, its words, its address."""
        return [(name, words, self._with("show", name)) for name, words in SHOWS.items()]

    def kinds(self, present: set[str]) -> list[tuple[str, Any, str]]:
        """Each kind that the library holds: its name, its words, its address."""
        return [(name, words, self._with("kind", name)) for name, words in Kind.choices if name in present]

    def facets(self, present: dict[str, set[str]]) -> list[tuple[bool, Any, str]]:
        """The same for what else there is: nations, for whom, other languages. What is on leads back to all."""
        return [
            self._switch(name, value, words)
            for name, choices in FACETS
            for value, words in choices.choices
            if value in present[name] and (name != "language" or len(present[name]) > 1)
        ]

    def tags(self, known: list[Tag]) -> list[tuple[bool, Any, str]]:
        """Each tag; the one that is on also if it is offered no more."""
        on = self.asked.get("tag")
        return [self._switch("tag", tag.slug, tag.name) for tag in known if not tag.retired_at or tag.slug == on]

    def folders(self, tree: list[Folder]) -> list[tuple[Folder, str]]:
        """Each folder with its address."""
        return [(folder, self._with("folder", str(folder.pk))) for folder in tree]

    def _switch(self, name: str, value: str, words: Any) -> tuple[bool, Any, str]:
        is_on = self.asked.get(name) == value
        return is_on, words, self._with(name, "" if is_on else value)

    def _with(self, name: str, value: str) -> str:
        return address(**{**self.asked, name: value})


def page(
    documents: DocumentQuerySet,
    reader: Member,
    asked: MultiValueDict[str, str],
    tree: list[Folder],
    known: Sequence[Tag] = (),
) -> Page:
    """The page that the filters, `sort` and `after` or `before` (a document's number) ask for; nonsense is ignored."""
    documents = documents.annotate(by_title=BY_TITLE, by_review=BY_REVIEW, by_use=BY_USE)
    folder, inside = below(tree, asked.get("folder", ""))
    said = {name: asked.get(name, "") for name, known in CHOICES.items() if asked.get(name) in known}
    said = {"sort": "changed", **said} | ({"folder": str(folder.pk)} if folder else {})
    tags = [tag for tag in known if tag.slug == asked.get("tag")]
    if tags:
        said["tag"] = tags[0].slug
        documents = documents.tagged(tags)
    documents = _narrowed(documents, said, inside)
    if said["sort"] == "opened":
        documents = documents.filter(hidden=None).opened_by(reader)
    edge = _edge(documents, asked.get("before") or asked.get("after") or "")
    backwards = edge is not None and bool(asked.get("before"))
    rows, more = _rows(documents, ORDERS[said["sort"]], edge, backwards)
    found = Page(rows, said, folder)
    if rows and (more if backwards else edge):
        found.newer = address(**said, before=rows[0].pk)
    if rows and (more or backwards):
        found.older = address(**said, after=rows[-1].pk)
    return found


def _narrowed(documents: DocumentQuerySet, said: dict[str, str], inside: list[Any]) -> DocumentQuerySet:
    """Of hidden documents nothing is told, so they are in no part of the library, only in the whole."""
    if any(said.get(name) for name in FILTERS):
        documents = documents.filter(hidden=None)
    for name in ("kind", "nation", "audience", "language"):
        if said.get(name):
            documents = documents.filter(**{name: said[name]})
    if inside:
        documents = documents.filter(folder__in=inside)
    show = said.get("show")
    if show:
        documents = documents.filter(superseded_by=None).exclude(state=State.ARCHIVED)
    if show == "current":
        documents = documents.filter(Q(state__in=[State.SHARED, State.AGREED]) | Q(agreed__isnull=False))
    if show == "due":
        documents = documents.filter(review_on__lte=timezone.localdate() + SOON)
    if show in {State.AGREED, State.REVIEW, State.DRAFT}:
        documents = documents.filter(state=show)
    return documents


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
    """The rows beyond the edge, in order, and whether there are more beyond them.

    First which, by the index of that order alone; joined with all that a row shows, SQLite would sort them all.
    """
    if backwards:
        order = tuple(name.removeprefix("-") if name.startswith("-") else f"-{name}" for name in order)
    if edge:
        documents = documents.filter(_beyond(edge, order))
    keys = list(documents.order_by(*order).values_list("pk", flat=True)[: PAGE + 1])
    found = documents.to_show().in_bulk(keys[:PAGE])
    shown = [found[key] for key in keys[:PAGE] if key in found]
    return (shown[::-1] if backwards else shown), len(keys) > PAGE


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
