"""The lines of the tray: one for each thing, and one for all that is new in a thing that has many, as a thread."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import models

from community.members.models import Member
from community.notifications.kinds import ALONE
from community.notifications.models import Notification, shown

MOST = 200  # unread notifications that are looked at


@dataclass
class Line:
    """Notifications shown as one, newest first. `whole` is what their things are part of, if they are more than one."""

    notes: list[Notification]
    whole: Any = None

    @property
    def newest(self) -> Notification:
        return self.notes[0]

    @property
    def first(self) -> Notification:
        """Where to begin reading."""
        return self.notes[-1]

    @property
    def count(self) -> int:
        """How many things it tells of."""
        return len({note.name for note in self.notes})


def unread_lines(member: Member) -> list[Line]:
    """What the member has not read, as far as they can see it."""
    return lines(shown(Notification.objects.visible_to(member).unread().order_by("-pk")[:MOST], member))


def lines(notes: Iterable[Notification]) -> list[Line]:
    """The notes (newest first, with their things), bundled. What asks something of the member stands for itself.

    A thing says by `part_of` what it is one of many in: posts their thread.
    """
    found: dict[Any, Line] = {}
    for note in notes:
        whole = None if note.kind in ALONE else getattr(note.thing, "part_of", None)
        key = _name(whole) if isinstance(whole, models.Model) else (note.pk,)
        found.setdefault(key, Line([], whole)).notes.append(note)
    return list(found.values())


def _name(whole: models.Model) -> tuple[str, int]:
    return whole._meta.label_lower, whole.pk
