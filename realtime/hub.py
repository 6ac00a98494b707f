"""One hub per process: it hears the bell, puts frames in order by number, and hands each to all who follow.

Numbers make the order, not the channel layer. A missing number, a bell lost on the way or a restarted Redis are all
healed alike: the hub looks into the log for what came after the last number it told.
"""

from __future__ import annotations

import asyncio
import json
import logging
from collections import defaultdict
from typing import Any

from channels.db import database_sync_to_async
from channels.layers import get_channel_layer
from django.utils import timezone

from community import live
from community.models import Stream
from realtime.connection import Connection

log = logging.getLogger(__name__)
LOOK_EVERY = 0.8  # seconds between looks into the log: what a lost bell costs at most (access must be lost within one)
JOIN_AGAIN_EVERY = 600  # seconds; group membership in a layer expires after a day, so it is renewed long before


class Hub:
    """The followers of every stream in this process, and the number each stream was told up to."""

    def __init__(self) -> None:
        self.followers: dict[str, set[Connection]] = defaultdict(set)
        self.connections: set[Connection] = set()
        self.told: dict[str, int] = {}
        self.bells: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
        self.tasks: list[asyncio.Task[None]] = []
        self.day = timezone.localdate()

    def start(self) -> None:
        """Begin listening; called with the first connection of the process (and again after its loop was replaced)."""
        for work in (self._listen, self._look, self._tell):
            self.tasks.append(asyncio.create_task(self._for_ever(work)))

    def enter(self, connection: Connection) -> None:
        self.connections.add(connection)

    def leave(self, connection: Connection) -> None:
        """The connection is gone; streams that nobody follows any more are forgotten."""
        self.connections.discard(connection)
        for stream in list(connection.streams):
            self.unfollow(connection, stream)

    def unfollow(self, connection: Connection, stream: str) -> None:
        connection.streams.pop(stream, None)
        self.followers[stream].discard(connection)
        if not self.followers[stream]:
            del self.followers[stream]
            self.told.pop(stream, None)

    async def follow(self, connection: Connection, stream: str, number: int) -> bool:
        """Tell the connection everything after `number`, now and from now on. False where it may not see the stream."""
        while True:
            access = self.told.get(live.ACCESS)
            frames = await in_thread(_missed, connection, stream, number)
            if frames is None:
                return False
            for told in frames:
                connection.send(live.encode(told))
                number = told["number"]
            # Something may have happened while we read: a newer event, or a loss of access. Then read again.
            if self.told.get(stream, number) <= number and self.told.get(live.ACCESS) == access:
                break
        self.told.setdefault(stream, number)
        connection.streams[stream] = number
        self.followers[stream].add(connection)
        return True

    async def recheck(self, connections: list[Connection]) -> None:
        """Ask the access rule again for everything these connections follow; what is refused is lost at once."""
        for connection in connections:
            if not await in_thread(connection.may_stay):
                connection.close(4401)
                continue
            for stream in await in_thread(connection.lost_streams):
                self.unfollow(connection, stream)
                connection.send(live.encode({"stream": stream, "verb": "lost"}))

    async def _listen(self) -> None:
        layer = get_channel_layer()
        channel = await layer.new_channel("hub")
        await layer.group_add(live.BELL, channel)
        joined = asyncio.get_running_loop().time()
        while True:
            self.bells.put_nowait(await layer.receive(channel))
            if asyncio.get_running_loop().time() - joined > JOIN_AGAIN_EVERY:
                await layer.group_add(live.BELL, channel)
                joined = asyncio.get_running_loop().time()

    async def _look(self) -> None:
        while True:
            await asyncio.sleep(LOOK_EVERY)
            if not self.connections:
                continue
            for stream, last in (await in_thread(_heads, [live.ACCESS, *self.followers])).items():
                if last > self.told.get(stream, 0):
                    self.bells.put_nowait({"stream": stream, "number": last, "frame": None})
            for connection in list(self.connections):
                if connection.has_expired():
                    connection.close(4401)
            if self.day != timezone.localdate():  # dates decide access, so a new day asks again
                self.day = timezone.localdate()
                await self.recheck(list(self.connections))

    async def _tell(self) -> None:
        self.told[live.ACCESS] = (await in_thread(_heads, [live.ACCESS])).get(live.ACCESS, 0)
        while True:
            bell = await self.bells.get()
            if bell["stream"] == live.ACCESS:
                await self._access_changed(bell)
            elif bell["stream"] in self.followers:
                await self._happened(bell)

    async def _access_changed(self, bell: dict[str, Any]) -> None:
        told = self.told[live.ACCESS]
        if bell["number"] <= told:
            return
        self.told[live.ACCESS] = bell["number"]
        member = json.loads(bell["frame"])["member"] if bell["frame"] and bell["number"] == told + 1 else None
        await self.recheck([c for c in self.connections if member is None or c.member.pk == member])

    async def _happened(self, bell: dict[str, Any]) -> None:
        stream, told = bell["stream"], self.told.get(bell["stream"], 0)
        if bell["number"] <= told:
            return
        if bell["frame"] and bell["number"] == told + 1:
            self._fan_out(stream, bell["number"], bell["frame"])
        else:
            for missed in await in_thread(live.since, stream, told):
                self._fan_out(stream, missed["number"], live.encode(missed))

    def _fan_out(self, stream: str, number: int, frame: str) -> None:
        """No await in here: one frame reaches everybody's queue before the next one is looked at."""
        self.told[stream] = number
        for connection in self.followers.get(stream, ()):
            if connection.streams[stream] < number:
                connection.streams[stream] = number
                connection.send(frame)

    async def _for_ever(self, work: Any) -> None:
        while True:
            try:
                await work()
            except asyncio.CancelledError:
                raise
            except Exception:
                log.exception("The hub's %s stumbled and starts again", work.__name__)
                await asyncio.sleep(1)


_hubs: dict[asyncio.AbstractEventLoop, Hub] = {}


def hub() -> Hub:
    """The hub of this process (of its event loop, to be exact), started when first asked for."""
    loop = asyncio.get_running_loop()
    if loop not in _hubs:
        for gone in [other for other in _hubs if other.is_closed()]:
            del _hubs[gone]
        _hubs[loop] = Hub()
        _hubs[loop].start()
    return _hubs[loop]


async def in_thread(work: Any, *args: Any) -> Any:
    """One unit of database work in a thread of the pool; the default of one shared thread would make all wait."""
    return await database_sync_to_async(work, thread_sensitive=False)(*args)


def _missed(connection: Connection, stream: str, number: int) -> list[dict[str, Any]] | None:
    return live.since(stream, number) if live.may_follow(connection.fresh_member(), stream) else None


def _heads(streams: list[str]) -> dict[str, int]:
    return dict(Stream.objects.filter(name__in=streams).values_list("name", "last"))
