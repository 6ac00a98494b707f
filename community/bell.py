"""The bell: rings in every process that has pages open, over the channel layer."""

from __future__ import annotations

import asyncio
import os
from functools import cache
from threading import Thread
from typing import Any

from asgiref.sync import async_to_sync
from channels.layers import get_channel_layer
from django.conf import settings

BELL = "live"  # the channel-layer group every process's hub listens to
LONGEST_RING = 0.5  # seconds a deed waits for the layer; who was not reached looks into the log


def ring(stream: str, number: int, frame: str) -> None:
    """Hand the frame to all processes. Raises what the layer does, and `TimeoutError` if it takes too long."""
    message = {"type": "bell", "stream": stream, "number": number, "frame": frame}
    if settings.REDIS_URL:
        asyncio.run_coroutine_threadsafe(_send(message), _loop(os.getpid())).result()
    else:
        async_to_sync(_send)(message)  # the layer in memory belongs to the loop that serves the pages


async def _send(message: dict[str, Any]) -> None:
    async with asyncio.timeout(LONGEST_RING):
        await get_channel_layer().group_send(BELL, message)


@cache
def _loop(process: int) -> asyncio.AbstractEventLoop:
    """One that stays, with its connection to Redis: a new one for each ring costs ten times as much.

    A process that was forked has none of its parent's threads, so it begins its own.
    """
    loop = asyncio.new_event_loop()
    Thread(target=loop.run_forever, name="bell", daemon=True).start()
    return loop
