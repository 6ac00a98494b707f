"""A case: what staff have to decide about one thing, and who of them is at it."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.core.cache import cache
from django.db import models, transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.module_loading import import_string
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from community import ledger, live
from community.members.models import Member
from community.members.policy import come_in
from community.moderation import clocks
from community.moderation.models.kinds import GRAVE, SEALED, Kind, graver
from community.moderation.models.parts import let_go, without_own
from community.moderation.models.target import clock_of
from community.moderation.models.timed import Timed
from community.notifications.models import Notification
from community.policy import Refused

DESK = "desk-0"  # the stream that open desks follow
FEW = 3  # of staff: with more of them somebody is left who may look at a case
COPIES = "community.moderation.tasks.look_for_copies"  # knows all things by name, which no model does
RING = 5  # seconds: where many report one thing, desks are not told of each


class CaseQuerySet(models.QuerySet["Case"]):
    def visible_to(self, member: Member) -> CaseQuerySet:
        """Staff alone know of cases, but not of those about what they wrote or reported themselves, or with a report
        from outside that is about them; of what is held, no one but those who may look at it."""
        is_theirs = member.is_authenticated and member.is_staff and member.has_standing()
        return self.let_go().of_others(member) if is_theirs else self.none()

    def of_others(self, member: Member) -> CaseQuerySet:
        """Without those about what the member wrote or reported, or with a report from outside kept from them."""
        found: CaseQuerySet = without_own(self, member).exclude(reports__reporter=member)
        return found.exclude(notices__kept_from=member)

    def let_go(self) -> CaseQuerySet:
        """Without those about what is held, or about a part of it."""
        found: CaseQuerySet = let_go(self)
        return found

    def open(self) -> CaseQuerySet:
        return self.filter(closed_at=None)

    def by_time(self) -> CaseQuerySet:
        """That first whose time runs out first."""
        return self.order_by("due_at", "pk")

    def closed(self) -> CaseQuerySet:
        """Those that are closed, the latest first."""
        return self.exclude(closed_at=None).order_by("-closed_at", "-pk")


class Case(Timed):
    """The reports about one thing, until staff have decided: a thing has one open case at most.

    `kind` is the gravest that was reported; it is due when the first of the reports is.
    """

    Kind = Kind

    subject = models.CharField(max_length=80, db_index=True)
    kind = models.CharField(max_length=20, choices=Kind, default=Kind.OTHER)
    claimed_by = models.ForeignKey(Member, models.PROTECT, null=True, related_name="+")
    claimed_at = models.DateTimeField(null=True)
    copy_of = models.ForeignKey("self", models.PROTECT, null=True, related_name="copies", help_text="The same bytes")
    copies_stand = models.BooleanField(
        default=False, db_default=False, help_text="The same bytes are in sight elsewhere, without a case"
    )
    closed_at = models.DateTimeField(null=True, db_index=True)

    objects = CaseQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint("subject", condition=Q(closed_at=None), name="one_open_case_each")]
        indexes = [models.Index("due_at", "id", condition=Q(closed_at=None), name="open_cases_by_time")]

    def __str__(self) -> str:
        return gettext("Case %(number)s") % {"number": self.pk}

    def get_absolute_url(self) -> str:
        return reverse("moderation:case", args=[self.subject])

    @property
    def clock(self) -> clocks.Clock:
        return clock_of(self.kind, self.given)

    @property
    def reply_due(self) -> dt.datetime | None:
        """By when the author must have answered a notice of defamation, if they are written to now."""
        return clocks.REPLY.due(timezone.now()) if self.kind == Kind.DEFAMATION else None

    @property
    def complaint(self) -> str:
        """Each complete notice of defamation in words, as the author is to see it who is asked to answer it (the same
        regulations as in `told`). Nothing else of any report is theirs to read."""
        return "\n\n* * *\n\n".join(said for each in self._told if (said := each.for_author))

    def names(self, words: str) -> bool:
        """Whether they name somebody who complains and has not agreed that the author is told."""
        return any(each.unnamed_in(words) != words for each in self._told if each.for_author)

    @property
    def _told(self) -> list[Any]:
        return [*self.reports.select_related("reporter"), *self.notices.all()]

    @property
    def called(self) -> str | Promise:
        return Kind(self.kind).label

    def is_for(self, member: Member) -> bool:
        return Case.objects.visible_to(member).filter(pk=self.pk).exists()

    @property
    def has_reports(self) -> bool:
        """Whether anybody reported it, here or from outside, or it carries what somebody reported elsewhere."""
        return bool(self.copy_of_id) or self.reports.exists() or self.notices.exists()

    @property
    def is_open(self) -> bool:
        return self.closed_at is None

    @property
    def was_in_time(self) -> bool:
        return self.closed_at is not None and self.closed_at <= self.due_at

    @classmethod
    def waits_unread(cls) -> bool:
        """Whether one is on no desk, for all of staff wrote or reported it. Among many somebody is left."""
        staff = Member.objects.with_standing().filter(is_staff=True)[: FEW + 1]
        unread = cls.objects.open().let_go()
        for each in staff:
            unread = unread.exclude(pk__in=cls.objects.open().of_others(each).values("pk"))
        return len(staff) <= FEW and unread.exists()

    @classmethod
    def gather(cls, subject: str, kind: str, now: dt.datetime) -> Case:
        """The open case of a thing, which is opened if there is none. It is due when its first report is.

        Call while the thing's row is held, so that reports that come at once go into one case.
        """
        assert kind not in SEALED, "for the keepers: see SealedCase.take"
        clock = clock_of(kind)
        due, facts = clock.due(now), {"kind": kind} | clock.since(now)
        case, is_new = cls.objects.get_or_create(subject=subject, closed_at=None, defaults=facts)
        before, is_sooner, worst = case.kind, due < case.due_at, graver(case.kind, kind)
        if is_sooner or worst != before:
            case.kind = worst
            if is_sooner:
                case.due_at, case.given, case.warned_at = due, clock.given, None
            case.save(update_fields=["kind", "due_at", "given", "warned_at"])
        if is_new or worst != before:
            case.look_for_copies()
        if is_new or is_sooner or cache.add("desk-told", 1, RING):
            live.publish(DESK, "refresh", target="desk")
        return case

    @transaction.atomic
    def claim(self, by: Member, instead_of: int | None = None) -> None:
        """`by` works on it from now on; `instead_of` a colleague only if they say whom they know to be at it."""
        now = self._held()
        if now.claimed_by_id not in {None, by.pk, instead_of}:
            said = {"name": now.claimed_by.name} if now.claimed_by else {}
            raise Refused(_("%(name)s has just taken this case. Open it again to take it over from them.") % said)
        if now.claimed_by_id != by.pk:
            act = "take-over" if now.claimed_by_id else "claim"
            self._set_claimed(by, timezone.now(), act, by)

    @transaction.atomic
    def release(self, by: Member) -> None:
        """Back to whoever is free. Once a colleague has taken it over there is nothing to give back."""
        if self._held().claimed_by_id == by.pk:
            self._set_claimed(None, None, "release", by)

    def look_for_copies(self) -> None:
        """A little later it is known where else the same bytes are in sight, if the case is of a kind that asks it."""
        if self.kind in GRAVE:
            import_string(COPIES).enqueue(self.pk)

    def close(self) -> None:
        """It is decided."""
        self.closed_at = timezone.now()
        self.save(update_fields=["closed_at"])
        Notification.objects.about(Case.objects.filter(pk=self.pk)).mark_read()

    def _held(self) -> Case:
        """Its row, held, as it is now. Refused once it is decided."""
        now = Case.objects.select_for_update(of=("self",)).select_related("claimed_by").get(pk=self.pk)
        if not now.is_open:
            raise Refused(_("A colleague has decided this case meanwhile. Open it again to see how."))
        return now

    def _set_claimed(self, who: Member | None, at: dt.datetime | None, act: str, by: Member) -> None:
        self.claimed_by, self.claimed_at = who, at
        self.save(update_fields=["claimed_by", "claimed_at"])
        ledger.record(by, act, self.subject, case=self.pk)
        live.publish(DESK, "refresh", target="desk")


class Note(models.Model):
    """What staff say to each other about a thing or a person ("post-12", "member-3"). Never shown to anybody else."""

    MOST_WORDS = 2000

    subject = models.CharField(max_length=80, db_index=True)
    by = models.ForeignKey(Member, models.PROTECT, null=True, related_name="+", help_text="Empty: the site itself")
    words = models.TextField(_("note"), max_length=MOST_WORDS)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return gettext("Note on %(subject)s") % {"subject": self.subject}

    @classmethod
    def about(cls, subject: str) -> list[Note]:
        return list(cls.objects.filter(subject=subject).select_related("by"))

    @classmethod
    @transaction.atomic
    def add(cls, subject: str, by: Member | None, words: str) -> Note:
        """Put down. The ledger knows that there is a note, not what it says."""
        note = cls.objects.create(subject=subject, by=by, words=words)
        ledger.record(by, "note", subject, note=note.pk)
        live.publish(DESK, "refresh", target="desk")
        return note


live.follow_if("desk", lambda member, pk: member.is_staff and bool(come_in(member)))
