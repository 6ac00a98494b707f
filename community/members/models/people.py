"""Members, and the dated affiliations that tie them to organisations."""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Callable, Iterable, Sequence
from typing import Any, Self, TypeVar

from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from allauth.usersessions.models import UserSession
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models, transaction
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from community import ledger, live
from community.asked import Asked
from community.members.models.organisations import Nation, Organisation, organisation_in_force
from community.members.models.profiled import Profiled
from community.order import rows_first

T = TypeVar("T")


class MemberQuerySet(models.QuerySet["Member"]):
    def visible_to(self, member: Member) -> Self:
        """Whose profile the member may open: their own; with standing, everyone's who has it; staff, everyone's."""
        if not member.is_authenticated:
            return self.none()
        if not member.has_standing():
            return self.filter(pk=member.pk)
        return self if member.is_staff else self.filter(Q(pk=member.pk) | Q(pk__in=self.with_standing().values("pk")))

    def with_ties(self, keys: Iterable[int]) -> dict[int, Member]:
        """These members as they are now, by key, each knowing its `ties`: two queries for all. Forget them soon."""
        found: dict[int, Any] = self.in_bulk(set(keys))
        for member in found.values():
            member.known = {"ties": []}
        for tie in Affiliation.objects.in_force().filter(member__in=found).select_related("organisation"):
            found[tie.member_id].known["ties"].append(tie)
        return found

    def with_standing(self) -> Self:
        """Members who may come in at all today: see `Member.has_standing`."""
        return self.filter(
            Q(suspended_until__isnull=True) | Q(suspended_until__lte=timezone.now()),
            pk__in=Affiliation.objects.in_force().values("member"),
            is_active=True,
        )


class MemberManager(BaseUserManager.from_queryset(MemberQuerySet)):  # type: ignore[misc]
    def get_by_natural_key(self, email: str | None) -> Member:
        found: Member = self.get(email__iexact=email)
        return found

    def signed_in(self, pk: int) -> Member | None:
        """Whose session it is, as they are now, and in the same look the ties they came with."""
        ties = _ties(pk=pk)
        found = ties[0].member if ties else self.filter(pk=pk).first()
        if found:
            found.came_with = ties
        return found

    def at(self, address: str) -> Member | None:
        """The member who signs in with an e-mail address, if there is one."""
        return self.filter(
            Q(email=address.lower()) | Q(emailaddress__email=address.lower(), emailaddress__verified=True)
        ).first()

    def enrol(self, email: str, name: str) -> Member:
        """A new account without a password: the way in is a code to the address. Gives no access by itself."""
        handle = slugify(name)[:32] or "member"
        if handle in RESERVED or self.filter(handle=handle).exists():
            handle = f"{handle}-{secrets.token_hex(3)}"
        found: Member = self.model(email=email.lower(), handle=handle, name=name)
        found.set_unusable_password()
        found.save()
        return found

    def nameless(self) -> Member:
        """Nobody: stands as the author of what was posted without a name. Can never sign in or be mentioned."""
        nobody = {"name": _("Name withheld"), "email": "nobody@invalid", "is_active": False}
        return self.get_or_create(handle=NAMELESS, defaults=nobody)[0]


NAMELESS = "-"  # no handle that anyone can be given
RESERVED = {"leads"}  # what a text can call by another name


class Member(Profiled, AbstractBaseUser):
    """A person. Signs in by e-mail, is mentioned by `handle`, and has access only through affiliations in force."""

    email = models.EmailField(_("e-mail address"), unique=True)
    handle = models.SlugField(_("handle"), max_length=40, unique=True, help_text=_("For mentions: @handle"))
    name = models.CharField(_("display name"), max_length=80)
    nation = models.CharField(_("nation"), max_length=20, choices=Nation, blank=True)
    language = models.CharField(_("language"), max_length=5, default="en-gb")
    time_zone = models.CharField(_("time zone"), max_length=40, default="Europe/London")
    theme = models.CharField(_("light or dark"), max_length=5, blank=True)
    has_keys = models.BooleanField(_("single keys do things"), default=True)
    is_active = models.BooleanField(default=True)
    is_staff = models.BooleanField(default=False)
    suspended_until = models.DateTimeField(null=True, blank=True)
    is_restricted = models.BooleanField(default=False, help_text="Kept from writing somewhere: see moderation")
    must_accept_from = models.DateTimeField(null=True, editable=False, help_text="See `texts`: until then nobody asks")
    joined_at = models.DateTimeField(default=timezone.now)

    known: dict[str, Any] | None = None  # what `once` found out; None where it asks each time
    came_with: Sequence[Affiliation] | None = None  # the `ties` at the moment of `signed_in`

    objects = MemberManager()
    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("members:person", args=[self.handle])

    @property
    def subject(self) -> str:
        """The name by which the ledger speaks of the person: "member-12"."""
        return live.stream_of(self)

    @property
    def is_nameless(self) -> bool:
        """Stands for whoever did not give their name."""
        return self.handle == NAMELESS

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
        return self.is_active and not self.is_suspended and bool(self.ties())

    def ties(self) -> list[Affiliation]:
        """The affiliations in force, each with its organisation, the oldest first."""
        return self.once("ties", lambda: _ties(pk=self.pk) if self.pk else [])

    def once(self, what: str, ask: Callable[[], T]) -> T:
        """What `ask` finds out of the database about the member: once for a page that is read, else each time.

        A deed asks each time, since it changes what it asks for; so does a connection, which lasts.
        """
        if self.known is None:
            return ask()
        if what not in self.known:
            self.known[what] = ask()
        found: T = self.known[what]
        return found

    def has_usable_password(self) -> bool:
        """A password was set. The first way in is a code, so many never set one."""
        return bool(self.password) and super().has_usable_password()

    def has_second_factor(self) -> bool:
        """An authenticator app or a passkey is set up."""
        return bool(is_mfa_enabled(self, [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]))

    @transaction.atomic
    @rows_first()
    def reset_second_factor(self, by: Member, reason: str) -> None:
        """Staff take off a lost second step: the person is signed out everywhere and sets up a new one."""
        Authenticator.objects.filter(user=self).delete()
        self.sign_out_everywhere()
        ledger.record(by, "reset-second-step", self.subject, reason)

    def open_sessions(self) -> list[UserSession]:
        """The browsers the person is signed in with, newest first."""
        return sorted(UserSession.objects.purge_and_list(self), key=lambda session: session.created_at, reverse=True)

    @transaction.atomic
    def end_session(self, session: UserSession) -> None:
        """Signed out there, and every page open there is cut off."""
        session.end()
        live.recheck(self)

    @transaction.atomic
    def sign_out_everywhere(self) -> None:
        """Every session and every open page of the person ends now."""
        for session in UserSession.objects.filter(user=self):
            session.end()
        live.recheck(self)

    @transaction.atomic
    def suspend(self, until: dt.datetime | None) -> None:
        """No page, download or socket until then; what the member wrote stays. None: no longer."""
        self.suspended_until = until
        self.save(update_fields=["suspended_until"])
        live.recheck(self)

    @transaction.atomic
    def restrict(self, *, restricted: bool) -> None:
        """Kept from writing, somewhere or everywhere; or no longer."""
        self.is_restricted = restricted
        self.save(update_fields=["is_restricted"])
        live.recheck(self)

    @transaction.atomic
    def end(self, *, ended: bool = True) -> None:
        """The account is closed for good; what the member wrote stays. Not `ended`: it was closed by mistake."""
        self.is_active = not ended
        self.save(update_fields=["is_active"])
        live.recheck(self)


class AffiliationQuerySet(models.QuerySet["Affiliation"]):
    def visible_to(self, member: Member) -> Self:
        """Affiliations with organisations the member looks after."""
        return self.filter(organisation__in=Organisation.objects.visible_to(member))

    def current(self) -> Self:
        """Not ended by their own dates, whether or not the organisation is in force."""
        return self.filter(Q(ends_on=None) | Q(ends_on__gte=timezone.localdate())).order_by("member__name")

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

    @property
    def label(self) -> str:
        """For whom the person spoke, on what they wrote: once the tie has ended, "formerly at ..."."""
        if self.has_ended:
            return _("formerly at %(organisation)s") % {"organisation": self.organisation}
        return str(self.organisation)

    @transaction.atomic
    def end(self, last_day: dt.date | None = None, by: Member | None = None) -> None:
        """The tie ends after `last_day` (by default: it ended yesterday, so every door closes now)."""
        self.ends_on = last_day or timezone.localdate() - dt.timedelta(days=1)
        self.starts_on = min(self.starts_on, self.ends_on)
        self.save(update_fields=["starts_on", "ends_on"])
        self.organisation.invitations.waiting().filter(email=self.member.email).update(revoked_at=timezone.now())
        ledger.record(
            by, "end-affiliation", self.organisation.subject, member=self.member_id, last_day=str(self.ends_on)
        )
        live.recheck(self.member)

    @transaction.atomic
    def make_contact(self, by: Member, *, is_contact: bool) -> None:
        """The person looks after the organisation's people here, or no longer does."""
        self.is_contact = is_contact
        self.save(update_fields=["is_contact"])
        ledger.record(by, "contact" if is_contact else "no-contact", self.organisation.subject, member=self.member_id)


_ties = Asked(lambda pk: Affiliation.objects.in_force().filter(member=pk).select_related("member", "organisation"))


def affiliation_in_force(at: str = "") -> Q:
    """The condition that an affiliation gives access today, seen from a model that reaches it by the prefix `at`."""
    today = timezone.localdate()
    begun: dict[str, Any] = {f"{at}starts_on__lte": today}
    not_ended = Q(**{f"{at}ends_on__isnull": True}) | Q(**{f"{at}ends_on__gte": today})
    return Q(**begun) & not_ended & organisation_in_force(f"{at}organisation__")
