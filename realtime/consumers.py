"""The socket: one per tab. It follows streams and hears what happens; deeds go over HTTP."""

from __future__ import annotations

import asyncio
import json
import logging
import time
from typing import Any

from channels.consumer import AsyncConsumer, get_handler_name
from channels.generic.websocket import AsyncWebsocketConsumer
from django.conf import settings

from realtime.connection import GOING, MOST_STREAMS, SIGNED_OUT, TOO_MUCH, Begun, Connection
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
    is_idle = False  # everything was sent, and `_carry` waits for more
    sent = 0  # characters, since the page was last asked whether it has read them

    async def connect(self) -> None:
        """Only for whoever is signed in and let in; all others are refused before the socket opens."""
        session_key = self.scope["cookies"].get(settings.SESSION_COOKIE_NAME)
        self.connection = await in_thread(Connection.open, session_key) if session_key else None
        if self.connection is None:
            await self.close(SIGNED_OUT)
            return
        await self.accept()
        self.heard, self.heard_since = 0, time.monotonic()
        self.connection.at_once = self._at_once
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

    async def dispatch(self, message: dict[str, Any]) -> None:
        """As Channels does it, but for the way through the database's thread that it takes with every frame.

        Closing old connections is for whoever used one: `in_thread` sees to that.
        """
        await getattr(self, get_handler_name(message))(message)

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

    def _at_once(self, frame: str) -> bool:
        """Hand it to the server, unless `_carry` is at work: it goes on with what the server could not end at once."""
        if not self.is_idle or self.sent > SURE or self.connection is None:
            return False
        self.sent += len(frame)
        self._begin(self.connection, frame)
        if self.sent > SURE and self.is_idle and self.connection.is_sure.is_set():
            self.sent = 0
            self._begin(self.connection, self.connection.question())
        return True

    def _begin(self, connection: Connection, frame: str) -> None:
        sending = AsyncConsumer.send(self, {"type": "websocket.send", "text": frame})
        try:
            waits_for = sending.send(None)
        except StopIteration:
            return
        except Exception:
            connection.close(GOING)  # the page is gone: `_carry` ends
            return
        self.is_idle = False
        connection.outgoing.put_nowait(Begun(sending, waits_for))

    async def _carry(self, connection: Connection) -> None:
        try:
            while True:
                self.is_idle = True
                told = await connection.next()
                self.is_idle = False
                if isinstance(told, int):
                    return await self.close(told)
                if isinstance(told, str):
                    self.sent += len(told)
                await (told if isinstance(told, Begun) else self.send(text_data=told))
                if self.sent > SURE:
                    await connection.is_sure.wait()
                    self.sent = 0
                    await self.send(text_data=connection.question())
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
