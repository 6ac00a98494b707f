"""A notice: a report by somebody who has no account here, such as a parent, a rights holder or a regulator."""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Sequence
from typing import Any, Self

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.db import models, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from community import ledger, live, mail
from community.mail.models import Letter
from community.members.models import Member
from community.moderation import clocks
from community.moderation.models.acts import Act
from community.moderation.models.addressed import concerned_at, things_at
from community.moderation.models.case import DESK, Case
from community.moderation.models.decision import Decision
from community.moderation.models.kinds import SEALED, URGENT, Kind
from community.moderation.models.moderatable import Moderatable
from community.moderation.models.parts import let_go
from community.moderation.models.sealed import SealedCase, Worry
from community.moderation.models.sealed_rows import SealedReport
from community.moderation.models.target import clock_of
from community.moderation.models.timed import Timed
from community.moderation.models.told import Told
from community.notifications.models import Notification
from community.order import rows_first
from community.policy import Refused

LETTERS = "ABCDEFGHJKLMNPQRTUVWXY346789"  # none that is read as another
ACKNOWLEDGED = "notice_received"
ONCE_IN = dt.timedelta(days=1)  # nobody can have an address written to again and again; the page says it each time
_signer = Signer(salt="moderation.notice")


class NoticeQuerySet(models.QuerySet["Notice"]):
    def visible_to(self, member: Member) -> Self:
        """Staff alone, but for those whom it is about, and of what is held nobody; its sender has a secret link."""
        is_theirs = member.is_authenticated and member.is_staff and member.has_standing()
        return self.let_go().exclude(kept_from=member) if is_theirs else self.none()

    def let_go(self) -> Self:
        """Without those that are sealed, or whose case is about what is held or a part of it."""
        found: Self = let_go(self.filter(sealed=None), "case__subject")
        return found

    def open(self) -> Self:
        """Those that wait for an answer, that first whose time runs out first."""
        return self.filter(answered_at=None).order_by("due_at", "pk")

    def with_exhibits(self) -> Self:
        return self.select_related("illegal").prefetch_related("exhibits__stored")

    def answered(self) -> Self:
        """The latest first."""
        return self.exclude(answered_at=None).order_by("-answered_at", "-pk")


class Notice(Told, Timed):
    """What was sent, by whom if they said so, and the answer. `reference` is what people can say on the telephone."""

    MOST_WORDS = 5000

    reference = models.CharField(max_length=12, unique=True)
    kind = models.CharField(_("what is wrong"), max_length=20, choices=Kind)
    words = models.TextField(_("in your own words"), max_length=MOST_WORDS)
    address = models.CharField(_("where it is"), max_length=500, blank=True)
    name = models.CharField(_("your name"), max_length=80, blank=True)
    email = models.EmailField(_("your e-mail address"), blank=True)
    answer = models.TextField(_("answer"), max_length=MOST_WORDS, blank=True)
    answered_at = models.DateTimeField(null=True, db_index=True)
    answered_by = models.ForeignKey(Member, models.PROTECT, null=True, related_name="+")
    case = models.ForeignKey(Case, models.PROTECT, null=True, related_name="notices", help_text="Which answers it too")
    sealed = models.ForeignKey(SealedCase, models.PROTECT, null=True, related_name="notices")
    kept_from = models.ManyToManyField(Member, related_name="+", help_text="Whom it is about: they do not read it")

    exhibits: Any
    appeals: Any

    objects = NoticeQuerySet.as_manager()

    def __str__(self) -> str:
        return self.reference

    def get_absolute_url(self) -> str:
        return reverse("moderation:notice", args=[self.pk])

    @property
    def status_url(self) -> str:
        """The page of whoever sent it. Whoever has the address may read it."""
        return reverse("moderation:notice-status", args=[_signer.sign(str(self.pk))])

    @property
    def more_url(self) -> str:
        """Where whoever sent it says more, if they are asked; else that page."""
        signed = _signer.sign(str(self.pk))
        return reverse("moderation:notice-more", args=[signed]) if self.asks else self.status_url

    @property
    def clock(self) -> clocks.Clock:
        return clock_of(self.kind, self.given)

    @property
    def called(self) -> str | Promise:
        return Kind(self.kind).label

    @property
    def teller(self) -> dict[str, str]:
        return {"name": self.name, "email": self.email}

    def is_for(self, member: Member) -> bool:
        return Notice.objects.visible_to(member).filter(pk=self.pk).exists()

    @property
    def was_in_time(self) -> bool:
        return self.answered_at is not None and self.answered_at <= self.due_at

    @classmethod
    def behind(cls, signed: str) -> Notice | None:
        """The one that a secret link leads to."""
        try:
            return cls.objects.filter(pk=_signer.unsign(signed)).first()
        except BadSignature:
            return None

    @classmethod
    @transaction.atomic
    def take(cls, kind: str, words: str, shown: Sequence[Any] = (), **said: str) -> Notice:
        """Received: acknowledged by letter if there is an address, and told to the desk. `shown`: its exhibits."""
        assert kind not in SEALED, "for the keepers: see SealedCase.take"
        reference = "-".join("".join(secrets.choice(LETTERS) for _ in range(4)) for _ in range(2))
        notice = cls.objects.create(
            reference=reference, kind=kind, words=words, **clock_of(kind).since(timezone.now()), **said
        )
        if shown:
            type(shown[0]).add(notice, shown)
        notice.keep_from_concerned()
        ledger.record(None, "notice", notice.subject, kind=kind)
        notice._write(ACKNOWLEDGED)
        if kind in URGENT:
            notice.call()
        if settings.CONTACT:
            Letter.write(settings.CONTACT, "notice_waits", {"url": settings.SITE_URL + notice.get_absolute_url()})
        live.publish(DESK, "refresh", target="desk")
        return notice

    @classmethod
    def waits_unread(cls) -> bool:
        """Whether one waits that none of staff may read, for it is about all of them."""
        staff = _staff()
        kept = models.Count("kept_from", filter=models.Q(kept_from__in=staff))
        return cls.objects.open().let_go().annotate(kept=kept).filter(kept=len(staff)).exists()

    @classmethod
    def counted(cls) -> list[dict[str, Any]]:
        """For each kind how many were answered, how many of them in time, and how many wait."""
        is_answered, in_time = models.Q(answered_at__isnull=False), models.Q(answered_at__lte=models.F("due_at"))
        counted = (
            cls.objects.order_by("kind")
            .values("kind")
            .annotate(
                closed=models.Count("pk", filter=is_answered),
                in_time=models.Count("pk", filter=in_time),
                waiting=models.Count("pk", filter=~is_answered & models.Q(sealed=None)),
            )
        )
        return [{**row, "name": Kind(row["kind"]).label} for row in counted]

    def keep_from_concerned(self) -> None:
        """Whose own things its address leads to does not learn who reported them, as far as others can answer it."""
        concerned, first = concerned_at(self.address)
        self.kept_from.set(concerned if set(_staff()) - concerned else first)

    @transaction.atomic
    def keep_from(self, colleague: Member, by: Member) -> None:
        """It is about them, as somebody who read it says. In the ledger they are not named, for they read that."""
        if not set(_staff()) - {colleague, *self.kept_from.all()}:
            raise Refused(_("Then nobody could answer it. Whoever runs the server has to name another of staff first."))
        self.kept_from.add(colleague)
        ledger.record(by, "keep-notice-from", self.subject)
        live.publish(DESK, "refresh", target="desk")

    @property
    def addressed(self) -> list[Moderatable]:
        """What its address leads to, of which a case can be opened."""
        return things_at(self.address)

    @transaction.atomic
    @rows_first()
    def open_case(self, by: Member, thing: Moderatable) -> Case:
        """It is one of the reports about the thing: the decision about that answers it too."""
        thing.hold_row()
        self._hold_row("answered_at", "case_id")
        self.case = Case.gather(thing.subject, self.kind, self.at)
        self.save(update_fields=["case"])
        ledger.record(by, "gather-notice", thing.subject, notice=self.pk, case=self.case.pk)
        live.publish(DESK, "refresh", target="desk")
        return self.case

    @transaction.atomic
    @rows_first()
    def hand(self, worry: Worry) -> SealedReport:
        """Staff hand it to the keepers: what it says is theirs alone from now on, but not theirs whom it is about."""
        self._hold_row("case_id")
        told = SealedCase.take(worry._replace(address=self.address), concerning=self.kept_from.all())
        self.sealed = told.case
        self.save(update_fields=["sealed"])
        Notification.objects.about(Notice.objects.filter(pk=self.pk)).mark_read()
        return told

    @transaction.atomic
    def answer_with(self, by: Member, words: str) -> None:
        """What was done about it. Once: a colleague's answer is not overwritten."""
        self._hold_row("answered_at")
        self.answer, self.answered_at, self.answered_by = words, timezone.now(), by
        self.save(update_fields=["answer", "answered_at", "answered_by"])
        ledger.record(by, "answer-notice", self.subject, in_time=self.was_in_time)
        Notification.objects.about(Notice.objects.filter(pk=self.pk)).mark_read()
        self._write("notice_answered")
        live.publish(DESK, "refresh", target="desk")

    @property
    def decision(self) -> Decision | None:
        """What was decided about the thing it is about, where that is the answer to it."""
        if self.case is None or self.answered_at is None:
            return None
        found = self.case.decisions.filter(at__lte=self.answered_at, by=self.answered_by)
        return found.exclude(act=Act.RESTORE).first()

    @property
    def appeal(self) -> Any:
        """Theirs against that, if they have appealed."""
        return self.appeals.filter(decision=self.decision).first()

    def tell_heard(self) -> None:
        """Their appeal was heard: a letter says so, and where to read the outcome."""
        self._write("notice_heard")

    @property
    def subject(self) -> str:
        """The name by which the ledger speaks of it: "notice-12"."""
        return live.stream_of(self)

    def _hold_row(self, *done: str) -> None:
        """Refused if a colleague has done one of these meanwhile, or handed it to the keepers: it is theirs alone."""
        now = Notice.objects.select_for_update(of=("self",)).get(pk=self.pk)
        if "answered_at" in done and now.answered_at:
            raise Refused(_("A colleague has answered this meanwhile. Open it again to see how."))
        if any(getattr(now, each) for each in ("sealed_id", *done)):
            raise Refused(_("A colleague has done something about this meanwhile. Look for it at the desk."))

    def _write(self, template: str) -> None:
        """Nothing of what was said stands in a letter, only where to read it."""
        if self.email and not (template == ACKNOWLEDGED and mail.wrote(self.email, [template], ONCE_IN)):
            context = {"reference": self.reference, "url": settings.SITE_URL + self.status_url, "due": self.due_at}
            Letter.write(self.email, template, context)


def _staff() -> list[Member]:
    return list(Member.objects.with_standing().filter(is_staff=True))
