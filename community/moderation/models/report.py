"""A report: somebody says that a thing is wrong."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from community import ledger
from community.jobs import task
from community.members.models import Member
from community.moderation.models.case import Case
from community.moderation.models.decision import Decision
from community.moderation.models.kinds import URGENT, Kind, graver
from community.moderation.models.target import clock_of
from community.moderation.models.told import Told
from community.notifications.models import FEW, Notification, notify
from community.policy import Refused


class ReportQuerySet(models.QuerySet["Report"]):
    def visible_to(self, member: Member) -> ReportQuerySet:
        """One's own, and all for staff."""
        return self if member.is_staff else self.filter(reporter=member)

    def open(self) -> ReportQuerySet:
        return self.filter(decision=None)

    def forget_tellers(self) -> None:
        """The name and the address that may stand in them go, wherever they were sent on to."""
        told = list(self.exclude(more={}).select_related("case", "reporter"))
        self.update(more={})
        for report in told:
            report.leave_decisions()


class Report(Told):
    """Someone says that a thing is wrong, and how. Never visible to the person it is about."""

    Kind = Kind
    MOST_WORDS = 2000

    case = models.ForeignKey(Case, models.PROTECT, related_name="reports")
    subject = models.CharField(max_length=80, db_index=True)
    reporter = models.ForeignKey(Member, models.PROTECT, related_name="reports")
    kind = models.CharField(_("what is wrong"), max_length=20, choices=Kind)
    words = models.TextField(_("in your own words"), max_length=MOST_WORDS, blank=True)
    evidence = models.TextField(help_text="The thing's text as it was when reported")
    at = models.DateTimeField(default=timezone.now)
    due_at = models.DateTimeField(help_text="When staff must have decided")
    decision = models.ForeignKey(Decision, models.PROTECT, null=True, blank=True, related_name="reports")

    exhibits: Any
    before: Any  # what its writer reported earlier, where a case is looked at

    objects = ReportQuerySet.as_manager()

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            models.UniqueConstraint(
                "subject", "reporter", condition=models.Q(decision=None), name="one_open_report_each"
            ),
        ]

    def __str__(self) -> str:
        return str(self.get_kind_display())

    @property
    def teller(self) -> dict[str, str]:
        return {"name": self.reporter.name, "email": self.reporter.email}

    @classmethod
    def take(cls, thing: Any, reporter: Member, kind: str, words: str, shown: Sequence[Any] = ()) -> Report:
        """Put down, in the open case of the thing. A second one by the same person, while the first waits, adds to it.

        Call while the thing's row is held.
        """
        now = timezone.now()
        due = clock_of(kind).due(now)
        mine = cls.objects.open().filter(subject=thing.subject, reporter=reporter).first()
        if mine:
            mine._add(kind, words, due)
        case = Case.gather(thing.subject, kind, now)
        if mine is None:
            facts = {"subject": thing.subject, "kind": kind, "words": words, "evidence": thing.evidence, "at": now}
            mine = case.reports.create(reporter=reporter, due_at=due, **facts)
            ledger.record(None, "report", thing.subject, report=mine.pk, kind=kind)  # not by whom: staff read it there
        if shown:
            type(shown[0]).add(mine, shown)
        if case.kind in URGENT:
            case.call()
        return mine

    def _add(self, kind: str, words: str, due: dt.datetime) -> None:
        """Of two kinds the graver holds, and of two times the earlier."""
        self.words = f"{self.words}\n\n{words}".strip()
        if len(self.words) > self.MOST_WORDS:
            raise Refused(_("Together with what you wrote before this is too long. Say it in fewer words."))
        self.kind, self.due_at = graver(self.kind, kind), min(self.due_at, due)
        self.save(update_fields=["words", "kind", "due_at"])
        ledger.record(None, "report-more", self.subject, report=self.pk, kind=kind)

    def get_absolute_url(self) -> str:
        return reverse("moderation:receipt", args=[self.pk])

    @property
    def more_url(self) -> str:
        """Where its writer says more, if they are asked; else their page."""
        return reverse("moderation:more", args=[self.pk]) if self.asks else self.get_absolute_url()


def answer(decision: Decision) -> None:
    """What waits is answered by the decision, and its writers are told: many of them a little later."""
    waiting = Report.objects.open().filter(subject=decision.subject)
    are_many = waiting.count() > FEW
    waiting.update(decision=decision)
    (tell_reporters.enqueue if are_many else tell_reporters.call)(decision.pk)
    for notice in decision.case.notices.filter(answered_at=None) if decision.case else ():
        notice.answer_with(decision.by, decision.thanks)


@task()
def tell_reporters(pk: int) -> None:
    """Each of whom the decision answers, once: run again, it goes on with those it has not told."""
    told = Notification.objects.filter(kind="outcome", thing_model=Report._meta.label_lower).values("thing_id")
    for report in Report.objects.filter(decision=pk).exclude(pk__in=told).select_related("reporter"):
        notify([report.reporter], "outcome", report)
