"""The torture itself: who takes part, what is broken meanwhile, and what must be true in the end."""

from __future__ import annotations

import itertools
import json
import os
import random
import tempfile
import time
from collections import Counter
from pathlib import Path

from tests.journeys.cast import PEOPLE
from tests.journeys.site import Site
from tests.realtime.servers import wait_until
from tests.torture.people import DOORS, Writer
from tests.torture.services import Postgres, Redis

SESSIONS = """
import json
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from community.members.models import Member
from realtime.chat.models import Room
keys = []
for handle in PEOPLE:
    member = Member.objects.get(handle=handle)
    session = SessionStore()
    session[SESSION_KEY] = str(member.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = member.get_session_auth_hash()
    session.save()
    keys.append(session.session_key)
room = Room.of(member.memberships.first().group)
print(json.dumps([keys, room.get_absolute_url(), f"room-{room.pk}"]))
"""
TRUTH = """
import json
from community import live
from community.models import Event
from realtime.chat.models import Message
room = int("STREAM".partition("-")[2])
found = list(Message.objects.to_show().filter(room=room).order_by("number"))
print(json.dumps({
    "rows": [[m.number, m.client_key, None if m.deleted_at else m.body] for m in found],
    "html": {m.subject: live.render(m) for m in found},
    "events": list(Event.objects.filter(stream="STREAM").order_by("number").values_list("number", flat=True)),
    "head": live.head("STREAM"),
}))
"""


class Torture:
    """A site of its own, on SQLite in one process, or on PostgreSQL and Redis in two."""

    def __init__(self, folder: Path, *, postgres: bool) -> None:
        environment = dict(os.environ)
        self.services = {"redis": Redis(), "postgres": Postgres(folder / "postgres")} if postgres else {}
        for name in ("DATABASE_URL", "REDIS_URL"):
            os.environ.pop(name, None)
        if self.services:
            os.environ |= {"DATABASE_URL": self.services["postgres"].url, "REDIS_URL": self.services["redis"].url}
        try:
            self.site = Site(folder, "tests.torture.settings")
        finally:
            os.environ.clear()
            os.environ.update(environment)
        script = SESSIONS.replace("PEOPLE", repr(PEOPLE))
        *_rest, last = self.site._manage("shell", "-v0", "-c", script).splitlines()
        self.sessions, self.url, self.stream = json.loads(last)
        self.broken: Counter[str] = Counter()
        self.weather: Counter[str] = Counter()

    def run(self, seconds: float, writers: int, readers: int) -> None:
        """All of it, for that long; fails on the first promise that was not kept."""
        facts = lambda n: (self.site.ports, self.sessions[n % len(self.sessions)], self.url, self.stream)  # noqa: E731
        self.writers = [Writer(*facts(n)) for n in range(writers)]
        self.readers = [DOORS[n % len(DOORS)](*facts(n)) for n in range(readers)]
        for person in [*self.readers, *self.writers]:
            person.start()
        end, turns = time.monotonic() + seconds, itertools.cycle(self._all_that_breaks())
        while time.monotonic() < end or not self._all_has_happened():
            assert time.monotonic() < end + 240, f"the weather stayed too fine: {self._weather_by_door()}"
            time.sleep(1 + 2 * random.random())
            self._break(next(turns))
        for writer in self.writers:
            writer.stopping.set()
        for writer in self.writers:
            writer.join(60)
        self._check()

    def stop(self) -> None:
        for reader in self.readers:
            reader.stopping.set()
        self.site.stop()
        for service in self.services.values():
            service.stop()

    def _all_that_breaks(self) -> list[str]:
        names = ["server", "server", *self.services]
        return random.sample(names, len(names))

    def _break(self, name: str) -> None:
        self.broken[name] += 1
        if name == "server":
            port = random.choice(self.site.ports)
            self.site.kill(port)
            self.site.start(port)
        else:
            self.services[name].stop()
            time.sleep(random.random())
            self.services[name].start()

    def _check(self) -> None:
        script = TRUTH.replace("STREAM", self.stream)
        truth = json.loads(self.site._manage("shell", "-v0", "-c", script).splitlines()[-1])
        numbers = [number for number, _key, _body in truth["rows"]]
        assert numbers == list(range(1, len(numbers) + 1)), "the messages' numbers have a gap"
        assert truth["events"] == list(range(1, truth["head"] + 1)), "the changes' numbers have a gap"
        rows = {key: body for _number, key, body in truth["rows"]}
        assert len(rows) == len(truth["rows"]), "something was said twice"
        for writer in self.writers:
            assert not writer.is_alive(), "a writer was never answered"
            for key, text in writer.acknowledged.items():
                assert rows[key] == text, "what was acknowledged is not there"
        for reader in self.readers:
            wait_until(lambda reader=reader: reader.number >= truth["head"], 60, "a reader never got all")
            assert not reader.wrong, reader.wrong
            ours = {name: html for name, html in truth["html"].items() if name in reader.log}
            assert ours == reader.log, "a reader sees something else than there is"
            said_before = len(truth["html"]) - len(reader.log)
            assert said_before == 0, f"a reader misses {said_before}"
        self.weather = sum(self._weather_by_door().values(), Counter())

    def _all_has_happened(self) -> bool:
        """All broke once, and each door lost, doubled and delayed frames: on a slow machine that takes longer."""
        broken = len(self.broken) == len({*self.services, "server"})
        return broken and all(w.keys() >= {"lost", "doubled", "late"} for w in self._weather_by_door().values())

    def _weather_by_door(self) -> dict[str, Counter[str]]:
        by_door = {door.__name__: Counter[str]() for door in DOORS}
        for reader in self.readers:
            by_door[type(reader).__name__] += reader.weather.copy()
        return by_door

    def __str__(self) -> str:
        said = sum(len(writer.acknowledged) for writer in self.writers)
        answers = sum((writer.answers for writer in self.writers), Counter())
        opened = sum(reader.opened for reader in self.readers)
        broken = ", ".join(f"{name} {count}×" for name, count in sorted(self.broken.items()))
        return (
            f"{said} messages, answers by status {dict(sorted(answers.items()))} (0: none),"
            f" {len(self.readers)} readers over {opened} connections; frames {dict(sorted(self.weather.items()))};"
            f" broken: {broken}."
            " None lost, none doubled, one order, all logs equal to the byte."
        )


def torture(seconds: float, writers: int, readers: int, *, postgres: bool) -> str:
    """Run it in a folder of its own; returns what happened in one line."""
    with tempfile.TemporaryDirectory(prefix="torture-") as folder:
        (Path(folder) / "postgres").mkdir()
        there = Torture(Path(folder), postgres=postgres)
        try:
            there.run(seconds, writers, readers)
            return str(there)
        finally:
            there.stop()
