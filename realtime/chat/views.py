"""The room: reading it, saying something, how far one has read. What arrives meanwhile comes over the stream."""

from __future__ import annotations

import uuid
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from community import limits, live
from community.http import MemberRequest, members_only
from community.limits import TooMany
from community.policy import Refused
from community.responses.models import Say
from community.responses.own import own_responses
from community.things import name_of
from groups.models import Group
from groups.threads.reading import whole_number
from realtime import presence
from realtime.chat import policy
from realtime.chat.forms_saying import FilesForm
from realtime.chat.models import Message, Room

MOST_PINNED = 20


@members_only
@require_safe
def room(request: MemberRequest, slug: str, room: int | None = None) -> HttpResponse:
    """The latest messages, or those around `?at=`, before `?before=` or after `?after=` a number.

    With `?replies=` the number of a message: only that one, and what was said in reply.
    """
    return _show(request, find_room(request, slug, room))


@members_only
@require_POST
def say(request: MemberRequest, slug: str, room: int | None = None) -> HttpResponse:
    """Say something. The live page is answered with the message, others with the room.

    So is whoever did not hear the first answer and repeats what is there, also where nobody may write any more.
    """
    found = find_room(request, slug, room)
    verdict = policy.say(request.user, found)
    if not verdict and is_live(request) and (sent := found.sent(request.user, request.POST.get("key", ""))):
        return JsonResponse(answer(sent))
    try:
        verdict.enforce()
        limits.spend("message", request.user)
        form = FilesForm(request.POST, request.FILES, author=request.user, room=found)
        message = _said(request, found, form) if form.is_valid() and form.take_files() else None
    except (Refused, TooMany) as no:
        if not is_live(request):
            raise
        status, why = (429, "") if isinstance(no, TooMany) else (403, str(no))
        return JsonResponse({"why": why, "wait": getattr(no, "retry_after", 0)}, status=status)
    if is_live(request):
        return JsonResponse(answer(message) if message else {"why": form.why_not()}, status=200 if message else 422)
    return redirect(f"{found.get_absolute_url()}{_line_asked(request)}#end") if message else _show(request, found, form)


@members_only
@require_POST
def read(request: MemberRequest, slug: str, room: int | None = None) -> HttpResponse:
    """Up to which number one has read."""
    found, number = find_room(request, slug, room), whole_number(request.POST.get("number"))
    if number:
        found.mark_read(request.user, number)
    return redirect(found)


@members_only
@require_POST
def typing(request: MemberRequest, slug: str, room: int | None = None) -> HttpResponse:
    """One is writing just now. Open pages show it for a moment; it is kept nowhere."""
    found = find_room(request, slug, room)
    policy.say(request.user, found).enforce()
    limits.spend("typing", request.user)
    if presence.may_tell_writing(live.stream_of(found)):
        live.whisper(found, "typing", member=request.user.pk, name=request.user.name)
    return HttpResponse(status=204)


def find_group(request: MemberRequest, slug: str) -> Group:
    return get_object_or_404(Group.objects.visible_to(request.user), slug=slug)


def find_room(request: MemberRequest, slug: str, pk: int | None) -> Room:
    """The group's own, or another by its key. Staff find what they are asked also in a group that is shut to them."""
    if pk is None:
        return Room.of(find_group(request, slug))
    return get_object_or_404(Room.objects.visible_to(request.user).to_show(), group__slug=slug, pk=pk)


def _show(request: MemberRequest, room: Room, form: FilesForm | None = None) -> HttpResponse:
    since = live.head(live.stream_of(room))  # looked up first: what happens meanwhile is told twice, not never
    messages = Message.objects.visible_to(request.user).filter(room=room).to_show()
    root = _named(messages, request.GET.get("replies"))
    log = messages.line_of(root.root_id or root.pk) if root else messages
    said, mark = page_of(request, log), room.read_by(request.user)
    has_gaps = root is not None or room.keep_days is not None
    first, last = (said[0].number, said[-1].number) if said else (0, 0)
    shown = [name_of(message) for message in said]
    context = {
        "group": room.group,
        "tab": "live",
        "room": room,
        "is_inside": room.kind != Room.Kind.STAFF or room.group in Group.objects.visible_to(request.user),
        "root": root,
        "since": since,
        "said": [(message, message.follows(before)) for before, message in zip([None, *said], said, strict=False)],
        "first": first if first > 1 and (not has_gaps or log.filter(number__lt=first).exists()) else None,
        "last": last if last < room.last and (not has_gaps or log.filter(number__gt=last).exists()) else None,
        "end": last,
        "new": {"number": mark + 1, "count": room.last - mark} if mark is not None and mark < room.last else None,
        "read": mark,
        "own_mark": room.read_marks.filter(member=request.user).first() if room.kind == Room.Kind.PAIR else None,
        "pinned": messages.pinned()[:MOST_PINNED],
        "own": own_responses(request.user, shown, [say for say in Say.values if say not in room.group.reactions]),
        "to": _named(messages.in_sight(), request.GET.get("to")) or root,
        **presence.shown(presence.here(live.stream_of(room))),
        "rooms": Room.objects.visible_to(request.user).filter(group=room.group).shared().in_use().in_order().to_show(),
        "may_say": policy.say(request.user, room),
        "pace": policy.pace(request.user, room),
        "may_take_up": policy.take_up(request.user, room),
        "may_arrange": policy.arrange(request.user, room.group),
        "form": form,
        "key": uuid.uuid4().hex,
        "place": room.place_of(request.user),
    }
    return render(request, "chat/room.html", context, status=422 if form else 200)


def _named(messages: Any, asked: str | None) -> Message | None:
    """The message with the number that the address holds, if it holds one."""
    number = whole_number(asked)
    return messages.filter(number=number).first() if number else None


def _line_asked(request: HttpRequest) -> str:
    number = whole_number(request.POST.get("replies"))
    return f"?replies={number}" if number else ""


def page_of(request: HttpRequest, messages: Any) -> list[Message]:
    """The messages that the address asks for: those before or after a number, or around one, else the latest."""
    for name in ("at", "to"):
        if number := whole_number(request.GET.get(name)):
            return messages.around(number)
    for name in ("before", "after"):
        if number := whole_number(request.GET.get(name)):
            return messages.page(**{name: number})
    return messages.page()


def _said(request: MemberRequest, room: Room, form: FilesForm) -> Message:
    with room.held(request.user) as member:
        policy.say(member, room).enforce()
        if room.sent(member, form.cleaned_data["key"]) is None:
            policy.pace(member, room).enforce()
        spoken_for = room.place_of(member)
        assert spoken_for is not None, "whoever has standing has an affiliation"
        words = form.cleaned_data
        message = room.say(member, words["body"], words["key"], spoken_for, whole_number(form.data.get("to")))
        message.attach(form.message_files)
        return message


def answer(message: Message) -> dict[str, Any]:
    return {"id": message.subject, "number": message.number, "html": message.drawn or live.render(message)}


def is_live(request: HttpRequest) -> bool:
    return request.headers.get("Accept") == "application/json"
