"""Time for the demo: deeds done today that say they were done last spring, because the clock said so."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager

from django.utils import timezone

WAKING = (dt.time(7, 20), dt.time(20, 40))
SATURDAY = 5


class _Kind(type(dt.datetime)):  # type: ignore[misc]
    """Every moment is a moment, also to whoever asks while the clock stands."""

    def __instancecheck__(cls, thing: object) -> bool:
        return isinstance(thing, dt.datetime)


@contextmanager
def standing_at(moment: dt.datetime) -> Iterator[None]:
    """`timezone.now()` answers with this moment. For a command that is alone in its process, never for a server."""

    class Standing(dt.datetime, metaclass=_Kind):
        @classmethod
        def now(cls, tz: dt.tzinfo | None = None) -> dt.datetime:  # type: ignore[override]
            return moment.astimezone(tz)

    before, timezone.datetime = timezone.datetime, Standing  # type: ignore[attr-defined]
    try:
        yield
    finally:
        timezone.datetime = before  # type: ignore[attr-defined]


def day(days_ago: int, now: dt.datetime) -> dt.date:
    """A date counted back from today; a negative number lies ahead."""
    return timezone.localdate(now) - dt.timedelta(days=days_ago)


def moment(days_ago: int, at: str, now: dt.datetime) -> dt.datetime:
    """So many days ago at that time of day, or on the Friday before if that was a weekend. Never in the future."""
    date = day(days_ago, now)
    date -= dt.timedelta(days=max(0, date.weekday() - SATURDAY + 1))
    found = dt.datetime.combine(date, dt.time.fromisoformat(at), timezone.get_default_timezone())
    return min(found, now)


def ahead(days: int, at: str, now: dt.datetime) -> dt.datetime:
    """In so many days at that time of day, or on the Monday after if that is a weekend."""
    date = day(-days, now)
    date += dt.timedelta(days=(7 - date.weekday()) % 7 if date.weekday() >= SATURDAY else 0)
    return dt.datetime.combine(date, dt.time.fromisoformat(at), timezone.get_default_timezone())


def later(moment: dt.datetime, gap: str, now: dt.datetime) -> dt.datetime:
    """After a gap such as "40m", "3h" or "2d"; what would fall into the night falls on the next morning."""
    units = {"m": "minutes", "h": "hours", "d": "days"}
    found = timezone.localtime(moment + dt.timedelta(**{units[gap[-1]]: int(gap[:-1])}))
    if found.time() > WAKING[1]:
        found += dt.timedelta(days=1)
    if not WAKING[0] <= found.time() <= WAKING[1]:
        found = found.replace(hour=7, minute=20 + found.minute // 2)
    return min(found, max(now, moment))
