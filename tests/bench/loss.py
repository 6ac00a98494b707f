"""How long somebody who lost access still hears: from the deed until their page is told, in another process.

    python -m tests.bench.loss [--times 100] [--readers 1000]

Brings its own PostgreSQL and Redis. Two uvicorn processes carry the sockets; members are removed here, in a third:
first with the bell that rings through Redis, then without it, so that the hub's look into the log has to find it. The
promise is one second.
"""

from __future__ import annotations

import argparse
import asyncio
import tempfile
import time
from pathlib import Path

from tests.bench.fanout import OURS, Bench, Trial

WAYS = ("by the bell", "by a look into the log")


async def _lose(page: dict, pk: int) -> float:
    """Seconds from the deed's beginning until the page has heard of it."""
    from websockets.asyncio.client import connect

    how = {"origin": f"http://127.0.0.1:{page['port']}", "additional_headers": {"Cookie": page["cookie"]}}
    async with connect(f"ws://127.0.0.1:{page['port']}/live/socket/", **how) as socket:
        await _hear(socket, "hello")
        await socket.send(f'{{"follow": "{page["stream"]}", "since": {page["since"]}}}')
        await _hear(socket, "following")
        began = time.perf_counter()
        await asyncio.to_thread(_remove, pk)
        await _hear(socket, "lost")
        return time.perf_counter() - began


async def _hear(socket, verb: str) -> None:
    async with asyncio.timeout(30):
        while f'"verb": "{verb}"' not in await socket.recv():
            pass


def _remove(pk: int) -> None:
    from django.db import connections

    from groups.models import Membership

    membership = Membership.objects.select_related("group", "member").get(member=pk)
    membership.group.remove(membership.member)
    connections.close_all()


async def measure(bench: Bench, trial: Trial, times: int, since: int) -> None:
    """Each way as often, everybody in turn through one process and the other."""
    from community import live

    for turn, way in enumerate(WAYS):
        if turn:
            live.ring = lambda *bell: None
        waits = []
        for place in range(turn * times, (turn + 1) * times):
            page = {"port": trial.doors[place % 2].port, "cookie": bench.cookies[place]}
            waits.append(await _lose({**page, "stream": bench.stream, "since": since}, bench.people[place]))
        waits.sort()
        p50, p99 = (1000 * waits[int(times * share)] for share in (0.5, 0.99))
        print(f"{way:24} p50 {p50:5.0f} ms   p99 {p99:5.0f} ms   longest {1000 * waits[-1]:5.0f} ms", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--times", type=int, default=100)
    parser.add_argument("--readers", type=int, default=1000, help="others who follow the same room")
    given = parser.parse_args()
    few = len(WAYS) * given.times
    with tempfile.TemporaryDirectory(prefix="loss-") as folder:
        bench = Bench(Path(folder), few + given.readers)
        trial = Trial(bench, "uvicorn", OURS)
        try:
            ports = [door.port for door in trial.doors]
            trial.crowd.order("open", ports=ports, cookies=bench.cookies[few:])
            asyncio.run(measure(bench, trial, given.times, bench.head()))
        finally:
            trial.stop()
            bench.stop()


if __name__ == "__main__":
    main()
