"""The stream over plain HTTP, for pages whose socket is blocked: told as it happens, or asked for every few seconds.

All three doors (see `consumers` for the socket) tell the same frames by the same numbers, so a page may change from one
to another at any time, or use two at once.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import Any

from django.core.handlers.asgi import ASGIRequest
from django.http import Http404, HttpRequest, JsonResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_GET

from community import limits, live
from community.http import MemberRequest, members_only
from realtime import presence
from realtime.connection import MOST_STREAMS, Connection
from realtime.streaming import told


@require_GET
@members_only
def stream(request: MemberRequest) -> HttpResponseBase:
    """`?thread-12=34&group-3=10`: what came after those numbers and what comes from now on, as server-sent events."""
    if not isinstance(request, ASGIRequest):
        raise Http404  # pages are served elsewhere than the live part: there is nothing to wait for here
    limits.spend("follow", request.user)
    connection = Connection(request.user, str(request.session.session_key))
    response = StreamingHttpResponse(told(connection, asked(request)), content_type="text/event-stream")
    response["Cache-Control"] = "no-store, no-transform"
    response["X-Accel-Buffering"] = "no"
    return response


@require_GET
@members_only
def events(request: MemberRequest) -> HttpResponseBase:
    """The same question, answered at once, in pages; a stream that may not be seen is told as lost."""
    limits.spend("follow", request.user)
    wanted = asked(request)
    seen = {name: since for name, since in wanted.items() if since is not None and live.may_follow(request.user, name)}
    _note(request, seen)
    heads = live.heads(seen)
    etag = _etag(wanted, {name: heads.get(name, 0) for name in seen})
    unchanged = get_conditional_response(request, etag=etag)
    if unchanged is not None:
        return unchanged
    frames: list[dict[str, Any]] = [{"stream": name, "verb": "lost"} for name in wanted if name not in seen]
    for name, since in seen.items():
        frames += live.since(name, since)
    last = {frame["stream"]: frame["number"] for frame in frames if "number" in frame}
    more = any(heads[name] > number for name, number in last.items() if name in heads)
    return JsonResponse({"frames": frames, "more": more}, headers={"ETag": etag})


def _note(request: MemberRequest, streams: Iterable[str]) -> None:
    """Whoever asks for a room is there, or away if the page says so."""
    is_away = request.headers.get("Live-State") == "away"
    words = {stream: {request.user.pk: is_away} for stream in streams if presence.is_shown(stream)}
    if words:
        presence.note(words, presence.HELD_AWAY if is_away else 0)


def asked(request: HttpRequest) -> dict[str, int | None]:
    """Which streams are asked for, from which number on; None for a number that is none."""
    found = list(request.GET.dict().items())[:MOST_STREAMS]
    return {name[:80]: number(since) for name, since in found}


def number(text: str) -> int | None:
    """The number of an event, if it can be one."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else None


def _etag(wanted: dict[str, int | None], heads: dict[str, int]) -> str:
    """Another one whenever something happened in what may be seen, or something else may be seen."""
    return f'"{hashlib.sha256(repr((wanted, heads)).encode()).hexdigest()[:32]}"'
