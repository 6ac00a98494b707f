"""What a discussion asks for and is given: the answer to a question, the word that an announcement was read."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from community import limits
from community.http import MemberRequest, members_only
from community.members.models import Member
from groups.threads import policy
from groups.threads.find import find_post, find_thread
from groups.threads.models import Thread

PEOPLE = 200  # on a page

get_or_post = require_http_methods(["GET", "HEAD", "POST"])


@members_only
@get_or_post
def accept(request: MemberRequest, slug: str, pk: int, number: int) -> HttpResponse:
    """Choose a post as the answer, or say that it is the answer no more (`undo`)."""
    post = find_post(request, slug, pk, number)
    if "undo" in request.POST:
        policy.choose_answer(request.user, post.thread).enforce()
        if post.accepted_at:
            post.thread.unaccept(request.user)
        return redirect(post.page_url)
    policy.accept(request.user, post).enforce()
    if request.method == "POST":
        post.thread.accept(request.user, post)
        return redirect(post.page_url)
    context = {"group": post.thread.group, "tab": "threads", "post": post, "answer": post.thread.answer}
    return render(request, "threads/accept.html", context)


@members_only
@require_POST
def acknowledge(request: MemberRequest, slug: str, pk: int) -> HttpResponse:
    """Say that one has read an announcement."""
    thread = find_thread(request, slug, pk)
    policy.acknowledge(request.user, thread).enforce()
    thread.acknowledge(request.user)
    return redirect(f"{thread.get_absolute_url()}#acknowledge")


@members_only
@get_or_post
def acknowledgements(request: MemberRequest, slug: str, pk: int) -> HttpResponse:
    """Who has read it and who has not, by organisation; those who have not are reminded (POST)."""
    thread = find_thread(request, slug, pk)
    policy.see_acknowledgements(request.user, thread).enforce()
    if request.method == "POST":
        limits.spend("remind", f"thread-{thread.pk}")
        thread.ask_later()
        return redirect(f"{request.path}?reminded=1")
    context = {"group": thread.group, "tab": "threads", "thread": thread, "told": told(thread, request.user)}
    context["people"] = Paginator(thread.who_was_asked(), PEOPLE).get_page(request.GET.get("page"))
    context["is_reminded"] = "reminded" in request.GET
    return render(request, "threads/acknowledgements.html", context)


def told(thread: Thread, member: Member) -> dict[str, Any] | None:
    """How many of those asked have read it, and whether this member has or may say so; None if nobody is asked."""
    if not thread.asks:
        return None
    asked, said = thread.asked(), thread.acknowledgements
    return {
        "read": asked.filter(pk__in=said.values("member")).count(),
        "of": asked.count(),
        "own": said.filter(member=member.pk).exists(),
        "may": policy.acknowledge(member, thread),
    }
