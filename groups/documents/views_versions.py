"""The versions of a document: read, compared, brought back."""

from __future__ import annotations

from uuid import UUID, uuid4

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST, require_safe

from community.compare import changes
from community.http import MemberRequest, members_only
from community.limits import spend
from groups import place
from groups.documents import policy, reading
from groups.documents.models import Document, Version
from groups.documents.views import answer, find_document

MOST_COMPARED = 100_000  # letters of each text


@members_only
@require_safe
def read(request: MemberRequest, slug: str, pk: int, number: int) -> HttpResponse:
    """A version, old or new, to be read without downloading it."""
    document, version = find_version(request, slug, pk, number)
    context = {
        "document": document,
        "version": version,
        "part": reading.part_of(version, request.GET.get("part", "")),
        "may_bring_back": version.pk != document.current_id and policy.add_version(request.user, document),
        "key": uuid4(),
    }
    return answer(request, "documents/read.html", document.group, context)


@members_only
@require_safe
def compare(request: MemberRequest, slug: str, pk: int, number: int) -> HttpResponse:
    """What changed in the words since the version before, or since the one that `with` names."""
    document, version = find_version(request, slug, pk, number)
    asked = request.GET.get("with", "")
    other = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 10 else number - 1
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


def find_version(request: MemberRequest, slug: str, pk: int, number: int) -> tuple[Document, Version]:
    """A version of a document that can be read. Of a hidden one there is none."""
    document = find_document(request, slug, pk)
    if document.is_hidden:
        raise Http404
    versions = document.versions.select_related("file", "document__group", "author")
    return document, get_object_or_404(versions, number=number)


def _key(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
