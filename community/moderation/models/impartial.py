"""Who may not decide about a thing: whoever made it, reported it or is meant by a report from outside, and who decided
before somebody appealed. Leads may take down what they reported: it waits for staff all the same."""

from __future__ import annotations

from django.db.models import Max, Q
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from community.members.models import Member
from community.moderation.models.case import Case
from community.moderation.models.decision import Decision, DecisionQuerySet
from community.moderation.models.report import Report
from community.policy import Refused

OWN = _("You wrote this yourself. A colleague has to look at it.")
REPORTED = _("You reported this yourself. A colleague has to look at it.")
CONCERNED = _("This is for a colleague to look at.")  # no word of the report: they are not to learn of it
DECIDED = _("You decided about this before somebody appealed. A colleague has to decide now.")
NOBODY = _("None of staff is left who may: whoever runs the server has to name one more.")


def why_not_look(member: Member, subject: str, writer: Member) -> str | Promise:
    """Why its case is not for them to read, in words; "" if it is."""
    if writer == member:
        return _said(OWN, subject, writer)
    if not member.is_staff:
        return ""
    if Report.objects.filter(subject=subject, reporter=member).exists():
        return _said(REPORTED, subject, writer)
    is_about_them = Case.objects.filter(subject=subject, notices__kept_from=member).exists()
    return _said(CONCERNED, subject, writer) if is_about_them else ""


def why_not_decide(member: Member, subject: str, writer: Member) -> str | Promise:
    """Why it is not for them to decide, in words; "" if it is."""
    why_not = why_not_look(member, subject, writer)
    if why_not or not _decided_before(subject).filter(by=member).exists():
        return why_not
    return _said(DECIDED, subject, writer)


def ensure(member: Member, subject: str, writer: Member) -> None:
    """Refused where it is not for them to decide."""
    why_not = why_not_decide(member, subject, writer)
    if why_not:
        raise Refused(why_not)


def able(subject: str, writer: Member) -> list[Member]:
    """All of staff who may decide about it."""
    staff = Member.objects.with_standing().filter(is_staff=True).exclude(pk=writer.pk)
    reporters = Report.objects.filter(subject=subject).values("reporter")
    concerned = Case.objects.filter(subject=subject, notices__kept_from__isnull=False).values("notices__kept_from")
    decided = _decided_before(subject).values("by")
    return list(staff.exclude(Q(pk__in=reporters) | Q(pk__in=concerned) | Q(pk__in=decided)))


def _decided_before(subject: str) -> DecisionQuerySet:
    """What was decided about it before the latest appeal."""
    found = Decision.objects.filter(subject=subject).order_by()
    last = found.aggregate(last=Max("appeals__at"))["last"]
    return found.filter(at__lte=last) if last else found.none()


def _said(why_not: Promise, subject: str, writer: Member) -> str | Promise:
    return why_not if able(subject, writer) else format_lazy("{} {}", why_not, NOBODY)
