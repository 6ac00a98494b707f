"""What may not be erased yet: a case, an appeal, or the law needs it; and what of that staff know anyway."""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple

from django.db import models
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from community.members.models import Member
from community.moderation.models import Appeal, Case, Decision, Hold, LegalHold, Moderatable, Report, SealedCase
from community.moderation.models.acts import APPEAL, HOLD
from community.moderation.named import seen_by, things_called
from community.privacy import removal
from community.privacy.copy import names_of


class Need(NamedTuple):
    """Something that is still needed, in words, with the page where it ends or can be ended."""

    subject: str
    words: str
    url: str


def is_needed(member: Member, *, removes: bool) -> bool:
    """Whether a case or an appeal still needs what is held: evidence is not erased before that is decided.

    What they wrote is not removed either before the time to appeal is over.
    """
    subjects = {member.subject, *names_of(member)}
    if removes:
        subjects |= set(removal.parts_of_documents(member))
        decided = Decision.objects.filter(at__gt=timezone.now() - APPEAL).exclude(act=HOLD)
        if subjects & set(decided.values_list("subject", flat=True)):
            return True
    if LegalHold.concerns(member, subjects, Moderatable.find_withheld):
        return True
    if SealedCase.concerns(member) or subjects & set(Hold.objects.values_list("subject", flat=True)):
        return True
    waiting = set(Case.objects.open().values_list("subject", flat=True)) & subjects
    appeals = Appeal.objects.open().filter(models.Q(by=member) | models.Q(decision__author=member))
    return bool(waiting) or appeals.exists() or Report.objects.open().filter(reporter=member).exists()


def known_needs(member: Member, staff: Member, *, removes: bool) -> list[Need]:
    """Of all that, what these staff read elsewhere too, and under the person's name: what it is, and until when.

    Nothing of what is sealed, or of what the person reported or wrote without their name.
    """
    holds = LegalHold.objects.visible_to(staff).in_force()
    cases = Case.objects.visible_to(staff).open().by_time()
    appeals = Appeal.objects.visible_to(staff).of_others(staff).open().by_time().select_related("decision")
    decided = Decision.objects.visible_to(staff).filter(author=member, at__gt=timezone.now() - APPEAL).exclude(act=HOLD)
    told = [
        *(_need(each, each.subject, _("%(what)s: looked at again on %(day)s"), each.review_on) for each in holds),
        *(_need(each, each.subject, _("%(what)s: due on %(day)s"), each.due_at) for each in cases),
        *(_need(each, each.decision.subject, _("%(what)s: due on %(day)s"), each.due_at) for each in appeals),
    ]
    if removes:
        can_appeal = _("“%(what)s”, decided about something they wrote: they can appeal until %(day)s")
        told += [_need(each, each.subject, can_appeal, each.appeal_until) for each in decided]
    theirs = _under_their_name(member, staff, {need.subject for need in told})
    return [need for need in told if need.subject in theirs]


def _need(row: LegalHold | Case | Appeal | Decision, subject: str, words: str, day: dt.date) -> Need:
    at = timezone.localtime(day) if isinstance(day, dt.datetime) else day
    return Need(subject, words % {"what": row, "day": date_format(at, "j F Y")}, row.get_absolute_url())


def _under_their_name(member: Member, staff: Member, subjects: set[str]) -> set[str]:
    """The person, and of these things those that the staff see in their place as the person's."""
    things = [each for each in things_called(subjects).values() if each.author == member]  # type: ignore[attr-defined]
    return {member.subject, *seen_by(things, staff)}
