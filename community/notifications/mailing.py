"""How a member wants letters about what concerns them: at once, as a summary, or not at all."""

from __future__ import annotations

import datetime as dt
import zoneinfo

from django.db import models, transaction
from django.utils import timezone
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext_lazy as _

from community.members.models import Member
from community.notifications.stopping import Wish

QUIET = dt.timedelta(seconds=60)  # for changing one's mind and for slips of the pen
WINDOW = dt.timedelta(minutes=10)  # between two letters at once: what comes meanwhile is in the second
HOURS = [(hour, f"{hour:02}:00") for hour in range(24)]
FRIDAY = 4


class How(models.TextChoices):
    NOW = "now", _("At once")
    DAILY = "daily", _("Once a day")
    WEEKLY = "weekly", _("Once a week")
    NEVER = "never", _("Never")


class Mailing(models.Model):
    """A member's own wishes. Whoever has no row is written to by the defaults.

    `direct` is what is meant for them (mentions, replies, answers), `followed` what is new in what they follow.
    """

    How = How
    WAYS = ("direct", "followed")

    member = models.OneToOneField(Member, models.CASCADE, related_name="+")
    direct = models.CharField(_("What is meant for you"), max_length=6, choices=How, default=How.NOW)
    followed = models.CharField(_("What you follow"), max_length=6, choices=How, default=How.DAILY)
    hour = models.PositiveSmallIntegerField(_("Summaries at"), choices=HOURS, default=8)
    weekday = models.PositiveSmallIntegerField(_("Weekly on"), choices=[*WEEKDAYS.items()], default=FRIDAY)
    paused_until = models.DateField(_("No letters until"), null=True, blank=True)
    now_at = models.DateTimeField(null=True, editable=False)  # the last letter at once

    def __str__(self) -> str:
        return f"{self.direct}, {self.followed}"

    @classmethod
    def of(cls, member: Member) -> Mailing:
        """The member's wishes; the defaults, not kept yet, if they have none."""
        return cls.objects.filter(member=member).first() or cls(member=member)

    @classmethod
    @transaction.atomic
    def wish(cls, wish: Wish) -> str | None:
        """Do what a letter's link asks; the way it was before, None if nobody can wish it any more."""
        member = Member.objects.filter(pk=wish.member).first()
        if member is None or wish.what not in cls.WAYS or wish.level not in How.values:
            return None
        mailing = cls.held(member)
        before = str(getattr(mailing, wish.what))
        setattr(mailing, wish.what, wish.level)
        mailing.save(update_fields=[wish.what])
        return before

    @classmethod
    def held(cls, member: Member) -> Mailing:
        """The member's row, kept to the end of the transaction: nobody else writes to them meanwhile."""
        cls.objects.get_or_create(member=member)
        return cls.objects.select_for_update(of=("self",)).select_related("member").get(member=member)

    def how(self, *, is_direct: bool) -> str:
        return self.direct if is_direct else self.followed

    def until(self, how: str, now: dt.datetime) -> dt.datetime | None:
        """Up to which moment that way of writing takes in what is new. None: nothing is written now.

        Somebody who writes may think again for a minute; a summary takes in what came before the member's hour.
        """
        settled, local = now - QUIET, now.astimezone(zone(self.member))
        if how == How.NEVER or (self.paused_until and local.date() < self.paused_until):
            return None
        if how == How.NOW:
            return settled if self.now_at is None or self.now_at <= now - WINDOW else None
        return min(settled, _turn(local, self.hour, self.weekday if how == How.WEEKLY else None))


def zone(member: Member) -> dt.tzinfo:
    """The member's own time zone, if the name they have is one."""
    try:
        return zoneinfo.ZoneInfo(member.time_zone)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError):
        return timezone.get_default_timezone()


def _turn(local: dt.datetime, hour: int, weekday: int | None = None) -> dt.datetime:
    """The latest moment, by the member's clock, at which it was their hour (and their day)."""
    day = local.date()
    if local.hour < hour:
        day -= dt.timedelta(days=1)
    if weekday is not None:
        day -= dt.timedelta(days=(day.weekday() - weekday) % 7)
    return dt.datetime.combine(day, dt.time(hour), local.tzinfo)
