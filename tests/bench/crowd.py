"""Many readers in one process of their own, as cheap as readers can be: they count what comes and look at the clock.

Takes one order a line on its standard input, answers each with one line of JSON: see `Crowd`.
"""

from __future__ import annotations

import asyncio
import json
import re
import sys
import time
from contextlib import suppress
from urllib.parse import urlencode

from redis.asyncio import Redis

MARK = re.compile(rb"At (\d{6})")  # every text says its number
LONGEST_MARK = 60
SURE = re.compile(rb'"heard\?", "turn": (\d+)}')
PING = b"\x89\x04"  # in no text: the server asks whether anybody is there, with four bytes to be sent back
HANDSHAKES = 20  # at one time


class Reader(asyncio.Protocol):
    """A socket that shakes hands, follows, and reads on for ever. Frames are not taken apart, only looked through."""

    def __init__(self, crowd: Crowd, cookie: str, host: str) -> None:
        self.crowd, self.rest, self.last, self.turn, self.followed = crowd, b"", -1, 0, False
        self.ready = asyncio.get_running_loop().create_future()
        self.hello = (
            f"GET /live/socket/ HTTP/1.1\r\nHost: {host}\r\nOrigin: http://{host}\r\nCookie: {cookie}\r\n"
            "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
            "Sec-WebSocket-Version: 13\r\n\r\n"
        ).encode()

    def connection_made(self, transport) -> None:
        self.transport = transport
        transport.write(self.hello)

    def data_received(self, data: bytes) -> None:
        if not self.ready.done():
            return self.shake_hands(data)
        now = time.perf_counter()
        data = self.rest + data
        for found in MARK.findall(data):
            number = int(found)
            if number != self.last:  # a frame may say it more than once
                self.last = number
                self.crowd.heard(number, now)
        self.rest = data[-LONGEST_MARK:]
        for turn in map(int, SURE.findall(data)):
            if turn > self.turn:
                self.turn = turn
                self.transport.write(frame(f'{{"heard": {turn}}}'))
        if 0 <= (ping := data.rfind(PING)) <= len(data) - 6:  # what is here in part is found again with the rest
            self.transport.write(bytes([0x8A, 0x84, 0, 0, 0, 0]) + data[ping + 2 : ping + 6])
        return None

    def shake_hands(self, data: bytes) -> None:
        self.rest += data
        if not self.rest.startswith(b"HTTP/1.1 101"[: len(self.rest)]):
            self.ready.set_exception(ConnectionError(self.rest[:200].decode()))
        elif not self.crowd.stream and b"\r\n\r\n" in self.rest:
            self.ready.set_result(None)
        elif b'"hello"' in self.rest and not self.followed:
            self.followed = True
            self.transport.write(frame(json.dumps({"follow": self.crowd.stream, "since": self.crowd.since})))
        elif b'"following"' in self.rest:
            self.ready.set_result(None)

    def connection_lost(self, error: Exception | None) -> None:
        self.crowd.lost += 1
        if self in self.crowd.readers:
            self.crowd.readers.remove(self)
        if not self.ready.done():
            self.ready.set_exception(ConnectionError("closed"))


class Crowd:
    """`open` readers, `idle` with them, tell them something at a `pace`, or in a `burst`."""

    def __init__(self, stream: str, since: int, frame: str) -> None:
        self.stream, self.since, self.frame = stream, since, frame
        self.readers: list[Reader] = []
        self.said: dict[int, float] = {}
        self.waits: list[float] = []
        self.number = self.deliveries = self.wanted = self.lost = 0
        self.all_heard = asyncio.Event()

    def heard(self, number: int, now: float) -> None:
        self.deliveries += 1
        if number in self.said:
            self.waits.append(now - self.said[number])
        if self.deliveries >= self.wanted:
            self.all_heard.set()

    async def open(self, ports: list[int], cookies: list[str]) -> dict:
        """One reader for each cookie, spread over the ports."""
        few, loop, began = asyncio.Semaphore(HANDSHAKES), asyncio.get_running_loop(), time.perf_counter()

        async def one(n: int, cookie: str) -> None:
            async with few:
                port = ports[n % len(ports)]
                make = lambda: Reader(self, cookie, f"127.0.0.1:{port}")  # noqa: E731
                _transport, reader = await loop.create_connection(make, "127.0.0.1", port)
                await reader.ready
                self.readers.append(reader)

        await asyncio.gather(*(one(n, cookie) for n, cookie in enumerate(cookies)))
        return {"seconds": time.perf_counter() - began}

    async def pace(self, port: int, path: str, cookie: str, rate: float, seconds: float) -> dict:
        """`rate` requests a second, each at its time whether or not the one before was answered."""
        self._begin(int(rate * seconds))
        began = time.perf_counter()
        asked = []
        for n in range(int(rate * seconds)):
            await asyncio.sleep(max(0, began + n / rate - time.perf_counter()))
            asked.append(asyncio.create_task(self._say(port, path, cookie)))
        statuses = await asyncio.gather(*asked)
        await self._end()
        took, waits = time.perf_counter() - began, sorted(self.waits)
        at = lambda share: waits[int(len(waits) * share)] * 1000 if waits else None  # noqa: E731
        return {
            "rate": self.deliveries / took,
            "p50": at(0.5),
            "p99": at(0.99),
            "missing": self.wanted - self.deliveries,
            "refused": sum(status != 200 for status in statuses),
            "lost": self.lost,
        }

    async def burst(self, redis: str, waves: int, size: int, layer: dict) -> dict:
        """Frames rung through Redis alone, in waves: the next when everybody has heard the last."""
        send = self._through_layer(layer) if layer else self._plainly(Redis.from_url(redis))
        began = time.perf_counter()
        missing = 0
        for _ in range(waves):
            self._begin(size)
            for _ in range(size):
                self.number += 1
                await send(self.frame.replace("At 000000", f"At {self.number:06}"))
            await self._end()
            missing += self.wanted - self.deliveries
        took = time.perf_counter() - began
        return {"rate": len(self.readers) * waves * size / took, "missing": missing, "lost": self.lost}

    def _begin(self, count: int) -> None:
        self.wanted, self.deliveries, self.waits = count * len(self.readers), 0, []
        self.all_heard.clear()

    async def _end(self) -> None:
        with suppress(TimeoutError):
            await asyncio.wait_for(self.all_heard.wait(), 10)

    async def _say(self, port: int, path: str, cookie: str) -> int:
        self.number += 1
        number, text = self.number, f"At {self.number:06}"
        if self.stream:
            said = {"body": f"{text} {'word ' * 60}", "key": f"key-{time.time_ns()}-{number}"}
            body = urlencode({**said, "csrfmiddlewaretoken": "x" * 32}).encode()
        else:
            body = self.frame.replace("At 000000", text).encode()
        head = (
            f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nCookie: {cookie}\r\nAccept: application/json\r\n"
            f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(body)}\r\n"
            "Connection: close\r\n\r\n"
        )
        self.said[number] = time.perf_counter()
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(head.encode() + body)
        answer = await reader.read()
        writer.close()
        return int(answer.split(b" ", 2)[1])

    def _through_layer(self, layer: dict):
        from channels_redis.pubsub import RedisPubSubChannelLayer

        bells, at = RedisPubSubChannelLayer(**layer["config"]), [layer["number"]]

        async def send(text: str) -> None:
            at[0] += 1
            told = json.dumps({**json.loads(text), "number": at[0], "after": at[0] - 1})
            await bells.group_send(
                layer["group"], {"type": "bell", "stream": self.stream, "number": at[0], "frame": told}
            )

        return send

    def _plainly(self, redis: Redis):
        from tests.bench.floor import CHANNEL

        async def send(text: str) -> None:
            await redis.publish(CHANNEL, text)

        return send


def frame(text: str) -> bytes:
    """A short text as a browser sends it, masked with nothing."""
    return bytes([0x81, 0x80 | len(text), 0, 0, 0, 0]) + text.encode()


async def main() -> None:
    crowd = Crowd(**json.loads(sys.argv[1]))
    orders = asyncio.StreamReader(limit=2**24)
    await asyncio.get_running_loop().connect_read_pipe(lambda: asyncio.StreamReaderProtocol(orders), sys.stdin)
    while line := await orders.readline():
        order = json.loads(line)
        print(json.dumps(await getattr(crowd, order.pop("do"))(**order)), flush=True)


if __name__ == "__main__":
    try:
        from uvloop import run
    except ImportError:
        from asyncio import run
    run(main())
