"""Documents to take along: a zip of their files with an index page that opens from the disk."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial
from typing import NamedTuple

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import timezone

from community.files.bundle import STYLE, Part, bundled, path_of
from community.files.models import StoredFile
from community.files.names import with_ending
from community.members.models import Member
from groups.documents.models import Document, Folder, Look, Version
from groups.documents.models.order import BY_TITLE
from groups.models import Group

OLDER = "Earlier versions"


class Line(NamedTuple):
    """A document in the index, and what came along of it."""

    document: Document
    note: str
    parts: list[Part]


def library_of(group: Group, reader: Member, *, with_older: bool = False) -> Iterator[bytes]:
    """The whole library of a group, folder by folder; with all versions, if asked for."""
    documents = Document.objects.visible_to(reader).to_show().filter(group=group, hidden=None).order_by(BY_TITLE, "pk")
    paths = {folder.pk: folder.path.split(" / ") for folder in Folder.tree_of(group)}
    taken = {"index.html", "index.css"}
    lines = []
    for document in documents:
        within = paths[document.folder_id] if document.folder_id else []
        versions = document.versions.all() if with_older else [document.current] if document.current else []
        parts = [_part(each, within, reader, taken, document) for each in versions if not each.url]
        lines.append(Line(document, "", parts))
    return _bundle(str(group), lines, reader)


def chosen(title: str, documents: Iterable[tuple[Document, str]], reader: Member) -> Iterator[bytes]:
    """These, with what is said of each, in that order; whose group they are of is a folder each."""
    taken = {"index.html", "index.css"}
    lines = []
    for document, note in documents:
        versions = [document.current] if document.current and not document.current.url else []
        parts = [_part(each, [document.group.name], reader, taken, document) for each in versions]
        lines.append(Line(document, note, parts))
    return _bundle(title, lines, reader)


def _bundle(title: str, lines: list[Line], reader: Member) -> Iterator[bytes]:
    every = [part for line in lines for part in line.parts]

    def index() -> dict[str, str]:
        """Of what the reader may not see any more, only that something was left out."""
        visible = Document.objects.visible_to(reader).filter(hidden=None)
        seen = set(visible.filter(pk__in=[line.document.pk for line in lines]).values_list("pk", flat=True))
        shown = [line for line in lines if line.document.pk in seen]
        context = {"title": title, "lines": shown, "gone": len(lines) - len(shown), "reader": reader}
        context |= {"now": timezone.now(), "site": settings.SITE_URL}
        return {"index.html": render_to_string("documents/export.html", context), "index.css": STYLE}

    return bundled(every, index)


def _part(version: Version, within: list[str], reader: Member, taken: set[str], document: Document) -> Part:
    version.document = document
    is_older = version.pk != document.current_id
    folders = [*within, OLDER, f"{document.title} {version.number}"] if is_older else within
    name = with_ending(version.content_name, "html") if version.is_page else version.content_name
    return Part(path_of(folders, name, taken), version.at, partial(_ask, version.pk, reader))


def _ask(version: int, reader: Member) -> StoredFile | bytes | None:
    """The file, or the page to be read in a browser, if the reader may see its document now."""
    documents = Document.objects.visible_to(reader).filter(hidden=None)
    versions = Version.objects.select_related("file", "author", "document__group")
    found = versions.filter(pk=version, document__in=documents).first()
    if found is None:
        return None
    Look.at(found.document, reader, is_download=True)
    return _page(found) if found.is_page else found.file


def _page(version: Version) -> bytes:
    """As a file of its own. What it leads to on this site is found from anywhere."""
    html = version.page.html.replace('href="/', f'href="{settings.SITE_URL}/')
    context = {"version": version, "document": version.document, "html": html, "site": settings.SITE_URL}
    return render_to_string("documents/page_export.html", context).encode()
