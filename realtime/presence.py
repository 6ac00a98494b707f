"""Who is in a room now, here or away: kept in the cache alone, for seconds, told only to those who follow the room.

The hub of each process says every few seconds who follows through it, and hears who does elsewhere; whoever asks
instead of following says so with each question. Nobody has to say that they leave: what is not said again is over.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping

from django.conf import settings
from django.core.cache import cache
from django.template.loader import render_to_string
from django.utils import translation

from community import live
from community.members.models import Member

EVERY = 3.0  # seconds between two rounds of a hub
HELD = 11.0  # seconds that one word holds
HELD_AWAY = 45.0  # of a page that asks from the background, and does so rarely
SHOWN = 30  # people by name; of more, only how many
CROWD = 50  # so many more people, and a room is told a round later
KEPT = 120
TOLD_HOLDS = 3  # seconds; a page says every four that somebody goes on writing, and shows it for seven

Here = dict[int, bool]  # member → whether they are away


def is_shown(stream: str) -> bool:
    """Whether a stream shows who is there: rooms do."""
    return stream.startswith("room-")


def note(words: Mapping[str, Here], held: float = 0) -> dict[str, Here]:
    """These members are there; returns all who are."""
    now, held = time.time(), held or HELD
    known = cache.get_many([_key(stream) for stream in words])
    rooms = {stream: _still(known.get(_key(stream), {}), now) for stream in words}
    for stream, here in words.items():
        for member, is_away in here.items():
            rooms[stream][member] = (is_away, now + held)
    cache.set_many({_key(stream): entries for stream, entries in rooms.items()}, KEPT)
    return {stream: {pk: is_away for pk, (is_away, _until) in entries.items()} for stream, entries in rooms.items()}


def here(stream: str) -> Here:
    """Who is there now."""
    return {pk: is_away for pk, (is_away, _until) in _still(cache.get(_key(stream), {}), time.time()).items()}


def shown(present: Here) -> dict[str, object]:
    """What `chat/_here.html` needs: people by name, those who are not away first, and how many there are."""
    first = sorted(present, key=lambda pk: (present[pk], pk))[:SHOWN]
    people = Member.objects.in_bulk(first)
    return {"people": [(people[pk], present[pk]) for pk in first if pk in people], "here_count": len(present)}


def frames(rooms: Mapping[str, Here]) -> dict[str, str]:
    """What open pages of these rooms are told."""
    told = {}
    with translation.override(settings.LANGUAGE_CODE):
        for stream, present in rooms.items():
            html = render_to_string("chat/_here.html", shown(present))
            told[stream] = live.encode({"stream": stream, "verb": "here", "id": "here", "html": html.strip()})
    return told


def rounds(present: Iterable[int]) -> int:
    """Every how many rounds a room of so many people is told."""
    return 1 + len(list(present)) // CROWD


def may_tell_writing(stream: str) -> bool:
    """Whether pages should hear that one more is writing: after two they say "several people", so no third is told."""
    return any(cache.add(f"writing:{stream}:{place}", True, TOLD_HOLDS) for place in range(2))


def _key(stream: str) -> str:
    return f"here:{stream}"


def _still(entries: dict[int, tuple[bool, float]], now: float) -> dict[int, tuple[bool, float]]:
    return {pk: entry for pk, entry in entries.items() if entry[1] > now}
