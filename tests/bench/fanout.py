"""How fast one frame reaches 200 sockets, beside a bare ASGI application that does nothing else.

    python tests/bench/fanout.py [sockets] [frames]

Prints deliveries per second in a burst and the p99 of a single frame, for the floor, for our hub, and the ratio.
"""

import asyncio
import json
import sys
import time
from itertools import count

import uvicorn
import websockets

SOCKETS, FRAMES = (int(number) for number in (*sys.argv[1:], *("200", "100")[len(sys.argv) - 1 :]))
FRAME = json.dumps({"stream": "room-1", "number": 1, "verb": "append", "html": "<p>" + "word " * 200 + "</p>"})


class Floor:
    """Hands a text to everybody, and nothing else."""

    def __init__(self) -> None:
        self.senders = []

    async def __call__(self, scope, receive, send) -> None:
        await receive()
        await send({"type": "websocket.accept"})
        self.senders.append(send)
        while (await receive())["type"] != "websocket.disconnect":
            pass

    async def tell(self) -> None:
        await asyncio.gather(*(send({"type": "websocket.send", "text": FRAME}) for send in self.senders))


class Ours(Floor):
    """The hub's fan-out and our consumer's own way to the socket, without the database."""

    def __init__(self) -> None:
        import django

        django.setup()
        from community.members.models import Member
        from realtime.connection import Connection
        from realtime.consumers import LiveConsumer

        readers = count(1)
        Connection.open = lambda key: Connection(Member(pk=next(readers)), key)
        self.consumer, self.number = LiveConsumer.as_asgi(), 0

    async def __call__(self, scope, receive, send) -> None:
        from types import SimpleNamespace

        await self.consumer({**scope, "session": SimpleNamespace(session_key="k")}, receive, send)

    async def tell(self) -> None:
        from realtime.hub import hub

        if not self.number:
            for task in hub().tasks:
                task.cancel()
            for connection in hub().connections:
                connection.streams["room-1"] = 0
                hub().followers["room-1"].add(connection)
        self.number += 1
        hub()._fan_out("room-1", self.number, FRAME)


async def measure(application: Floor, port: int) -> tuple[float, float]:
    config = uvicorn.Config(application, port=port, lifespan="off", log_level="error", ws="websockets-sansio")
    server = uvicorn.Server(config)
    running = asyncio.create_task(server.serve())
    while not server.started:
        await asyncio.sleep(0.01)
    address = f"ws://127.0.0.1:{port}/"
    pages = await asyncio.gather(*(websockets.connect(address, compression=None) for _ in range(SOCKETS)))
    await asyncio.sleep(0.5)
    waits = []
    for turn in range(110):
        told = await once(application, pages)
        waits += told if turn >= 10 else []
    began = time.perf_counter()
    for _ in range(FRAMES):
        await application.tell()
        await asyncio.sleep(0)
    await asyncio.gather(*(hear(page, FRAMES) for page in pages))
    rate = SOCKETS * FRAMES / (time.perf_counter() - began)
    server.should_exit = server.force_exit = True
    await running
    return rate, sorted(waits)[int(len(waits) * 0.99)]


async def once(application: Floor, pages: list) -> list[float]:
    began = time.perf_counter()
    await application.tell()

    async def wait(page) -> float:
        await hear(page, 1)
        return time.perf_counter() - began

    return await asyncio.gather(*(wait(page) for page in pages))


async def hear(page, count: int) -> None:
    while count:
        count -= '"append"' in await page.recv()


def main() -> None:
    floor = asyncio.run(measure(Floor(), 8871))
    ours = asyncio.run(measure(Ours(), 8872))
    for name, (rate, wait) in (("floor", floor), ("ours", ours)):
        print(f"{name:6} {rate:9,.0f} deliveries/s   p99 {wait * 1000:6.1f} ms")
    print(f"ratio  {ours[0] / floor[0]:9.2f}                {ours[1] / floor[1]:6.2f}")


if __name__ == "__main__":
    import os

    sys.path.insert(0, ".")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "community.settings")
    main()
