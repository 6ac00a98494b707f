"""Tidying by leads and staff: posts into another thread, a thread into another, a thread to another group."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from community.http import MemberRequest, members_only
from community.members.models import Member
from community.policy import Refused, Verdict
from groups import place, text
from groups.models import Group
from groups.threads import policy
from groups.threads.find import find_thread
from groups.threads.forms_tidy import GroupForm, PostsForm, Where
from groups.threads.models import FormerGroup, Move, Thread
from groups.threads.reading import POSTS, whole_number
from groups.views import form_page, sent

NAMES = 30  # of who gains or loses sight, told one by one


@members_only
@form_page
def tidy(request: MemberRequest, slug: str, pk: int) -> HttpResponse:
    """Choose posts, page by page, and where they go."""
    thread = find_thread(request, slug, pk)
    policy.tidy(request.user, thread).enforce()
    form = PostsForm(sent(request), thread=thread, member=request.user)
    if request.method != "POST" or "page" in request.POST:
        return _choose(request, thread, form)
    if not form.is_valid():
        return _choose(request, thread, form, 422)
    numbers, title = form.numbers, " ".join(form.cleaned_data["title"].split())
    try:
        with _still_may(request, thread) as by:
            if title:
                policy.put_words(by, thread).enforce()
            done = Move.split(thread, numbers, title, by) if title else Move.posts(thread, numbers, form.found, by)
    except Refused as why:
        form.add_error(None, str(why))
        return _choose(request, thread, form, 422)
    messages.success(request, _("The posts are here now. Where they stood, a line says so."))
    return redirect(done.target)


@members_only
@form_page
def merge(request: MemberRequest, slug: str, pk: int) -> HttpResponse:
    """Merge a discussion into another one: choose, read what it means, do it."""
    thread = find_thread(request, slug, pk)
    policy.tidy(request.user, thread).enforce()
    form = Where(sent(request), thread=thread, member=request.user)
    context = _about(thread) | {"form": form}
    if not form.is_valid() or "sure" not in request.POST:
        context["target"] = form.found if form.is_bound and form.is_valid() else None
        bad = form.is_bound and not form.is_valid()
        return render(request, "threads/merge.html", context, status=422 if bad else 200)
    try:
        with _still_may(request, thread) as by:
            Move.merge(thread, form.found, by)
    except Refused as why:
        form.add_error(None, str(why))
        return render(request, "threads/merge.html", context, status=422)
    messages.success(request, _("Both are one discussion now. The old address leads here."))
    return redirect(form.found)


@members_only
@form_page
def move(request: MemberRequest, slug: str, pk: int) -> HttpResponse:
    """Move a discussion to another group: choose, see who gains and who loses sight of it, do it."""
    thread = find_thread(request, slug, pk)
    policy.tidy(request.user, thread).enforce()
    form = GroupForm(sent(request), thread=thread, member=request.user)
    context = _about(thread) | {"form": form}
    verdict = _may_move(request, thread, form)
    if verdict and "sure" in request.POST:
        group, reason = form.cleaned_data["group"], form.cleaned_data["reason"]
        with _still_may(request, thread) as by, place.kept(by, group):
            policy.move(by, thread, group, reason).enforce()
            FormerGroup.leave(thread, group, by, reason)
        return redirect(Thread.objects.visible_to(request.user).to_show().get(pk=pk))
    context |= _sight(thread, form.cleaned_data["group"]) if verdict else {}
    bad = form.is_bound and not verdict
    return render(request, "threads/move.html", context, status=422 if bad else 200)


@contextmanager
def _still_may(request: MemberRequest, thread: Thread) -> Iterator[Member]:
    """Asked again within the deed's transaction: whoever leads no more does nothing."""
    with transaction.atomic(), place.kept(request.user, thread.group) as member:
        policy.tidy(member, thread).enforce()
        yield member


def _may_move(request: MemberRequest, thread: Thread, form: GroupForm) -> Verdict | None:
    if not form.is_valid():
        return None
    verdict = policy.move(request.user, thread, form.cleaned_data["group"], form.cleaned_data["reason"])
    if not verdict:
        form.add_error(None, str(verdict.why_not))
    return verdict


def _sight(thread: Thread, group: Group) -> dict[str, Any]:
    """Who could read it and cannot any more, and the other way round."""
    before, after = text.readers(thread.group), text.readers(group)
    loses, gains = before.exclude(pk__in=after.values("pk")), after.exclude(pk__in=before.values("pk"))
    return {
        "to": group,
        "gains": gains.count(),
        "gain_names": gains.filter(memberships__group=group).order_by("name").distinct()[:NAMES],
        "loses": loses.count(),
        "lose_names": loses.filter(memberships__group=thread.group).order_by("name").distinct()[:NAMES],
    }


def _choose(request: MemberRequest, thread: Thread, form: PostsForm, status: int = 200) -> HttpResponse:
    """A window of the posts with their ticks; what was ticked in other windows is kept."""
    asked: QueryDict = request.POST if request.method == "POST" else request.GET
    number = whole_number(asked.get("page") or asked.get("window")) or 1
    start = (min(number, max(1, thread.last_number)) - 1) // POSTS * POSTS + 1
    chosen = set(form.numbers) if form.is_bound else set()
    posts = list(thread.posts.to_show().filter(number__gte=start, number__lt=start + POSTS).order_by("number"))
    here = range(start, start + POSTS)
    context = _about(thread) | {"form": form, "posts": posts, "start": start, "chosen": chosen}
    context["kept"] = _as_ranges(sorted(chosen - set(here)))
    context["earlier"] = start - POSTS if start > 1 else 0
    context["later"] = start + POSTS if start + POSTS <= thread.last_number else 0
    return render(request, "threads/tidy.html", context, status=status)


def _as_ranges(numbers: list[int]) -> str:
    """ "3-9,12" for 3 to 9 and 12."""
    found: list[list[int]] = []
    for number in numbers:
        if found and found[-1][1] == number - 1:
            found[-1][1] = number
        else:
            found.append([number, number])
    return ",".join(f"{first}-{last}" for first, last in found)


def _about(thread: Thread) -> dict[str, Any]:
    return {"group": thread.group, "tab": "threads", "thread": thread}
