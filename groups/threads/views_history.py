"""What became of a text: the history of a post, all moments of a thread, and the leads' summary with its own."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from community import limits
from community.compare import changes
from community.drafts.models import Draft
from community.http import MemberRequest, members_only
from groups import place
from groups.threads import history, policy, timeline
from groups.threads.find import find_post, find_thread
from groups.threads.forms_summary import SummaryForm
from groups.threads.models import Summary, SummaryConflict, Thread
from groups.threads.reading import whole_number


@members_only
@require_safe
def post_history(request: MemberRequest, slug: str, pk: int, number: int) -> HttpResponse:
    """Each change of a post, as long as the post itself can be read."""
    post = find_post(request, slug, pk, number)
    if not post.is_in_sight:
        raise Http404
    page = history.of_post(post, _page(request))
    context = {"group": post.thread.group, "tab": "threads", "post": post, "page": page}
    return render(request, "threads/history.html", context)


@members_only
@require_safe
def summary_history(request: MemberRequest, slug: str, pk: int) -> HttpResponse:
    """Each version of a thread's summary."""
    thread = _thread(request, slug, pk)
    page = history.of_summary(thread, _page(request))
    context = {"group": thread.group, "tab": "threads", "thread": thread, "page": page}
    return render(request, "threads/summary_history.html", context)


@members_only
@require_safe
def moments(request: MemberRequest, slug: str, pk: int) -> HttpResponse:
    """All places of a thread worth jumping to, the newest first."""
    thread = _thread(request, slug, pk)
    entries, older = timeline.moments(thread, whole_number(request.GET.get("before")))
    context = {"group": thread.group, "tab": "threads", "thread": thread, "entries": entries}
    context["older"] = f"?before={older}" if older else ""
    return render(request, "threads/moments.html", context)


@members_only
@require_http_methods(["GET", "HEAD", "POST"])
def summary(request: MemberRequest, slug: str, pk: int) -> HttpResponse:
    """Write it. If another lead wrote meanwhile, both texts are shown and nothing is lost."""
    thread = _thread(request, slug, pk)
    policy.put_words(request.user, thread).enforce()
    form = SummaryForm(request.POST or None, thread=thread, author=request.user)
    if not form.is_valid():
        return _write(request, thread, form, 422 if form.is_bound else 200)
    limits.spend("post", request.user)
    try:
        with place.kept(request.user, thread.group) as member:
            policy.put_words(member, thread).enforce()
            Summary.write(thread, member, form.cleaned_data["body"], form.cleaned_data["number"])
            Draft.sent(member, request.POST)
    except SummaryConflict as conflict:
        form.data = {**request.POST.dict(), "number": conflict.current.number}
        form.current = conflict.current
        form.parts = changes(form.current.body, form.cleaned_data["body"])
        return _write(request, thread, form, 409)
    return redirect(f"{thread.get_absolute_url()}#thread-summary")


def _thread(request: MemberRequest, slug: str, pk: int) -> Thread:
    """A hidden discussion has no summary either."""
    thread = find_thread(request, slug, pk)
    if thread.is_hidden:
        raise Http404
    return thread


def _page(request: MemberRequest) -> int:
    asked = request.GET.get("page", "")
    return int(asked) if asked in map(str, range(1, history.MOST_PAGES + 1)) else 1


def _write(request: MemberRequest, thread: Thread, form: SummaryForm, status: int) -> HttpResponse:
    context = {"group": thread.group, "tab": "threads", "thread": thread, "form": form}
    return render(request, "threads/summary.html", context, status=status)
