"""An appeal: somebody asks that another person looks at a decision again."""

from __future__ import annotations

from typing import Any

from django.db import models, transaction
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from community import ledger, live
from community.members.models import Member
from community.moderation import clocks, letters
from community.moderation.models import impartial
from community.moderation.models.acts import HIDING
from community.moderation.models.case import DESK, Case
from community.moderation.models.decision import Decision
from community.moderation.models.kinds import Kind
from community.moderation.models.links import address
from community.moderation.models.moderatable import Moderatable
from community.moderation.models.parts import let_go
from community.moderation.models.report import Report
from community.moderation.models.target import APPEAL, clock_of
from community.moderation.models.timed import Timed
from community.notifications.models import notify
from community.order import rows_first
from community.policy import Refused


class AppealQuerySet(models.QuerySet["Appeal"]):
    def visible_to(self, member: Member) -> AppealQuerySet:
        """One's own, and all for staff, but for what is held."""
        return self.let_go() if member.is_staff else self.filter(by=member)

    def let_go(self) -> AppealQuerySet:
        """Without those about what is held: they wait."""
        found: AppealQuerySet = let_go(self, "decision__subject")
        return found

    def of_others(self, member: Member) -> AppealQuerySet:
        """Those that neither are about what the member wrote or reported, or what a report from outside means them by,
        nor are their own."""
        reported = Report.objects.filter(reporter=member).values("subject")
        meant = Case.objects.filter(notices__kept_from=member).values("subject")
        subjects = Q(decision__subject__in=reported) | Q(decision__subject__in=meant)
        return self.exclude(Q(by=member) | Q(decision__author=member) | subjects)

    def to_hear(self, member: Member) -> AppealQuerySet:
        """Of what waits, those that are for them: nobody hears an appeal who decided about the same thing before it."""
        decided = Decision.objects.filter(subject=OuterRef("decision__subject"), by=member, at__lte=OuterRef("at"))
        return self.of_others(member).open().exclude(Exists(decided))

    def open(self) -> AppealQuerySet:
        return self.filter(heard_at=None)

    def whole(self) -> AppealQuerySet:
        """With the decision, who took it, and who appealed."""
        return self.select_related("decision__by", "decision__author", "by", "heard_by")

    def by_time(self) -> AppealQuerySet:
        """That first whose time runs out first."""
        return self.order_by("due_at", "pk")


class Appeal(Timed):
    """The author, or somebody who reported the thing, says why a decision is wrong; another of staff hears it.

    Whoever has no account appeals through the page of their `notice`.
    """

    MOST_WORDS = 4000

    decision = models.ForeignKey(Decision, models.PROTECT, related_name="appeals")
    by = models.ForeignKey(Member, models.PROTECT, null=True, related_name="+")
    notice = models.ForeignKey("moderation.Notice", models.PROTECT, null=True, related_name="appeals")
    words = models.TextField(_("why"), max_length=MOST_WORDS)
    heard_by = models.ForeignKey(Member, models.PROTECT, null=True, related_name="+")
    heard_at = models.DateTimeField(null=True)
    is_upheld = models.BooleanField(null=True)
    reason = models.TextField(_("reason"), max_length=2000, blank=True)

    objects = AppealQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint("decision", "by", name="one_appeal_each"),
            models.UniqueConstraint("decision", "notice", name="one_appeal_a_notice"),
            models.CheckConstraint(condition=Q(by=None) ^ Q(notice=None), name="an_appeal_is_of_somebody"),
            models.CheckConstraint(
                condition=models.Q(heard_at=None) | ~models.Q(reason=""), name="no_appeal_heard_without_reasons"
            ),
        ]

    def __str__(self) -> str:
        return gettext("Appeal %(number)s") % {"number": self.pk}

    def get_absolute_url(self) -> str:
        """Where staff hear it; whoever lodged it is led on to their own page."""
        return reverse("moderation:hear", args=[self.pk])

    @property
    def clock(self) -> clocks.Clock:
        return clock_of(APPEAL, self.given)

    @property
    def called(self) -> str | Promise:
        return _("an appeal")

    def is_for(self, member: Member) -> bool:
        return Appeal.objects.visible_to(member).to_hear(member).filter(pk=self.pk).exists()

    @property
    def is_of_author(self) -> bool:
        return self.by_id == self.decision.author_id

    @classmethod
    @transaction.atomic
    def lodge(cls, decision: Decision, by: Member | None, words: str, notice: Any = None) -> Appeal:
        """They appeal, a member or who sent a notice. Pressed twice, it is one appeal."""
        facts = {"words": words} | clock_of(APPEAL).since(timezone.now())
        appeal, is_new = cls.objects.get_or_create(decision=decision, by=by, notice=notice, defaults=facts)
        if is_new:
            ledger.record(None, "appeal", decision.subject, decision=decision.pk, appeal=appeal.pk)
            appeal.call()
            live.publish(DESK, "refresh", target="desk")
        return appeal

    @transaction.atomic
    @rows_first()
    def uphold(self, by: Member, reason: str) -> None:
        """They are right: what was done to the author is undone; what a reporter complained of is a case again.

        Where staff have undone it meanwhile, there is only to say that the appeal was right.
        """
        thing = Moderatable.find(self.decision.subject)
        if thing is not None:
            thing.hold_row(self.decision.act)
        elif self.is_of_author:
            raise Refused(_("What this is about is gone for good. Refuse the appeal and say so."))
        self._hear(by, reason, is_upheld=True)
        if thing is not None and self.is_of_author and self.decision.stands:
            for each in self._first_steps():
                thing.undo(each, by, reason, told_later=True)
            thing.undo(self.decision, by, reason)
            return
        if not self.is_of_author:
            Case.gather(self.decision.subject, Kind.OTHER, timezone.now())
        self._tell()

    def _first_steps(self) -> list[Decision]:
        """What hid it before, in the same case, and still stands: of one matter, and found wrong as a whole.

        What another case hid it for stays: that was decided for reasons of its own, and has an appeal of its own.
        """
        if self.decision.act not in HIDING or self.decision.case_id is None:
            return []
        earlier = Decision.objects.filter(case=self.decision.case, subject=self.decision.subject, act__in=HIDING)
        return list(earlier.filter(at__lte=self.decision.at, measure__ended_at=None).exclude(pk=self.decision.pk))

    @transaction.atomic
    def refuse(self, by: Member, reason: str) -> None:
        """The decision stays, for the reasons that are given."""
        self._hear(by, reason, is_upheld=False)
        self._tell()

    def _hear(self, by: Member, reason: str, *, is_upheld: bool) -> None:
        now = Appeal.objects.select_for_update().get(pk=self.pk)
        if now.heard_at:
            raise Refused(_("A colleague has decided this appeal meanwhile. Open it again to see how."))
        impartial.ensure(by, self.decision.subject, self.decision.author)
        self.heard_by, self.heard_at, self.is_upheld, self.reason = by, timezone.now(), is_upheld, reason
        self.save(update_fields=["heard_by", "heard_at", "is_upheld", "reason"])
        act = "uphold-appeal" if is_upheld else "refuse-appeal"
        ledger.record(by, act, self.decision.subject, reason, decision=self.decision_id, appeal=self.pk)
        live.publish(DESK, "refresh", target="desk")

    def _tell(self) -> None:
        if self.notice:
            self.notice.tell_heard()
        if self.by is None:
            return
        notify([self.by], "appeal-heard", self)
        letters.send_heard(self, self.by, address(self.decision, self.by))
