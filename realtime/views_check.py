"""The connection check: whether a network lets the three doors through, for members and for whoever runs it.

Its doors say nothing about anybody, so nobody has to sign in to try them.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Any

from allauth.account.adapter import get_adapter
from channels.generic.websocket import AsyncWebsocketConsumer
from django.core.handlers.asgi import ASGIRequest
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from community import limits
from community.http import public

HELLO, ANSWER = {"verb": "hello"}, {"verb": "following", "stream": "check-0"}
LONGEST = 10  # seconds
MOST = 100  # sockets open for the check at one time


@public
@require_safe
def check(request: HttpRequest) -> HttpResponse:
    """What works here, and a note of hosts and ports."""
    host, _colon, port = request.get_host().partition(":")
    context = {"host": host, "port": port or ("443" if request.is_secure() else "80")}
    return render(request, "realtime/check.html", context)


@public
@require_safe
def check_events(request: HttpRequest) -> HttpResponseBase:
    """The third door answers."""
    limits.spend("check", get_adapter().get_client_ip(request))
    return JsonResponse({"frames": [], "more": False})


@public
@require_safe
def check_stream(request: HttpRequest) -> HttpResponseBase:
    """The second door answers at once, goes on for a moment, and ends."""
    if not isinstance(request, ASGIRequest):
        raise Http404
    limits.spend("check", get_adapter().get_client_ip(request))
    response = StreamingHttpResponse(_told(), content_type="text/event-stream")
    response["Cache-Control"] = "no-store, no-transform"
    response["X-Accel-Buffering"] = "no"
    return response


async def _told() -> AsyncIterator[str]:
    for frame in (HELLO, ANSWER):
        yield f"data: {json.dumps(frame)}\n\n"
    await asyncio.sleep(LONGEST)


class CheckConsumer(AsyncWebsocketConsumer):
    """The first door greets, answers one frame, and closes."""

    channel_layer_alias = "none"
    open = 0

    async def connect(self) -> None:
        if CheckConsumer.open >= MOST:
            await self.close()
            return
        CheckConsumer.open += 1
        self.ending = asyncio.get_running_loop().call_later(LONGEST, lambda: asyncio.ensure_future(self.close()))
        await self.accept()
        await self.send(json.dumps(HELLO))

    async def receive(self, text_data: str | None = None, bytes_data: Any = None) -> None:
        await self.send(json.dumps(ANSWER))
        await self.close()

    async def disconnect(self, code: int) -> None:
        if hasattr(self, "ending"):
            self.ending.cancel()
            CheckConsumer.open -= 1
