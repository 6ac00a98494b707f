"""Undo just after sending: the post or the discussion is taken back, its text is a draft again."""

from __future__ import annotations

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from community.drafts.models import Draft
from community.http import MemberRequest, members_only
from groups import place, text
from groups.approval.twice import is_taken_back
from groups.mine import own_state
from groups.threads import policy
from groups.threads.find import find_post
from groups.threads.forms_reply import begin_reply
from groups.threads.typed_again import typed_again


@members_only
@require_POST
def undo(request: MemberRequest, slug: str, pk: int, number: int) -> HttpResponse:
    """Take back a reply of one's own; the form to reply has its text again. Its number stays, and says so.

    Of a discussion that nobody has replied to nothing stays, and the form to start one has its text.
    """
    post = find_post(request, slug, pk, number)
    policy.take_back(request.user, post).enforce()
    thread, is_whole = post.thread, post.number == 1
    where = f"new:groups.group-{thread.group_id}" if is_whole else f"reply:threads.thread-{thread.pk}"
    fields = typed_again(post)
    with transaction.atomic(), place.kept(request.user, thread.group) as member:
        policy.take_back(member, post).enforce()
        if is_whole:
            thread.withdraw()
        if is_whole or post.remove(member):
            Draft.bring_back(member, where, fields)
            shown = {f"alt-{file.pk}": file.alt for file in post.files.all()}
            is_taken_back(member, text.all_words(fields | shown))
    if is_whole:
        return redirect("threads:new", thread.group.slug)
    if "fragment" not in request.headers.get("Accept", ""):
        return redirect(f"{thread.get_absolute_url()}#reply")
    form = begin_reply(request.user, thread, {}, own_state(request))
    return render(request, "threads/_composer.html", {"thread": thread, "group": thread.group, "form": form})
