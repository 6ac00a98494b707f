"""By when staff must have acted on a report, and how that time is counted.

Lengths set by law: intimate images, 48 hours from receipt (Online Safety Act 2023, section 10(3A), in force 29 June
2026); a notice of defamation, 48 hours without weekends and holidays (Defamation (Operators of Websites) Regulations
2013, regulation 1(3)), after which the author has 5 days to answer; a complaint about personal data, acknowledged
within 30 days (Data (Use and Access) Act 2025, in force 19 June 2026); a request to see, correct or erase personal
data, answered within one month, which ends on a working day (UK GDPR, article 12(3), as the Information Commissioner
counts it). The rest are the house's own targets. How long each is: `models.target`; days off: `models.holiday`.
"""

from __future__ import annotations

import datetime as dt
from calendar import monthrange
from collections.abc import Callable, Container
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

LONDON = ZoneInfo("Europe/London")
DECEMBER = 12
DAY = dt.timedelta(days=1)
WORKING_DAYS = range(5)  # Monday to Friday
Days = Container[dt.date]  # those that are no working days, beside weekends


class Clock(NamedTuple):
    """`due` gives the end from the time of receipt; `words` say how long that is. `is_short`: by law, and in hours."""

    due: Callable[[dt.datetime], dt.datetime]
    words: str | Promise
    is_short: bool = False
    given: str = ""  # the target it goes by, as it is kept: "spam 2 workdays"

    def since(self, at: dt.datetime) -> dict[str, Any]:
        """What is kept of something that came in then: a target that is changed later changes nothing of it."""
        return {"at": at, "due_at": self.due(at), "given": self.given}


def real_hours(since: dt.datetime, hours: int) -> dt.datetime:
    """That many hours later by a stopwatch: through nights, weekends and changes of the clock."""
    return since.astimezone(dt.UTC) + dt.timedelta(hours=hours)


def working_hours(since: dt.datetime, hours: int, off: Days) -> dt.datetime:
    """The same, but days that are no working days do not count, from their midnight to the next."""
    at, left = since.astimezone(LONDON), dt.timedelta(hours=hours)
    while True:
        midnight = dt.datetime.combine(at.date() + DAY, dt.time(), LONDON)
        if is_working_day(at.date(), off):
            if left <= midnight - at:  # both on one side of a change of the clock: those happen on Sundays
                return at + left
            left -= midnight - at
        at = midnight


def calendar_days(since: dt.datetime, days: int, off: Days) -> dt.datetime:
    """The end of the last of that many days after the day of receipt, or of the next working day if it is none."""
    day = since.astimezone(LONDON).date() + days * DAY
    while not is_working_day(day, off):
        day += DAY
    return dt.datetime.combine(day + DAY, dt.time(), LONDON) - dt.timedelta(minutes=1)


def plain_days(since: dt.datetime, days: int) -> dt.datetime:
    """The end of the last of that many days after the day of receipt, whatever day that is."""
    last = since.astimezone(LONDON).date() + days * DAY
    return dt.datetime.combine(last + DAY, dt.time(), LONDON) - dt.timedelta(minutes=1)


def calendar_month(since: dt.datetime, off: Days) -> dt.datetime:
    """The end of the same day of the next month, or of its last day, or of the next working day if it is none."""
    day = since.astimezone(LONDON).date()
    year, month = (day.year, day.month + 1) if day.month < DECEMBER else (day.year + 1, 1)
    due = day.replace(year=year, month=month, day=min(day.day, monthrange(year, month)[1]))
    return calendar_days(dt.datetime.combine(due, dt.time(), LONDON), 0, off)


def is_working_day(day: dt.date, off: Days) -> bool:
    """Neither at a weekend nor one of the days off."""
    return day.weekday() in WORKING_DAYS and day not in off


REPLY = Clock(lambda since: plain_days(since, 5), _("of 5 days for the author to answer, set by law"))
