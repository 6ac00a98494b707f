"""Undo just after sending: the post is taken back, its text is a draft again."""

from __future__ import annotations

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from community.drafts.models import Draft
from community.http import MemberRequest, members_only
from groups import place
from groups.threads import policy
from groups.threads.find import find_post
from groups.threads.forms import ReplyForm


@members_only
@require_POST
def undo(request: MemberRequest, slug: str, pk: int, number: int) -> HttpResponse:
    """Take back a reply of one's own; the form to reply has its text again. Its number stays, and says so."""
    post = find_post(request, slug, pk, number)
    policy.take_back(request.user, post).enforce()
    where = f"reply:threads.thread-{pk}"
    with transaction.atomic(), place.kept(request.user, post.thread.group) as member:
        policy.take_back(member, post).enforce()
        if post.remove(member):
            Draft.bring_back(member, where, {"body": post.body})
    if "fragment" not in request.headers.get("Accept", ""):
        return redirect(f"{post.thread.get_absolute_url()}#reply")
    form = ReplyForm(author=request.user, thread=post.thread)
    form.go_on(where)
    form.seen = post.thread.last_number
    return render(request, "threads/_composer.html", {"thread": post.thread, "group": post.thread.group, "form": form})
