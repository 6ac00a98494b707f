"""The life of a discussion: closed and open again, pinned for a while, put into the archive and brought back."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from community.http import MemberRequest, members_only
from groups.threads import policy
from groups.threads.find import find_thread
from groups.threads.forms_life import PinForm
from groups.threads.models import Moment, Thread

BY_LEADS = [Moment.Act.CLOSED, Moment.Act.REOPENED, Moment.Act.ARCHIVED, Moment.Act.BROUGHT_BACK]


@members_only
@require_safe
def life(request: MemberRequest, slug: str, pk: int) -> HttpResponse:
    """All that leads can do with it, and what was done."""
    thread = find_thread(request, slug, pk)
    policy.tidy(request.user, thread).enforce()
    return _page(request, thread, PinForm(initial={"until": thread.pinned_until}))


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
    policy.pin(request.user, thread).enforce()
    form = PinForm(request.POST)
    if not form.is_valid():
        return _page(request, thread, form, 422)
    thread.pin(request.user, form.cleaned_data["until"])
    return redirect(thread)


@members_only
@require_POST
def archive(request: MemberRequest, slug: str, pk: int) -> HttpResponse:
    """Put a discussion into the archive, or bring it back (`back`)."""
    thread = find_thread(request, slug, pk)
    policy.tidy(request.user, thread).enforce()
    (thread.bring_back if "back" in request.POST else thread.archive)(request.user)
    return redirect(thread)


def _page(request: MemberRequest, thread: Thread, form: PinForm, status: int = 200) -> HttpResponse:
    context = {"group": thread.group, "tab": "threads", "thread": thread, "form": form}
    context["moments"] = thread.moments.filter(act__in=BY_LEADS).select_related("by").order_by("-at", "-pk")[:20]
    return render(request, "threads/life.html", context, status=status)
