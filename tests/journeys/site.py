"""The real product, started as its users start it: on a fresh SQLite file, or twice on PostgreSQL and Redis."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import urllib.request
import uuid
from pathlib import Path

import psycopg
import redis

from tests.realtime.servers import free_port, wait_until

ROOT = Path(__file__).resolve().parent.parent.parent
MAKE = """
from django.core.management import call_command
call_command("migrate", verbosity=0)
from tests.journeys import cast
cast.make()
"""


class Site:
    """One or two processes on the same data. `places` are the addresses of what is there from the start."""

    def __init__(self, data: Path, settings: str = "tests.journeys.settings") -> None:
        own = {"ENSEMBLE_DATA": str(data), "ENSEMBLE_LOG": "ERROR", "ENSEMBLE_PREPARED": "1"}
        self.environment = {**os.environ, **own, "DJANGO_SETTINGS_MODULE": settings}
        self.environment.pop("ENSEMBLE_URL", None)
        self.admin, self.redis = os.environ.get("DATABASE_URL", ""), os.environ.get("REDIS_URL", "")
        self.database = f"journey_{uuid.uuid4().hex[:12]}"
        if self.admin:
            self._own_services()
        self.log = (data / "log").open("wb")
        self.cookies: dict[str, list] = {}
        self.running: dict[int, subprocess.Popen] = {}
        self.places: dict[str, str] = json.loads(self._manage("shell", "-v0", "-c", MAKE).splitlines()[-1])
        self.ports = [free_port() for _ in range(2 if self.admin and self.redis else 1)]
        for port in self.ports:
            self.start(port)

    @property
    def urls(self) -> list[str]:
        return [f"http://localhost:{port}" for port in self.ports]

    def start(self, port: int) -> None:
        """Start the process that listens there, and wait until it answers."""
        command = [sys.executable, "manage.py", "start", "--port", str(port)]
        process = subprocess.Popen(command, cwd=ROOT, env=self.environment, stdout=self.log, stderr=self.log)
        self.running[port] = process
        wait_until(lambda: answers(port) or process.poll() is not None, 90, "the site did not start")
        assert process.poll() is None, Path(self.log.name).read_text()[-3000:]

    def kill(self, port: int) -> None:
        """As a power cut would: nothing is said to anybody."""
        process = self.running.pop(port)
        process.send_signal(signal.SIGKILL)
        process.wait()

    def stop(self) -> None:
        for port in list(self.running):
            self.kill(port)
        self.log.close()
        if self.admin:
            with psycopg.connect(self.admin, autocommit=True) as connection:
                connection.execute(f"DROP DATABASE IF EXISTS {self.database} WITH (FORCE)")
        if self.redis:
            redis.Redis.from_url(self.environment["REDIS_URL"]).flushdb()

    def _own_services(self) -> None:
        """A database of its own, and the Redis number after the one that the other tests use."""
        with psycopg.connect(self.admin, autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {self.database}")
        self.environment["DATABASE_URL"] = f"{self.admin.rpartition('/')[0]}/{self.database}"
        if self.redis:
            base, _, number = self.redis.rpartition("/")
            self.environment["REDIS_URL"] = f"{base}/{(int(number) + 1) % 16}"
            redis.Redis.from_url(self.environment["REDIS_URL"]).flushdb()

    def _manage(self, *arguments: str) -> str:
        command = [sys.executable, "manage.py", *arguments]
        done = subprocess.run(command, cwd=ROOT, env=self.environment, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        return done.stdout


def answers(port: int) -> bool:
    try:
        return urllib.request.urlopen(f"http://localhost:{port}/health/", timeout=2).status == 200
    except OSError:
        return False
