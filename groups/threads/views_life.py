"""The life of a discussion: pinned, closed, put into the archive, opened later, its decisions marked."""

from __future__ import annotations

from typing import Any

from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from community.http import MemberRequest, members_only
from groups import place
from groups.threads import policy, policy_kinds
from groups.threads.find import find_post, find_thread
from groups.threads.forms_kinds import DeadlineForm, OpeningForm, PinForm
from groups.threads.models import Post, Thread
from groups.views import form_page


@members_only
@require_safe
def life(request: MemberRequest, slug: str, pk: int) -> HttpResponse:
    """All that those who look after a discussion can set."""
    thread = find_thread(request, slug, pk)
    policy_kinds.look_after(request.user, thread).enforce()
    return _life(request, thread)


@members_only
@require_POST
def close(request: MemberRequest, slug: str, pk: int) -> HttpResponse:
    """Close a discussion, or open it again (`open`)."""
    thread = find_thread(request, slug, pk)
    policy.tidy(request.user, thread).enforce()
    (thread.reopen if "open" in request.POST else thread.close)(request.user)
    return redirect(thread)


@members_only
@require_POST
def pin(request: MemberRequest, slug: str, pk: int) -> HttpResponse:
    """Pin a discussion to the top of the list, perhaps `until` a day, or take it down (`down`)."""
    thread = find_thread(request, slug, pk)
    policy.tidy(request.user, thread).enforce()
    if "down" in request.POST:
        thread.unpin(request.user)
        return redirect(thread)
    form = PinForm(request.POST)
    if not form.is_valid():
        return _life(request, thread, pin=form)
    thread.pin(request.user, form.cleaned_data["until"])
    return redirect(thread)


@members_only
@require_POST
def archive(request: MemberRequest, slug: str, pk: int) -> HttpResponse:
    """Put a discussion into the archive, or bring it `back`."""
    thread = find_thread(request, slug, pk)
    policy.tidy(request.user, thread).enforce()
    (thread.bring_back if "back" in request.POST else thread.archive)(request.user)
    return redirect(thread)


@members_only
@require_POST
def opening(request: MemberRequest, slug: str, pk: int) -> HttpResponse:
    """Open a discussion `now`, or say when it opens; without a date it waits until somebody opens it."""
    thread = find_thread(request, slug, pk)
    policy_kinds.open_early(request.user, thread).enforce()
    if "now" in request.POST:
        thread.open(request.user)
        return redirect(thread)
    form = OpeningForm(request.POST)
    if not form.is_valid():
        return _life(request, thread, opening=form)
    thread.postpone(request.user, form.cleaned_data["opens_at"])
    return redirect(thread)


@members_only
@require_POST
def deadline(request: MemberRequest, slug: str, pk: int) -> HttpResponse:
    """Until when a consultation takes comments."""
    thread = find_thread(request, slug, pk)
    policy_kinds.consult(request.user, thread).enforce()
    form = DeadlineForm(request.POST)
    if not form.is_valid():
        return _life(request, thread, deadline=form)
    thread.close_at(request.user, form.cleaned_data["closes_at"])
    return redirect(thread)


@members_only
@form_page
def mark(request: MemberRequest, slug: str, pk: int, number: int) -> HttpResponse:
    """Mark a post as a decision or a moderator note, or take the mark off."""
    post, chosen = find_post(request, slug, pk, number), request.POST.get("mark", "")
    policy.mark(request.user, post, chosen).enforce()
    if request.method != "POST":
        others = [choice for choice in Post.Mark.choices if choice[0] != post.mark]
        marks = [choice for choice in others if policy.mark(request.user, post, choice[0])]
        context = {"group": post.thread.group, "tab": "threads", "post": post, "marks": marks}
        return render(request, "threads/mark.html", context)
    with place.kept(request.user, post.thread.group) as member:
        policy.mark(member, post, chosen).enforce()
        post.put_mark(member, chosen)
    return redirect(post.page_url)


def _life(request: MemberRequest, thread: Thread, **sent: Form) -> HttpResponse:
    """The page with its forms; one that was sent and not taken stands there with what is wrong."""
    context: dict[str, Any] = {
        "group": thread.group,
        "tab": "threads",
        "thread": thread,
        "pin": PinForm(initial={"until": thread.pinned_until}),
        "opening": OpeningForm(initial={"opens_at": thread.opens_at}),
        "deadline": DeadlineForm(initial={"closes_at": thread.closes_at}),
        "may_tidy": policy.tidy(request.user, thread),
        "may_consult": policy_kinds.consult(request.user, thread),
        "may_open": policy_kinds.open_early(request.user, thread),
    }
    return render(request, "threads/life.html", context | sent, status=422 if sent else 200)
