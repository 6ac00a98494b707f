"""The tray: what someone should know, newest first."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from community.http import MemberRequest, members_only
from community.notifications.models import Notification, shown

PAGE = 50


@members_only
@require_safe
def tray(request: MemberRequest) -> HttpResponse:
    """A page of them, as far as their things can be seen; `?before=` a number leads to older ones."""
    rows = Notification.objects.visible_to(request.user).order_by("-pk")
    before = request.GET.get("before", "")
    if before.isascii() and before.isdigit() and len(before) < 19:
        rows = rows.filter(pk__lt=int(before))
    found = list(rows[: PAGE + 1])
    older = f"{reverse('notifications:tray')}?before={found[PAGE - 1].pk}" if len(found) > PAGE else ""
    notes = shown(found[:PAGE], request.user)
    context = {"notes": notes, "older": older, "any_unread": any(note.read_at is None for note in notes)}
    return render(request, "notifications/tray.html", context)


@members_only
@require_POST
def read(request: MemberRequest, pk: int) -> HttpResponse:
    """It has been seen; with `go`, on to the thing."""
    note = get_object_or_404(Notification.objects.visible_to(request.user), pk=pk)
    Notification.objects.visible_to(request.user).filter(pk=pk).mark_read()
    still = shown([note], request.user) if "go" in request.POST else []
    return redirect(still[0].thing if still else "notifications:tray")


@members_only
@require_POST
def read_all(request: MemberRequest) -> HttpResponse:
    """All up to the newest one on the page have been seen; what came meanwhile has not."""
    newest = request.POST.get("newest", "")
    if newest.isascii() and newest.isdigit() and len(newest) < 19:
        Notification.objects.visible_to(request.user).filter(pk__lte=int(newest)).mark_read()
    return redirect("notifications:tray")
