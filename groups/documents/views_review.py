"""A document's way from draft to agreed: asked about, answered, declared."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods, require_POST

from community.http import MemberRequest, members_only
from community.members.models import Member
from groups import place
from groups.documents import policy
from groups.documents.forms_review import AnswerForm, AskForm
from groups.documents.models import State
from groups.documents.views import answer, find_document

asked_or_sent = require_http_methods(["GET", "HEAD", "POST"])
DECLARED = {"draft": State.DRAFT, "in-use": State.SHARED, "archived": State.ARCHIVED}


@members_only
@asked_or_sent
def ask(request: MemberRequest, slug: str, pk: int) -> HttpResponse:
    """Put the current version before reviewers."""
    document = find_document(request, slug, pk)
    policy.ask_review(request.user, document).enforce()
    if document.review:
        return redirect(document)  # the same form, sent twice
    form = AskForm(request.user, document.group, request.POST if request.method == "POST" else None)
    if form.is_valid():
        with place.allowed(request.user, document.group, lambda now: policy.ask_review(now, document)) as member:
            document.ask_review(member, form.reviewers, form.cleaned_data["due_on"], form.cleaned_data["words"])
        return redirect(document)
    context = {"document": document, "form": form}
    return answer(request, "documents/ask_review.html", document.group, context, 422 if form.is_bound else 200)


@members_only
@asked_or_sent
def respond(request: MemberRequest, slug: str, pk: int, review: int) -> HttpResponse:
    """Approve it or ask for changes. What one answers about is the version one saw."""
    document = find_document(request, slug, pk)
    found = get_object_or_404(document.reviews.select_related("document__group", "version"), pk=review)
    policy.answer_review(request.user, found).enforce()
    form = AnswerForm(request.user, document, request.POST if request.method == "POST" else None)
    if form.is_valid():
        with place.allowed(request.user, document.group, lambda now: policy.answer_review(now, found)) as member:
            document.answer_review(member, found.pk, form.cleaned_data["says"], form.cleaned_data["note"])
        return redirect(document)
    context = {"document": document, "review": found, "form": form}
    return answer(request, "documents/answer_review.html", document.group, context, 422 if form.is_bound else 200)


@members_only
@require_POST
def end(request: MemberRequest, slug: str, pk: int, review: int) -> HttpResponse:
    """Take it back or, with `without`, go on without one of those asked."""
    document = find_document(request, slug, pk)
    found = get_object_or_404(document.reviews.under_way(), pk=review)
    policy.ask_review(request.user, document).enforce()
    handle = request.POST.get("without", "")
    with place.allowed(request.user, document.group, lambda now: policy.ask_review(now, document)) as member:
        if handle:
            reviewer = get_object_or_404(Member, pk__in=found.reviewers.values("member"), handle=handle)
            document.go_on_without(member, found.pk, reviewer)
        else:
            document.take_back_review(member)
    return redirect(document)


@members_only
@require_POST
def declare(request: MemberRequest, slug: str, pk: int) -> HttpResponse:
    """A draft, in use, or archived."""
    document = find_document(request, slug, pk)
    state = DECLARED.get(request.POST.get("state", ""))
    if state is None:
        return redirect(document)
    policy.declare(request.user, document, state).enforce()
    with place.allowed(request.user, document.group, lambda now: policy.declare(now, document, state)) as member:
        document.declare(member, state)
    return redirect(document)
