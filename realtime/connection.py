"""One open page: who it belongs to, what it follows, and its bounded queue of frames to send."""

from __future__ import annotations

import asyncio
import json
from importlib import import_module
from typing import Any

from django.conf import settings
from django.contrib.auth import SESSION_KEY, get_user
from django.contrib.sessions.models import Session
from django.http import HttpRequest
from django.utils import timezone

from community import live
from community.members import policy
from community.members.models import Member

MOST_WAITING = 500  # frames; a reader slower than this is sent away and catches up by number when it comes back
MOST_STREAMS = 20  # followed by one page
GOING, SIGNED_OUT, TOO_SLOW, TOO_MUCH = 1001, 4401, 4408, 4429  # the codes that end a connection from our side


class Connection:
    """A reader in this process. The hub writes with `send`; a task of the connection's own carries it to the socket."""

    def __init__(self, member: Member, session_key: str) -> None:
        self.member = member
        self.session_key = session_key
        self.is_away = False  # the page is open, and nobody looks at it
        self.streams: dict[str, int] = {}
        self.outgoing: asyncio.Queue[str | int] = asyncio.Queue()
        self.is_closed = False

    @classmethod
    def open(cls, session_key: str) -> Connection | None:
        """A connection for whoever is signed in by that session and let in now. Reads the database."""
        member = member_of(session_key)
        return cls(member, session_key) if member and policy.come_in(member) else None

    def send(self, frame: str) -> None:
        """Queue a frame; a full queue means the reader is too slow."""
        if self.outgoing.qsize() >= MOST_WAITING:
            self.close(TOO_SLOW)
        elif not self.is_closed:
            self.outgoing.put_nowait(frame)

    async def room_for(self, frames: int) -> None:
        """Wait until so many frames can be queued, or the connection is closed: who catches up sets the pace."""
        while self.outgoing.qsize() + frames > MOST_WAITING and not self.is_closed:
            await asyncio.sleep(0.02)

    def tell(self, verb: str, **facts: str) -> None:
        """Queue a frame that is about the connection itself."""
        self.send(json.dumps({"verb": verb, **facts}))  # ASCII: a page may have sent half a character

    def close(self, code: int) -> None:
        """Send nothing more, not even what is waiting."""
        if not self.is_closed:
            self.is_closed = True
            while not self.outgoing.empty():
                self.outgoing.get_nowait()
            self.outgoing.put_nowait(code)

    def lost(self) -> list[str] | None:
        """The followed streams that may not be seen any more; None if the member may not stay. Reads the database."""
        member = member_of(self.session_key)
        if member is None or not policy.come_in(member):
            return None
        self.member = member
        return [stream for stream in list(self.streams) if not live.may_follow(member, stream)]

    def missed(self, stream: str, number: int) -> list[dict[str, Any]] | None:
        """The frames after a number, or None if the member as they are now may not see them. Reads the database."""
        member = Member.objects.filter(pk=self.member.pk).first()
        return live.since(stream, number) if member and live.may_follow(member, stream) else None


def in_doubt(connections: list[Connection]) -> list[Connection]:
    """Those whose session ended or whose account changed since: two queries, whatever their number."""
    keys = [connection.session_key for connection in connections]
    going_on = Session.objects.filter(session_key__in=keys, expire_date__gt=timezone.now())
    alive = set(going_on.values_list("session_key", flat=True))
    accounts = Member.objects.in_bulk({connection.member.pk for connection in connections})
    return [
        connection
        for connection in connections
        if connection.session_key not in alive or _changed(connection.member, accounts.get(connection.member.pk))
    ]


def _changed(before: Member, now: Member | None) -> bool:
    return now is None or any(
        getattr(before, fact) != getattr(now, fact) for fact in ("password", "is_active", "suspended_until")
    )


def member_of(session_key: str) -> Member | None:
    """Whom a session belongs to, if it still counts: it exists, has not expired, the password is the same."""
    request: Any = HttpRequest()
    request.session = import_module(settings.SESSION_ENGINE).SessionStore(session_key)
    member = get_user(request) if SESSION_KEY in request.session else None
    return member if isinstance(member, Member) else None
