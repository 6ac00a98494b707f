"""One message to everybody in a room: the product beside a bare server, over 200, 1,000 and 5,000 sockets.

    python -m tests.bench.fanout [--readers 200 1000 5000] [--servers uvicorn daphne granian] [--seconds 10]

Brings its own PostgreSQL and Redis. Each time, two processes of a server carry the sockets, half of them each; messages
are said through a third. The floor (`floor.py`) is the same server with a fan-out written by hand and nothing else.
`deliveries/s`: as fast as they go, rung through Redis; `µs`: of CPU for each, which a busy machine distorts less.
`p50`, `p99`: ten messages a second, from the sender's request until a reader has it (the product stores, renders,
commits and tells meanwhile; the floor only tells). `kB` and `idle`: what a socket costs in memory, and all of them in
CPU (per cent of one core) while nothing happens.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.realtime.servers import free_port, is_up, wait_until
from tests.torture.services import Postgres, Redis

ROOT = Path(__file__).resolve().parent.parent.parent
RATE, BURST, WAVE = 10, 100_000, 40  # messages a second; deliveries of a burst; messages of a wave
SERVERS = {
    "uvicorn": ["-m", "uvicorn", "APP", "--port=PORT", "--log-level=error", "--lifespan=off", "--no-access-log"],
    "daphne": ["-m", "daphne", "-v0", "-b", "127.0.0.1", "-p", "PORT", "APP"],
    "granian": ["-m", "granian", "--interface=asginl", "--port=PORT", "--log-level=error", "--ws", "APP"],
}
OURS, FLOOR = "community.asgi:application", "tests.bench.floor:application"


class Process:
    """A server, or the crowd."""

    def __init__(self, *command: str, environment: dict[str, str], **how) -> None:
        self.port = free_port()
        filled = [part.replace("PORT", str(self.port)) for part in command]
        self.process = subprocess.Popen(filled, cwd=ROOT, env=environment, **how)

    def wait(self) -> Process:
        wait_until(lambda: is_up(self.port), 60)
        return self

    def pids(self) -> list[int]:
        """Its own and its children's."""
        found = [self.process.pid]
        for pid in found:
            found += map(int, Path(f"/proc/{pid}/task/{pid}/children").read_text().split())
        return found

    def memory(self) -> int:
        """Bytes that are its alone or shared with others in parts."""
        return sum(_kilobytes(pid) for pid in self.pids()) * 1024

    def seconds(self) -> float:
        """Of CPU, until now."""
        stats = [Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split() for pid in self.pids()]
        return sum(int(stat[11]) + int(stat[12]) for stat in stats) / os.sysconf("SC_CLK_TCK")

    def order(self, do: str, **what) -> dict:
        """Tell the crowd to do something."""
        self.process.stdin.write(json.dumps({"do": do, **what}).encode() + b"\n")
        self.process.stdin.flush()
        answer = self.process.stdout.readline()
        assert answer, f"the crowd could not {do}"
        return json.loads(answer)

    def stop(self) -> None:
        self.process.kill()
        self.process.wait()


def _kilobytes(pid: int) -> int:
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("Pss:"))


class Trial:
    """One server with one application and so many readers, from start to end."""

    def __init__(self, bench: Bench, server: str, application: str) -> None:
        self.bench, self.is_ours = bench, application == OURS
        python = os.environ.get("GRANIAN_PYTHON", sys.executable) if server == "granian" else sys.executable
        command = [python, *(part.replace("APP", application) for part in SERVERS[server])]
        self.doors = [Process(*command, environment=bench.environment).wait() for _ in range(2)]
        self.speaker = self.doors[0]
        if self.is_ours:
            pages = [
                "-m",
                "gunicorn",
                "community.wsgi:application",
                "--bind=127.0.0.1:PORT",
                "--workers=2",
                "--threads=4",
            ]
            self.speaker = Process(sys.executable, *pages, environment=bench.environment).wait()
        given = {"stream": bench.stream if self.is_ours else "", "since": bench.head(), "frame": bench.frame}
        pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
        command = [sys.executable, "-m", "tests.bench.crowd", json.dumps(given)]
        self.crowd = Process(*command, environment=bench.environment, **pipes)

    def run(self, readers: int, seconds: float) -> dict:
        ports, cookies = [door.port for door in self.doors], self.bench.cookies[:readers]
        self.crowd.order("open", ports=ports, cookies=cookies[:4])
        time.sleep(1)
        before = [door.memory() for door in self.doors]
        opened = self.crowd.order("open", ports=ports, cookies=cookies[4:])["seconds"]
        time.sleep(2)
        memory = (sum(door.memory() for door in self.doors) - sum(before)) / (readers - 4)
        spent = sum(door.seconds() for door in self.doors)
        time.sleep(10)
        idle = (sum(door.seconds() for door in self.doors) - spent) / 10
        said = {"port": self.speaker.port, "path": self.bench.path if self.is_ours else "/say/", "cookie": cookies[0]}
        self.crowd.order("pace", **said, rate=RATE, seconds=2)
        paced = self.crowd.order("pace", **said, rate=RATE, seconds=seconds)
        layer = {"config": self.bench.layer, "group": "live", "number": self.bench.head()} if self.is_ours else {}
        waves = max(2, BURST // (readers * WAVE))
        spent = sum(door.seconds() for door in self.doors)
        burst = self.crowd.order("burst", redis=self.bench.redis.url, waves=waves, size=WAVE, layer=layer)
        burst["cost"] = (sum(door.seconds() for door in self.doors) - spent) / (readers * waves * WAVE)
        return {"opened": opened, "memory": memory, "idle": idle, "paced": paced, "burst": burst}

    def stop(self) -> None:
        for process in (self.crowd, *self.doors, self.speaker):
            process.stop()


class Bench:
    """A group with a room and so many members, each signed in."""

    def __init__(self, folder: Path, members: int) -> None:
        (folder / "postgres").mkdir()
        self.postgres, self.redis = Postgres(folder / "postgres"), Redis()
        os.environ |= {"DATABASE_URL": self.postgres.url, "REDIS_URL": self.redis.url, "ENSEMBLE_DATA": str(folder)}
        os.environ |= {"DJANGO_SETTINGS_MODULE": "community.settings", "ENSEMBLE_URL": "http://127.0.0.1:1"}
        from tests.bench import room

        self.path, self.stream, self.cookies, self.layer, self.frame = room.fill(members)
        self.head = lambda: room.head(self.stream)
        self.people = room.people()
        os.environ["DJANGO_SETTINGS_MODULE"] = "tests.bench.room_settings"
        self.environment = dict(os.environ)

    def compare(self, server: str, readers: int, seconds: float) -> None:
        found = {}
        for name, application in (("floor", FLOOR), ("ours", OURS)):
            trial = Trial(self, server, application)
            try:
                found[name] = trial.run(readers, seconds)
            finally:
                trial.stop()
            _show(server, readers, name, found[name])
        ratio = found["ours"]["burst"]["rate"] / found["floor"]["burst"]["rate"]
        cheap = found["floor"]["burst"]["cost"] / found["ours"]["burst"]["cost"]
        print(f"{server:8} {readers:6,} ratio {ratio:10.2f} of the rate, {cheap:.2f} by CPU", flush=True)

    def stop(self) -> None:
        self.postgres.stop()
        self.redis.stop()


def _show(server: str, readers: int, name: str, found: dict) -> None:
    paced, burst = found["paced"], found["burst"]
    trouble = {key: paced[key] for key in ("missing", "refused", "lost") if paced[key]}
    trouble |= {f"burst {key}": burst[key] for key in ("missing", "lost") if burst[key]}
    print(
        f"{server:8} {readers:6,} {name:5} {burst['rate']:10,.0f} deliveries/s   {burst['cost'] * 1e6:5.1f} µs"
        f"   p50 {paced['p50'] or 0:6.1f} ms   p99 {paced['p99'] or 0:7.1f} ms"
        f"   {found['memory'] / 1024:5.1f} kB each   idle {found['idle']:5.1%}"
        f"   opened in {found['opened']:.1f} s   {trouble or ''}",
        flush=True,
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--readers", type=int, nargs="+", default=[200, 1000, 5000])
    parser.add_argument("--servers", nargs="+", choices=SERVERS, default=["uvicorn"])
    parser.add_argument("--seconds", type=float, default=10)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="fanout-") as folder:
        bench = Bench(Path(folder), max(given.readers))
        try:
            for server in given.servers:
                for readers in given.readers:
                    bench.compare(server, readers, given.seconds)
        finally:
            bench.stop()


if __name__ == "__main__":
    main()
