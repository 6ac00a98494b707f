"""The rooms of a group: the list of them, and what leads arrange about each."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from community import limits, live
from community.http import MemberRequest, members_only
from community.members.models import Member
from community.policy import Refused
from groups import place
from groups.models import Group
from groups.threads.reading import whole_number
from realtime.chat import policy
from realtime.chat.forms import RoomForm, RuleForm
from realtime.chat.models import Room
from realtime.chat.models.arranging import hold_group
from realtime.chat.views import find_group

ROWS = 20
get_or_post = require_http_methods(["GET", "HEAD", "POST"])


@members_only
@require_safe
def rooms(request: MemberRequest, slug: str) -> HttpResponse:
    """Those in use with what is new in each, conversations with leads and staff, and the archive, both in pages."""
    group = find_group(request, slug)
    Room.of(group)
    seen = Room.objects.visible_to(request.user).filter(group=group).to_show().with_read_by(request.user)
    private = _page(seen.private().exclude(said_at=None), "said_at", request.GET.get("earlier"))
    archived = _page(seen.shared().exclude(archived_at=None), "archived_at", request.GET.get("archived"))
    context = {
        "group": group,
        "tab": "live",
        "since": live.head(group.stream),
        "rooms": seen.shared().in_use().in_order(),
        "private": private[:ROWS],
        "more_private": private[ROWS - 1] if len(private) > ROWS else None,
        "archived": archived[:ROWS],
        "more_archived": archived[ROWS - 1] if len(archived) > ROWS else None,
        "may_arrange": policy.arrange(request.user, group),
        "may_ask_leads": policy.ask(request.user, group, Room.Kind.LEADS),
        "may_ask_staff": policy.ask(request.user, group, Room.Kind.STAFF),
    }
    return render(request, "chat/rooms.html", context)


@members_only
@get_or_post
def new(request: MemberRequest, slug: str) -> HttpResponse:
    """A room for a topic, a meeting or announcements."""
    group = find_group(request, slug)
    policy.arrange(request.user, group).enforce()
    form = RoomForm(request.POST if request.method == "POST" else None, author=request.user, group=group)
    if form.is_valid():
        limits.spend("room", request.user)
        try:
            with arranging(request, group) as member:
                return redirect(Room.add(member, group, form.cleaned_data))
        except Refused as no:
            form.add_error("name", str(no))
    context = {"group": group, "tab": "live", "form": form}
    return render(request, "chat/new.html", context, status=422 if form.is_bound else 200)


@members_only
@get_or_post
def settings(request: MemberRequest, slug: str, room: int) -> HttpResponse:
    """Name, purpose, who writes, hours; and after how many days messages go, shown before it is saved."""
    found = _find_shared(request, slug, room)
    policy.arrange(request.user, found.group).enforce()
    make, whose = (RuleForm, {}) if found.is_default else (RoomForm, {"author": request.user, "group": found.group})
    sent = request.POST if request.method == "POST" else None
    form = make(sent, initial={name: getattr(found, name) for name in make.base_fields}, room=found, **whose)
    if form.is_valid() and ((form.changed_data and not form.goes) or form.is_sure):
        limits.spend("room", request.user)
        try:
            with arranging(request, found.group) as member:
                found.change(member, form.changes())
            messages.success(request, _("Saved."))
            return redirect(found)
        except Refused as no:
            form.add_error("name", str(no))
    elif form.is_valid() and not form.changed_data:
        return redirect(found)
    context = {"group": found.group, "tab": "live", "room": found, "form": form}
    return render(request, "chat/settings.html", context, status=422 if form.is_bound else 200)


@members_only
@require_POST
def archive(request: MemberRequest, slug: str, room: int) -> HttpResponse:
    """Into the archive (`on`), or out of it."""
    found = _find_shared(request, slug, room)
    if found.is_default:
        raise Refused(_("Every group keeps its own live room."))
    policy.arrange(request.user, found.group).enforce()
    limits.spend("room", request.user)
    with arranging(request, found.group) as member:
        if request.POST.get("on") == "1":
            found.archive(member)
        else:
            found.put_back(member)
    return redirect(found)


def _find_shared(request: MemberRequest, slug: str, pk: int) -> Room:
    rooms = Room.objects.visible_to(request.user).shared().to_show()
    return get_object_or_404(rooms, group__slug=slug, pk=pk)


@contextmanager
def arranging(request: MemberRequest, group: Group) -> Iterator[Member]:
    """Whoever arranges is asked again under the group's lock, which comes before that of their own rows."""
    with transaction.atomic():
        hold_group(group)
        with place.allowed(request.user, group, lambda member: policy.arrange(member, group)) as member:
            yield member


def _page(rooms: Any, moment: str, after: str | None) -> list[Room]:
    """The next rooms, latest first, after the one of that key; one more than shown, if there are more."""
    last = rooms.filter(pk=whole_number(after)).first() if after else None
    if last is not None:
        at = getattr(last, moment)
        rooms = rooms.filter(Q(**{f"{moment}__lt": at}) | Q(**{moment: at}, pk__lt=last.pk))
    return list(rooms.order_by(f"-{moment}", "-pk")[: ROWS + 1])
