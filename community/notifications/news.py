"""What one letter says: the notifications of one member, put together by what they are about, within a size."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from html import escape, unescape
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string, select_template
from django.urls import reverse

from community.members.models import Member
from community.notifications.models import Notification
from community.notifications.stopping import Wish
from community.notifications.told import Told

LARGEST = 10_000  # bytes of words, titles and addresses: with the dress around it a letter stays below 15 kB
DRESS = 420  # bytes around each part


@dataclass
class Part:
    """All that a letter says of one thread, or of one other thing. Without `title` it is a link and no more."""

    told: Told
    title: str
    url: str
    reason: str
    asks: bool
    count: int
    said: list[tuple[str, list[str]]] = field(default_factory=list)  # who wrote, and the paragraphs


class News:
    """The parts of a letter to a member about notifications, oldest first, whose things they may see."""

    def __init__(self, member: Member, notes: list[Notification]) -> None:
        self.member, self.left, self.more = member, LARGEST, 0
        self.asking = sum(note.asks for note in notes)
        self.is_direct = any(note.is_direct for note in notes)
        self.parts: list[Part] = []
        for some in _by_whole(notes):
            self._take(some)

    def _take(self, notes: list[Notification]) -> None:
        part = _part(notes)
        cost = DRESS + _size(part.title, part.url, part.reason, part.told.place)
        if self.parts and cost > self.left:
            self.more += 1
            return
        self.left -= cost
        self.parts.append(part)
        for note in notes:
            told = _told(note)
            words = self._cut(told.words)
            if words:
                part.said.append((str(note.thing.author), words.split("\n")))

    def _cut(self, words: str) -> str:
        """As much of the words as still has room, to the last whole line or word."""
        room = self.left - 100
        if _size(words) > room:
            short = escape(words).encode()[: max(room, 0)].decode(errors="ignore")
            words = unescape(short.rpartition("&")[0] if "&" in short[-8:] else short).rpartition(" ")[0]
            words = f"{words} …" if words else ""
        self.left -= _size(words) + 60
        return words

    @property
    def whole(self) -> str:
        """The one thing it is all about, as it can be silenced: "thread-12", or ""."""
        wholes = {part.told.whole for part in self.parts}
        return wholes.pop() if len(wholes) == 1 and not self.more else ""

    def context(self) -> dict[str, Any]:
        """What the letter's templates are given."""
        sections: dict[str, list[Part]] = defaultdict(list)
        for part in sorted(self.parts, key=lambda part: not part.asks):
            sections[part.told.place].append(part)
        only = self.parts[0] if len(self.parts) == 1 and not self.more else None
        return {
            "sections": sections.items(),
            "only": only,
            "asking": self.asking,
            "total": sum(part.count for part in self.parts),
            "more": self.more,
            "is_direct": self.is_direct,
            "whole": self.whole,
            "choose": settings.SITE_URL + reverse("watching:mine"),
            "stop": self._stop(),
        }

    def headers(self) -> dict[str, str]:
        """How mail programs sort, thread and stop it. No name and no address stands in them."""
        domain = settings.SITE_HOST.rsplit(":", 1)[0]
        lists = {part.told.list_id for part in self.parts}
        found = {
            "List-Id": f"<{lists.pop() if len(lists) == 1 else ''}.{domain}>".replace("<.", "<news."),
            "List-Unsubscribe": f"<{self._stop()}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        }
        if self.whole:
            found["References"] = found["In-Reply-To"] = f"<{self.whole}@{domain}>"
        return found

    def _stop(self) -> str:
        what, level = (self.whole, "nothing") if self.whole else ("direct" if self.is_direct else "followed", "never")
        return settings.SITE_URL + reverse("watching:stop", args=[Wish(self.member.pk, what, level).sign()])


def _by_whole(notes: Iterable[Notification]) -> list[list[Notification]]:
    """Put together by what they are part of; of one thing told twice only what asks for something."""
    found: dict[Any, dict[Any, Notification]] = {}
    for note in notes:
        whole = getattr(note.thing, "part_of", note.thing)
        some = found.setdefault((whole._meta.label, whole.pk), {})
        if note.name not in some or note.asks:
            some[note.name] = note
    return [list(some.values()) for some in found.values()]


def _part(notes: list[Notification]) -> Part:
    first, told = notes[0], _told(notes[0])
    asking = next((note for note in notes if note.asks), notes[-1])
    url = settings.SITE_URL + (first.thing.reading_url if len(notes) > 1 else first.thing.get_absolute_url())
    asks = any(note.asks for note in notes)
    if not told.title:
        title = "" if told.place else _named(first)
        return Part(told, title, url, "", asks, len(notes))
    return Part(told, told.title, url, _reason(asking), asks, len(notes))


def _told(note: Notification) -> Told:
    found = getattr(note.thing, "told", None)
    return found if isinstance(found, Told) else Told()


def _reason(note: Notification) -> str:
    return " ".join(unescape(render_to_string(note.reasons, {"thing": note.thing})).split())


def _named(note: Notification) -> str:
    """What a thing of which nothing is known may be called: by the kind of the notification, never by itself."""
    template = select_template([note.titles[0], "notifications/titles/_private.html"])
    return " ".join(unescape(template.render({})).split())


def _size(*texts: str) -> int:
    return sum(len(escape(text).encode()) for text in texts)
