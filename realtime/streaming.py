"""The second door: server-sent events. The same frames, one way, over a plain answer that does not end."""

from __future__ import annotations

import asyncio
import random
from collections.abc import AsyncIterator

from realtime.connection import GOING, Connection
from realtime.hub import hub

FIRST = f":{' ' * 2048}\n\n"  # some proxies hand nothing on until they have seen so much
LONGEST = 600  # seconds; then the page asks anew, so that nothing on the way keeps an answer that never ends


async def told(connection: Connection, wanted: dict[str, int | None]) -> AsyncIterator[str]:
    """Whatever the connection is told, until the page goes away or may not stay."""
    hub().enter(connection)
    connection.tell("hello")
    following = asyncio.create_task(_follow(connection, wanted))
    so_long = LONGEST * random.uniform(0.8, 1.2)  # noqa: S311 - so that not all come back at once
    ending = asyncio.get_running_loop().call_later(so_long, connection.close, GOING)
    try:
        yield FIRST
        while True:
            frames = [await connection.outgoing.get()]
            while not connection.outgoing.empty():
                frames.append(connection.outgoing.get_nowait())
            yield "".join(_event(frame) for frame in frames)
            if isinstance(frames[-1], int):
                return
    finally:
        ending.cancel()
        following.cancel()
        connection.is_closed = True
        hub().leave(connection)


def _event(frame: str | int) -> str:
    told = f'{{"verb":"closed","code":{frame}}}' if isinstance(frame, int) else frame
    return f"data: {told}\n\n"


async def _follow(connection: Connection, wanted: dict[str, int | None]) -> None:
    try:
        for stream, since in wanted.items():
            seen = since is not None and await hub().follow(connection, stream, since)
            connection.tell("following" if seen else "lost", stream=stream)
    except Exception:
        connection.close(GOING)  # it asks anew, somewhere else or later
        raise
