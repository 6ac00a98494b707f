"""What can be reported and hidden, reports about it, and the decisions taken."""

from __future__ import annotations

from typing import Any, Self

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from community import ledger, live
from community.members.models import Member
from community.notifications.models import notify


class Decision(models.Model):
    """What staff decided about a thing, by which rule and why. The author is told; the rows are never changed."""

    class Act(models.TextChoices):
        HIDE = "hide", _("Hidden")
        RESTORE = "restore", _("Restored")
        NOTHING = "nothing", _("No action")

    act = models.CharField(max_length=10, choices=Act)
    subject = models.CharField(max_length=80, db_index=True)
    by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    rule = models.CharField(_("rule"), max_length=120, blank=True)
    reason = models.TextField(_("reason"), max_length=2000)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-at"]


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

    @property
    def is_hidden(self) -> bool:
        return self.hidden_id is not None

    @property
    def subject(self) -> str:
        """The name by which reports and the ledger speak of it: "post-12"."""
        return live.stream_of(self)

    @property
    def evidence(self) -> str:
        """Its text as moderators must see it, hidden or not."""
        raise NotImplementedError

    def surroundings(self) -> list[Self]:
        """The things just before and after it, itself included, to judge it in its context."""
        return [self]

    def shown_anew(self) -> None:
        """It was hidden or restored: tell open pages, search, counts. Called inside the transaction."""
        raise NotImplementedError

    @transaction.atomic
    def hide(self, by: Member, reason: str, rule: str = "") -> Decision:
        """Out of everyone's sight, at once and everywhere; kept intact for an appeal. The author is told why."""
        return self._decide(Decision.Act.HIDE, by, reason, rule)

    @transaction.atomic
    def restore(self, by: Member, reason: str) -> Decision:
        """Back exactly as it was. The author is told."""
        return self._decide(Decision.Act.RESTORE, by, reason, "")

    def _decide(self, act: str, by: Member, reason: str, rule: str) -> Decision:
        decision = Decision.objects.create(act=act, subject=self.subject, by=by, reason=reason, rule=rule)
        self.hidden = decision if act == Decision.Act.HIDE else None
        self.save(update_fields=["hidden"])
        Report.objects.filter(subject=self.subject, decision=None).update(decision=decision)
        ledger.record(by, act, self.subject, reason, rule=rule)
        self.shown_anew()
        author: Any = self.author  # type: ignore[attr-defined]
        notify([author], act, decision)
        return decision


class Report(models.Model):
    """Someone says that a thing is wrong, and how. Never visible to the person it is about."""

    class Kind(models.TextChoices):
        ILLEGAL = "illegal", _("Illegal content")
        WORRY = "worry", _("A worry about a child or a colleague")
        PERSONAL = "personal", _("My personal data")
        COPYRIGHT = "copyright", _("Copyright")
        HARASSMENT = "harassment", _("Harassment")
        SPAM = "spam", _("Spam or selling")
        RULES = "rules", _("Breaks our rules")
        OTHER = "other", _("Something else")

    subject = models.CharField(max_length=80, db_index=True)
    reporter = models.ForeignKey(Member, models.PROTECT, related_name="reports")
    kind = models.CharField(_("what is wrong"), max_length=20, choices=Kind)
    words = models.TextField(_("in your own words"), max_length=2000, blank=True)
    evidence = models.TextField(help_text="The thing's text as it was when reported")
    at = models.DateTimeField(default=timezone.now)
    decision = models.ForeignKey(Decision, models.PROTECT, null=True, blank=True, related_name="reports")

    class Meta:
        ordering = ["at"]
        constraints = [
            models.UniqueConstraint(
                "subject", "reporter", condition=models.Q(decision=None), name="one_open_report_each"
            ),
        ]


def _below(kind: type[Moderatable]) -> list[type[Moderatable]]:
    return [each for sub in kind.__subclasses__() for each in (sub, *_below(sub))]
