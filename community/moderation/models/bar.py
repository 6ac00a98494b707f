"""Which bytes are not taken any more, by their hash alone: this stays when the files are deleted for good."""

from __future__ import annotations

from typing import Any

from django.db import models, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from community import ledger
from community.members.models import Member
from community.moderation.models import impartial
from community.moderation.models.acts import Act
from community.moderation.models.case import Case
from community.moderation.models.decision import Decision
from community.moderation.models.kinds import GRAVE, Kind, graver
from community.moderation.models.parts import hashes_under
from community.policy import Refused


class BarredFileQuerySet(models.QuerySet["BarredFile"]):
    def visible_to(self, member: Member) -> BarredFileQuerySet:
        """Those that stand, for whoever of staff knows of the case: none of their own, none of what is held."""
        return self.standing().filter(decision__case__in=Case.objects.visible_to(member))

    def standing(self) -> BarredFileQuerySet:
        """Whose decision is in force, and that nobody has lifted."""
        in_force = models.Q(decision__measure__isnull=False, decision__measure__ended_at=None)
        return self.filter(in_force, lifted_at=None)


class BarredFile(models.Model):
    """A file of something that staff took down, for as long as that decision stands and nobody lifts it."""

    class Why(models.TextChoices):
        REMOVED = "removed", _("Removed")
        INTIMATE = Kind.INTIMATE.value, Kind.INTIMATE.label
        ILLEGAL = Kind.ILLEGAL.value, Kind.ILLEGAL.label

    sha256 = models.CharField(max_length=64, db_index=True)
    why = models.CharField(max_length=10, choices=Why)
    since = models.DateTimeField(default=timezone.now)
    decision = models.ForeignKey(Decision, models.PROTECT, related_name="+")
    lifted_at = models.DateTimeField(null=True, help_text="By whom and why is in the ledger")

    objects = BarredFileQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint("sha256", "decision", name="barred_once_by_a_decision")]

    def __str__(self) -> str:
        return f"{self.get_why_display()}: {self.sha256[:12]}"

    def get_absolute_url(self) -> str:
        return reverse("moderation:barred-file", args=[self.pk])

    @classmethod
    def has(cls, sha256: str) -> bool:
        """Whether a decision that stands keeps these bytes away."""
        return cls.objects.standing().filter(sha256=sha256).exists()

    @classmethod
    def put_down(cls, thing: Any, decision: Decision) -> None:
        """All files of the thing, and of what is a part of it, if they are to stay away. Done twice, it is one."""
        if why := why_kept_away(decision):
            facts = {"why": why, "since": decision.at, "decision": decision}
            rows = [BarredFile(sha256=sha256, **facts) for sha256 in hashes_under(thing)]
            BarredFile.objects.bulk_create(rows, ignore_conflicts=True)

    @transaction.atomic
    def lift(self, by: Member, reason: str) -> None:
        """The decision stands, but it keeps these bytes away no longer. By another than whom the decision concerns."""
        impartial.ensure(by, self.decision.subject, self.decision.author)
        if not BarredFile.objects.standing().filter(pk=self.pk).update(lifted_at=timezone.now()):
            raise Refused(_("A colleague has lifted this meanwhile, or the decision was undone."))
        ledger.record(by, "lift-bar", self.decision.subject, reason, file=self.sha256, decision=self.decision_id)


def why_kept_away(decision: Decision) -> str:
    """Why what the decision hid does not come back by another upload; "" where it may."""
    case = decision.case
    told: set[str] = {case.kind, *case.reports.values_list("kind", flat=True)} & GRAVE if case else set()
    worst = ""
    for kind in told:
        worst = graver(worst, kind) if worst else kind
    return worst or (BarredFile.Why.REMOVED if decision.act == Act.REMOVE else "")
