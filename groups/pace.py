"""How fast and at which hours people write: slow mode of a discussion or a room, quiet hours of a group.

Whoever leads and staff are exempt. Reading, drafts and answers to what waits for approval are unaffected.
"""

from __future__ import annotations

import datetime as dt

from django.db import models
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from community.members.models import Member
from community.policy import No, Verdict, Yes
from groups.models import Group
from groups.policy import is_trusted


class Slow(models.IntegerChoices):
    """Seconds between two texts of one person."""

    NO = 0, _("As fast as they like")
    MINUTE = 60, _("One a minute each")
    FEW = 300, _("One in 5 minutes each")
    QUARTER = 900, _("One in 15 minutes each")
    HOUR = 3600, _("One an hour each")


def awake(member: Member, group: Group) -> Verdict:
    """Write at this hour."""
    end = group.quiet_end(timezone.now())
    if end is None or is_trusted(member, group):
        return Yes()
    words = _("Quiet hours: nobody writes here until %(time)s. What you begin to write is kept as your draft.")
    return No(words % {"time": _clock(end)})


def once_in(slow: int, last: dt.datetime | None) -> Verdict:
    """Write again, where one has written last at that time."""
    if not slow or last is None or (free := last + dt.timedelta(seconds=slow)) <= timezone.now():
        return Yes()
    words = _("Slow mode: %(pace)s. You can write again at %(time)s; keep your text until then.")
    return No(words % {"pace": str(Slow(slow).label).lower(), "time": _clock(free)})


def _clock(moment: dt.datetime) -> str:
    here = timezone.localtime(moment, timezone.get_default_timezone())
    is_soon = moment - timezone.now() < dt.timedelta(minutes=2)
    return date_format(here, "H:i:s" if is_soon else "H:i")
