"""The other two doors as a page uses them: server-sent events, and asking."""

from __future__ import annotations

import json
from http.client import HTTPConnection
from urllib.parse import urlencode

from django.conf import settings

from tests.realtime.servers import cookie_of


class Door:
    """Somebody's requests to a server, with their session."""

    def __init__(self, server, member=None, *, cookie=None):
        self.port = server.port
        self.cookie = cookie or (cookie_of(member) if member else "")

    def get(self, path, wanted, **headers):
        self.line = HTTPConnection("127.0.0.1", self.port, timeout=5)
        session = {"Cookie": f"{settings.SESSION_COOKIE_NAME}={self.cookie}"}
        self.line.request("GET", f"/live/{path}/?{urlencode(wanted)}", headers={**session, **headers})
        return self.line.getresponse()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.line.close()


class Streaming(Door):
    """A page that hears events: it is told what it follows when it opens."""

    def __init__(self, server, member=None, wanted=None, *, greeted=True, **how):
        super().__init__(server, member, **how)
        self.answer = self.get("stream", wanted or {})
        self.status = self.answer.status
        if self.status == 200 and greeted:
            assert self.next() == {"verb": "hello"}

    def next(self, seconds=5.0):
        """The next frame that says something."""
        self.answer.fp.raw._sock.settimeout(seconds) if hasattr(self.answer.fp, "raw") else None
        while True:
            line = self.answer.readline()
            if not line:
                raise EOFError
            if line.startswith(b"data: "):
                frame = json.loads(line[6:])
                if frame["verb"] not in {"beat", "here"}:
                    return frame

    def until_followed(self):
        told = [self.next()]
        while told[-1]["verb"] not in {"following", "lost"}:
            told.append(self.next())
        return told

    def hears_nothing(self, seconds=1.2):
        try:
            raise AssertionError(self.next(seconds))
        except (TimeoutError, EOFError):
            return True

    def close_code(self):
        """The code with which the server ends it."""
        while (frame := self.next())["verb"] != "closed":
            pass
        return frame["code"]


class Asking(Door):
    """A page that asks again and again, as long as there is more."""

    etag = ""

    def ask(self, wanted):
        """The frames after these numbers; None if nothing happened since it was last asked."""
        frames, more = [], True
        while more:
            answer = self.get("events", wanted, **({"If-None-Match": self.etag} if self.etag else {}))
            if answer.status == 304:
                return None
            assert answer.status == 200, answer.status
            self.etag = answer.headers["ETag"]
            told = json.loads(answer.read())
            frames += told["frames"]
            more = told["more"]
            wanted = {**wanted, **{frame["stream"]: frame["number"] for frame in frames if "number" in frame}}
        return frames
