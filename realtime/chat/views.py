"""The room: reading it, and saying, editing and removing messages. What arrives meanwhile comes over the stream."""

from __future__ import annotations

import uuid
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from community import limits, live
from community.http import MemberRequest, members_only
from community.limits import TooMany
from community.policy import Refused
from groups import place
from groups.models import Group
from realtime.chat import policy
from realtime.chat.forms import MessageForm, SayForm
from realtime.chat.models import Message, Room

get_or_post = require_http_methods(["GET", "HEAD", "POST"])


@members_only
@require_safe
def room(request: MemberRequest, slug: str) -> HttpResponse:
    """The latest messages, or those around `?at=`, before `?before=` or after `?after=` a number."""
    return _show(request, find_room(request, slug))


@members_only
@require_POST
def say(request: MemberRequest, slug: str) -> HttpResponse:
    """Say something. The live page is answered with the message, others with the room."""
    found = find_room(request, slug)
    try:
        policy.say(request.user, found).enforce()
        limits.spend("message", request.user)
        form = SayForm(request.POST)
        message = _said(request, found, form) if form.is_valid() else None
    except (Refused, TooMany) as no:
        if not _is_live(request):
            raise
        status, why = (429, "") if isinstance(no, TooMany) else (403, str(no))
        return JsonResponse({"why": why, "wait": getattr(no, "retry_after", 0)}, status=status)
    if _is_live(request):
        return JsonResponse(_answer(message) if message else {"why": form.why_not()}, status=200 if message else 422)
    return redirect(found.get_absolute_url() + "#end") if message else _show(request, found, form)


@members_only
@get_or_post
def edit(request: MemberRequest, slug: str, pk: int) -> HttpResponse:
    """Other words for one's own message."""
    message = find_message(request, slug, pk)
    policy.edit(request.user, message).enforce()
    form = MessageForm(request.POST or None, initial={"body": message.body})
    if not form.is_valid():
        context = {"group": message.room.group, "tab": "live", "message": message, "form": form}
        return render(request, "chat/edit.html", context, status=422 if form.is_bound else 200)
    limits.spend("message", request.user)
    with place.kept(request.user, message.room.group) as member:
        policy.edit(member, message).enforce()
        message.edit(form.cleaned_data["body"])
    return redirect(message)


@members_only
@get_or_post
def remove(request: MemberRequest, slug: str, pk: int) -> HttpResponse:
    """Take a message back; asked first, because its words do not come back."""
    message = find_message(request, slug, pk)
    policy.remove(request.user, message).enforce()
    if request.method != "POST":
        return render(request, "chat/remove.html", {"group": message.room.group, "tab": "live", "message": message})
    message.remove()
    return redirect(message)


def find_room(request: MemberRequest, slug: str) -> Room:
    return Room.of(get_object_or_404(Group.objects.visible_to(request.user), slug=slug))


def find_message(request: MemberRequest, slug: str, pk: int) -> Message:
    messages = Message.objects.visible_to(request.user).to_show()
    return get_object_or_404(messages, room__group__slug=slug, pk=pk)


def _show(request: MemberRequest, room: Room, form: SayForm | None = None) -> HttpResponse:
    since = live.head(
        live.stream_of(room)
    )  # before the messages are read: what happens between is told twice, not never
    said = _page(request, Message.objects.visible_to(request.user).filter(room=room).to_show())
    context = {
        "group": room.group,
        "tab": "live",
        "room": room,
        "since": since,
        "said": [(message, message.follows(before)) for before, message in zip([None, *said], said, strict=False)],
        "first": said[0].number if said and said[0].number > 1 else None,
        "last": said[-1].number if said and said[-1].number < room.last else None,
        "may_say": policy.say(request.user, room),
        "form": form,
        "key": uuid.uuid4().hex,
        "place": room.place_of(request.user),
    }
    return render(request, "chat/room.html", context, status=422 if form else 200)


def _page(request: HttpRequest, messages: Any) -> list[Message]:
    for name in ("at", "before", "after"):
        number = request.GET.get(name, "")
        if number.isascii() and number.isdigit() and len(number) < 19:
            return messages.around(int(number)) if name == "at" else messages.page(**{name: int(number)})
    return messages.page()


def _said(request: MemberRequest, room: Room, form: SayForm) -> Message:
    with place.kept(request.user, room.group) as member:
        policy.say(member, room).enforce()
        spoken_for = room.place_of(member)
        assert spoken_for is not None, "whoever has standing has an affiliation"
        return room.say(member, form.cleaned_data["body"], form.cleaned_data["key"], spoken_for)


def _answer(message: Message) -> dict[str, Any]:
    return {"id": message.subject, "number": message.number, "html": live.render(message)}


def _is_live(request: HttpRequest) -> bool:
    return request.headers.get("Accept") == "application/json"
