"""By when staff must have acted on a report, and how that time is counted.

Lengths set by law: intimate images, 48 hours from receipt (Online Safety Act 2023, section 10(3A), in force 29 June
2026); a notice of defamation, 48 hours without weekends and holidays (Defamation (Operators of Websites) Regulations
2013, regulation 1(3)); a complaint about personal data, acknowledged within 30 days (Data (Use and Access) Act 2025, in
force 19 June 2026). The rest are the house's own targets. The bank holidays come from the package `holidays`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from functools import cache
from typing import NamedTuple
from zoneinfo import ZoneInfo

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from holidays import country_holidays

LONDON = ZoneInfo("Europe/London")
DAY = dt.timedelta(days=1)
WORKING_DAYS = range(5)  # Monday to Friday


class Clock(NamedTuple):
    """`due` gives the end from the time of receipt; `words` say how long that is. `is_short`: by law, and in hours."""

    due: Callable[[dt.datetime], dt.datetime]
    words: str | Promise
    is_short: bool = False


def real_hours(since: dt.datetime, hours: int) -> dt.datetime:
    """That many hours later by a stopwatch: through nights, weekends and changes of the clock."""
    return since.astimezone(dt.UTC) + dt.timedelta(hours=hours)


def working_hours(since: dt.datetime, hours: int) -> dt.datetime:
    """The same, but days that are no working days do not count, from their midnight to the next."""
    at, left = since.astimezone(LONDON), dt.timedelta(hours=hours)
    while True:
        midnight = dt.datetime.combine(at.date() + DAY, dt.time(), LONDON)
        if is_working_day(at.date()):
            if left <= midnight - at:  # both on one side of a change of the clock: those happen on Sundays
                return at + left
            left -= midnight - at
        at = midnight


def calendar_days(since: dt.datetime, days: int) -> dt.datetime:
    """The end of the last of that many days after the day of receipt, or of the next working day if it is none."""
    day = since.astimezone(LONDON).date() + days * DAY
    while not is_working_day(day):
        day += DAY
    return dt.datetime.combine(day + DAY, dt.time(), LONDON) - dt.timedelta(minutes=1)


def is_working_day(day: dt.date) -> bool:
    """Neither at a weekend nor a bank holiday (Good Friday and Christmas Day among them) in England and Wales."""
    return day.weekday() in WORKING_DAYS and day not in _holidays(day.year)


@cache
def _holidays(year: int) -> frozenset[dt.date]:
    return frozenset(country_holidays("GB", subdiv="ENG", years=year))


INTIMATE = Clock(lambda since: real_hours(since, 48), _("of 48 hours, set by law. Weekends count"), is_short=True)
DEFAMATION = Clock(lambda since: working_hours(since, 48), _("of 48 hours on working days, set by law"), is_short=True)
PERSONAL = Clock(lambda since: calendar_days(since, 30), _("of 30 days to acknowledge it, set by law"))
WORRY = Clock(lambda since: working_hours(since, 24), _("our target: 1 working day"))
USUAL = Clock(lambda since: working_hours(since, 48), _("our target: 2 working days"))
