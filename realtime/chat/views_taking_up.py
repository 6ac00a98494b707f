"""From chat to knowledge: choose what was said, and carry it into a discussion. Works with plain forms alone."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.formats import date_format
from django.views.decorators.http import require_POST, require_safe

from community import limits
from community.http import MemberRequest, members_only
from community.order import rows_first
from community.policy import Refused
from groups.threads.models.quotation import MOST
from groups.threads.reading import whole_number
from groups.views import form_page
from realtime.chat import policy
from realtime.chat.forms_appending import AppendForm
from realtime.chat.forms_taking_up import TakeUpForm
from realtime.chat.models import Message, Room
from realtime.chat.views import find_room, page_of
from realtime.chat.views_rooms import arranging


@members_only
@require_safe
def select(request: MemberRequest, slug: str, room: int | None = None) -> HttpResponse:
    """A page of messages with a tick each; those ticked on other pages are kept, `between` ticks all in between."""
    found = find_room(request, slug, room)
    policy.take_up(request.user, found).enforce()
    readable = Message.objects.visible_to(request.user).filter(room=found)
    chosen = _chosen(readable, request.GET)
    said = page_of(request, readable.to_show())
    here = {message.pk for message in said}
    context: dict[str, Any] = {
        "group": found.group,
        "tab": "live",
        "room": found,
        "said": said,
        "chosen": chosen,
        "elsewhere": [pk for pk in chosen if pk not in here],
        "earlier": said[0].number if said and said[0].number > 1 else 0,
        "later": said[-1].number if said and said[-1].number < found.last else 0,
        "at": said[len(said) // 2].number if said else 0,
        "most": MOST,
    }
    return render(request, "chat/select.html", context)


@members_only
@form_page
def take_up(request: MemberRequest, slug: str, room: int | None = None) -> HttpResponse:
    """What was chosen, as it will look, and where it goes."""
    found = find_room(request, slug, room)
    policy.take_up(request.user, found).enforce()
    asked = request.POST if request.method == "POST" else request.GET
    readable = Message.objects.visible_to(request.user).filter(room=found)
    pks = _chosen(readable, asked)
    form = TakeUpForm(request.POST if request.method == "POST" else None, room=found, member=request.user)
    if request.method == "POST" and form.is_valid():
        limits.spend("post", request.user)
        try:
            return redirect(form.take_up(pks).page_url)
        except Refused as why:
            form.add_error(None, str(why))
    return _choose(request, found, pks, form, AppendForm(None, room=found, member=request.user))


@members_only
@require_POST
def append(request: MemberRequest, slug: str, room: int | None = None) -> HttpResponse:
    """Copy what was chosen below what a page of the library says."""
    found = find_room(request, slug, room)
    policy.take_up(request.user, found).enforce()
    pks = _chosen(Message.objects.visible_to(request.user).filter(room=found), request.POST)
    form = AppendForm(request.POST, room=found, member=request.user)
    if form.is_valid():
        limits.spend("post", request.user)
        try:
            return redirect(form.append(pks).document)
        except Refused as why:
            form.add_error(None, str(why))
    return _choose(request, found, pks, TakeUpForm(None, room=found, member=request.user), form)


@members_only
@form_page
def close(request: MemberRequest, slug: str, room: int) -> HttpResponse:
    """A lead closes a room: it goes into the archive, and what was said into a discussion that sums it up."""
    found = find_room(request, slug, room)
    policy.close(request.user, found).enforce()
    initial = {"title": f"{found}, {date_format(timezone.localdate(), 'j F Y')}"[:160]}
    sent = request.POST if request.method == "POST" else None
    form = TakeUpForm(sent, room=found, member=request.user, initial=initial)
    if form.is_valid():
        limits.spend("post", request.user)
        try:
            with arranging(request, found.group) as member, rows_first():
                found.archive(member)  # before: what is said in between would be left out
                return redirect(form.take_up_all().page_url)
        except Refused as why:
            found = find_room(request, slug, room)  # not in the archive after all
            form.add_error(None, str(why))
    readable = Message.objects.visible_to(request.user).in_sight().filter(room=found)
    context = {"group": found.group, "tab": "live", "room": found, "form": form, "count": readable.count()}
    return render(request, "chat/close.html", context, status=422 if form.is_bound else 200)


def _choose(
    request: MemberRequest, room: Room, pks: list[int], form: TakeUpForm, append_form: AppendForm
) -> HttpResponse:
    readable = Message.objects.visible_to(request.user).filter(room=room)
    context = {"group": room.group, "tab": "live", "room": room, "form": form, "chosen": pks, "most": MOST}
    context |= {"append_form": append_form, "carried": _as_carried(room, readable, pks)}
    return render(request, "chat/take_up.html", context, status=422 if form.is_bound or append_form.is_bound else 200)


def _chosen(readable: Any, asked: QueryDict) -> list[int]:
    """The messages that are ticked, by their keys and in their order: at most as many as a post can carry."""
    pks = [number for number in map(whole_number, asked.getlist("m")[: MOST + 1]) if number]
    found = readable.in_sight().filter(pk__in=pks)
    if "between" in asked:
        numbers = list(found.values_list("number", flat=True))
        found = readable.in_sight().filter(number__range=(min(numbers), max(numbers))) if numbers else found
    return list(found.order_by("number").values_list("pk", flat=True)[:MOST])


def _as_carried(room: Room, readable: Any, pks: list[int]) -> list[Any]:
    carried = []
    for message in readable.to_show().in_sight().filter(pk__in=pks).order_by("number"):
        quotation = message.as_quotation()
        quotation.write(room.group)
        carried.append(quotation)
    return carried
