"""Documents to take along: a zip of their files with an index page that opens from the disk."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial
from typing import NamedTuple

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import timezone

from community.files.bundle import Part, bundled, path_of
from community.files.models import StoredFile
from community.members.models import Member
from groups.documents.models import Document, Folder, Version
from groups.models import Group

OLDER = "Earlier versions"
STYLE = """:root { color-scheme: light dark; }
body { font: 1rem/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: start; vertical-align: top; padding: 0.5rem 1rem 0.5rem 0; border-bottom: 1px solid; }
"""


class Line(NamedTuple):
    """A document in the index, and what came along of it."""

    document: Document
    note: str
    parts: list[Part]


def library_of(group: Group, reader: Member, *, with_older: bool = False) -> Iterator[bytes]:
    """The whole library of a group, folder by folder; with all versions, if asked for."""
    documents = Document.objects.visible_to(reader).to_show().filter(group=group, hidden=None).order_by("title", "pk")
    paths = {folder.pk: folder.path.split(" / ") for folder in Folder.tree_of(group)}
    taken = {"index.html", "index.css"}
    lines = []
    for document in documents:
        within = paths[document.folder_id] if document.folder_id else []
        versions = document.versions.all() if with_older else [document.current] if document.current else []
        parts = [_part(each, within, reader, taken, document) for each in versions if each.file_id]
        lines.append(Line(document, "", parts))
    return _bundle(str(group), lines, reader)


def chosen(title: str, documents: Iterable[tuple[Document, str]], reader: Member) -> Iterator[bytes]:
    """These, with what is said of each, in that order; whose group they are of is a folder each."""
    taken = {"index.html", "index.css"}
    lines = []
    for document, note in documents:
        versions = [document.current] if document.current and document.current.file_id else []
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
    is_older = version.pk != document.current_id
    folders = [*within, OLDER, f"{document.title} {version.number}"] if is_older else within
    return Part(path_of(folders, version.content_name, taken), version.at, partial(_ask, version.pk, reader))


def _ask(version: int, reader: Member) -> StoredFile | None:
    """The file, if the reader may see its document now."""
    documents = Document.objects.visible_to(reader).filter(hidden=None)
    found = Version.objects.filter(pk=version, document__in=documents).select_related("file").first()
    return found.file if found else None
