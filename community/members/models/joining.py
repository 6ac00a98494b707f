"""How people come to be here: someone who may invites them, or they ask."""

from __future__ import annotations

import datetime as dt
import hashlib
import secrets
from typing import Self

from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from community import ledger, limits, mail
from community.members.models.organisations import Organisation
from community.members.models.people import Member
from community.members.models.texts import Acceptance, Unread
from community.policy import No, Refused, Verdict, Yes

LASTS = dt.timedelta(days=14)
PAUSE = dt.timedelta(days=1)  # between two letters of this kind to one address


class InvitationQuerySet(models.QuerySet["Invitation"]):
    def visible_to(self, member: Member) -> Self:
        """Those to organisations the member looks after."""
        return self.filter(organisation__in=Organisation.objects.visible_to(member))

    def waiting(self) -> Self:
        """Sent, and still good for one use."""
        return self.filter(accepted_at=None, revoked_at=None, sent_at__gt=timezone.now() - LASTS)


class Invitation(models.Model):
    """A letter to one address: whoever reads mail there may join this organisation, once, within two weeks.

    Only the hash of its token is kept: whoever reads the database cannot use it.
    """

    email = models.EmailField(_("e-mail address"))
    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="invitations")
    role = models.CharField(_("role there"), max_length=80, blank=True)
    is_contact = models.BooleanField(_("contact for the organisation"), default=False)
    by = models.ForeignKey(Member, models.SET_NULL, null=True, related_name="+")
    token_hash = models.CharField(max_length=64, unique=True)
    sent_at = models.DateTimeField(default=timezone.now)
    accepted_at = models.DateTimeField(null=True)
    accepted_by = models.ForeignKey(Member, models.SET_NULL, null=True, related_name="+")
    revoked_at = models.DateTimeField(null=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        ordering = ["-sent_at"]

    def __str__(self) -> str:
        return self.email

    @classmethod
    @transaction.atomic
    def send(cls, email: str, organisation: Organisation, by: Member | None, **facts: object) -> Invitation:
        """Invite the address. Nothing in the outcome tells whether it has an account."""
        email = email.lower()
        if by is not None:
            limits.spend("invite", by)
        if cls.objects.filter(email=email, sent_at__gt=timezone.now() - PAUSE).exists():
            raise Refused(_("This address was sent an invitation in the last 24 hours. Try again tomorrow."))
        organisation.invitations.waiting().filter(email=email).update(revoked_at=timezone.now())
        token = secrets.token_urlsafe(32)
        sent = cls.objects.create(email=email, organisation=organisation, by=by, token_hash=_hash(token), **facts)
        mail.send(email, "invitation", {"invitation": sent, "token": token, "days": LASTS.days})
        ledger.record(by, "invite", organisation.subject, invitation=sent.pk)
        return sent

    @classmethod
    def behind(cls, token: str) -> Invitation | None:
        """The invitation that a letter's link carries, used or not."""
        return cls.objects.select_related("organisation", "by").filter(token_hash=_hash(token)).first()

    def has_account(self) -> bool:
        """Whether the address belongs to a member already."""
        return Member.objects.at(self.email) is not None

    def is_good(self) -> Verdict:
        """Whether it can still be accepted, by whoever it was sent to."""
        if self.accepted_at:
            return No(_("This invitation was used already. Sign in with the address it was sent to."))
        if self.revoked_at:
            return No(_("This invitation was taken back. Ask the organisation’s contact for a new one."))
        if self.sent_at <= timezone.now() - LASTS:
            return No(_("This invitation is more than two weeks old. Ask the organisation’s contact for a new one."))
        if not Organisation.objects.in_force().filter(pk=self.organisation_id).exists():
            return No(_("The organisation’s membership has ended."))
        return Yes()

    @transaction.atomic
    def accept(self, name: str, seen: list[str]) -> Member:
        """The address joins: a new account if it has none. It works once, also if pressed twice at once.

        Whoever is new accepts the texts that they have `seen`, or does not join: see `Unread`.
        """
        fresh = Invitation.objects.select_for_update().get(pk=self.pk)
        fresh.is_good().enforce()
        member = Member.objects.at(fresh.email)
        if member is None:
            if not seen:
                raise Unread(_("Look at the texts that hold here, then accept the invitation."))
            member = Member.objects.enrol(fresh.email, name)
            Acceptance.keep(member, seen)
        fresh.organisation.take_in(member, fresh.by, fresh.role, is_contact=fresh.is_contact)
        fresh.accepted_at, fresh.accepted_by = timezone.now(), member
        fresh.save(update_fields=["accepted_at", "accepted_by"])
        return member

    @transaction.atomic
    def revoke(self, by: Member) -> None:
        """It is taken back: its link says so from now on."""
        self.revoked_at = timezone.now()
        self.save(update_fields=["revoked_at"])
        ledger.record(by, "revoke-invitation", self.organisation.subject, invitation=self.pk)


class ApplicationQuerySet(models.QuerySet["Application"]):
    def visible_to(self, member: Member) -> Self:
        """Staff alone see who asks to join."""
        return self if member.is_authenticated and member.is_staff and member.has_standing() else self.none()

    def waiting(self) -> Self:
        """Not answered yet, oldest first."""
        return self.filter(answered_at=None).order_by("asked_at")


class Application(models.Model):
    """Someone without an invitation asks to join, and says for which organisation. Staff answer with a reason."""

    email = models.EmailField(_("e-mail address"))
    name = models.CharField(_("your name"), max_length=80)
    organisation_name = models.CharField(_("your organisation"), max_length=120)
    note = models.CharField(_("anything we should know"), max_length=500, blank=True)
    asked_at = models.DateTimeField(default=timezone.now)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(Member, models.SET_NULL, null=True, related_name="+")
    is_approved = models.BooleanField(default=False)
    reason = models.CharField(_("reason"), max_length=500, blank=True)

    objects = ApplicationQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint("email", condition=Q(answered_at=None), name="one_open_application")]

    def __str__(self) -> str:
        return self.name

    @classmethod
    @transaction.atomic
    def ask(cls, email: str, **facts: str) -> None:
        """Take it as it fits, and say nothing of which it was: the letter, not the page, tells the difference."""
        email = email.lower()
        owner = Organisation.objects.in_force().exclude(email_domain="").filter(email_domain=email.rpartition("@")[2])
        if mail.wrote(email, ["have_account", "invitation", "application"], PAUSE):
            return
        if Member.objects.at(email):
            mail.send(email, "have_account", {})
        elif organisation := owner.first():
            Invitation.send(email, organisation, by=None)
        else:
            cls.objects.get_or_create(email=email, answered_at=None, defaults=facts)
            mail.send(email, "application", {})

    @transaction.atomic
    def approve(self, by: Member, organisation: Organisation) -> None:
        """Staff found the organisation: an invitation to it goes out."""
        self._answer(by, "", is_approved=True)
        Invitation.send(self.email, organisation, by)

    @transaction.atomic
    def decline(self, by: Member, reason: str) -> None:
        """Staff say no, and why."""
        self._answer(by, reason, is_approved=False)
        mail.send(self.email, "declined", {"application": self})

    def _answer(self, by: Member, reason: str, *, is_approved: bool) -> None:
        fresh = Application.objects.select_for_update().get(pk=self.pk)
        if fresh.answered_at:
            raise Refused(_("A colleague has answered this already."))
        self.answered_at, self.answered_by, self.is_approved, self.reason = timezone.now(), by, is_approved, reason
        self.save()
        ledger.record(by, "approve" if is_approved else "decline", f"application-{self.pk}", reason)


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
