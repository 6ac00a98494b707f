"""What is kept no longer: said before it goes, and let go each day. The ledger says how much of what went, not what."""

from __future__ import annotations

import datetime as dt
import logging
from typing import Any, NamedTuple

from django.conf import settings
from django.db import transaction
from django.db.models import Min
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from community import ledger, mail
from community.members.models import Member
from community.models import Entry
from community.moderation.models import Period
from community.privacy.keeping import CLASSES
from community.privacy.keeping_class import Class

log = logging.getLogger(__name__)
ACT = "retention"
WARNED = "retention-warned"  # staff were told what would go the first time
WAIT = dt.timedelta(days=14)  # from then, time to change the periods, or to hold what has to stay
MOST_RUNS = 30  # that the page shows


class Line(NamedTuple):
    """A class, how long it is kept here, and what would go now: how many, and how old the oldest is."""

    kept: Class
    days: int
    rows: int = 0
    oldest: dt.date | None = None

    @property
    def how_long(self) -> str:
        """In words."""
        if not self.days:
            return str(self.kept.since)
        known = {"days": self.days, "since": self.kept.since}
        return ngettext("%(days)s day %(since)s", "%(days)s days %(since)s", self.days) % known

    @property
    def after(self) -> dt.timedelta:
        return dt.timedelta(days=self.days)


class Run(NamedTuple):
    """One time at which things went: how many of which class."""

    entry: Entry
    went: list[tuple[str | Promise, int]]


def lines() -> list[Line]:
    """All classes, with the periods that hold here."""
    said = dict(Period.objects.values_list("name", "days"))
    return [Line(kept, max(said.get(kept.name, kept.days), kept.least or 0)) for kept in CLASSES]


def period(name: str) -> dt.timedelta:
    """How long one of the classes is kept here."""
    return next(line.after for line in lines() if line.kept.name == name)


def due() -> list[Line]:
    """The same, with what would go now. Changes nothing."""
    return [_counted(line) for line in lines()]


def carry_out() -> dict[str, int]:
    """What is due goes; what fails is told in the log, and the others go all the same. How many went of each class."""
    went: dict[str, int] = {}
    for line in lines():
        rows = line.kept.rows(line.after)
        before = rows.count()
        if not before:
            continue
        try:
            line.kept.go(rows, line.after)
        except Exception:
            log.exception("What is kept no longer could not go: %s", line.kept.name)
        went[line.kept.name] = before - line.kept.rows(line.after).count()
    ledger.record(None, ACT, ACT, went=went)
    return went


def keep() -> None:
    """Each day, by itself. The first time of an installation only when staff had time to see what would go."""
    if not Entry.objects.filter(act=ACT).exists():
        warned = Entry.objects.filter(act=WARNED).first()
        if warned is None:
            _warn()
        if warned is None or timezone.now() < warned.at + WAIT:
            return
    carry_out()


def first_run_at() -> dt.datetime | None:
    """When things go by themselves for the first time, if staff were warned and that is still to come."""
    warned = Entry.objects.filter(act=WARNED).first()
    return warned.at + WAIT if warned and not Entry.objects.filter(act=ACT).exists() else None


@transaction.atomic
def _warn() -> None:
    """All of staff get a letter with how much of what would go now; not before there is something that would."""
    would = [line for line in due() if line.rows]
    if not would:
        return
    ledger.record(None, WARNED, WARNED, would={line.kept.name: line.rows for line in would})
    said = {"lines": would, "at": timezone.now() + WAIT, "url": settings.SITE_URL + reverse("privacy:retention")}
    for each in Member.objects.with_standing().filter(is_staff=True):
        mail.send(each.email, "retention_first", said, each.language)


def runs() -> list[Run]:
    """The last times, the latest first."""
    titles: dict[str, Any] = {kept.name: kept.title for kept in CLASSES}
    entries = Entry.objects.filter(act=ACT).order_by("-number")[:MOST_RUNS]
    return [Run(each, [(titles.get(name, name), n) for name, n in each.details["went"].items()]) for each in entries]


def in_words(line: Line) -> str:
    """For a terminal."""
    known = {"title": line.kept.title, "rows": line.rows, "how_long": line.how_long}
    oldest = f" ({line.oldest:%Y-%m-%d})" if line.oldest else ""
    return _("%(title)s: %(rows)s. Kept: %(how_long)s") % known + oldest


def _counted(line: Line) -> Line:
    rows = line.kept.rows(line.after)
    count = rows.count()
    oldest = rows.aggregate(oldest=Min(line.kept.field))["oldest"] if count else None
    return line._replace(rows=count, oldest=oldest)
