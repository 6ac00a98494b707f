"""The socket: one per tab. It follows streams and hears what happens; deeds go over HTTP."""

from __future__ import annotations

import asyncio
import json
import logging
import time
from typing import Any

from channels.generic.websocket import AsyncWebsocketConsumer

from realtime.connection import GOING, MOST_STREAMS, SIGNED_OUT, TOO_MUCH, Connection
from realtime.hub import hub, in_thread

log = logging.getLogger(__name__)
LONGEST = 2048  # characters; a frame from a page names a stream and a number, nothing longer is honest
MOST_FRAMES, PERIOD = 60, 10  # frames in that many seconds; five times as many end the connection
SURE = 100_000  # characters sent until the page is asked whether it read them; at most twice as many are on their way


class LiveConsumer(AsyncWebsocketConsumer):
    """Takes {"follow": "thread-12", "since": 34}, {"leave": "thread-12"} and {"away": true}; sends frames.

    Servers differ in how much they keep for a page that does not read, some keep all. So it says {"heard": 3} when it
    is asked to ({"verb": "heard?", "turn": 3}), and without that word it is sent nothing more.
    """

    channel_layer_alias = "none"  # the hub alone listens to the layer: a socket opens and lives without it
    connection: Connection | None = None

    async def connect(self) -> None:
        """Only for whoever is signed in and let in; all others are refused before the socket opens."""
        session_key = self.scope["session"].session_key
        self.connection = await in_thread(Connection.open, session_key) if session_key else None
        if self.connection is None:
            await self.close(SIGNED_OUT)
            return
        await self.accept()
        self.heard, self.heard_since = 0, time.monotonic()
        hub().enter(self.connection)
        self.connection.tell("hello")
        self.asked: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
        self.tasks = [asyncio.create_task(work(self.connection)) for work in (self._carry, self._answer)]

    async def disconnect(self, code: int) -> None:
        if self.connection is not None:
            self.connection.is_closed = True
            hub().leave(self.connection)
            for task in self.tasks:
                task.cancel()
            await asyncio.gather(*self.tasks, return_exceptions=True)

    async def receive(self, text_data: str | None = None, bytes_data: bytes | None = None) -> None:
        connection, frame = self.connection, _parse(text_data)
        if connection is None or (frame and "heard" in frame and connection.heard(frame["heard"])):
            return
        if connection.is_closed or self._is_flooded(connection):
            return
        if frame is None or "heard" in frame:
            connection.tell("error", why="That frame was not understood.")
        elif "away" in frame:
            connection.is_away = frame["away"]
        else:
            self.asked.put_nowait(frame)

    async def _answer(self, connection: Connection) -> None:
        """One after the other, and beside `receive`: who is told much must say meanwhile that they have read it."""
        try:
            while True:
                await self._follow_or_leave(connection, await self.asked.get())
        except Exception:
            log.exception("A page could not be told what it asked for")
            connection.close(GOING)  # it asks anew, somewhere else or later

    async def _follow_or_leave(self, connection: Connection, frame: dict[str, Any]) -> None:
        if "leave" in frame:
            hub().unfollow(connection, frame["leave"])
        elif frame["follow"] not in connection.streams and len(connection.streams) >= MOST_STREAMS:
            connection.tell("error", why="This page follows too many things.")
        elif await hub().follow(connection, frame["follow"], frame["since"]):
            connection.tell("following", stream=frame["follow"])
        else:
            connection.tell("lost", stream=frame["follow"])

    def _is_flooded(self, connection: Connection) -> bool:
        if time.monotonic() - self.heard_since > PERIOD:
            self.heard, self.heard_since = 0, time.monotonic()
        self.heard += 1
        if self.heard == MOST_FRAMES + 1:
            connection.tell("error", why="Too many frames. Wait ten seconds.")
        elif self.heard > MOST_FRAMES * 5:
            connection.close(TOO_MUCH)
        return self.heard > MOST_FRAMES

    async def _carry(self, connection: Connection) -> None:
        sent = 0
        try:
            while not isinstance(told := await connection.next(), int):
                await self.send(text_data=told)
                sent += len(told)
                if sent > SURE:
                    await self.send(text_data=await connection.ask())
                    sent = 0
            await self.close(told)
        finally:
            connection.is_closed = True  # nobody carries any more


def _parse(text: str | None) -> dict[str, Any] | None:
    """{"leave": str}, {"away": bool}, {"heard": int} or {"follow": str, "since": int}; anything else is None."""
    try:
        frame = json.loads(text) if text is not None and len(text) <= LONGEST else None
    except (ValueError, RecursionError):
        return None
    if not isinstance(frame, dict):
        return None
    if isinstance(frame.get("leave"), str):
        return {"leave": frame["leave"]}
    if isinstance(frame.get("away"), bool):
        return {"away": frame["away"]}
    if type(frame.get("heard")) is int:
        return {"heard": frame["heard"]}
    stream, since = frame.get("follow"), frame.get("since", 0)
    if isinstance(stream, str) and len(stream) <= 80 and type(since) is int and 0 <= since < 2**62:
        return {"follow": stream, "since": since}
    return None
