"""The door for files in pieces: a page sends them to the address of the very form that they are for.

So each step is asked the same rule as the form itself: a view calls `step` once it has asked, and nothing here decides
who may add what. The steps are fields of a form: `begin` says which file and learns from which byte to go on, `piece`
brings what comes next, `give-up` ends it. Then the form is sent with the key as `arrived`, in place of the file.
The tus protocol would bring doors, headers and extensions of its own to guard, and its servers let one file grow.
"""

from __future__ import annotations

from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _

from community.files import BadFile
from community.files.models import Arriving, Joined
from community.http import LARGEST, MemberRequest
from community.limits import spend


def step(request: MemberRequest) -> HttpResponse | None:
    """The answer to a step on the way; None where the form itself was asked for, or sent with its whole file."""
    if request.method != "POST":
        return None
    if request.POST.get("arrived"):
        return None if _whole(request) else _not_whole()
    steps = {"begin": _begin, "piece": _add, "give-up": _give_up}
    take = steps.get(request.POST.get("step", ""))
    if take is None:
        return None
    spend("piece", request.user)
    try:
        return take(request)
    except BadFile as why:
        return JsonResponse({"why": str(why)}, status=422)


def files_of(request: MemberRequest, field: str) -> MultiValueDict[str, UploadedFile]:
    """The files of the form that was sent, among them, as `field`, the one that arrived before."""
    whole = _whole(request)
    files = request.FILES.copy()
    if whole:
        files.appendlist(field, Joined(whole))
    return files


def _begin(request: MemberRequest) -> HttpResponse:
    size, modified = (_number(request.POST.get(name, "")) for name in ("size", "modified"))
    if not size or modified is None:
        raise BadFile(_("This file is empty. Check that it opens on your computer and choose it again."))
    called = request.POST.get("called", "")
    return _state(Arriving.objects.begin(request.user, request.path, called, size, modified))


def _add(request: MemberRequest) -> HttpResponse:
    found = _found(request)
    piece, offset = request.FILES.get("piece"), _number(request.POST.get("offset", ""))
    try:
        is_added = piece is not None and offset is not None and found.add(piece, offset)
    except Arriving.DoesNotExist:  # finished or given up meanwhile
        raise Http404 from None
    return _state(found, 200 if is_added else 409)


def _give_up(request: MemberRequest) -> HttpResponse:
    found = _found(request)
    Arriving.objects.filter(pk=found.pk).forget()
    return HttpResponse(status=204)


def _found(request: MemberRequest) -> Arriving:
    key = _key(request.POST.get("key", ""))
    return get_object_or_404(Arriving.objects.mine(request.user, request.path), key=key)


def _whole(request: MemberRequest) -> Arriving | None:
    key = _key(request.POST.get("arrived", ""))
    found = Arriving.objects.mine(request.user, request.path).filter(key=key).first() if key else None
    return found if found and found.is_whole else None


def _state(found: Arriving, status: int = 200) -> JsonResponse:
    return JsonResponse({"key": str(found.key), "offset": found.arrived}, status=status)


def _not_whole() -> JsonResponse:
    why = _("Not all of this file has arrived. Send it again: it goes on from what is here.")
    return JsonResponse({"why": why}, status=409)


def _number(text: str) -> int | None:
    found = int(text) if text.isascii() and text.isdigit() and len(text) < 20 else None
    return None if found is None or found > LARGEST else found


def _key(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
