"""A person's place in a group."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.db import models
from django.db.models import Case, IntegerField, Q, Value, When
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from community.members.models import Affiliation, Member, affiliation_in_force
from groups.models.choices import LEADING, Role


class MembershipQuerySet(models.QuerySet["Membership"]):
    def in_force(self) -> MembershipQuerySet:
        """Memberships that count today: not ended, resting on an affiliation in force."""
        return self.not_ended().filter(affiliation_in_force("affiliation__"), member__is_active=True)

    def not_ended(self) -> MembershipQuerySet:
        """Not ended by their own dates, whatever they rest on."""
        return self.filter(Q(ends_on=None) | Q(ends_on__gte=timezone.localdate()))

    def roles_of(self, member: Member) -> dict[int, str]:
        """The member's role today in each of their groups, by the groups' keys."""

        def ask() -> dict[int, str]:
            mine = self.not_ended().filter(member=member.pk, affiliation__in=[tie.pk for tie in member.ties()])
            return dict(mine.values_list("group", "role")) if member.is_active else {}

        return member.once("roles", ask)

    def places_of(self, member: Member, roles: Collection[str] = Role.values) -> Any:
        """The groups in which the member has one of the roles today, for a filter: known, or part of its query."""
        if getattr(member, "known", None) is None:
            return self.in_force().filter(member=member.pk, role__in=roles).values("group")
        return [group for group, role in self.roles_of(member).items() if role in roles]

    def visible_to(self, member: Member) -> MembershipQuerySet:
        """Who is in the groups whose inside the member may read."""
        groups = self.model._meta.get_field("group").related_model
        return self.filter(group__in=groups.objects.visible_to(member))  # type: ignore[union-attr]

    def about(self, words: str) -> MembershipQuerySet:
        """Whose name, role or organisation holds these words."""
        person = Q(member__name__icontains=words) | Q(member__title__icontains=words)
        return self.filter(person | Q(affiliation__organisation__name__icontains=words))

    def by_organisation(self) -> MembershipQuerySet:
        return self.order_by("affiliation__organisation__name", "member__name", "pk")

    def leading(self) -> MembershipQuerySet:
        """Leads and co-leads in force, leads first."""
        return self.in_force().filter(role__in=LEADING).by_rank()

    def by_rank(self) -> MembershipQuerySet:
        """Leads, co-leads, members, observers; among them, whoever came first."""
        ranks = [When(role=role, then=Value(rank)) for rank, role in enumerate(Role.values)]
        return self.order_by(Case(*ranks, output_field=IntegerField()), "joined_at", "pk")


class Membership(models.Model):
    """A person's place in a group, held for one of their organisations. It is in force only while that tie is."""

    group = models.ForeignKey("groups.Group", models.CASCADE, related_name="memberships")
    member = models.ForeignKey(Member, models.CASCADE, related_name="memberships")
    affiliation = models.ForeignKey(Affiliation, models.PROTECT, related_name="memberships")
    role = models.CharField(max_length=10, choices=Role, default=Role.MEMBER)
    ends_on = models.DateField(_("last day"), null=True, blank=True)
    joined_at = models.DateTimeField(default=timezone.now)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint("group", "member", name="one_place_in_a_group"),
            models.CheckConstraint(
                condition=~Q(role=Role.OBSERVER) | Q(ends_on__isnull=False), name="observers_have_an_end_date"
            ),
        ]
