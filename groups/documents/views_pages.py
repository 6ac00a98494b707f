"""Pages: written and changed in the browser, by one at a time or by several whose changes are put together."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from community.drafts.models import Draft
from community.http import MemberRequest, members_only
from community.limits import spend
from groups import place
from groups.documents import policy
from groups.documents.forms_page import EditPageForm, NewPageForm
from groups.documents.models import Clash, Document, PageText, Version
from groups.documents.views import answer, find_document, find_group
from groups.models import Group

asked_or_sent = require_http_methods(["GET", "HEAD", "POST"])


@members_only
@asked_or_sent
def new(request: MemberRequest, slug: str) -> HttpResponse:
    """Write a page and share it with the group."""
    group = find_group(request, slug)
    policy.post(request.user, group).enforce()
    form = NewPageForm(_typed(request), author=request.user, group=group, place=f"newpage:groups.group-{group.pk}")
    if not form.is_preview and form.is_valid():
        spend("post", request.user)
        said = form.cleaned_data
        again = Document.sent(request.user, group, said["key"])
        if again and not (
            again.title == said["title"] and again.versions.filter(number=1, page__body=said["body"]).exists()
        ):
            form.was_something_else()
        else:
            return redirect(again or _post(request, group, form))
    status = 422 if form.is_bound and not form.is_preview else 200
    return answer(request, "documents/new_page.html", group, {"form": form}, status)


@members_only
@asked_or_sent
def edit(request: MemberRequest, slug: str, pk: int) -> HttpResponse:
    """Change a page. What others saved meanwhile stays in it; where both changed the same place, both are shown."""
    document = find_document(request, slug, pk)
    policy.add_version(request.user, document).enforce()
    if not document.is_page or document.current is None:
        raise Http404
    form = EditPageForm(document, document.current, _typed(request), author=request.user)
    context: dict[str, Any] = {"document": document, "form": form}
    status = 422 if form.is_bound and not form.is_preview else 200
    if not form.is_preview and form.is_valid():
        spend("post", request.user)
        try:
            made = _save(request, document, form)
        except Clash as clash:
            form.meet(clash)
            return answer(request, "documents/edit_page.html", document.group, context, 409)
        _say_what_was_saved(request, document, form, made)
        return redirect(document)
    return answer(request, "documents/edit_page.html", document.group, context, status)


def _typed(request: MemberRequest) -> Any:
    return request.POST if request.method == "POST" else None


def _post(request: MemberRequest, group: Group, form: NewPageForm) -> Document:
    with place.allowed(request.user, group, lambda now: policy.post(now, group)) as member:
        page = PageText.of(form.cleaned_data["body"], group)
        made = Document.post(group, member, page, form.cleaned_data["key"], **form.facts, **form.said)
        Draft.sent(member, request.POST)
    return made


def _save(request: MemberRequest, document: Document, form: EditPageForm) -> Version:
    with place.allowed(request.user, document.group, lambda now: policy.add_version(now, document)) as member:
        said = form.cleaned_data
        made = document.save_page(member, said["base"], said["body"], **form.said)
        Draft.sent(member, request.POST)
    return made


def _say_what_was_saved(request: MemberRequest, document: Document, form: EditPageForm, made: Version) -> None:
    base, number = form.cleaned_data["base"], made.number
    if number > base + 1:
        words = _("Others saved this page while you wrote. Their changes and yours are both in version %(number)s.")
        messages.success(request, words % {"number": number})
    elif number == base:
        messages.success(request, _("Nothing was changed, so there is no new version."))
