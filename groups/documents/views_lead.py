"""What leads and owners do with documents: share, renew, describe, pin, remove."""

from __future__ import annotations

from collections.abc import Callable
from copy import copy
from typing import Any, TypeVar

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST

from community import ledger
from community.files import pieces
from community.files.models import StoredFile
from community.files.pieces import files_of
from community.http import MemberRequest, members_only
from community.limits import spend
from community.members.models import Member
from groups import place
from groups.documents import policy
from groups.documents.forms import ContentForm, EditForm, NewForm
from groups.documents.forms_tell import VersionForm
from groups.documents.models import Document, Proposal, Stale, Version
from groups.documents.views import answer, find_document, find_group
from groups.forms import ReasonForm
from groups.models import Group

Made = TypeVar("Made", Version, Proposal)  # what a file becomes part of
asked_or_sent = require_http_methods(["GET", "HEAD", "POST"])


@members_only
@asked_or_sent
def new(request: MemberRequest, slug: str) -> HttpResponse:
    """Share a file or an address with the group."""
    group = find_group(request, slug)
    policy.post(request.user, group).enforce()
    if answered := pieces.step(request):
        return answered
    form = NewForm(request.user, group, *sent(request))
    if form.is_valid():
        said = form.cleaned_data
        again = Document.sent(request.user, group, said["key"])
        if again and again.title == said["title"]:
            form.let_go()
            return redirect(again)
        if again:
            form.was_something_else()
        elif made := keep_and(request, form, lambda content: post_new(request, group, content, form)):
            return redirect(made.document)
    return answer(request, "documents/new.html", group, {"form": form}, status=422 if form.is_bound else 200)


@members_only
@asked_or_sent
def version(request: MemberRequest, slug: str, pk: int) -> HttpResponse:
    """Put a newer version in place of the current one."""
    document = find_document(request, slug, pk)
    policy.add_version(request.user, document).enforce()
    if document.is_page:
        return redirect("documents:edit_page", slug, pk)
    if answered := pieces.step(request):
        return answered
    form = VersionForm(request.user, document, *sent(request))
    if form.is_valid():
        said = form.cleaned_data
        again = document.versions.sent(request.user, said["key"]).first()
        if again and again.note == said["note"]:
            form.let_go()
            return redirect(document)
        if again:
            form.was_something_else()
        elif keep_and(request, form, lambda it: _add_version(request, document, it, form)):
            return redirect(document)
    context = {"document": document, "form": form}
    return answer(request, "documents/version.html", document.group, context, status=422 if form.is_bound else 200)


@members_only
@asked_or_sent
def edit(request: MemberRequest, slug: str, pk: int) -> HttpResponse:
    """Change what is said about the document. Whoever was slower sees what changed and keeps what they typed."""
    document = find_document(request, slug, pk)
    policy.describe(request.user, document).enforce()
    form = EditForm(sent(request)[0], instance=copy(document), author=request.user)
    context: dict[str, Any] = {"document": document, "form": form}
    if form.is_valid():
        try:
            with place.allowed(request.user, document.group, lambda now: policy.describe(now, document)) as member:
                document.edit(member, form.cleaned_data["edition"], **form.facts)
        except Stale:
            context["theirs"] = form.compare(document)
            return answer(request, "documents/edit.html", document.group, context, status=409)
        return redirect(document)
    return answer(request, "documents/edit.html", document.group, context, status=422 if form.is_bound else 200)


@members_only
@asked_or_sent
def remove(request: MemberRequest, slug: str, pk: int) -> HttpResponse:
    """Take the document out of the library, after asking; with a reason for whoever looks after it."""
    document = find_document(request, slug, pk)
    policy.arrange(request.user, document).enforce()
    form = ReasonForm(request.POST if request.method == "POST" else None, needed=document.author != request.user)
    if form.is_valid():
        document.remove(request.user, form.cleaned_data["reason"])
        return redirect("documents:list", slug)
    context = {"document": document, "form": form}
    return answer(request, "documents/remove.html", document.group, context, status=422 if form.is_bound else 200)


@members_only
@require_POST
def pin(request: MemberRequest, slug: str, pk: int) -> HttpResponse:
    """To the top of the library, or with `off` back into the list."""
    document = find_document(request, slug, pk)
    policy.arrange(request.user, document).enforce()
    document.pin(request.user, "off" not in request.POST)
    return redirect(document)


def sent(request: MemberRequest, field: str = "file") -> tuple[Any, Any]:
    """What a form was sent with, if it was; as `field` also the file that came before, in pieces."""
    return (request.POST, files_of(request, field)) if request.method == "POST" else (None, None)


def keep_and(request: MemberRequest, form: ContentForm, deed: Callable[[StoredFile | str], Made | None]) -> Made | None:
    """Check and keep the file first, so that no lock waits for it; a file that came to nothing is let go.

    Pieces in which it came stay until the deed is done: what broke in between is tried again without them.
    """
    spend("upload", request.user)
    content = form.keep(request.user)
    if content is None:
        return None
    made = None
    try:
        made = deed(content)
    finally:
        if isinstance(content, StoredFile) and (made is None or made.file_id != content.pk):
            content.delete()
    if made:
        form.let_go()
    return made


def post_new(request: MemberRequest, group: Group, content: StoredFile | str, form: NewForm) -> Version:
    """Share it under the lock, asked once more whether it may be."""
    key = form.cleaned_data["key"]
    with place.kept(request.user, group) as member:
        policy.post(member, group).enforce()
        document = Document.post(group, member, content, key, **form.facts, **form.said)
        made = document.versions.get(number=1)
        _declare(member, made, content, form)
    return made


def _add_version(request: MemberRequest, document: Document, content: StoredFile | str, form: VersionForm) -> Version:
    with place.kept(request.user, document.group) as member:
        policy.add_version(member, document).enforce()
        made = document.add_version(member, content, form.cleaned_data["key"], **form.said)
        _declare(member, made, content, form)
    return made


def _declare(member: Member, made: Version, content: StoredFile | str, form: ContentForm) -> None:
    """What somebody answered for stays on record, beside the version it was said of."""
    if form.declared and content == made.file:
        ledger.record(member, "declare", made.document.subject, version=made.number, sure=form.declared)
