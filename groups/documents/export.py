"""Documents to take along: a zip of their files with an index page that opens from the disk."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import NamedTuple

from django.conf import settings
from django.db.models import Prefetch
from django.template.loader import render_to_string
from django.utils import timezone

from community.files.bundle import STYLE, Part, bundled, path_of
from community.files.models import StoredFile
from community.files.names import with_ending
from community.members.models import Member
from groups.documents.models import Document, DocumentQuerySet, Folder, Look, Version
from groups.documents.models.order import BY_TITLE
from groups.models import Group

OLDER = "Earlier versions"
AT_ONCE = 200  # documents held in memory


class Line(NamedTuple):
    """A document in the index, and what came along of it."""

    document: Document
    note: str
    parts: list[Part]


@dataclass(frozen=True)
class Lines:
    """Those of the index, with the note of each document; read some at a time, for a library can be large."""

    asked: dict[int, str]
    came: dict[int, list[Part]]
    reader: Member

    def __len__(self) -> int:
        return len(self.asked)

    def __iter__(self) -> Iterator[Line]:
        for document in _each(self.asked, self.reader):
            yield Line(document, self.asked[document.pk], self.came.get(document.pk, []))


def library_of(group: Group, reader: Member, *, with_older: bool = False) -> Iterator[bytes]:
    """The whole library of a group, folder by folder; with all versions, if asked for."""
    documents = _readable(reader).standing().filter(group=group).order_by(BY_TITLE, "pk")
    paths = {folder.pk: folder.path.split(" / ") for folder in Folder.tree_of(group)}
    asked = dict.fromkeys(documents.values_list("pk", flat=True), "")
    return _bundle(str(group), asked, reader, lambda each: paths.get(each.folder_id or 0, []), with_older)


def chosen(title: str, documents: Iterable[tuple[Document, str]], reader: Member) -> Iterator[bytes]:
    """These, with what is said of each, in that order; whose group they are of is a folder each."""
    asked = {document.pk: note for document, note in documents}
    return _bundle(title, asked, reader, lambda each: [each.group.name])


def _bundle(
    title: str,
    asked: dict[int, str],
    reader: Member,
    within: Callable[[Document], list[str]],
    with_older: bool = False,
) -> Iterator[bytes]:
    came: dict[int, list[Part]] = {}

    def parts() -> Iterator[Part]:
        taken = {"index.html", "index.css"}
        for document in _each(asked, reader, with_older=with_older):
            versions = document.versions.all() if with_older else [document.current] if document.current else []
            found = [_part(each, within(document), reader, taken, document) for each in versions if not each.url]
            came[document.pk] = found
            yield from found

    def index() -> dict[str, str]:
        """Of what the reader may not see any more, only that something was left out."""
        readable = _readable(reader).values_list("pk", flat=True)
        seen = {key for some in _in_turn(asked) for key in readable.filter(pk__in=some)}
        lines = Lines({key: note for key, note in asked.items() if key in seen}, came, reader)
        context = {"title": title, "lines": lines, "gone": len(asked) - len(lines), "reader": reader}
        context |= {"now": timezone.now(), "site": settings.SITE_URL}
        return {"index.html": render_to_string("documents/export.html", context), "index.css": STYLE}

    return bundled(parts(), index)


def _readable(reader: Member) -> DocumentQuerySet:
    return Document.objects.visible_to(reader).filter(hidden=None)


def _each(keys: Iterable[int], reader: Member, *, with_older: bool = False) -> Iterator[Document]:
    """Those that may be read by now, in that order."""
    documents = _readable(reader).to_show()
    if with_older:
        documents = documents.prefetch_related(Prefetch("versions", Version.objects.select_related("file")))
    for some in _in_turn(keys):
        found = documents.in_bulk(some)
        yield from (found[key] for key in some if key in found)


def _in_turn(keys: Iterable[int]) -> Iterator[list[int]]:
    every = list(keys)
    return (every[start : start + AT_ONCE] for start in range(0, len(every), AT_ONCE))


def _part(version: Version, within: list[str], reader: Member, taken: set[str], document: Document) -> Part:
    version.document = document
    is_older = version.pk != document.current_id
    folders = [*within, OLDER, f"{document.title} {version.number}"] if is_older else within
    name = with_ending(version.content_name, "html") if version.is_page else version.content_name
    return Part(path_of(folders, name, taken), version.at, partial(_ask, version.pk, reader))


def _ask(version: int, reader: Member) -> StoredFile | bytes | None:
    """The file, or the page to be read in a browser, if the reader may see its document now."""
    documents = _readable(reader)
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
