"""Real servers on the test database, and a page's socket as a browser would open it."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from contextlib import suppress
from urllib.parse import quote

import uvicorn
from django.conf import settings
from django.db import connection, connections
from django.test import Client
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import connect


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def is_up(port):
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def wait_until(fact, seconds=15.0, why="it did not happen in time"):
    end = time.monotonic() + seconds
    while not fact():
        assert time.monotonic() < end, why
        time.sleep(0.02)


class Thread:
    """uvicorn in a thread of this process, with a hub of its own."""

    def __init__(self):
        from community.asgi import application

        self.port = free_port()
        config = uvicorn.Config(
            application, "127.0.0.1", self.port, log_level="error", lifespan="off", ws="websockets-sansio"
        )
        self.server = uvicorn.Server(config)
        self.server.install_signal_handlers = lambda: None
        self.thread = threading.Thread(target=self.server.run, daemon=True)
        self.thread.start()
        wait_until(lambda: self.server.started)

    def stop(self):
        self.server.should_exit = self.server.force_exit = True
        self.thread.join(10)


class Daphne:
    """A daphne process of its own, as in production."""

    def __init__(self, port=None, redis="", *options):
        self.port = port or free_port()
        name = connection.settings_dict["NAME"]
        url = f"sqlite:///{name}" if connection.vendor == "sqlite" else _url_of(connection.settings_dict)
        environment = {**os.environ, "DATABASE_URL": url, "REDIS_URL": redis, "SECRET_KEY": settings.SECRET_KEY}
        command = [sys.executable, "-m", "daphne", "-v0", "-b", "127.0.0.1", "-p", str(self.port), *options]
        self.process = subprocess.Popen(
            [*command, "community.asgi:application"], env=environment, cwd=settings.BASE_DIR, stderr=subprocess.PIPE
        )
        wait_until(lambda: is_up(self.port) or self.process.poll() is not None, 30)
        assert self.process.poll() is None, self.process.stderr.read().decode()

    def stop(self, how=signal.SIGTERM):
        """Returns the seconds it took to end."""
        began = time.monotonic()
        self.process.send_signal(how)
        try:
            self.process.wait(15)
        finally:
            self.process.kill()
            self.process.stderr.close()
        return time.monotonic() - began


def cookie_of(member):
    """A new sign-in of the member."""
    client = Client()
    client.force_login(member)
    return client.cookies[settings.SESSION_COOKIE_NAME].value


class Page:
    """The socket of one open page."""

    unheard = frozenset({"beat", "here"})

    def __init__(self, server, member=None, *, cookie=None, origin="same", path="/live/socket/", greeted=True):
        self.cookie = cookie or (cookie_of(member) if member else None)
        headers = {"Cookie": f"{settings.SESSION_COOKIE_NAME}={self.cookie}"} if self.cookie else {}
        origin = f"http://127.0.0.1:{server.port}" if origin == "same" else origin
        address = f"ws://127.0.0.1:{server.port}{path}"
        how = {"origin": origin, "additional_headers": headers, "compression": None, "max_queue": None}
        self.socket = connect(address, legacy=True, **how)
        self.lines: list[str] = []  # of the last message, not yet read
        assert not greeted or self.next() == {"verb": "hello"}

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.socket.close()

    def send(self, frame):
        self.socket.send(frame if isinstance(frame, str | bytes) else json.dumps(frame))

    def next(self, seconds=5.0):
        """The next frame that says something."""
        while True:
            self.lines = self.lines or self.socket.recv(timeout=seconds).split("\n")
            frame = json.loads(self.lines.pop(0))
            if frame["verb"] == "heard?":
                self.send({"heard": frame["turn"]})
            elif frame["verb"] not in self.unheard:
                return frame

    def follow(self, stream, since=0):
        """What is told until the stream is followed, or lost."""
        self.send({"follow": stream, "since": since})
        told = [self.next()]
        while told[-1]["verb"] not in {"following", "lost"}:
            told.append(self.next())
        return told

    def numbers(self, count, seconds=5.0):
        return [self.next(seconds)["number"] for _ in range(count)]

    def hears_nothing(self, seconds=1.2):
        with suppress(TimeoutError):
            raise AssertionError(self.next(seconds))
        return True

    def close_code(self, seconds=5.0):
        """The code with which the server ends the connection."""
        try:
            while True:
                self.socket.recv(timeout=seconds)
        except ConnectionClosed as closed:
            return closed.rcvd and closed.rcvd.code


def in_threads(work, count):
    """Run `work(n)` in that many threads at once, each with database connections of its own."""

    def run(n):
        try:
            work(n)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(n,)) for n in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def _url_of(database):
    user = f"{quote(database['USER'])}:{quote(database['PASSWORD'])}@" if database["USER"] else ""
    host = f"{database['HOST'] or ''}{':' + str(database['PORT']) if database['PORT'] else ''}"
    return f"postgres://{user}{host}/{database['NAME']}"
