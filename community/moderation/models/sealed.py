"""What is sealed: worries about a child or a colleague and child abuse material, for two people's eyes alone.

Nothing here tells anybody what it is about: letters and the ledger say that there is something, and the person named
gets no sign. What was reported is out of everyone's sight and kept as it is, under a hold, until a keeper gives it
back. Every reading is written down where both keepers see it.
"""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Iterable
from typing import Any, NamedTuple

from django.conf import settings
from django.db import models, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from community import ledger, live, mail
from community.members.models import Member
from community.moderation import clocks
from community.moderation.models.addressed import things_at
from community.moderation.models.case import DESK
from community.moderation.models.decision import Decision
from community.moderation.models.hold import Hold
from community.moderation.models.keeper import Keeper
from community.moderation.models.kinds import Kind
from community.moderation.models.moderatable import Moderatable
from community.moderation.models.parts import writers_of
from community.moderation.models.sealed_rows import SealedReport
from community.moderation.models.target import clock_of
from community.moderation.models.timed import Timed
from community.order import rows_first
from community.policy import Refused

NAME = "sealed"  # all that the ledger knows of what one of these is about


class Worry(NamedTuple):
    """What somebody tells: `kept_from` whichever of the two keepers it concerns; `address` and the rest if they have
    no account."""

    kind: str
    words: str
    reporter: Member | None = None
    kept_from: str = ""
    address: str = ""
    name: str = ""
    email: str = ""

    def about(self, part: Any) -> Worry:
        """With a line that says which part of the thing is meant, if one is."""
        return self._replace(words=f"{part}\n\n{self.words}".strip()) if part else self


class SealedCaseQuerySet(models.QuerySet["SealedCase"]):
    def visible_to(self, member: Member) -> SealedCaseQuerySet:
        """The two keepers; but not the one whom it is about."""
        return self.not_about(member) if Keeper.part_of(member) else self.none()

    def not_about(self, member: Member) -> SealedCaseQuerySet:
        """Those that neither are about what the member wrote a part of, nor were told with a word that they concern
        the member. Whoever was keeper then stays kept from them in every office."""
        return self.exclude(writers=member).exclude(reports__kept_from=member)

    def open(self) -> SealedCaseQuerySet:
        return self.filter(closed_at=None).order_by("due_at", "pk")

    def closed(self) -> SealedCaseQuerySet:
        """The latest first."""
        return self.exclude(closed_at=None).order_by("-closed_at", "-pk")


def any_number() -> int:
    return secrets.randbelow(9 * 10**7) + 10**7


class SealedCase(Timed):
    """What was told about one thing ("post-12"), or about no thing here. `hidden_before` is what hid it already.

    Its number is any: one that is missing between two would tell a keeper that one is kept from them. `writers` are all
    who wrote what is held, or a part of it.
    """

    Kind = Kind

    id = models.BigIntegerField(primary_key=True, default=any_number, editable=False)
    subject = models.CharField(max_length=80, blank=True, db_index=True)
    kind = models.CharField(max_length=20, choices=Kind)
    writers = models.ManyToManyField(Member, related_name="+")
    hidden_before = models.ForeignKey(Decision, models.PROTECT, null=True, related_name="+")
    closed_at = models.DateTimeField(null=True, db_index=True)
    given_back_at = models.DateTimeField(null=True)

    objects = SealedCaseQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "subject", condition=models.Q(closed_at=None) & ~models.Q(subject=""), name="one_sealed_case_each"
            )
        ]

    def __str__(self) -> str:
        return gettext("Sealed case %(number)s") % {"number": self.pk}

    def get_absolute_url(self) -> str:
        return reverse("moderation:sealed-case", args=[self.pk])

    @property
    def clock(self) -> clocks.Clock:
        return clock_of(self.kind, self.given)

    @property
    def is_abuse(self) -> bool:
        return self.kind == Kind.ABUSE

    @property
    def is_held(self) -> bool:
        return bool(self.subject) and self.given_back_at is None

    @property
    def thing(self) -> Moderatable | None:
        return Moderatable.find_withheld(self.subject) if self.subject else None

    @property
    def kept_from(self) -> models.QuerySet[Member]:
        """Those whom it is about: see `not_about`."""
        named = models.Q(pk__in=self.writers.values("pk")) | models.Q(pk__in=self.reports.values("kept_from"))
        return Member.objects.filter(named)

    @property
    def readers(self) -> list[Keeper]:
        """The keepers who may read it now."""
        mine = SealedCase.objects.filter(pk=self.pk)
        return [each for each in Keeper.in_office() if mine.not_about(each.member).exists()]

    @classmethod
    def waiting_for(cls, member: Member) -> int:
        """How many wait: all that other staff learn. A keeper learns of those they may read and of no other."""
        waiting = cls.objects.open()
        return (waiting.not_about(member) if Keeper.part_of(member) else waiting).count()

    @classmethod
    def keeping_files(cls, member: Member) -> int:
        """How many keep files away that nobody uploads again: like those that wait, all that other staff learn."""
        held = cls.objects.filter(kind=Kind.ABUSE, given_back_at=None).exclude(subject="")
        return (held.not_about(member) if Keeper.part_of(member) else held).count()

    @classmethod
    def concerns(cls, member: Member) -> bool:
        """Whether one that is not over speaks of the member, or is of their telling: nothing of theirs may go."""
        still = cls.objects.filter(given_back_at=None).exclude(subject="", closed_at__isnull=False)
        return still.filter(models.Q(writers=member) | models.Q(reports__reporter=member)).exists()

    @classmethod
    def waits_unread(cls, keepers: list[Keeper]) -> bool:
        """Whether one waits that none of them may read."""
        unread = cls.objects.open()
        for keeper in keepers:
            unread = unread.exclude(pk__in=cls.objects.not_about(keeper.member).values("pk"))
        return unread.exists()

    @classmethod
    def tell_new(cls, keeper: Keeper) -> None:
        """Somebody is keeper from now on: if something waits that they may read, they hear that there is something."""
        if keeper.is_in_office and cls.objects.open().not_about(keeper.member).exists():
            _write_to([keeper])

    @classmethod
    @transaction.atomic
    @rows_first()
    def take(cls, worry: Worry, thing: Moderatable | None = None, concerning: Iterable[Member] = ()) -> SealedReport:
        """Received: the keepers hear that there is something, and nothing else.

        Whom it is `concerning` neither reads it nor hears of it."""
        report = cls.put_down(worry, thing, concerning)
        cls.tell([report.case])
        return report

    @classmethod
    @transaction.atomic
    @rows_first()
    def put_down(cls, worry: Worry, thing: Moderatable | None, concerning: Iterable[Member]) -> SealedReport:
        """The same before anybody hears of it. The thing is out of sight at once."""
        if thing is not None:
            thing.hold_row()
        evidence, reference = thing.evidence if thing else "", secrets.token_hex(4).upper()
        case = cls._gather(worry.kind, thing)
        case.writers.add(*concerning)
        kept_from = Keeper.holding(worry.kept_from)
        told = worry._asdict() | {"kept_from": kept_from}
        report = case.reports.create(evidence=evidence, reference=reference, **told)
        ledger.record(None, "sealed-report", NAME)
        live.publish(DESK, "refresh", target="desk")
        return report

    @classmethod
    def _gather(cls, kind: str, thing: Moderatable | None) -> SealedCase:
        facts = {"kind": kind} | clock_of(kind).since(timezone.now())
        if thing is None:
            return cls.objects.create(**facts)
        found = cls.objects.open().filter(subject=thing.subject).first()
        if found:
            return found
        Hold.objects.get_or_create(subject=thing.subject)
        case = cls.objects.create(subject=thing.subject, hidden_before=thing.withhold(), **facts)
        case.writers.set(writers_of(thing))
        return case

    @classmethod
    def tell(cls, cases: Iterable[SealedCase]) -> None:
        """A letter to each keeper who may read one of them: that there is something, and where to read it."""
        _write_to(dict.fromkeys(keeper for case in cases for keeper in case.readers))

    @property
    def addressed(self) -> list[Moderatable]:
        """What the addresses lead to that were told with it, while it holds nothing; what is held already is not."""
        if self.subject or self.closed_at:
            return []
        return things_at(" ".join(self.reports.values_list("address", flat=True)))

    @transaction.atomic
    @rows_first()
    def hold(self, by: Member, thing: Moderatable) -> None:
        """It is out of sight from now on and kept as it is, as if it had itself been reported."""
        thing.hold_row()
        now = self._held_row()
        if now.subject or now.closed_at or thing.is_withheld:
            raise Refused(_("There is nothing left here to hold. Open the case again."))
        Hold.objects.get_or_create(subject=thing.subject)
        self.subject, self.hidden_before = thing.subject, thing.withhold()
        self.save(update_fields=["subject", "hidden_before"])
        self.writers.add(*writers_of(thing))
        self.reports.filter(evidence="").update(evidence=thing.evidence)
        ledger.record(by, "sealed-hold", NAME)

    @transaction.atomic
    def look(self, by: Member, what: str) -> None:
        """A reading, written down before anything is shown."""
        self.looks.create(by=by, what=what)
        ledger.record(by, "sealed-look", NAME)

    @transaction.atomic
    def refer(self, by: Member, to: str, on: dt.date, reference: str) -> None:
        """It was handed to whoever acts on it, such as a council or the police."""
        self.referrals.create(by=by, to=to, on=on, reference=reference)
        ledger.record(by, "sealed-referral", NAME)

    @transaction.atomic
    @rows_first()
    def close(self, by: Member) -> None:
        """Nothing is left to do here. What was reported stays sealed and held."""
        if self._held_row().closed_at:
            raise Refused(_("Your colleague has closed this meanwhile."))
        self._set(closed_at=timezone.now())
        ledger.record(by, "sealed-close", NAME)
        live.publish(DESK, "refresh", target="desk")

    @transaction.atomic
    @rows_first()
    def give_back(self, by: Member) -> None:
        """The thing is back exactly as it was, and held no longer; the case is closed."""
        thing, now = self.thing, timezone.now()
        if thing is not None:
            thing.hold_row()
        if not self._held_row().is_held:
            raise Refused(_("It is not held any more."))
        Hold.objects.filter(subject=self.subject).delete()
        if thing is not None:
            thing.give_back(self.hidden_before)
        self._set(closed_at=self.closed_at or now, given_back_at=now)
        ledger.record(by, "sealed-give-back", NAME)
        live.publish(DESK, "refresh", target="desk")

    def _held_row(self) -> SealedCase:
        return SealedCase.objects.select_for_update(of=("self",)).get(pk=self.pk)

    def _set(self, **facts: dt.datetime) -> None:
        for name, value in facts.items():
            setattr(self, name, value)
        self.save(update_fields=list(facts))


def _write_to(keepers: Iterable[Keeper]) -> None:
    link = settings.SITE_URL + reverse("moderation:sealed")
    for keeper in keepers:
        mail.send(keeper.member.email, "sealed", {"url": link}, keeper.member.language)
