"""What staff have to do by a time."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext

from community import mail
from community.members.models import Member
from community.moderation import clocks
from community.moderation.models.rota import Shift

SOON = 48  # hours: what is further away, over a weekend, is told by its day and time


class Timed(models.Model):
    """It came in `at`, and is to be done by `due_at`; whoever works on it is warned once before that.

    Those on duty are written to at once where that is short (see `call`).
    """

    at = models.DateTimeField(default=timezone.now)
    due_at = models.DateTimeField(help_text="When staff must have decided")
    given = models.CharField(
        max_length=40,
        blank=True,
        default="",
        db_default="",
        editable=False,
        help_text="The target by which it is due then",
    )
    warned_at = models.DateTimeField(null=True, editable=False)
    called_at = models.DateTimeField(null=True, editable=False, help_text="When those on duty were written to")

    class Meta:
        abstract = True

    @property
    def clock(self) -> clocks.Clock:
        """How its time is counted."""
        raise NotImplementedError

    @property
    def called(self) -> str | Promise:
        """What it is about, in a word that may stand in a letter."""
        raise NotImplementedError

    def is_for(self, member: Member) -> bool:
        """Whether it is for that one of staff to look at."""
        raise NotImplementedError

    @property
    def whom_to_call(self) -> list[Member]:
        """Those on duty for whom it is; else all of staff for whom it is; else those on duty, to find somebody."""
        on_duty, staff = Shift.on_duty(), Member.objects.with_standing().filter(is_staff=True)
        theirs = [each for each in on_duty if self.is_for(each)]
        return theirs or [each for each in staff if self.is_for(each)] or on_duty

    def call(self) -> None:
        """A letter to whoever is on duty, whatever letters they wish for: what it is, by when, and where. Once."""
        if not type(self)._default_manager.filter(pk=self.pk, called_at=None).update(called_at=timezone.now()):
            return
        self.write_to(self.whom_to_call)

    def write_to(self, staff: Iterable[Member]) -> None:
        """Nothing of what was said stands in the letter."""
        url = settings.SITE_URL + self.get_absolute_url()  # type: ignore[attr-defined]
        for each in staff:
            said = {"reference": self, "called": self.called, "due": self.due_at, "url": url}
            mail.send(each.email, "desk_calls", said, each.language)

    @property
    def left(self) -> str:
        """How much of its time is left, in words."""
        left, due = self.due_at - timezone.now(), timezone.localtime(self.due_at, clocks.LONDON)
        if left < dt.timedelta():
            return _late(-left)
        hours = int(left / dt.timedelta(hours=1))
        if self.clock.is_short and hours <= SOON:
            return ngettext("%(n)s hour left", "%(n)s hours left", hours) % {"n": hours}
        at = {"day": date_format(due, "l j F"), "time": date_format(due, "H:i")}
        is_today = due.date() == timezone.localdate(timezone=clocks.LONDON)
        if self.clock.is_short and not is_today:
            return gettext("Due %(day)s, %(time)s") % at
        return gettext("Due today, %(time)s") % at if is_today else gettext("Due %(day)s") % at

    @property
    def urgency(self) -> str:
        """ "bad": late, short by law, or with less than a quarter of its time left; "warn": due today; else ""."""
        due = timezone.localdate(self.due_at, clocks.LONDON)
        if self.clock.is_short or self.runs_out:
            return "bad"
        return "warn" if due == timezone.localdate(timezone=clocks.LONDON) else ""

    @property
    def runs_out(self) -> bool:
        """Less than a quarter of its time is left."""
        return self.due_at - timezone.now() < (self.due_at - self.at) / 4


def _late(late: dt.timedelta) -> str:
    hours = int(late / dt.timedelta(hours=1))
    if hours < SOON:
        return ngettext("%(n)s hour late", "%(n)s hours late", hours) % {"n": hours}
    return ngettext("%(n)s day late", "%(n)s days late", hours // 24) % {"n": hours // 24}
