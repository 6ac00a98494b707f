"""What can be reported and hidden, reports about it, and the decisions taken."""

from __future__ import annotations

import datetime as dt
from typing import Self

from django.db import models, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from community import ledger, live
from community.members.models import Member
from community.members.policy import come_in
from community.moderation import clocks
from community.notifications.models import notify
from community.policy import Refused

DESK = "desk-0"  # the stream that open desks follow


class DecisionQuerySet(models.QuerySet["Decision"]):
    def visible_to(self, member: Member) -> DecisionQuerySet:
        """The author's own, and all for staff."""
        return self if member.is_staff else self.filter(author=member)


class Decision(models.Model):
    """What staff decided about a thing, by which rule and why. The author is told; the rows are never changed."""

    class Act(models.TextChoices):
        HIDE = "hide", _("Hidden")
        RESTORE = "restore", _("Restored")
        NOTHING = "nothing", _("No action")

    act = models.CharField(max_length=10, choices=Act)
    subject = models.CharField(max_length=80, db_index=True)
    author = models.ForeignKey(Member, models.PROTECT, related_name="+")
    by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    rule = models.CharField(_("rule"), max_length=120, blank=True)
    reason = models.TextField(_("reason"), max_length=2000)
    at = models.DateTimeField(default=timezone.now)

    objects = DecisionQuerySet.as_manager()

    class Meta:
        ordering = ["-at"]

    def __str__(self) -> str:
        return str(self.get_act_display())

    def get_absolute_url(self) -> str:
        return reverse("moderation:decision", args=[self.pk])


class Moderatable(models.Model):
    """Something people make, that anyone who sees it can report and staff can hide and restore exactly.

    A subclass has `author`, `partial`, `get_absolute_url`, a queryset with `visible_to` and `to_show`, and says
    the rest below.
    """

    hidden = models.ForeignKey(Decision, models.PROTECT, null=True, blank=True, related_name="+", editable=False)
    hidden_id: int | None

    class Meta:
        abstract = True

    @classmethod
    def named(cls, subject: str) -> type[Moderatable] | None:
        """The model that "post-12" speaks of."""
        name = subject.rpartition("-")[0]
        kinds = [kind for kind in _below(cls) if not kind._meta.abstract]
        return next((kind for kind in kinds if kind._meta.model_name == name), None)

    @classmethod
    def find(cls, subject: str) -> Moderatable | None:
        """The thing itself, whoever asks: the caller has to ask the access rule."""
        kind, pk = cls.named(subject), subject.rpartition("-")[2]
        if kind is None or not pk.isascii() or not pk.isdigit() or len(pk) > 18:
            return None
        return kind._default_manager.to_show().filter(pk=int(pk)).first()  # type: ignore[attr-defined]

    @property
    def is_hidden(self) -> bool:
        return self.hidden_id is not None

    @property
    def is_gone(self) -> bool:
        """Its text is shown to nobody: hidden, or taken back where that can be done."""
        return self.is_hidden

    @property
    def subject(self) -> str:
        """The name by which reports and the ledger speak of it: "post-12"."""
        return live.stream_of(self)

    @property
    def kind_name(self) -> str:
        """What to call it: "post"."""
        return str(self._meta.verbose_name)

    @property
    def evidence(self) -> str:
        """Its text as moderators must see it, hidden or not."""
        raise NotImplementedError

    @property
    def writer(self) -> Member:
        """Who answers for it and hears of decisions, even where `author` names nobody. Shown to nobody."""
        author: Member = self.author  # type: ignore[attr-defined]
        return author

    def surroundings(self) -> list[Self]:
        """The things just before and after it, itself included, to judge it in its context."""
        return [self]

    def shown_anew(self) -> None:
        """It was hidden or restored: tell open pages, search, counts. Called inside the transaction."""
        raise NotImplementedError

    @property
    def has_reports(self) -> bool:
        return Report.objects.filter(subject=self.subject).exists()

    def is_visible_to(self, member: Member) -> bool:
        """Whether the member sees it in its own place."""
        seen = type(self)._default_manager.visible_to(member)  # type: ignore[attr-defined]
        return bool(seen.filter(pk=self.pk).exists())

    @transaction.atomic
    def report(self, reporter: Member, kind: str, words: str) -> Report:
        """Tell staff. A second report by the same person, while the first is open, adds to its words.

        Its row is held: what is reported is not deleted for its age at the same moment.
        """
        itself = type(self)._default_manager.select_for_update(no_key=True).filter(pk=self.pk)
        if not list(itself.values_list("pk")):
            raise Refused(_("This is not here any more."))
        now = timezone.now()
        facts = {"kind": kind, "words": words, "evidence": self.evidence, "at": now}
        facts["due_at"] = CLOCKS.get(kind, clocks.USUAL).due(now)
        mine = {"subject": self.subject, "reporter": reporter, "decision": None}
        report, is_new = Report.objects.get_or_create(**mine, defaults=facts)
        if not is_new:
            report.words = f"{report.words}\n\n{words}".strip()[: Report.MOST_WORDS]
            report.save(update_fields=["words"])
        live.publish(DESK, "refresh", target="desk")
        return report

    @transaction.atomic
    def hide(self, by: Member, reason: str, rule: str = "") -> Decision:
        """Out of everyone's sight, at once and everywhere; kept intact for an appeal. The author is told why."""
        return self._decide(Decision.Act.HIDE, by, reason, rule)

    @transaction.atomic
    def restore(self, by: Member, reason: str) -> Decision:
        """Back exactly as it was. The author is told."""
        return self._decide(Decision.Act.RESTORE, by, reason, "")

    @transaction.atomic
    def leave(self, by: Member, reason: str) -> Decision:
        """Nothing wrong with it: the reports are closed, their writers told, the author not troubled."""
        return self._record(Decision.Act.NOTHING, by, reason, "")

    def _decide(self, act: str, by: Member, reason: str, rule: str) -> Decision:
        decision = self._record(act, by, reason, rule)
        self.hidden = decision if act == Decision.Act.HIDE else None
        self.save(update_fields=["hidden"])
        self.shown_anew()
        live.out_of_sight_or_back()
        notify([decision.author], act, decision)
        return decision

    def _record(self, act: str, by: Member, reason: str, rule: str) -> Decision:
        author = self.writer
        facts = {"act": act, "subject": self.subject, "reason": reason, "rule": rule}
        decision = Decision.objects.create(author=author, by=by, **facts)
        for report in Report.objects.filter(subject=self.subject, decision=None):
            report.decision = decision
            report.save(update_fields=["decision"])
            notify([report.reporter], "outcome", report)
        ledger.record(by, act, self.subject, reason, rule=rule)
        live.publish(DESK, "refresh", target="desk")
        return decision


class ReportQuerySet(models.QuerySet["Report"]):
    def visible_to(self, member: Member) -> ReportQuerySet:
        """One's own, and all for staff."""
        return self if member.is_staff else self.filter(reporter=member)

    def open(self) -> ReportQuerySet:
        return self.filter(decision=None)


class Report(models.Model):
    """Someone says that a thing is wrong, and how. Never visible to the person it is about."""

    class Kind(models.TextChoices):
        ILLEGAL = "illegal", _("Illegal content")
        INTIMATE = "intimate", _("An intimate picture of somebody")
        WORRY = "worry", _("A worry about a child or a colleague")
        PERSONAL = "personal", _("My personal data")
        DEFAMATION = "defamation", _("It harms my good name and is not true")
        COPYRIGHT = "copyright", _("Copyright")
        HARASSMENT = "harassment", _("Harassment")
        SPAM = "spam", _("Spam or selling")
        RULES = "rules", _("Breaks our rules")
        OTHER = "other", _("Something else")

    MOST_WORDS = 2000

    subject = models.CharField(max_length=80, db_index=True)
    reporter = models.ForeignKey(Member, models.PROTECT, related_name="reports")
    kind = models.CharField(_("what is wrong"), max_length=20, choices=Kind)
    words = models.TextField(_("in your own words"), max_length=MOST_WORDS, blank=True)
    evidence = models.TextField(help_text="The thing's text as it was when reported")
    at = models.DateTimeField(default=timezone.now)
    due_at = models.DateTimeField(help_text="When staff must have decided")
    decision = models.ForeignKey(Decision, models.PROTECT, null=True, blank=True, related_name="reports")

    objects = ReportQuerySet.as_manager()

    class Meta:
        ordering = ["at"]
        constraints = [
            models.UniqueConstraint(
                "subject", "reporter", condition=models.Q(decision=None), name="one_open_report_each"
            ),
        ]

    def __str__(self) -> str:
        return str(self.get_kind_display())

    def get_absolute_url(self) -> str:
        return reverse("moderation:receipt", args=[self.pk])

    @property
    def clock(self) -> clocks.Clock:
        """How its time is counted."""
        return CLOCKS.get(self.kind, clocks.USUAL)

    @property
    def left(self) -> str:
        """How much of its time is left, in words."""
        left, due = self.due_at - timezone.now(), timezone.localtime(self.due_at, clocks.LONDON)
        if left < dt.timedelta():
            return _late(-left)
        hours = int(left / dt.timedelta(hours=1))
        if self.clock.is_short:
            return ngettext("%(n)s hour left", "%(n)s hours left", hours) % {"n": hours}
        at = {"day": date_format(due, "l j F"), "time": date_format(due, "H:i")}
        is_today = due.date() == timezone.localdate(timezone=clocks.LONDON)
        return gettext("Due today, %(time)s") % at if is_today else gettext("Due %(day)s") % at

    @property
    def urgency(self) -> str:
        """ "bad": late, short by law, or with less than a quarter of its time left; "warn": due today; else ""."""
        left, due = self.due_at - timezone.now(), timezone.localdate(self.due_at, clocks.LONDON)
        if self.clock.is_short or left < (self.due_at - self.at) / 4:
            return "bad"
        return "warn" if due == timezone.localdate(timezone=clocks.LONDON) else ""


CLOCKS: dict[str, clocks.Clock] = {
    Report.Kind.INTIMATE: clocks.INTIMATE,
    Report.Kind.DEFAMATION: clocks.DEFAMATION,
    Report.Kind.PERSONAL: clocks.PERSONAL,
    Report.Kind.WORRY: clocks.WORRY,
}


def _late(late: dt.timedelta) -> str:
    hours = int(late / dt.timedelta(hours=1))
    if hours < 48:
        return ngettext("%(n)s hour late", "%(n)s hours late", hours) % {"n": hours}
    return ngettext("%(n)s day late", "%(n)s days late", hours // 24) % {"n": hours // 24}


live.follow_if("desk", lambda member, pk: member.is_staff and bool(come_in(member)))


def _below(kind: type[Moderatable]) -> list[type[Moderatable]]:
    return [each for sub in kind.__subclasses__() for each in (sub, *_below(sub))]
