"""Organisations that are members, and whether their people have access today."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Self

from django.db import models, transaction
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from community import ledger, live

if TYPE_CHECKING:
    from community.members.models.people import Affiliation, Member

GRACE = dt.timedelta(days=30)  # how long a lapsed organisation, and after it those it sponsors, keep their access


class Nation(models.TextChoices):
    ENGLAND = "england", _("England")
    SCOTLAND = "scotland", _("Scotland")
    WALES = "wales", _("Wales")
    NORTHERN_IRELAND = "northern-ireland", _("Northern Ireland")
    UK = "uk", _("UK-wide")


class OrganisationQuerySet(models.QuerySet["Organisation"]):
    def visible_to(self, member: Member) -> Self:
        """Organisations whose page the member may open: staff all, others those they are the contact for."""
        if not member.is_authenticated or not member.has_standing():
            return self.none()
        if member.is_staff:
            return self
        return self.filter(pk__in=member.affiliations.in_force().filter(is_contact=True).values("organisation"))

    def in_force(self) -> OrganisationQuerySet:
        """Organisations whose people have access today: live or in grace, and so their sponsor, if any."""
        return self.filter(organisation_in_force())


class Organisation(models.Model):
    """A member organisation. Its state follows from two dates: live until `ends_on`, in grace until `grace_until`."""

    class Category(models.TextChoices):
        MUSIC_SERVICE = "music-service", _("Music service")
        HUB_LEAD = "hub-lead", _("Hub lead organisation")
        HUB_PARTNER = "hub-partner", _("Hub partner")
        EDUCATION = "education", _("Music-education organisation")
        YOUTH = "youth", _("National youth music organisation")
        SCHOOL = "school", _("School")
        TRUST = "trust", _("Multi-academy trust")
        HIGHER = "higher", _("Higher or further education")
        INDUSTRY = "industry", _("Industry partner")
        INDIVIDUAL = "individual", _("Individual")
        STUDENT = "student", _("Student")
        STAFF = "staff", _("Staff")

    class State(models.TextChoices):
        LIVE = "live", _("Live")
        GRACE = "grace", _("In grace")
        LAPSED = "lapsed", _("Lapsed")

    name = models.CharField(_("name"), max_length=120, unique=True)
    slug = models.SlugField(max_length=60, unique=True)
    category = models.CharField(_("category"), max_length=20, choices=Category)
    nation = models.CharField(_("nation"), max_length=20, choices=Nation, blank=True)
    region = models.CharField(_("region"), max_length=60, blank=True)
    sponsor = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="sponsored")
    email_domain = models.CharField(
        _("e-mail domain"), max_length=120, blank=True, help_text=_("Verified: whoever has an address here may join.")
    )
    ends_on = models.DateField(_("membership ends on"), null=True, blank=True)
    grace_until = models.DateField(_("in grace until"), null=True, blank=True)

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True, grace_until__isnull=True)
                | Q(ends_on__isnull=False, grace_until__gte=F("ends_on")),
                name="grace_follows_the_end",
            ),
            models.UniqueConstraint("email_domain", condition=~Q(email_domain=""), name="one_owner_of_a_domain"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("members:organisation", args=[self.slug])

    @property
    def state(self) -> State:
        """Live, in grace or lapsed today, by its own dates (the sponsor's count for access, see `in_force`)."""
        today = timezone.localdate()
        if self.ends_on is None or today <= self.ends_on:
            return self.State.LIVE
        return self.State.GRACE if self.grace_until and today <= self.grace_until else self.State.LAPSED

    @property
    def subject(self) -> str:
        """The name by which the ledger speaks of it: "organisation-12"."""
        return live.stream_of(self)

    @transaction.atomic
    def keep(self, by: Member) -> None:
        """Staff enter it, or change what is known about it."""
        act = "change" if self.pk else "enter"
        self.save()
        ledger.record(by, act, self.subject, name=self.name, email_domain=self.email_domain)
        live.recheck_everyone()

    @transaction.atomic
    def end(self, on: dt.date | None = None, grace: dt.timedelta = GRACE, by: Member | None = None) -> None:
        """The membership ends on a day (today unless told); the people keep their access for `grace` after it."""
        self.ends_on = on or timezone.localdate()
        self.grace_until = self.ends_on + grace
        self.save(update_fields=["ends_on", "grace_until"])
        ledger.record(by, "end", self.subject, on=self.ends_on.isoformat(), grace_until=self.grace_until.isoformat())
        live.recheck_everyone()

    @transaction.atomic
    def reinstate(self, by: Member | None = None) -> None:
        """The membership is live again, and everything its people had is back."""
        self.ends_on = self.grace_until = None
        self.save(update_fields=["ends_on", "grace_until"])
        ledger.record(by, "reinstate", self.subject)
        live.recheck_everyone()

    @transaction.atomic
    def take_in(
        self, member: Member, by: Member | None = None, role: str = "", *, is_contact: bool = False
    ) -> Affiliation:
        """The person speaks for the organisation from today. Whoever does so already keeps their affiliation."""
        current = self.affiliations.in_force().filter(member=member).first()
        if current is not None:
            return current
        tie: Affiliation = self.affiliations.create(member=member, role=role, is_contact=is_contact)
        ledger.record(by, "take-in", self.subject, member=member.pk, contact=is_contact)
        live.recheck(member)
        return tie


def organisation_in_force(at: str = "") -> Q:
    """The condition that an organisation gives access today, seen from a model that reaches it by the prefix `at`."""
    today = timezone.localdate()

    def open_on(path: str, day: dt.date) -> Q:
        return Q(**{f"{path}ends_on__isnull": True}) | Q(**{f"{path}grace_until__gte": day})

    sponsor = f"{at}sponsor__"
    return open_on(at, today) & (Q(**{f"{at}sponsor__isnull": True}) | open_on(sponsor, today - GRACE))
