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
from groups.threads.forms_kinds import DeadlineForm, OpeningForm, PinForm, SlowForm
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
    with place.allowed(request.user, thread.group, lambda by: policy.tidy(by, thread)) as by:
        (thread.reopen if "open" in request.POST else thread.close)(by)
    return redirect(thread)


@members_only
@require_POST
def slow(request: MemberRequest, slug: str, pk: int) -> HttpResponse:
    """How fast people write in it."""
    thread = find_thread(request, slug, pk)
    policy.tidy(request.user, thread).enforce()
    form = SlowForm(request.POST)
    if not form.is_valid():
        return _life(request, thread, slow=form)
    with place.allowed(request.user, thread.group, lambda by: policy.tidy(by, thread)) as by:
        thread.slow_down(by, form.cleaned_data["slow"])
    return redirect(thread)


@members_only
@require_POST
def pin(request: MemberRequest, slug: str, pk: int) -> HttpResponse:
    """Pin a discussion to the top of the list, perhaps `until` a day, or take it down (`down`)."""
    thread = find_thread(request, slug, pk)
    policy.tidy(request.user, thread).enforce()
    form = PinForm(request.POST)
    if "down" not in request.POST and not form.is_valid():
        return _life(request, thread, pin=form)
    with place.allowed(request.user, thread.group, lambda by: policy.tidy(by, thread)) as by:
        if "down" in request.POST:
            thread.unpin(by)
        else:
            thread.pin(by, form.cleaned_data["until"])
    return redirect(thread)


@members_only
@require_POST
def archive(request: MemberRequest, slug: str, pk: int) -> HttpResponse:
    """Put a discussion into the archive, or bring it `back`."""
    thread = find_thread(request, slug, pk)
    with place.allowed(request.user, thread.group, lambda by: policy.tidy(by, thread)) as by:
        (thread.bring_back if "back" in request.POST else thread.archive)(by)
    return redirect(thread)


@members_only
@require_POST
def opening(request: MemberRequest, slug: str, pk: int) -> HttpResponse:
    """Open a discussion `now`, or say when it opens; without a date it waits until somebody opens it."""
    thread = find_thread(request, slug, pk)
    policy_kinds.open_early(request.user, thread).enforce()
    form = OpeningForm(request.POST)
    if "now" not in request.POST and not form.is_valid():
        return _life(request, thread, opening=form)
    with place.allowed(request.user, thread.group, lambda by: policy_kinds.open_early(by, thread)) as by:
        if "now" in request.POST:
            thread.open(by)
        else:
            thread.postpone(by, form.cleaned_data["opens_at"])
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
    with place.allowed(request.user, thread.group, lambda by: policy_kinds.consult(by, thread)) as by:
        thread.close_at(by, form.cleaned_data["closes_at"])
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
    with place.allowed(request.user, post.thread.group, lambda by: policy.mark(by, post, chosen)) as by:
        post.put_mark(by, chosen)
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
        "slow": SlowForm(initial={"slow": thread.slow}),
        "may_tidy": policy.tidy(request.user, thread),
        "may_consult": policy_kinds.consult(request.user, thread),
        "may_open": policy_kinds.open_early(request.user, thread),
    }
    return render(request, "threads/life.html", context | sent, status=422 if sent else 200)
