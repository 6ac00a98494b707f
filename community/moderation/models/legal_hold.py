"""A legal hold: staff keep a person's things, or one thing, for a claim or an inquiry.

UK GDPR, Articles 17 (3)(e) and 18 (2). Erasure, deleting for good and the periods of keeping wait until it is lifted.
It hides nothing (see `hold` for that), and whom it concerns is not told: that could defeat what it is for.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.db import models, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from community import ledger, mail
from community.members.models import Member
from community.moderation.models.moderatable import Moderatable
from community.moderation.models.parts import hold_writers, without_own, without_shared, writers_of
from community.moderation.models.rota import Shift
from community.order import rows_first
from community.policy import Refused

PERSON = "member-"
PLACE, REVIEW, LIFT = "legal-hold", "review-legal-hold", "lift-legal-hold"
ACTS = (PLACE, REVIEW, LIFT)  # in the ledger; in nothing that is handed to whom it concerns
LONGEST = dt.timedelta(days=366)  # to the next review


class LegalHoldQuerySet(models.QuerySet["LegalHold"]):
    def visible_to(self, member: Member) -> LegalHoldQuerySet:
        """Staff see them, but not those about themselves, what they wrote, or what has a part by them."""
        if not (member.is_staff and member.has_standing()):
            return self.none()
        found: LegalHoldQuerySet = without_shared(without_own(self, member), member)
        return found.exclude(subject=member.subject)

    def in_force(self) -> LegalHoldQuerySet:
        """That first which is to be looked at first."""
        return self.filter(lifted_at=None).order_by("review_on", "pk")

    def to_review(self) -> LegalHoldQuerySet:
        """Those whose day has come."""
        return self.in_force().filter(review_on__lte=timezone.localdate())

    def people(self) -> set[int]:
        """The keys of those whose things are held."""
        subjects = self.in_force().filter(subject__startswith=PERSON).values_list("subject", flat=True)
        return {int(subject.removeprefix(PERSON)) for subject in subjects}

    def subjects(self) -> set[str]:
        return set(self.in_force().values_list("subject", flat=True))


class LegalHold(models.Model):
    """`subject` is a person ("member-3") or a thing ("post-12"). One each stands at a time."""

    MOST_WORDS = 2000

    subject = models.CharField(max_length=80)
    reason = models.TextField(_("why"), max_length=MOST_WORDS)
    placed_by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    placed_at = models.DateTimeField(default=timezone.now)
    review_on = models.DateField(_("look at it again on"))
    reminded_on = models.DateField(null=True, editable=False)
    lifted_by = models.ForeignKey(Member, models.PROTECT, null=True, related_name="+")
    lifted_at = models.DateTimeField(null=True, db_index=True)
    lifted_why = models.TextField(max_length=MOST_WORDS, blank=True)

    objects = LegalHoldQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint("subject", condition=models.Q(lifted_at=None), name="one_legal_hold_each"),
            models.CheckConstraint(condition=~models.Q(reason=""), name="no_legal_hold_without_reasons"),
            models.CheckConstraint(
                condition=models.Q(lifted_at=None) | ~models.Q(lifted_why=""), name="none_lifted_without_reasons"
            ),
        ]

    def __str__(self) -> str:
        return gettext("Legal hold %(number)s") % {"number": self.pk}

    def get_absolute_url(self) -> str:
        return reverse("moderation:legal-hold", args=[self.pk])

    @property
    def is_about_person(self) -> bool:
        return self.subject.startswith(PERSON)

    @property
    def person(self) -> Member | None:
        """Whose things are held."""
        return Member.objects.filter(pk=self.subject.removeprefix(PERSON)).first() if self.is_about_person else None

    @property
    def is_due(self) -> bool:
        return self.lifted_at is None and self.review_on <= timezone.localdate()

    @classmethod
    @transaction.atomic
    @rows_first()
    def place(cls, subject: str, by: Member, reason: str, review_on: dt.date) -> LegalHold:
        """It is kept from now on, and is still as it was. Placed once more while one stands, it is that one."""
        _hold_rows(subject)
        facts = {"reason": reason, "placed_by": by, "review_on": review_on}
        found, is_new = cls.objects.get_or_create(subject=subject, lifted_at=None, defaults=facts)
        if not is_new:
            raise Refused(gettext("There is a legal hold on this already. Look there at its reasons."))
        ledger.record(by, PLACE, subject, reason, hold=found.pk, review_on=review_on.isoformat())
        return found

    @transaction.atomic
    def review(self, by: Member, reason: str, review_on: dt.date) -> None:
        """Somebody has looked at it again, and it is still needed."""
        self._hold_row()
        self.review_on, self.reminded_on = review_on, None
        self.save(update_fields=["review_on", "reminded_on"])
        ledger.record(by, REVIEW, self.subject, reason, hold=self.pk, review_on=review_on.isoformat())

    @transaction.atomic
    def lift(self, by: Member, reason: str) -> None:
        """It is needed no more: what waited for it goes on."""
        self._hold_row()
        self.lifted_by, self.lifted_at, self.lifted_why = by, timezone.now(), reason
        self.save(update_fields=["lifted_by", "lifted_at", "lifted_why"])
        ledger.record(by, LIFT, self.subject, reason, hold=self.pk)

    def _hold_row(self) -> None:
        self.refresh_from_db(from_queryset=LegalHold.objects.select_for_update(of=("self",)))
        if self.lifted_at:
            raise Refused(gettext("A colleague has lifted this hold meanwhile. Load the page again to see why."))

    @classmethod
    def concerns(cls, member: Member, subjects: Iterable[str], find: Any) -> bool:
        """Whether one is on the member, on what they made (`subjects`), or on what has a part by them."""
        held = cls.objects.subjects()
        if held & {member.subject, *subjects}:
            return True
        things = (find(subject) for subject in held if not subject.startswith(PERSON))
        return any(member in writers_of(thing) for thing in things if thing)

    @classmethod
    def remind(cls) -> None:
        """The day has come: whoever placed it and those on duty get a letter with nothing of it but where to read it.

        Once for each day that was set.
        """
        for hold in cls.objects.to_review().filter(reminded_on=None).select_related("placed_by"):
            if cls.objects.filter(pk=hold.pk, reminded_on=None).update(reminded_on=timezone.localdate()):
                for each in {hold.placed_by, *Shift.on_duty()}:
                    if cls.objects.visible_to(each).filter(pk=hold.pk).exists():
                        said = {"hold": str(hold), "url": settings.SITE_URL + hold.get_absolute_url()}
                        mail.send(each.email, "legal_hold_review", said, each.language)


def _hold_rows(subject: str) -> None:
    """Of whom or what it is on, to the end of the transaction: an erasure that runs is waited for, and others wait.

    Refused where there is nothing to keep by then, or something else than was looked at.
    """
    before, thing = _as_it_is(subject), _thing(subject)
    if thing:
        hold_writers(thing)
        thing.hold_row()
    elif before:
        Member.objects.select_for_update(no_key=True).get(pk=subject.removeprefix(PERSON))
    if before is None or before != _as_it_is(subject):
        raise Refused(gettext("This changed or went away meanwhile, so nothing was placed. Look at it again."))


def _as_it_is(subject: str) -> Any:
    """What it says and who wrote in it; of a person how they are called. None if it is not here."""
    if subject.startswith(PERSON):
        return Member.objects.filter(pk=subject.removeprefix(PERSON)).values_list("handle").first()
    thing = _thing(subject)
    return thing and (thing.evidence, {(each.pk, each.handle) for each in writers_of(thing)})


def _thing(subject: str) -> Any:
    """Also in the bin, where nobody finds it."""
    kind, key = Moderatable.named(subject), subject.rpartition("-")[2]
    return Moderatable.find_withheld(subject) or (kind and kind._base_manager.filter(pk=key).first())


def kept_for_law(kind: type[models.Model]) -> set[int]:
    """The keys of things of a kind that a legal hold is on: themselves, or whoever wrote them."""
    name, people = f"{kind._meta.model_name}-", LegalHold.objects.people()
    found = {int(each.removeprefix(name)) for each in LegalHold.objects.subjects() if each.startswith(name)}
    for person in Member.objects.filter(pk__in=people):
        rows = kind._base_manager.filter(kind.written_by(person))  # type: ignore[attr-defined]
        found |= set(rows.values_list("pk", flat=True))
    return found
