"""The versions of a document: read, compared, brought back."""

from __future__ import annotations

from uuid import UUID, uuid4

from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from community.compare import changes
from community.files.serve import serve
from community.http import MemberRequest, members_only
from community.limits import spend
from groups import place
from groups.documents import policy, reading
from groups.documents.models import Document, Look, SeenUpTo, Version
from groups.documents.views import answer, find_document

MOST_COMPARED = 100_000  # letters of each text


@members_only
@require_safe
def read(request: MemberRequest, slug: str, pk: int, number: int) -> HttpResponse:
    """A version, old or new, to be read without downloading it."""
    document, version = find_version(request, slug, pk, number)
    Look.at(document, request.user)
    context = {
        "document": document,
        "version": version,
        "part": reading.part_of(version, request.GET),
        "may_bring_back": version.pk != document.current_id and policy.add_version(request.user, document),
        "key": uuid4(),
    }
    return answer(request, "documents/read.html", document.group, context)


@members_only
@require_safe
def exact(request: MemberRequest, slug: str, pk: int, number: int) -> HttpResponseBase:
    """An Office file as it is laid out, as a PDF in the browser, where it was drawn."""
    document, version = find_version(request, slug, pk, number)
    rendition = version.rendition
    if rendition is None:
        raise Http404
    Look.at(document, request.user)
    return serve(request, rendition, inline=True)


@members_only
@require_safe
def compare(request: MemberRequest, slug: str, pk: int, number: int) -> HttpResponse:
    """What changed in the words since the version before, or the one that `with` names; with `to`, up to that one."""
    document, version = find_version(request, slug, pk, number)
    other, to = (_number(request.GET.get(name, "")) for name in ("with", "to"))
    if to and to != number:
        query = f"?with={other}" if other else ""
        return redirect(f"{reverse('documents:compare', args=[slug, pk, to])}{query}")
    other = number - 1 if other is None else other
    before = get_object_or_404(document.versions.select_related("file"), number=other)
    texts = [each.words for each in (before, version)]
    context = {
        "document": document,
        "version": version,
        "before": before,
        "parts": changes(texts[0][:MOST_COMPARED], texts[1][:MOST_COMPARED]) if all(texts) else [],
        "is_same": texts[0] == texts[1],
        "is_cut": max(map(len, texts)) > MOST_COMPARED,
        "has_words": all(texts),
    }
    return answer(request, "documents/compare.html", document.group, context)


@members_only
@require_POST
def bring_back(request: MemberRequest, slug: str, pk: int, number: int) -> HttpResponse:
    """Make an earlier version the current one again. Sent twice, it is done once."""
    document, version = find_version(request, slug, pk, number)
    policy.add_version(request.user, document).enforce()
    spend("upload", request.user)
    if version.pk != document.current_id:
        with place.kept(request.user, document.group) as member:
            policy.add_version(member, document).enforce()
            document.bring_back(member, version, _key(request.POST.get("key", "")))
    return redirect(document)


@members_only
@require_POST
def hold(request: MemberRequest, slug: str, pk: int) -> HttpResponse:
    """Keep the next version to oneself or, with `off`, let go of it."""
    document = find_document(request, slug, pk)
    policy.hold(request.user, document).enforce()
    with place.kept(request.user, document.group) as member:
        policy.hold(member, document).enforce()
        (document.let_go if "off" in request.POST else document.hold)(member)
    return redirect(document)


@members_only
@require_POST
def looked(request: MemberRequest, slug: str, pk: int) -> HttpResponse:
    """The version of that `number` was seen. Only its reader ever knows."""
    document = find_document(request, slug, pk)
    number = request.POST.get("number", "")
    if number.isascii() and number.isdigit() and 0 < len(number) < 10:
        SeenUpTo.note(request.user, document, int(number))
    return redirect(document)


def find_version(request: MemberRequest, slug: str, pk: int, number: int) -> tuple[Document, Version]:
    """A version of a document that can be read. Of a hidden one there is none."""
    document = find_document(request, slug, pk)
    if document.is_hidden:
        raise Http404
    versions = document.versions.select_related("file", "document__group", "author")
    return document, get_object_or_404(versions, number=number)


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None


def _key(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
