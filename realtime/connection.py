"""One open page: who it belongs to, what it follows, and its bounded queue of frames to send."""

from __future__ import annotations

import asyncio
import json
import time
from collections import defaultdict
from collections.abc import Callable, Coroutine, Generator, Iterable
from importlib import import_module
from typing import Any

from django.conf import settings
from django.contrib.auth import SESSION_KEY, get_user
from django.contrib.sessions.models import Session
from django.db import connections
from django.db.models.expressions import RawSQL
from django.http import HttpRequest
from django.utils import timezone

from community import live
from community.members import policy
from community.members.models import Member

MOST_WAITING = 500  # frames; a reader slower than this is sent away and catches up by number when it comes back
LONGEST_WAITING = 300_000  # characters of them
PATIENCE = 30  # seconds that somebody who catches up may keep a full queue
MOST_STREAMS = 20  # followed by one page
GOING, SIGNED_OUT, TOO_SLOW, TOO_MUCH = 1001, 4401, 4408, 4429  # the codes that end a connection from our side


class Begun:
    """What a server began to send and could not end at once: the page does not read as fast. Awaited, it goes on."""

    def __init__(self, sending: Coroutine[Any, Any, None], waits_for: Any) -> None:
        self.sending, self.waits_for = sending, waits_for

    def __await__(self) -> Generator[Any, Any, None]:
        yield self.waits_for
        yield from self.sending.__await__()


class Connection:
    """A reader in this process. The hub writes with `send`; a task of the connection's own carries it to the socket.

    `at_once` is the short way, where there is one: it hands a frame to the server if nothing has to be waited for, and
    says whether it did. Waking a task for each of thousands of readers costs as much as the sending itself.
    """

    def __init__(self, member: Member, session_key: str) -> None:
        self.member = member
        self.session_key = session_key
        self.is_away = False  # the page is open, and nobody looks at it
        self.streams: dict[str, int] = {}
        self.at_once: Callable[[str], bool] = lambda frame: False
        self.outgoing: asyncio.Queue[str | int | Begun] = asyncio.Queue()
        self.waiting = 0  # characters in the queue
        self.turn = 0  # how often the page was asked whether it has read what was sent
        self.is_sure = asyncio.Event()  # it has, or there is nothing to wait for
        self.is_sure.set()
        self.is_closed = False

    @classmethod
    def open(cls, session_key: str) -> Connection | None:
        """A connection for whoever is signed in by that session and let in now. Reads the database."""
        member = member_of(session_key)
        return cls(member, session_key) if member and _may_stay(member) else None

    def send(self, frame: str) -> None:
        """Send a frame, or queue it; a full queue means the reader is too slow."""
        if self.is_closed or (self.outgoing.empty() and self.at_once(frame)):
            return
        if self._is_full_for(len(frame)):
            self.close(TOO_SLOW)
            return
        self.waiting += len(frame)
        self.outgoing.put_nowait(frame)

    async def next(self) -> str | int | Begun:
        """The next frame to carry to the reader, one to go on with, or the code with which it ends."""
        told = await self.outgoing.get()
        self.waiting -= len(told) if isinstance(told, str) else 0
        return told

    async def room_for(self, frame: str) -> None:
        """Wait until it can be queued, or the connection is closed: who catches up sets the pace, but not for ever."""
        until = time.monotonic() + PATIENCE
        while self._is_full_for(len(frame)) and not self.is_closed:
            if time.monotonic() > until:
                self.close(TOO_SLOW)
            await asyncio.sleep(0.02)

    def question(self) -> str:
        """Whether the page has read what it was sent; asked once the last question was answered (`is_sure`)."""
        if not self.is_closed:
            self.is_sure.clear()
        self.turn += 1
        return json.dumps({"verb": "heard?", "turn": self.turn})

    def heard(self, turn: int) -> bool:
        """The page has read everything up to the last question. False if that was not asked."""
        if turn != self.turn or self.is_sure.is_set():
            return False
        self.is_sure.set()
        return True

    def _is_full_for(self, length: int) -> bool:
        frames = self.outgoing.qsize()
        return frames >= MOST_WAITING or (frames > 0 and self.waiting + length > LONGEST_WAITING)

    def tell(self, verb: str, **facts: str | int | dict[str, int]) -> None:
        """Queue a frame that is about the connection itself."""
        self.send(json.dumps({"verb": verb, **facts}))  # ASCII: a page may have sent half a character

    def close(self, code: int) -> None:
        """Send nothing more, not even what is waiting."""
        if not self.is_closed:
            self.is_closed = True
            self.is_sure.set()
            while not self.outgoing.empty():
                self.outgoing.get_nowait()
            self.waiting = 0
            self.outgoing.put_nowait(code)

    def missed(self, stream: str, number: int) -> list[dict[str, Any]] | None:
        """The frames after a number, or None if the member as they are now may not see them. Reads the database."""
        member = Member.objects.filter(pk=self.member.pk).first()
        return live.since(stream, number) if member and live.may_follow(member, stream) else None


def lost(connections: list[Connection]) -> list[tuple[Connection, list[str] | None]]:
    """The followed streams that each may not see any more; None for whoever may not stay. Reads the database.

    Sessions, accounts, affiliations and each stream are asked about once for all of them.
    """
    members = _members_of(connections)
    staying = {connection: members[connection] for connection in connections if connection in members}
    followed: dict[str, set[Member]] = defaultdict(set)
    for connection, member in staying.items():
        connection.member = member
        for stream in connection.streams:
            followed[stream].add(member)
    seen = {stream: live.who_may_follow(followers, stream) for stream, followers in followed.items()}
    for member in staying.values():
        member.known = None  # a connection lasts, what was found out does not
    return [
        (
            connection,
            [
                stream
                for stream in followed
                if stream in connection.streams and staying[connection].pk not in seen[stream]
            ]
            if connection in staying
            else None,
        )
        for connection in connections
    ]


def _members_of(connections: list[Connection]) -> dict[Connection, Member]:
    """The members as they are now, of those connections whose session counts and who may come in."""
    doubtful = set(in_doubt(connections))
    known = Member.objects.with_ties(each.member.pk for each in connections)
    now = {each: member_of(each.session_key) if each in doubtful else known.get(each.member.pk) for each in connections}
    return {each: member for each, member in now.items() if member and _may_stay(member)}


def _may_stay(member: Member) -> bool:
    return bool(policy.come_in(member) and policy.finish(member.must_accept_from))


def in_doubt(connections: list[Connection]) -> list[Connection]:
    """Those whose session ended, whose account changed since or who did not accept the texts: two queries for all."""
    keys = [connection.session_key for connection in connections]
    going_on = Session.objects.filter(session_key__in=_listed(keys, "text"), expire_date__gt=timezone.now())
    alive = set(going_on.values_list("session_key", flat=True))
    accounts = _accounts({connection.member.pk for connection in connections})
    return [
        connection
        for connection in connections
        if connection.session_key not in alive or accounts.get(connection.member.pk) != _account(connection.member)
    ]


def _accounts(members: Iterable[int]) -> dict[int, list[Any]]:
    """What decides, of each; of whoever has not accepted the texts in time, nothing."""
    wanted = Member.objects.filter(pk__in=_listed(members, "bigint"))
    rows: Iterable[Any] = wanted.values_list("pk", "must_accept_from", *_DECIDES)
    return {pk: facts for pk, since, *facts in rows if policy.finish(since)}


def _listed(values: Iterable[str] | Iterable[int], kind: str) -> RawSQL:
    """Thousands of values as one parameter: to take a statement with as many apart costs more than all the rest."""
    is_sqlite = connections["default"].vendor == "sqlite"
    sql = "SELECT value FROM json_each(%s)" if is_sqlite else f"SELECT json_array_elements_text(%s::json)::{kind}"
    return RawSQL(sql, [json.dumps(list(values))])  # noqa: S611 - `kind` is ours alone


def _account(member: Member) -> list[Any]:
    return [getattr(member, fact) for fact in _DECIDES]


_DECIDES = ("password", "is_active", "is_staff", "suspended_until")  # what of an account decides who comes in


def member_of(session_key: str) -> Member | None:
    """Whom a session belongs to, if it still counts: it exists, has not expired, the password is the same."""
    request: Any = HttpRequest()
    request.session = import_module(settings.SESSION_ENGINE).SessionStore(session_key)
    member = get_user(request) if SESSION_KEY in request.session else None
    return member if isinstance(member, Member) else None
