"""The ways in and out of a group that leave a trace: a request, an invitation, a removal."""

from __future__ import annotations

import datetime as dt

from django.db import models, transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from community import ledger
from community.members.models import Affiliation, Member
from community.notifications.models import Notification, notify
from community.notifications.told import Told
from community.policy import Refused
from groups.models.choices import Role
from groups.models.group import Group
from groups.models.letters import told_of

INVITED_FOR = dt.timedelta(days=30)


class JoinRequestQuerySet(models.QuerySet["JoinRequest"]):
    def visible_to(self, member: Member) -> JoinRequestQuerySet:
        """One's own, and those to the groups that one looks after."""
        after = Q(group__in=Group.objects.led_by(member))
        if member.is_authenticated and member.is_staff:
            after |= Q(group__in=Group.objects.visible_to(member))
        return self.filter(after | Q(member=member.pk), group__in=Group.objects.listed_to(member))

    def to_show(self) -> JoinRequestQuerySet:
        return self.select_related("group", "member", "affiliation__organisation", "answered_by")

    def to_leads(self, member: Member) -> JoinRequestQuerySet:
        """Those that this member is to answer."""
        return self.filter(group__in=Group.objects.led_by(member))

    def waiting(self) -> JoinRequestQuerySet:
        """Not answered yet, oldest first."""
        return self.filter(answered_at=None).order_by("asked_at")


class JoinRequest(models.Model):
    """Someone asks to join, for one of their organisations, and says why. Answered with a reason."""

    group = models.ForeignKey(Group, models.CASCADE, related_name="join_requests")
    member = models.ForeignKey(Member, models.CASCADE, related_name="join_requests")
    affiliation = models.ForeignKey(Affiliation, models.CASCADE)
    note = models.CharField(_("why you would like to join"), max_length=500, blank=True)
    asked_at = models.DateTimeField(default=timezone.now)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(Member, models.SET_NULL, null=True, blank=True, related_name="+")
    is_admitted = models.BooleanField(default=False)
    reason = models.CharField(_("reason"), max_length=500, blank=True)

    objects = JoinRequestQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint("group", "member", condition=Q(answered_at=None), name="one_open_request_to_join"),
        ]

    def __str__(self) -> str:
        return str(self.group)

    def get_absolute_url(self) -> str:
        return reverse("groups:request", args=[self.group.slug, self.pk])

    @property
    def told(self) -> Told:
        return told_of(self.group, self.group.name)

    @transaction.atomic
    def admit(self, by: Member, reason: str = "") -> None:
        """A lead says yes: the person is in and told so."""
        self._answer(by, reason, is_admitted=True)
        self.group.admit(self.affiliation, by=by)
        notify([self.member], "admitted", self)

    @transaction.atomic
    def decline(self, by: Member, reason: str) -> None:
        """A lead says no, and the person is told why."""
        self._answer(by, reason, is_admitted=False)
        ledger.record(by, "decline-request", self.group.stream, reason, member=self.member_id)
        notify([self.member], "declined", self)

    def _answer(self, by: Member, reason: str, *, is_admitted: bool) -> None:
        self.group.lock(self.member)
        self.refresh_from_db()
        if self.answered_at:
            raise Refused(_("Someone has answered already."))
        self.answered_at, self.answered_by = timezone.now(), by
        self.is_admitted, self.reason = is_admitted, reason
        self.save(update_fields=["answered_at", "answered_by", "is_admitted", "reason"])
        Notification.objects.filter(kind="asked").about(JoinRequest.objects.filter(pk=self.pk)).mark_read()


class InviteQuerySet(models.QuerySet["Invite"]):
    def in_force(self) -> InviteQuerySet:
        return self.filter(at__gt=timezone.now() - INVITED_FOR)

    def visible_to(self, member: Member) -> InviteQuerySet:
        """Those to oneself. It is what shows a hidden group to the person invited."""
        mine = self.in_force().filter(group__in=Group.objects.open_to(member))
        return mine.filter(email__iexact=member.email) if member.is_authenticated else mine

    def to_show(self) -> InviteQuerySet:
        return self.select_related("group", "by")


class Invite(models.Model):
    """A lead asks someone to join. It waits for whoever has the address, a month long, and they may say no.

    Nobody can tell from it whether the address has an account: it looks the same either way.
    """

    group = models.ForeignKey(Group, models.CASCADE, related_name="invites")
    email = models.EmailField()
    shown_as = models.CharField(max_length=254)  # what the lead typed: never more than they knew
    role = models.CharField(_("role"), max_length=10, choices=Role, default=Role.MEMBER)
    ends_on = models.DateField(_("last day"), null=True, blank=True)
    by = models.ForeignKey(Member, models.CASCADE, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    objects = InviteQuerySet.as_manager()

    class Meta:
        ordering = ["-at"]
        constraints = [models.UniqueConstraint("group", "email", name="one_invite_for_an_address")]

    def __str__(self) -> str:
        return str(self.group)

    def get_absolute_url(self) -> str:
        return reverse("groups:invited", args=[self.group.slug])

    @transaction.atomic
    def accept(self, affiliation: Affiliation) -> None:
        """The invited person joins for one of their organisations. It works once."""
        self.group.lock(affiliation.member)
        if not Invite.objects.filter(pk=self.pk).exists():
            raise Refused(_("This invitation is no longer in force."))
        self.group.admit(affiliation, self.role, self.ends_on)

    def decline(self) -> None:
        """No, thank you. The lead is not told."""
        self.delete()


class RemovalQuerySet(models.QuerySet["Removal"]):
    def visible_to(self, member: Member) -> RemovalQuerySet:
        """Only the person it happened to."""
        return self.filter(member=member.pk)

    def to_show(self) -> RemovalQuerySet:
        return self.select_related("group", "member")


class Removal(models.Model):
    """A lead or staff took someone out of a group, or what was theirs: what that person may know of it, and why.

    `what` is empty where it is the person.
    """

    group = models.ForeignKey(Group, models.CASCADE, related_name="removals")
    member = models.ForeignKey(Member, models.CASCADE, related_name="+")
    by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    what = models.CharField(max_length=300, blank=True, default="", db_default="", help_text="Its title")
    reason = models.CharField(_("reason"), max_length=500, blank=True)
    at = models.DateTimeField(default=timezone.now)

    objects = RemovalQuerySet.as_manager()

    def __str__(self) -> str:
        """What it was, or the group's name: while the group is one that the person may still know of."""
        is_listed = Group.objects.listed_to(self.member).filter(pk=self.group_id).exists()
        return (self.what or str(self.group)) if is_listed else _now("A group you were in")

    def get_absolute_url(self) -> str:
        return reverse("groups:removal", args=[self.pk])
