"""Comments on a document: said, answered, changed, taken back, settled."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods, require_POST

from community.drafts.models import Draft
from community.http import MemberRequest, members_only
from community.limits import spend
from groups import place
from groups.approval.doubts import Sent, doubt
from groups.approval.policy import why_wait
from groups.documents import approved as approved
from groups.documents import policy
from groups.documents.forms_comment import CommentForm, EditCommentForm
from groups.documents.models import Comment
from groups.documents.talk import answered_in
from groups.documents.views import answer, find_document, show_document

asked_or_sent = require_http_methods(["GET", "HEAD", "POST"])


@members_only
@require_POST
def say(request: MemberRequest, slug: str, pk: int) -> HttpResponse:
    """Comment on the document or, with `to`, answer a comment. What is not taken comes back with its words."""
    document = find_document(request, slug, pk)
    policy.comment_on(request.user, document).enforce()
    to = answered_in(document, request.user, request.POST.get("to", ""))
    form = CommentForm(document, request.POST, author=request.user, to=to)
    if not form.is_preview:
        spend("post", request.user)
        if form.is_valid():
            doubted = doubt(request.user, document.group, form.place, Sent(form.words))
            with place.allowed(request.user, document.group, lambda now: policy.comment_now(now, document)) as member:
                made = form.send(member, why_wait(member, document.group, form.words) or doubted)
                if made:
                    Draft.sent(member, request.POST)
            if made:
                return redirect(made)
    return show_document(request, document, form, 200 if form.is_preview else 422)


@members_only
@asked_or_sent
def edit(request: MemberRequest, slug: str, pk: int, comment: int) -> HttpResponse:
    """Say it otherwise."""
    found = find_comment(request, slug, pk, comment)
    policy.change_comment(request.user, found).enforce()
    form = EditCommentForm(found, request.POST if request.method == "POST" else None, author=request.user)
    if not form.is_preview and form.is_valid():
        spend("post", request.user)
        group = found.document.group
        with place.allowed(request.user, group, lambda now: policy.change_comment(now, found)):
            is_done = found.edit(form.cleaned_data["body"], form.cleaned_data["edition"])
        if is_done:
            return redirect(found)
        form.was_changed(find_comment(request, slug, pk, comment))
    context = {"document": found.document, "comment": found, "form": form}
    status = 422 if form.is_bound and not form.is_preview else 200
    return answer(request, "documents/edit_comment.html", found.document.group, context, status)


@members_only
@require_POST
def remove(request: MemberRequest, slug: str, pk: int, comment: int) -> HttpResponse:
    """Take it back or, with `back`, put it back."""
    found = find_comment(request, slug, pk, comment)
    policy.edit_comment(request.user, found).enforce()
    with place.allowed(request.user, found.document.group, lambda now: policy.edit_comment(now, found)):
        (found.put_back if "back" in request.POST else found.remove)()
    return redirect(found)


@members_only
@require_POST
def resolve(request: MemberRequest, slug: str, pk: int, comment: int) -> HttpResponse:
    """It is settled or, with `off`, it is not."""
    found = find_comment(request, slug, pk, comment)
    policy.resolve(request.user, found).enforce()
    with place.allowed(request.user, found.document.group, lambda now: policy.resolve(now, found)) as member:
        if "off" in request.POST:
            found.open_again()
        else:
            found.resolve(member)
    return redirect(found)


@members_only
def one(request: MemberRequest, slug: str, pk: int, comment: int) -> HttpResponse:
    """Where a comment stands on the page of its document."""
    return redirect(find_comment(request, slug, pk, comment))


def find_comment(request: MemberRequest, slug: str, pk: int, comment: int) -> Comment:
    comments = Comment.objects.visible_to(request.user).to_show()
    return get_object_or_404(comments, document__group__slug=slug, document=pk, pk=comment)
