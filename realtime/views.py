"""Catching up over HTTP: the same frames by the same numbers, for pages whose socket is blocked or slept."""

from typing import Any

from django.http import HttpResponse, JsonResponse
from django.views.decorators.http import require_GET

from community import limits, live
from community.http import MemberRequest, members_only
from realtime.consumers import MOST_STREAMS


@require_GET
@members_only
def events(request: MemberRequest) -> HttpResponse:
    """`?thread-12=34&group-3=10`: what came after those numbers, in pages; a stream that may not be seen is lost."""
    limits.spend("follow", request.user)
    frames: list[dict[str, Any]] = []
    for stream, since in list(request.GET.dict().items())[:MOST_STREAMS]:
        if not (since.isascii() and since.isdigit() and len(since) < 19) or not live.may_follow(request.user, stream):
            frames.append({"stream": stream[:80], "verb": "lost"})
        else:
            frames += live.since(stream, int(since))
    told = {frame["stream"]: frame["number"] for frame in frames if "number" in frame}
    more = any(last > told[stream] for stream, last in live.heads(told).items())
    return JsonResponse({"frames": frames, "more": more})
