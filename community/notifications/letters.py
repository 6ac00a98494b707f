"""Letters about what is new: who gets one now, and what has been written about is not written about again.

What a letter says of a thing is asked of the thing (`told`), as far as the member may see it at that moment.
"""

from __future__ import annotations

import datetime as dt
import logging
from typing import Any

from django.db import transaction
from django.db.models import Min
from django.utils import timezone, translation

from community import mail
from community.mail.models import Words
from community.members.models import Member
from community.notifications.kinds import FOR_ALL
from community.notifications.mailing import QUIET, How, Mailing
from community.notifications.models import Notification, NotificationQuerySet, shown
from community.notifications.news import News

log = logging.getLogger(__name__)
TOO_OLD = dt.timedelta(days=15)  # what has waited longer is found in the tray
MOST = 500  # notifications looked at for one letter


def write_all() -> None:
    """Write to everybody for whom something is due. Two workers at once write each letter once."""
    now = timezone.now()
    first: dict[int, dict[bool, dt.datetime]] = {}
    rows = _fresh(now).order_by().values_list("member", "kind").annotate(first=Min("at"))
    for member, kind, at in rows:
        known = first.setdefault(member, {})
        is_direct = kind not in FOR_ALL
        known[is_direct] = min(at, known.get(is_direct, at))
    wishes = {mailing.member_id: mailing for mailing in Mailing.objects.filter(member__in=first)}
    for member in Member.objects.with_standing().filter(pk__in=first).order_by("pk"):
        mailing = wishes.get(member.pk) or Mailing(member=member)
        mailing.member = member
        if any(_is_due(mailing, at, now, is_direct=is_direct) for is_direct, at in first[member.pk].items()):
            _try(member, now)


@transaction.atomic
def write_to(member: Member, now: dt.datetime) -> None:
    """One letter with all that is due, and the mark on each of what it told, together or not at all."""
    mailing = Mailing.held(member)
    rows = list(_fresh(now).filter(member=member.pk).order_by("pk")[:MOST])
    due = [row for row in rows if _is_due(mailing, row.at, now, is_direct=row.is_direct)]
    silent = [row for row in due if mailing.how(is_direct=row.is_direct) == How.NEVER]
    notes = shown([row for row in due if row not in silent], member)
    notes = [note for note in notes if _may_be_timed(note, mailing, now)]
    Notification.objects.filter(pk__in=[row.pk for row in [*silent, *notes]]).update(mailed_at=now)
    if not notes:
        return
    if any(mailing.how(is_direct=note.is_direct) == How.NOW for note in notes):
        mailing.now_at = now
        mailing.save(update_fields=["now_at"])
    words = _words(member, notes)
    letter = mail.send(words.to, "news", words.context, words.language, words.headers)
    letter.depend_on({"member": member.pk, "notes": [note.pk for note in notes]})


def again(about: dict[str, Any]) -> Words | None:
    """What a letter that could not go at once says now: what is still unread, wished for, and to be seen."""
    member = Member.objects.with_standing().filter(pk=about["member"]).first()
    if member is None:
        return None
    mailing = Mailing.of(member)
    rows = Notification.objects.visible_to(member).unread().filter(pk__in=about["notes"]).order_by("pk")
    notes = [note for note in shown(rows, member) if mailing.how(is_direct=note.is_direct) != How.NEVER]
    return _words(member, notes) if notes else None


def _words(member: Member, notes: list[Notification]) -> Words:
    with translation.override(member.language):
        news = News(member, notes)
        return Words(member.email, news.context(), member.language, news.headers())


def _try(member: Member, now: dt.datetime) -> None:
    """One letter that cannot be written stops no other."""
    try:
        write_to(member, now)
    except Exception:
        log.exception("A letter about what is new could not be written to member %s", member.pk)


def _fresh(now: dt.datetime) -> NotificationQuerySet:
    """Neither read nor written about."""
    return Notification.objects.unread().filter(mailed_at=None, at__gt=now - TOO_OLD, at__lte=now - QUIET)


def _is_due(mailing: Mailing, at: dt.datetime, now: dt.datetime, *, is_direct: bool) -> bool:
    how = mailing.how(is_direct=is_direct)
    until = now if how == How.NEVER else mailing.until(how, now)
    return until is not None and at <= until


def _may_be_timed(note: Notification, mailing: Mailing, now: dt.datetime) -> bool:
    """What names nobody is told with the day's summary: the hour could tell who wrote."""
    until = mailing.until(How.DAILY, now)
    return not getattr(note.thing, "is_told_by_day", False) or (until is not None and note.at <= until)
