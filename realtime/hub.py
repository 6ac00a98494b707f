"""One hub per process: it hears the bell, puts frames in order by number, and hands each to all who follow.

Numbers make the order, not the channel layer. A missing number, a bell lost on the way or a restarted Redis are all
healed alike: the hub looks into the log for what came after the last number it told. It looks at sessions, too, so
that signing out, a new password or an expired session end a connection whoever changed them.
"""

from __future__ import annotations

import asyncio
import itertools
import logging
import time
from collections import Counter, defaultdict
from collections.abc import Awaitable, Callable, Iterable, Iterator
from typing import Any

from channels.db import database_sync_to_async
from channels.layers import get_channel_layer
from django.conf import settings
from django.utils import timezone

from community import live
from community.bell import BELL
from realtime import presence
from realtime.connection import SIGNED_OUT, TOO_MUCH, Connection, in_doubt, lost

log = logging.getLogger(__name__)
LOOK_EVERY = 0.8  # seconds between looks into the log: what a lost bell costs at most (access must be lost within one)
JOIN_AGAIN_EVERY = 600  # seconds; group membership in a layer expires after a day, so it is renewed long before
BEAT_EVERY = 25  # seconds; proxies commonly cut a silent connection after 30
MOST_OPEN = 40  # connections of one member to one process
LONGEST_MESSAGE = 60_000  # characters of several frames in one message
AT_ONCE = 200  # connections asked again in one go of database work


class Hub:
    """The followers of every stream in this process, and the number each stream was told up to."""

    def __init__(self) -> None:
        self.connections: set[Connection] = set()
        self.open: Counter[int] = Counter()  # connections of each member
        self.followers: dict[str, set[Connection]] = defaultdict(set)
        self.told: dict[str, int] = {}
        self.shown: dict[str, presence.Here] = {}  # who was there when a room was last told
        self.access: int | None = None  # the last change of access that was acted upon
        self.bells: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
        if settings.PRODUCTION and not settings.REDIS_URL:
            log.warning("Without REDIS_URL pages hear only of what happens in their own process: run one, or set it")
        self.tasks = [
            asyncio.create_task(_for_ever(work)) for work in (self._listen, self._look, self._tell, self._notice)
        ]

    def enter(self, connection: Connection) -> None:
        """One more page is open. Whoever has too many open is sent away; such a page asks every few seconds instead."""
        self.connections.add(connection)
        self.open[connection.member.pk] += 1
        if self.open[connection.member.pk] > MOST_OPEN:
            connection.close(TOO_MUCH)

    def leave(self, connection: Connection) -> None:
        """The connection is gone."""
        if connection in self.connections:
            self.connections.remove(connection)
            self.open[connection.member.pk] -= 1
            if not self.open[connection.member.pk]:
                del self.open[connection.member.pk]
        self.unfollow_all(connection)

    def unfollow_all(self, connection: Connection) -> None:
        """It hears nothing more."""
        for stream in list(connection.streams):
            self.unfollow(connection, stream)

    def unfollow(self, connection: Connection, stream: str) -> None:
        """A stream that nobody follows any more is forgotten."""
        if connection.streams.pop(stream, None) is None:
            return
        self.followers[stream].discard(connection)
        if not self.followers[stream]:
            del self.followers[stream]
            del self.told[stream]
            self.shown.pop(stream, None)

    async def follow(self, connection: Connection, stream: str, number: int) -> bool:
        """Tell the connection everything after `number`, now and from now on. False where it may not see the stream."""
        self.unfollow(connection, stream)  # else what happens meanwhile would be told before what it has missed
        while True:
            access = self.access
            frames = await in_thread(connection.missed, stream, number)
            if frames is None:
                return False
            for told in frames:
                frame = live.encode(told)
                await connection.room_for(frame)
                connection.send(frame)
                number = told["number"]
            if connection.is_closed:
                return True
            # There may be more; or something happened while we read: a newer event, a loss of access. Then read again.
            if not frames and self.told.get(stream, number) <= number and self.access == access:
                break
        self.told.setdefault(stream, number)
        connection.streams[stream] = number
        self.followers[stream].add(connection)
        return True

    async def recheck(self, connections: Iterable[Connection]) -> None:
        """Ask the access rule again for everything these connections follow; what is refused is lost at once."""
        waiting = list(connections)
        for start in range(0, len(waiting), AT_ONCE):
            for connection, streams in await in_thread(lost, waiting[start : start + AT_ONCE]):
                if streams is None:
                    connection.close(SIGNED_OUT)
                    continue
                for stream in streams:
                    self.unfollow(connection, stream)
                    connection.tell("lost", stream=stream)

    async def _listen(self) -> None:
        layer = get_channel_layer()
        channel = await layer.new_channel("hub")
        async with asyncio.TaskGroup() as tasks:  # beside each other: a `receive` that is cancelled loses its channel
            tasks.create_task(_join(layer, channel))
            while True:
                self.bells.put_nowait(await layer.receive(channel))

    async def _look(self) -> None:
        day, beaten = timezone.localdate(), time.monotonic()
        while True:
            await asyncio.sleep(LOOK_EVERY)
            if time.monotonic() - beaten > BEAT_EVERY:
                beaten = time.monotonic()
                for connection in self.connections:
                    connection.tell("beat", at=connection.streams)
            if not self.connections:
                continue
            heads, doubtful = await in_thread(_look, [live.ACCESS, *self.followers], list(self.connections))
            for stream, last in heads.items():
                self.bells.put_nowait({"stream": stream, "number": last, "frame": ""})
            if day != timezone.localdate():  # dates decide access, so a new day asks again
                day, doubtful = timezone.localdate(), list(self.connections)
            await self.recheck(doubtful)

    async def _tell(self) -> None:
        if self.access is None:
            self.access = await in_thread(live.head, live.ACCESS)
        while True:
            waiting = [await self.bells.get()]
            while not self.bells.empty():
                waiting.append(self.bells.get_nowait())
            rung = defaultdict(list)
            for bell in waiting:
                rung[bell["stream"]].append(bell)
            if changes := rung.pop(live.ACCESS, None):  # before anything: who lost it hears nothing more
                await self._access_changed(max(bell["number"] for bell in changes))
            for stream, bells in rung.items():
                if stream in self.followers:
                    await self._rung(stream, bells)
            await asyncio.sleep(0)  # whoever else has something to do is not kept waiting by a busy room

    async def _notice(self) -> None:
        """Say who is here, hear who is elsewhere, and tell the rooms in which that changed."""
        for turn in itertools.count():
            await asyncio.sleep(presence.EVERY)
            words = {
                stream: {each.member.pk: each.is_away for each in followers}
                for stream, followers in self.followers.items()
                if presence.is_shown(stream)
            }
            if not words:
                continue
            now = await in_thread(presence.note, words)
            changed = {
                stream: present
                for stream, present in now.items()
                if present != self.shown.get(stream) and turn % presence.rounds(present) == 0
            }
            for stream, frame in (await in_thread(presence.frames, changed)).items() if changed else ():
                if stream in self.followers:
                    self.shown[stream] = changed[stream]
                    self._pass_on(stream, frame)

    async def _access_changed(self, number: int) -> None:
        before = self.access or 0
        if number <= before:
            return
        self.access, members = await in_thread(live.access_changes, before)
        try:
            await self.recheck([c for c in self.connections if members is None or c.member.pk in members])
        except Exception:
            self.access = before  # not acted upon: the next look rings again
            raise

    async def _rung(self, stream: str, bells: list[dict[str, Any]]) -> None:
        """Tell what rang for a stream since the last look; what has no number goes first."""
        told, frames = self.told[stream], []
        for bell in bells:
            if not bell["number"]:
                self._pass_on(stream, bell["frame"])
            elif bell["frame"] and bell["number"] == told + 1:
                told += 1
                frames.append(bell["frame"])
        self._fan_out(stream, told, frames)
        if max(bell["number"] for bell in bells) > told:
            await self._heal(stream, told)

    async def _heal(self, stream: str, told: int) -> None:
        while missed := await in_thread(live.since, stream, told):
            told = missed[-1]["number"]
            self._fan_out(stream, told, [live.encode(each) for each in missed])

    def _pass_on(self, stream: str, frame: str) -> None:
        """What has no number is of this moment only: whoever misses it misses nothing."""
        for connection in self.followers[stream]:
            connection.send(frame)

    def _fan_out(self, stream: str, last: int, frames: list[str]) -> None:
        """Send the frames that end with number `last` to everybody: no await in here, so the order is one for all.

        They go in one message, a line each: to hand something to thousands of sockets costs the more the oftener.
        """
        followers = self.followers.get(stream)
        if not frames or not followers:
            return
        self.told[stream] = last
        messages = list(_joined(frames))
        for connection in followers:
            new = last - connection.streams[stream]
            if new <= 0:
                continue  # it asked meanwhile
            connection.streams[stream] = last
            for message in messages if new >= len(frames) else _joined(frames[-new:]):
                connection.send(message)


def _joined(frames: list[str]) -> Iterator[str]:
    """The frames as lines of as few messages as their length allows."""
    lines: list[str] = []
    length = 0
    for frame in frames:
        if lines and length + len(frame) > LONGEST_MESSAGE:
            yield "\n".join(lines)
            lines, length = [], 0
        lines.append(frame)
        length += len(frame)
    yield "\n".join(lines)


_hubs: dict[asyncio.AbstractEventLoop, Hub] = {}


def hub() -> Hub:
    """The hub of this process (of its event loop, to be exact), started when first asked for."""
    loop = asyncio.get_running_loop()
    if loop not in _hubs:
        for gone in [other for other in _hubs if other.is_closed()]:
            del _hubs[gone]
        _hubs[loop] = Hub()
    return _hubs[loop]


async def in_thread(work: Callable[..., Any], *args: Any) -> Any:
    """One unit of database work in a thread of the pool; the default of one shared thread would make all wait."""
    return await database_sync_to_async(work, thread_sensitive=False)(*args)


async def _join(layer: Any, channel: str) -> None:
    while True:
        await layer.group_add(BELL, channel)
        await asyncio.sleep(JOIN_AGAIN_EVERY)


async def _for_ever(work: Callable[[], Awaitable[None]]) -> None:
    wait = 1
    while True:
        started = time.monotonic()
        try:
            await work()
        except Exception:
            wait = min(wait * 2, 30) if time.monotonic() - started < 60 else 1
            log.exception("The hub's %s stumbled and starts again in %s seconds", work.__name__, wait)
            await asyncio.sleep(wait)


def _look(streams: list[str], connections: list[Connection]) -> tuple[dict[str, int], list[Connection]]:
    return live.heads(streams), in_doubt(connections)
