"""Reading: the list, a thread, a post by its link, a file, and how far one has read."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from community import live
from community.http import MemberRequest, members_only
from groups.threads import policy
from groups.threads.find import find_group, find_post, find_thread
from groups.threads.models import Thread
from groups.threads.reading import page_of_posts, page_of_rows


@members_only
@require_safe
def threads(request: MemberRequest, slug: str) -> HttpResponse:
    """The group's discussions, the one last written in first."""
    group = find_group(request, slug)
    rows = Thread.objects.visible_to(request.user).filter(group=group).in_sight().with_news_for(request.user)
    page = page_of_rows(rows.to_show(), request.GET)
    context = {"group": group, "tab": "threads", "page": page, "may_start": policy.start(request.user, group)}
    return render(request, "threads/threads.html", context)


@members_only
@require_safe
def thread(request: MemberRequest, slug: str, pk: int, title: str = "") -> HttpResponse:
    """A page of a thread's posts, and the form to reply."""
    found = find_thread(request, slug, pk)
    since = live.head(live.stream_of(found))
    context = {"group": found.group, "tab": "threads", "thread": found, "since": since}
    if found.is_hidden:
        return render(request, "threads/hidden.html", context)
    read = found.read_by(request.user)
    context |= {
        "page": page_of_posts(found, request.GET, read),
        "read": read,
        "may_reply": policy.reply(request.user, found),
        "may_tidy": policy.tidy(request.user, found),
    }
    return render(request, "threads/thread.html", context)


@members_only
@require_safe
def post(request: MemberRequest, slug: str, pk: int, number: int) -> HttpResponse:
    """The lasting link to a post: leads to the page it is on."""
    found = find_post(request, slug, pk, number)
    return redirect(f"{found.thread.get_absolute_url()}?at={number}#{found.subject}")
