"""A room with as many members as a bench wants, each of them signed in."""

from __future__ import annotations

import datetime as dt
from typing import Any

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY  # noqa: E402
from django.contrib.sessions.models import Session  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connections  # noqa: E402
from django.utils import timezone  # noqa: E402
from django.utils.crypto import get_random_string  # noqa: E402

from community import live  # noqa: E402
from community.members.models import Affiliation, Member  # noqa: E402
from community.members.sessions import SessionStore  # noqa: E402
from groups.models import Membership  # noqa: E402
from realtime.chat.models import Room  # noqa: E402
from tests import make  # noqa: E402


def fill(members: int) -> tuple[str, str, list[str], dict[str, Any], str]:
    """Where one speaks, the room's stream, a cookie of each member, the channel layer's settings, and a frame."""
    call_command("migrate", verbosity=0)
    service, group = make.organisation(), make.group()
    rows = [Member(name=f"Person {n}", handle=f"person-{n}", email=f"p{n}@example.org") for n in range(members)]
    people = Member.objects.bulk_create(rows, 1000)
    ties = [Affiliation(member=each, organisation=service, starts_on=dt.date(2020, 1, 1)) for each in people]
    ties = Affiliation.objects.bulk_create(ties, 1000)
    Membership.objects.bulk_create([Membership(group=group, member=tie.member, affiliation=tie) for tie in ties], 1000)
    room = Room.of(group)
    first = room.say(people[0], f"At 000000 {'word ' * 60}", "first", ties[0])
    stream = live.stream_of(room)
    [frame] = live.since(stream, 0)
    assert frame["id"] == live.stream_of(first)
    cookies = sign_in(people)
    connections.close_all()
    return (
        f"{room.get_absolute_url()}say/",
        stream,
        cookies,
        settings.CHANNEL_LAYERS["default"]["CONFIG"],
        live.encode(frame),
    )


def people() -> list[int]:
    """Their keys, in the order of their cookies."""
    found = list(Member.objects.filter(handle__startswith="person-").order_by("pk").values_list("pk", flat=True))
    connections.close_all()
    return found


def sign_in(people: list[Member]) -> list[str]:
    """A session of each, written in one go; returns what their browsers send."""
    store, ends = SessionStore(), timezone.now() + dt.timedelta(days=1)
    rows = []
    for person in people:
        data = {SESSION_KEY: str(person.pk), BACKEND_SESSION_KEY: settings.AUTHENTICATION_BACKENDS[0]}
        data[HASH_SESSION_KEY] = person.get_session_auth_hash()
        rows.append(Session(session_key=get_random_string(32), session_data=store.encode(data), expire_date=ends))
    Session.objects.bulk_create(rows, 1000)
    token = f"{settings.CSRF_COOKIE_NAME}={'x' * 32}"
    return [f"{settings.SESSION_COOKIE_NAME}={row.session_key}; {token}" for row in rows]


def head(stream: str) -> int:
    """The number of the room's last event."""
    found = live.head(stream)
    connections.close_all()
    return found
