"""What staff decided about a thing, with the statement of reasons; and what stands because of it."""

from __future__ import annotations

import datetime as dt
from typing import Any, NamedTuple

from django.db import models, transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from community.members.models import Member, SiteText
from community.moderation.models import acts
from community.moderation.models.acts import Act
from community.moderation.models.case import Case
from community.moderation.models.parts import without_own


class Ruling(NamedTuple):
    """What staff want to be done: `until` where it ends by itself, with the letters to the author and the reporters;
    `to` where it goes elsewhere ("group-3"); the `complaint` that its author is asked to answer."""

    act: str
    reason: str
    rule: str = ""
    until: dt.datetime | None = None
    letter: str = ""
    thanks: str = ""
    to: str = ""
    complaint: str = ""

    def as_it_stands(self) -> dict[str, Any]:
        """The rule with its words as they are now: a later edit of the rules changes no statement of reasons."""
        return worded(self.rule, SiteText.in_force(SiteText.Kind.RULES)) if self.rule else {}


def worded(rule: str, rules: SiteText) -> dict[str, Any]:
    """How a decision keeps a rule ("3.2 Could tell who a pupil is") of that version."""
    return {"rule": rule, "rule_words": rules.rule(rule.partition(" ")[0]), "rules_number": rules.number}


class DecisionQuerySet(models.QuerySet["Decision"]):
    def visible_to(self, member: Member) -> DecisionQuerySet:
        """The author's own, what others were told who answer for it too, and all for staff. What was put down for
        colleagues alone is for no author to read, nor for who answers for it too."""
        untold = Decision.objects.filter(act__in=acts.UNTOLD)
        others = without_own(untold.exclude(author=member), member)
        told = self.exclude(act=acts.HOLD).filter(~Q(act__in=acts.UNTOLD) | Q(pk__in=others.order_by().values("pk")))
        also = Decision.also_told.through._default_manager.filter(member=member).values("decision")
        return told if member.is_staff else told.filter(Q(author=member) | Q(pk__in=also))


class Decision(models.Model):
    """What staff decided about a thing, by which rule and why. The author is told; the rows are never changed."""

    Act = Act

    act = models.CharField(max_length=10, choices=Act)
    case = models.ForeignKey(Case, models.PROTECT, null=True, related_name="decisions", help_text="None of a hold")
    subject = models.CharField(max_length=80, db_index=True)
    author = models.ForeignKey(Member, models.PROTECT, related_name="+")
    also_told = models.ManyToManyField(Member, related_name="+", help_text="Who answers for it beside the author")
    by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    rule = models.CharField(_("rule"), max_length=120, blank=True)
    rule_words = models.TextField(blank=True, help_text="What the rule said when this was decided")
    rules_number = models.PositiveIntegerField(null=True, help_text="The version of the rules that it stood in")
    reason = models.TextField(_("reason"), max_length=2000)
    letter = models.TextField(_("to the author"), max_length=2000, blank=True)
    thanks = models.TextField(_("to the reporters"), max_length=2000, blank=True)
    complaint = models.TextField(
        blank=True, default="", db_default="", help_text="What its author is asked to answer, as staff sent it on"
    )
    evidence = models.TextField(blank=True, help_text="The thing's text as it was when decided")
    undoes = models.ForeignKey("self", models.PROTECT, null=True, related_name="undone_by")
    at = models.DateTimeField(default=timezone.now)

    objects = DecisionQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [models.CheckConstraint(condition=~Q(reason=""), name="no_decision_without_reasons")]

    def __str__(self) -> str:
        return str(self.get_act_display())

    def get_absolute_url(self) -> str:
        return reverse("moderation:decision", args=[self.pk])

    @classmethod
    def hold(cls) -> Decision:
        """What a thing is hidden by that nobody may see, and nobody may be told why: it knows nothing of it."""
        nobody = Member.objects.nameless()
        words = gettext("It is out of sight until somebody has looked at it.")
        return cls.objects.create(act=acts.HOLD, subject=acts.HOLD, author=nobody, by=nobody, reason=words)

    @classmethod
    def hiding(cls, subject: str) -> Decision | None:
        """The latest by which the thing is out of sight, of those that stand."""
        return cls.objects.filter(measure__in=Measure.objects.in_force().hiding(subject)).first()

    def allows(self, act: str) -> bool:
        """Whether that can be decided about what this hides: only what goes further."""
        return self.act in acts.STRICTER and acts.STRICTER[Act(self.act)] == act

    @property
    def leaves_hidden(self) -> bool:
        """Whether another keeps the thing out of sight once this is undone."""
        return Measure.objects.in_force().hiding(self.subject).exclude(decision=self).exists()

    @property
    def rule_url(self) -> str:
        """Where the rule stands, in the version that it was decided by: "#rule-3-2" for "3.2 Could tell who it is"."""
        kind = SiteText.Kind.RULES.value
        number = self.rules_number
        where = reverse("members:text-version", args=[kind, number]) if number else reverse("members:rules")
        return f"{where}#rule-{self.rule.partition(' ')[0].replace('.', '-')}"

    @property
    def touches(self) -> bool:
        """Somebody loses something by it: it owes them reasons, and they may appeal."""
        return self.act not in {*acts.UNTOLD, Act.RESTORE, acts.HOLD}

    @property
    def effect(self) -> str | Promise:
        """What it means for the author."""
        return acts.STEPS[Act(self.act)].effect

    @property
    def was_slip_of(self) -> Decision | None:
        """What it undid within a minute, before the letter about that left; but not on appeal, which is answered."""
        undone = self.undoes
        if undone is None or self.at - undone.at > acts.SECOND_THOUGHTS or undone.appeals.exists():
            return None
        return undone

    @property
    def stands(self) -> Measure | None:
        """What it brought about, while that lasts."""
        return Measure.objects.in_force().filter(decision=self).first()

    @property
    def appeal_until(self) -> dt.datetime:
        """The end of the time to appeal, and the time until which what was removed is kept."""
        return self.at + acts.APPEAL


class MeasureQuerySet(models.QuerySet["Measure"]):
    def visible_to(self, member: Member) -> MeasureQuerySet:
        """What stands against oneself, and all for staff."""
        return self if member.is_staff else self.filter(member=member)

    def in_force(self) -> MeasureQuerySet:
        return self.filter(ended_at=None)

    def hiding(self, subject: str) -> MeasureQuerySet:
        """By which the thing is out of sight."""
        return self.filter(decision__subject=subject, act__in=acts.HIDING)

    def over(self) -> MeasureQuerySet:
        """Those whose time has come, and that nobody has ended yet."""
        return self.in_force().filter(until__lte=timezone.now())

    def stopping(self, member: Member, place: str) -> Measure | None:
        """What keeps the member from writing in a place, if anything does: of several, that which lasts longest."""
        here = Q(act=Act.SILENCE) | Q(act=Act.RESTRICT, place=place)
        return self.filter(here, Q(until__gt=timezone.now()), member=member).order_by("until").last()


class Measure(models.Model):
    """What stands against somebody because of a decision, until it is over: by time, by an appeal, or by staff.

    `place` is the stream of the group that it is about ("group-3"), if it is about one.
    """

    decision = models.OneToOneField(Decision, models.PROTECT, related_name="measure")
    member = models.ForeignKey(Member, models.PROTECT, related_name="measures")
    act = models.CharField(max_length=10, choices=Act)
    place = models.CharField(max_length=80, blank=True)
    until = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    before = models.JSONField(default=dict, help_text="How it was, where that has to be known to bring it back")

    objects = MeasureQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        indexes = [models.Index("member", condition=Q(ended_at=None), name="measures_in_force")]

    def __str__(self) -> str:
        return str(self.get_act_display())

    @classmethod
    def begin(cls, decision: Decision, place: str, until: dt.datetime | None) -> Measure:
        """It stands from now on, and what it takes away is gone at once."""
        facts = {"decision": decision, "member": decision.author, "act": decision.act, "until": until}
        measure = cls.objects.create(place=place if decision.act == Act.RESTRICT else "", **facts)
        measure._settle()
        return measure

    @transaction.atomic
    def end(self) -> bool:
        """What it took away is back, unless another measure takes it too. False if it was over before."""
        ended = Measure.objects.in_force().filter(pk=self.pk).update(ended_at=timezone.now())
        self._settle()
        return bool(ended)

    def _settle(self) -> None:
        """The account becomes what the measures in force make of it.

        Only where it is about the account: whoever writes holds their own row first, then that of what they write.
        """
        if self.act not in acts.ON_PEOPLE:
            return
        member = Member.objects.select_for_update(no_key=True).get(pk=self.member_id)
        standing = Measure.objects.in_force().filter(member=member)
        if self.act == Act.SUSPEND:
            ends = [each.until for each in standing.filter(act=Act.SUSPEND) if each.until]
            member.suspend(max(ends, default=None))
        elif self.act == Act.END:
            member.end(ended=standing.filter(act=Act.END).exists())
        elif self.act in acts.ON_WRITING:
            member.restrict(restricted=standing.filter(act__in=acts.ON_WRITING).exists())
