"""The tray: what waits for the member, what they may like to know, and what they have read."""

from __future__ import annotations

import datetime as dt

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from community.http import MemberRequest, members_only
from community.notifications.lines import lines, unread_lines
from community.notifications.models import Notification, shown

PAGE = 50
EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)


@members_only
@require_safe
def tray(request: MemberRequest) -> HttpResponse:
    """What is unread, then a page of what was read, as far as their things can be seen; `?before=` a number: older."""
    rows = Notification.objects.visible_to(request.user).exclude(read_at=None).order_by("-pk")
    before = _number(request.GET.get("before"))
    found = list((rows.filter(pk__lt=before) if before else rows)[: PAGE + 1])
    older = f"{reverse('notifications:tray')}?before={found[PAGE - 1].pk}" if len(found) > PAGE else ""
    unread = [] if before else unread_lines(request.user)
    context = {
        "asking": [line for line in unread if line.newest.asks],
        "telling": [line for line in unread if not line.newest.asks],
        "earlier": lines(shown(found[:PAGE], request.user)),
        "newest": max((line.newest.pk for line in unread), default=0),
        "older": older,
        "undo": _number(request.GET.get("read")),
    }
    return render(request, "notifications/tray.html", context)


@members_only
@require_POST
def read(request: MemberRequest, pk: int) -> HttpResponse:
    """It has been seen, with all that is on one line with it; with `go`, on to the thing."""
    note = get_object_or_404(Notification.objects.visible_to(request.user), pk=pk)
    found = [line for line in unread_lines(request.user) if note in line.notes]
    seen = [each.pk for line in found for each in line.notes if each.pk <= pk] or [pk]
    at = Notification.objects.visible_to(request.user).filter(pk__in=seen).mark_read()
    if "go" in request.POST and found:
        return redirect(found[0].first.thing)
    return _back(at)


@members_only
@require_POST
def read_all(request: MemberRequest) -> HttpResponse:
    """All up to the newest one on the page have been seen; what came meanwhile has not."""
    newest = _number(request.POST.get("newest"))
    return _back(Notification.objects.visible_to(request.user).filter(pk__lte=newest).mark_read())


@members_only
@require_POST
def unread(request: MemberRequest) -> HttpResponse:
    """It waits again: the one `note`, or all that were marked as read `at` that moment."""
    mine = Notification.objects.visible_to(request.user)
    at = EPOCH + dt.timedelta(microseconds=_number(request.POST.get("at")))
    note = _number(request.POST.get("note"))
    (mine.filter(pk=note) if note else mine.filter(read_at=at)).mark_unread()
    return redirect("notifications:tray")


def _back(at: dt.datetime) -> HttpResponse:
    micros = (at - EPOCH) // dt.timedelta(microseconds=1)
    return redirect(f"{reverse('notifications:tray')}?read={micros}")


def _number(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 18 else 0
