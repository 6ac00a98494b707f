"""Around each request: one far larger than anything we take is not read; bytes it wrote and did not keep go."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from asgiref.sync import iscoroutinefunction, sync_to_async
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.defaultfilters import filesizeformat
from django.utils.decorators import sync_and_async_middleware
from django.utils.translation import gettext as _

from community.files.models import settle, written


@sync_and_async_middleware
def files(get_response: Callable[[HttpRequest], Any]) -> Callable[[HttpRequest], Any]:
    """413, with a sentence, for a declared length beyond `BODY_LIMIT`. A single file has its own, kinder limit."""

    async def later(request: HttpRequest) -> Any:
        if _is_too_large(request):
            return await sync_to_async(_refuse)(request)
        blobs = _listen()
        response = await get_response(request)
        if blobs:
            await sync_to_async(settle)(blobs)
        return response

    def now(request: HttpRequest) -> Any:
        if _is_too_large(request):
            return _refuse(request)
        blobs = _listen()
        response = get_response(request)
        if blobs:
            settle(blobs)
        return response

    return later if iscoroutinefunction(get_response) else now


def _listen() -> list[str]:
    blobs: list[str] = []
    written.set(blobs)
    return blobs


def _is_too_large(request: HttpRequest) -> bool:
    declared = request.META.get("CONTENT_LENGTH") or "0"
    return not (declared.isascii() and declared.isdigit() and int(declared[:20]) <= settings.BODY_LIMIT)


def _refuse(request: HttpRequest) -> HttpResponse:
    most = {"most": filesizeformat(settings.BODY_LIMIT), "one": filesizeformat(settings.FILE_LIMIT)}
    why = _("That is too much at once: a file can have %(one)s, and %(most)s can go together. Go back and send less.")
    return render(request, "refused.html", {"why": why % most}, status=413)
