"""Writers who do not give up until they are answered, and readers whose connection never holds for long."""

from __future__ import annotations

import json
import random
import threading
import time
import uuid
from collections import Counter
from http.client import HTTPConnection, HTTPException
from urllib.parse import urlencode

from websockets.exceptions import WebSocketException

from tests.realtime.events import Asking, Streaming
from tests.realtime.servers import Page

TROUBLE = (OSError, EOFError, HTTPException, WebSocketException, AssertionError, ValueError, KeyError)
TOKEN = "a" * 32


class Server:
    """As the clients of the tests know one."""

    def __init__(self, port):
        self.port = port


class Person(threading.Thread):
    """Somebody with a session, who takes any of the site's processes."""

    def __init__(self, ports, session, url, stream):
        super().__init__(daemon=True)
        self.ports, self.session, self.url, self.stream = ports, session, url, stream
        self.stopping = threading.Event()
        self.wrong: list[str] = []

    def server(self):
        return Server(random.choice(self.ports))


class Writer(Person):
    """Says, changes and removes. `acknowledged` is what was answered: key → last text, None if removed."""

    def __init__(self, *facts):
        super().__init__(*facts)
        self.acknowledged: dict[str, str | None] = {}
        self.pks: dict[str, int] = {}
        self.answers: Counter[int] = Counter()

    def run(self):
        while not self.stopping.is_set():
            mine = [key for key, text in self.acknowledged.items() if text is not None]
            chance = random.random()
            if mine and chance < 0.15:
                self.change(random.choice(mine))
            elif mine and chance < 0.2:
                self.remove(random.choice(mine))
            else:
                self.say()
            time.sleep(random.random() * 0.1)

    def say(self):
        key, text = uuid.uuid4().hex, f"Said {uuid.uuid4().hex}"
        answer = self.until_answered("say/", {"body": text, "key": key})
        self.acknowledged[key], self.pks[key] = text, int(answer["id"].removeprefix("message-"))

    def change(self, key):
        text = f"Changed {uuid.uuid4().hex}"
        self.until_answered(f"{self.pks[key]}/edit/", {"body": text})
        self.acknowledged[key] = text

    def remove(self, key):
        self.until_answered(f"{self.pks[key]}/remove/", {})
        self.acknowledged[key] = None

    def until_answered(self, path, fields):
        """The same again, through any process, until one answers; half of the answers are lost on the way back."""
        while True:
            try:
                answer = self.post(path, fields)
            except TROUBLE:
                answer = None
                self.answers[0] += 1
            if answer is not None and random.random() < 0.5:
                return answer
            time.sleep(0.05 + random.random() * 0.3)

    def post(self, path, fields):
        line = HTTPConnection("localhost", random.choice(self.ports), timeout=10)
        cookie = f"sessionid={self.session}; csrftoken={TOKEN}"
        headers = {"Cookie": cookie, "Accept": "application/json", "Content-Type": "application/x-www-form-urlencoded"}
        line.request("POST", self.url + path, urlencode({**fields, "csrfmiddlewaretoken": TOKEN}), headers)
        answer = line.getresponse()
        body = answer.read()
        line.close()
        self.answers[answer.status] += 1
        if path.endswith("remove/"):  # the second time it is gone already
            return {} if answer.status in {302, 403} else None
        return json.loads(body) if answer.status == 200 else None


class Reader(Person):
    """Keeps a log of the room by the contract alone, through weather that loses, doubles, delays and swaps frames.

    A frame counts if its number is higher than the last one known, and it follows upon one that is known. Where it does
    not follow, something was lost on the way: the reader asks again from the last number known.
    """

    def __init__(self, *facts):
        super().__init__(*facts)
        self.number = 0
        self.log: dict[str, str] = {}
        self.opened = 0
        self.late: list[dict] = []
        self.weather: Counter[str] = Counter()

    def run(self):
        while not self.stopping.is_set():
            try:
                self.opened += 1
                self.late.clear()
                self.listen()
            except TROUBLE:
                time.sleep(random.random() * 0.5)

    def listen(self):
        raise NotImplementedError

    def since(self):
        """Where to go on from; now and then from further back, so that some comes twice."""
        if random.random() < 0.3:
            self.number = max(0, self.number - random.randrange(5))
        return self.number

    def take(self, frame):
        """True if something before it is missing."""
        missing = [self._take(each) for each in self._through_the_weather(frame)]  # each of them, not up to the first
        return any(missing)

    def _through_the_weather(self, frame):
        what = random.choices(["fine", "lost", "doubled", "late"], [80, 5, 5, 10])[0]
        self.weather[what] += 1
        if what == "lost":
            return []
        if what == "late":
            self.late.append(frame)
            return []
        late = random.sample(self.late, len(self.late)) if random.random() < 0.5 else []
        self.late = [] if late else self.late
        return [frame, *late] if what == "fine" else [frame, *late, frame]

    def _take(self, frame):
        if frame.get("stream") != self.stream or frame["verb"] in {"following", "here", "typing"}:
            return False
        if frame["verb"] in {"lost", "refresh", "remove"}:
            self.wrong.append(f"{frame['verb']} at {self.number}")
        elif frame["number"] > self.number >= frame["after"]:
            self.number = frame["number"]
            self.log[frame["id"]] = frame["html"]
        return "after" in frame and frame["after"] > self.number

    def is_cut(self):
        """The train enters a tunnel."""
        return self.stopping.is_set() or random.random() < 0.02


class BySocket(Reader):
    def listen(self):
        with Page(self.server(), cookie=self.session) as page:
            page.send({"follow": self.stream, "since": self.since()})
            while not self.is_cut():
                if self.take(page.next(3)):
                    page.send({"follow": self.stream, "since": self.number})


class ByEvents(Reader):
    def listen(self):
        with Streaming(self.server(), cookie=self.session, wanted={self.stream: self.since()}) as page:
            while not self.is_cut():
                if self.take(page.next(3)):
                    return  # and opens it anew


class ByAsking(Reader):
    def listen(self):
        page = Asking(self.server(), cookie=self.session)
        while not self.is_cut():
            frames = page.ask({self.stream: self.since()}) or []
            for frame in frames:
                self.take(frame)
            if frames and self.number < frames[-1]["number"]:
                page.etag = ""  # what was not taken in is asked for again
            time.sleep(0.3)


DOORS = [BySocket, ByEvents, ByAsking]
