"""The socket: one per tab. It follows streams and hears what happens; deeds go over HTTP."""

from __future__ import annotations

import asyncio
import json
import time
from contextlib import suppress
from typing import Any

from channels.generic.websocket import AsyncWebsocketConsumer

from community.members import policy
from realtime.connection import Connection, member_of
from realtime.hub import hub, in_thread

MOST_BYTES = 2048  # a frame from a page names a stream and a number; nothing longer is honest
MOST_STREAMS = 20
MOST_FRAMES = (60, 10)  # frames in seconds
HEARTBEAT = 25  # seconds; proxies commonly cut a silent connection after 30


class LiveConsumer(AsyncWebsocketConsumer):  # type: ignore[misc]
    """Takes {"follow": "thread-12", "since": 34} and {"leave": "thread-12"}; sends the frames of `community.live`."""

    connection: Connection | None = None
    sender: asyncio.Task[None]

    async def connect(self) -> None:
        self.heard: list[float] = []
        connection = await in_thread(_come_in, self.scope.get("session"))
        if connection is None:
            await self.close(4401)
            return
        await self.accept()
        self.connection = connection
        hub().enter(connection)
        connection.send('{"verb":"hello"}')
        self.sender = asyncio.create_task(self._carry(connection))

    async def disconnect(self, code: int) -> None:
        if self.connection is not None:
            hub().leave(self.connection)
            self.sender.cancel()
            with suppress(asyncio.CancelledError):
                await self.sender

    async def receive(self, text_data: str | None = None, bytes_data: bytes | None = None) -> None:
        if self.connection is None:
            return
        now = time.monotonic()
        self.heard = [*(at for at in self.heard[-MOST_FRAMES[0] :] if at > now - MOST_FRAMES[1]), now]
        if len(self.heard) > MOST_FRAMES[0]:
            self.connection.send('{"verb":"error","why":"Too many frames. Wait a moment."}')
            await asyncio.sleep(1)  # this socket alone waits; the hub and its neighbours go on
            return
        frame = _parse(text_data)
        if frame is None:
            self.connection.send('{"verb":"error","why":"That frame was not understood."}')
        elif "leave" in frame:
            hub().unfollow(self.connection, frame["leave"])
        elif len(self.connection.streams) >= MOST_STREAMS:
            self.connection.send('{"verb":"error","why":"This page follows too many things."}')
        elif await hub().follow(self.connection, frame["follow"], frame["since"]):
            self.connection.send(json.dumps({"verb": "following", "stream": frame["follow"]}))
        else:
            self.connection.send(json.dumps({"verb": "lost", "stream": frame["follow"]}))

    async def _carry(self, connection: Connection) -> None:
        while True:
            try:
                told = await asyncio.wait_for(connection.outgoing.get(), HEARTBEAT)
            except TimeoutError:
                told = '{"verb":"beat"}'
            if isinstance(told, int):
                await self.close(told)
                return
            await self.send(text_data=told)


def _come_in(session: Any) -> Connection | None:
    member = member_of(session) if session is not None else None
    if member is None or not policy.come_in(member):
        return None
    return Connection(member, session)


def _parse(text: str | None) -> dict[str, Any] | None:
    """{"leave": str} or {"follow": str, "since": int}; anything else is None."""
    try:
        frame = json.loads(text) if text is not None and len(text) <= MOST_BYTES else None
    except (ValueError, RecursionError):
        return None
    if not isinstance(frame, dict):
        return None
    if isinstance(frame.get("leave"), str):
        return {"leave": frame["leave"]}
    stream, since = frame.get("follow"), frame.get("since", 0)
    if isinstance(stream, str) and len(stream) <= 80 and type(since) is int and 0 <= since < 2**62:
        return {"follow": stream, "since": since}
    return None
