"""What is done with one message: editing, removing and pinning it."""

from __future__ import annotations

from django.http import Http404, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from community import limits
from community.files import BadFile
from community.files.serve import serve
from community.http import MemberRequest, members_only
from groups.forms import ReasonForm
from groups.threads.attached import take
from realtime.chat import policy
from realtime.chat.forms import MessageForm
from realtime.chat.models import Message
from realtime.chat.views import answer, find_room, is_live

get_or_post = require_http_methods(["GET", "HEAD", "POST"])


@members_only
@get_or_post
def edit(request: MemberRequest, slug: str, pk: int) -> HttpResponse:
    """Other words for one's own message."""
    message = find_message(request, slug, pk)
    policy.change(request.user, message).enforce()
    words, room = {"body": message.body}, message.room
    form = MessageForm(request.POST or None, initial=words, group=room.group, weighed_for=request.user, room=room)
    if not form.is_valid():
        context = {"group": message.room.group, "tab": "live", "message": message, "form": form}
        return render(request, "chat/edit.html", context, status=422 if form.is_bound else 200)
    limits.spend("message", request.user)
    with message.room.held(request.user) as member:
        policy.change(member, message).enforce()
        message.edit(form.cleaned_data["body"])
    return JsonResponse(answer(message)) if is_live(request) else redirect(message)


@members_only
@get_or_post
def remove(request: MemberRequest, slug: str, pk: int) -> HttpResponse:
    """One’s own is taken back, asked first for its words do not come back; a lead takes others’ down, and says why."""
    message = find_message(request, slug, pk)
    policy.remove(request.user, message).enforce()
    is_own = message.author_id == request.user.pk
    form = ReasonForm(request.POST if request.method == "POST" else None, needed=not is_own)
    if not form.is_valid():
        context = {"group": message.room.group, "tab": "live", "message": message, "form": None if is_own else form}
        return render(request, "chat/remove.html", context, status=422 if form.is_bound else 200)
    with message.room.held(request.user) as member:
        policy.remove(member, message).enforce()
        message.remove() if is_own else message.hide(member, form.cleaned_data["reason"])
    return redirect(message)


@members_only
@require_POST
def pin(request: MemberRequest, slug: str, pk: int) -> HttpResponse:
    """Keep it at hand for everyone (`on`), or no longer."""
    message = find_message(request, slug, pk)
    policy.pin(request.user, message).enforce()
    limits.spend("pin", request.user)
    with message.room.held(request.user) as member:
        policy.pin(member, message).enforce()
        if request.POST.get("on") == "1":
            message.pin(member)
        else:
            message.unpin(member)
    return redirect(message)


@members_only
@require_safe
def file(request: MemberRequest, slug: str, pk: int, file: int) -> HttpResponseBase:
    """A file of a message, as long as the message can be read."""
    message = find_message(request, slug, pk)
    held = message.files.filter(pk=file).first() if message.is_in_sight else None
    if held is None:
        raise Http404
    return serve(request, held.stored, inline=True)


@members_only
@require_POST
def upload(request: MemberRequest, slug: str, room: int | None = None) -> HttpResponse:
    """Keep one file for a message that is being written. Answers with its row for the form, or says why not."""
    found = find_room(request, slug, room)
    policy.say(request.user, found).enforce()
    limits.spend("upload", request.user)
    try:
        kept = take(request.FILES.get("file"), request.user, found.group)
    except BadFile as bad:
        return HttpResponse(str(bad), status=422, content_type="text/plain; charset=utf-8")
    context = {"waiting": kept, "group": found.group}
    return render(request, "threads/_waiting.html", context, status=201)


@members_only
@require_safe
def lasting(request: MemberRequest, pk: int) -> HttpResponse:
    """The lasting link to a message: leads to where it stands among the others."""
    return redirect(get_object_or_404(Message.objects.visible_to(request.user).to_show(), pk=pk))


def find_message(request: MemberRequest, slug: str, pk: int) -> Message:
    messages = Message.objects.visible_to(request.user).to_show()
    return get_object_or_404(messages, room__group__slug=slug, pk=pk)
