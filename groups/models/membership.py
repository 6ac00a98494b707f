"""A person's place in a group."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.db import models
from django.db.models import Case, IntegerField, Q, Value, When
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from community.asked import Asked
from community.members.models import Affiliation, Member, affiliation_in_force
from groups.models.choices import LEADING, Role


class MembershipQuerySet(models.QuerySet["Membership"]):
    def in_force(self) -> MembershipQuerySet:
        """Memberships that count today: not ended, resting on an affiliation in force."""
        not_ended = Q(ends_on=None) | Q(ends_on__gte=timezone.localdate())
        return self.filter(not_ended & affiliation_in_force("affiliation__"), member__is_active=True)

    def roles_of(self, member: Member) -> dict[int, str]:
        """The member's role today in each of their groups, by the groups' keys."""

        return member.once("roles", lambda: {place.group_id: place.role for place in _places(member=member.pk)})

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
        title = Q(member__title__icontains=words, member__profile_hidden=False)
        return self.filter(
            title | Q(member__name__icontains=words) | Q(affiliation__organisation__name__icontains=words)
        )

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


_places = Asked(lambda member: Membership.objects.in_force().filter(member=member))
