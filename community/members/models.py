"""Members, the organisations they belong to, and the dated affiliations between them."""

from __future__ import annotations

import datetime as dt
from typing import Any

from allauth.mfa.utils import is_mfa_enabled
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models, transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from community import live

GRACE = dt.timedelta(days=30)  # how long a lapsed organisation, and after it those it sponsors, keep their access


class Nation(models.TextChoices):
    ENGLAND = "england", _("England")
    SCOTLAND = "scotland", _("Scotland")
    WALES = "wales", _("Wales")
    NORTHERN_IRELAND = "northern-ireland", _("Northern Ireland")
    UK = "uk", _("UK-wide")


class OrganisationQuerySet(models.QuerySet["Organisation"]):
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

    @property
    def state(self) -> State:
        """Live, in grace or lapsed today, by its own dates (the sponsor's count for access, see `in_force`)."""
        today = timezone.localdate()
        if self.ends_on is None or today <= self.ends_on:
            return self.State.LIVE
        return self.State.GRACE if self.grace_until and today <= self.grace_until else self.State.LAPSED

    @transaction.atomic
    def end(self, on: dt.date | None = None, grace: dt.timedelta = GRACE) -> None:
        """The membership ends on a day (today unless told); the people keep their access for `grace` after it."""
        self.ends_on = on or timezone.localdate()
        self.grace_until = self.ends_on + grace
        self.save(update_fields=["ends_on", "grace_until"])
        live.recheck_everyone()

    @transaction.atomic
    def reinstate(self) -> None:
        """The membership is live again, and everything its people had is back."""
        self.ends_on = self.grace_until = None
        self.save(update_fields=["ends_on", "grace_until"])


class MemberManager(BaseUserManager["Member"]):
    def get_by_natural_key(self, email: str | None) -> Member:
        return self.get(email__iexact=email)

    def with_standing(self) -> models.QuerySet[Member]:
        """Members who may come in at all today: see `Member.has_standing`."""
        return self.filter(
            Q(suspended_until__isnull=True) | Q(suspended_until__lte=timezone.now()),
            pk__in=Affiliation.objects.in_force().values("member"),
            is_active=True,
        )


class Member(AbstractBaseUser):
    """A person. Signs in by e-mail, is mentioned by `handle`, and has access only through affiliations in force."""

    email = models.EmailField(_("e-mail address"), unique=True)
    handle = models.SlugField(_("handle"), max_length=40, unique=True, help_text=_("For mentions: @handle"))
    name = models.CharField(_("display name"), max_length=80)
    title = models.CharField(_("role"), max_length=80, blank=True, help_text=_("What you do, such as “brass tutor”"))
    pronouns = models.CharField(_("pronouns"), max_length=30, blank=True)
    nation = models.CharField(_("nation"), max_length=20, choices=Nation, blank=True)
    language = models.CharField(_("language"), max_length=5, default="en-gb")
    time_zone = models.CharField(_("time zone"), max_length=40, default="Europe/London")
    bio = models.CharField(_("about you"), max_length=400, blank=True)
    theme = models.CharField(_("light or dark"), max_length=5, blank=True)
    is_active = models.BooleanField(default=True)
    is_staff = models.BooleanField(default=False)
    suspended_until = models.DateTimeField(null=True, blank=True)
    joined_at = models.DateTimeField(default=timezone.now)

    objects = MemberManager()
    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"

    def __str__(self) -> str:
        return self.name

    @property
    def initials(self) -> str:
        """Up to two letters, instead of a photograph."""
        words = self.name.replace("-", " ").split()
        return "".join(word[0] for word in words[:2]).upper()

    @property
    def is_suspended(self) -> bool:
        return self.suspended_until is not None and self.suspended_until > timezone.now()

    def has_standing(self) -> bool:
        """Active, not suspended, and with at least one affiliation in force: the door to everything else."""
        return self.is_active and not self.is_suspended and self.affiliations.in_force().exists()

    def has_second_factor(self) -> bool:
        """An authenticator app or a passkey is set up."""
        return bool(is_mfa_enabled(self))

    @transaction.atomic
    def suspend(self, until: dt.datetime) -> None:
        """No page, download or socket until then; what the member wrote stays."""
        self.suspended_until = until
        self.save(update_fields=["suspended_until"])
        live.recheck(self)

    @transaction.atomic
    def end(self) -> None:
        """The account is closed for good; what the member wrote stays."""
        self.is_active = False
        self.save(update_fields=["is_active"])
        live.recheck(self)


class AffiliationQuerySet(models.QuerySet["Affiliation"]):
    def in_force(self) -> AffiliationQuerySet:
        """Affiliations that give access today: begun, not ended, with an organisation in force."""
        return self.filter(affiliation_in_force())


class Affiliation(models.Model):
    """A person's dated tie to an organisation. `role` is the job there; `is_contact` may look after its people."""

    member = models.ForeignKey(Member, models.CASCADE, related_name="affiliations")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="affiliations")
    role = models.CharField(_("role there"), max_length=80, blank=True)
    is_contact = models.BooleanField(_("contact for the organisation"), default=False)
    starts_on = models.DateField(_("from"), default=timezone.localdate)
    ends_on = models.DateField(_("last day"), null=True, blank=True)

    objects = AffiliationQuerySet.as_manager()

    class Meta:
        ordering = ["starts_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")), name="affiliation_ends_after_start"
            ),
        ]

    def __str__(self) -> str:
        return str(self.organisation)

    @property
    def has_ended(self) -> bool:
        return self.ends_on is not None and self.ends_on < timezone.localdate()

    @transaction.atomic
    def end(self, last_day: dt.date | None = None) -> None:
        """The tie ends after `last_day` (by default: it ended yesterday, so every door closes now)."""
        self.ends_on = last_day or timezone.localdate() - dt.timedelta(days=1)
        self.starts_on = min(self.starts_on, self.ends_on)
        self.save(update_fields=["starts_on", "ends_on"])
        live.recheck(self.member)


def organisation_in_force(at: str = "") -> Q:
    """The condition that an organisation gives access today, seen from a model that reaches it by the prefix `at`."""
    today = timezone.localdate()

    def open_on(path: str, day: dt.date) -> Q:
        return Q(**{f"{path}ends_on__isnull": True}) | Q(**{f"{path}grace_until__gte": day})

    sponsor = f"{at}sponsor__"
    return open_on(at, today) & (Q(**{f"{at}sponsor__isnull": True}) | open_on(sponsor, today - GRACE))


def affiliation_in_force(at: str = "") -> Q:
    """The condition that an affiliation gives access today, seen from a model that reaches it by the prefix `at`."""
    today = timezone.localdate()
    begun: dict[str, Any] = {f"{at}starts_on__lte": today}
    not_ended = Q(**{f"{at}ends_on__isnull": True}) | Q(**{f"{at}ends_on__gte": today})
    return Q(**begun) & not_ended & organisation_in_force(f"{at}organisation__")
