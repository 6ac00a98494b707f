"""Rooms of somebody with the leads of a group, with staff, or with one other member."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from community import limits
from community.http import MemberRequest, members_only
from community.members.models import Member
from community.policy import Refused
from groups import place
from realtime.chat import policy
from realtime.chat.attached import look_for_adverts
from realtime.chat.forms import SayForm
from realtime.chat.models import Room
from realtime.chat.views import find_group


@members_only
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: MemberRequest, slug: str, whom: str) -> HttpResponse:
    """Write to the leads, or to staff: the first message opens the room. Whoever has one is led there."""
    if whom not in (Room.Kind.LEADS, Room.Kind.STAFF):
        raise Http404
    group, me = find_group(request, slug), request.user
    found = Room.objects.visible_to(me).to_show().filter(group=group, kind=whom, asker=me).first()
    if found is not None and request.method != "POST":
        return redirect(found)
    policy.ask(me, group, whom).enforce()
    form = SayForm(request.POST if request.method == "POST" else None, group=group)
    if form.is_valid():
        limits.spend("ask", me)
        with place.allowed(me, group, lambda member: policy.ask(member, group, whom)) as member:
            room = Room.between(group, whom, member)
            _say(room, member, form)
        return redirect(room)
    context = {"group": group, "tab": "live", "whom": whom, "form": form, "key": uuid.uuid4().hex}
    return render(request, "chat/ask.html", context, status=422 if form.is_bound else 200)


@members_only
@require_http_methods(["GET", "HEAD", "POST"])
def write_to(request: MemberRequest, handle: str) -> HttpResponse:
    """Write to one other member, where the site allows it. Whoever has a room with them is led there."""
    me, other = request.user, get_object_or_404(Member.objects.visible_to(request.user), handle=handle)
    if not settings.ONE_TO_ONE:
        raise Http404
    known = Room.objects.visible_to(me).to_show().filter(kind=Room.Kind.PAIR)
    found = known.filter(Q(asker=other) | Q(partner=other)).first() if me != other else None
    if found is not None and request.method != "POST":
        return redirect(found)
    policy.write_to(me, other).enforce()
    form = SayForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        limits.spend("ask", me)
        try:
            return redirect(_say_to(me, other, form))
        except ValidationError as no:
            form.add_error("body", no)
    context = {"whom": "member", "other": other, "form": form, "key": uuid.uuid4().hex}
    return render(request, "chat/write_to.html", context, status=422 if form.is_bound else 200)


@members_only
@require_POST
def own(request: MemberRequest, slug: str, room: int) -> HttpResponse:
    """Mute a room of two, leave it, or take that back (`muted` or `left`, `1` or `0`)."""
    rooms = Room.objects.visible_to(request.user).filter(kind=Room.Kind.PAIR).to_show()
    found = get_object_or_404(rooms, group__slug=slug, pk=room)
    limits.spend("watch", request.user)
    for name, wish in (("muted", "is_muted"), ("left", "has_left")):
        if request.POST.get(name) in {"0", "1"}:
            found.mark_own(request.user, **{wish: request.POST[name] == "1"})
    return redirect(found)


@transaction.atomic
def _say_to(me: Member, other: Member, form: SayForm) -> Room:
    """In the room of the two, which is there no more than before if nothing is said."""
    room = Room.of_two(me, other)
    if room is None:
        raise Refused(_("This site has no group for everyone, where such rooms would be. Tell staff."))
    with room.held(me) as member:
        policy.say(member, room).enforce()
        look_for_adverts(form.cleaned_data["body"], me, room)
        _say(room, member, form)
    return room


def _say(room: Room, member: Member, form: SayForm) -> None:
    spoken_for = room.place_of(member)
    assert spoken_for is not None, "whoever has standing has an affiliation"
    room.say(member, form.cleaned_data["body"], form.cleaned_data["key"], spoken_for)
