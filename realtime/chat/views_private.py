"""Rooms of somebody with the leads of a group, or with staff."""

from __future__ import annotations

import uuid

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from community import limits
from community.http import MemberRequest, members_only
from groups import place
from realtime.chat import policy
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
    form = SayForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        limits.spend("ask", me)
        with place.allowed(me, group, lambda member: policy.ask(member, group, whom)) as member:
            room = Room.between(group, whom, member)
            place_there = room.place_of(member)
            assert place_there is not None, "whoever has standing has an affiliation"
            room.say(member, form.cleaned_data["body"], form.cleaned_data["key"], place_there)
        return redirect(room)
    context = {"group": group, "tab": "live", "whom": whom, "form": form, "key": uuid.uuid4().hex}
    return render(request, "chat/ask.html", context, status=422 if form.is_bound else 200)
