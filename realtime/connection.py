"""One open page: who it belongs to, what it follows, and its bounded queue of frames to send."""

from __future__ import annotations

import asyncio
import datetime as dt
from typing import Any

from django.contrib.auth import SESSION_KEY, get_user
from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpRequest
from django.utils import timezone

from community import live
from community.members import policy
from community.members.models import Member

MOST_WAITING = 300  # frames; a reader slower than this is sent away and catches up by number when it comes back


class Connection:
    """A reader in this process. The hub writes with `send`; a task of the connection's own carries it to the socket."""

    def __init__(self, member: Member, session: SessionBase) -> None:
        self.member = member
        self.session = session
        self.expires: dt.datetime = session.get_expiry_date()
        self.streams: dict[str, int] = {}
        self.outgoing: asyncio.Queue[str | int] = asyncio.Queue(MOST_WAITING)

    def send(self, frame: str) -> None:
        """Queue a frame; a full queue means the reader is too slow."""
        if self.outgoing.full():
            self.close(4408)
        else:
            self.outgoing.put_nowait(frame)

    def close(self, code: int) -> None:
        """Send nothing more: 4401 for someone no longer signed in or let in, 4408 for someone too slow."""
        while not self.outgoing.empty():
            self.outgoing.get_nowait()
        self.outgoing.put_nowait(code)

    def has_expired(self) -> bool:
        return self.expires <= timezone.now()

    def may_stay(self) -> bool:
        """Still signed in by the same session, and still let in. Reads the database."""
        member = member_of(type(self.session)(self.session.session_key))
        if member is not None:
            self.member = member
        return member is not None and bool(policy.come_in(member))

    def lost_streams(self) -> list[str]:
        """The followed streams that the member may not see any more. Reads the database."""
        return [stream for stream in list(self.streams) if not live.may_follow(self.member, stream)]

    def fresh_member(self) -> Member:
        """The member as the database has them now: standing may have changed while the page was open."""
        return Member.objects.get(pk=self.member.pk)


def member_of(session: SessionBase) -> Member | None:
    """Whom a session belongs to, if it is one that still counts (exists, not expired, password unchanged)."""
    request: Any = HttpRequest()
    request.session = session
    member = get_user(request) if session.get(SESSION_KEY) else None
    return member if isinstance(member, Member) else None
