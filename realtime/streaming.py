"""The second door: server-sent events. The same frames, one way, over a plain answer that does not end."""

from __future__ import annotations

import asyncio
import logging
import random
from collections.abc import AsyncIterator
from typing import Any

from realtime.connection import GOING, TOO_MUCH, Connection
from realtime.hub import hub

log = logging.getLogger(__name__)
FIRST = f":{' ' * 2048}\n\n"  # some proxies hand nothing on until they have seen so much
LONGEST = 600  # seconds; then the page asks anew, so that nothing on the way keeps an answer that never ends
LARGEST = 400_000  # characters; the same, for some servers keep whatever the page has not read yet, without a bound


async def told(connection: Connection, wanted: dict[str, int | None]) -> AsyncIterator[str]:
    """Whatever the connection is told, until the page goes away or may not stay."""
    hub().enter(connection)
    connection.tell("hello")
    following = asyncio.create_task(_follow(connection, wanted))
    share = random.uniform(0.8, 1.2)  # noqa: S311 - so that not all come back at once
    ending = asyncio.get_running_loop().call_later(LONGEST * share, connection.close, GOING)
    length, code = 0, 0
    try:
        yield FIRST
        while not code:
            code, text = await _next(connection)
            length += len(text)
            if not code and length > LARGEST * share:
                connection.close(GOING)
            yield text
        following.cancel()
        hub().unfollow_all(connection)
        if code != TOO_MUCH:
            await asyncio.Event().wait()  # its place is taken until it has read this and goes: that is the bound
    finally:
        ending.cancel()
        following.cancel()
        connection.is_closed = True
        hub().leave(connection)


async def _next(connection: Connection) -> tuple[int, str]:
    """What is waiting, as events; and the code, once that was the end."""
    frames = [await connection.next()]
    while not connection.outgoing.empty():
        frames.append(await connection.next())
    return (frames[-1] if isinstance(frames[-1], int) else 0), "".join(_event(frame) for frame in frames)


def _event(frame: Any) -> str:
    told = f'{{"verb":"closed","code":{frame}}}' if isinstance(frame, int) else frame
    return "".join(f"data: {line}\n\n" for line in told.split("\n"))


async def _follow(connection: Connection, wanted: dict[str, int | None]) -> None:
    try:
        for stream, since in wanted.items():
            seen = since is not None and await hub().follow(connection, stream, since)
            connection.tell("following" if seen else "lost", stream=stream)
    except Exception:
        log.exception("A page could not be told what it asked for")
        connection.close(GOING)  # it asks anew, somewhere else or later
