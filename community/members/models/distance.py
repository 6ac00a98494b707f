"""Distance: a member does not want to hear of another. The other never learns of it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Self

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from community.members.models.people import Member


class DistanceQuerySet(models.QuerySet["Distance"]):
    def visible_to(self, member: Member) -> Self:
        """One's own, and nobody else's: not those of others to oneself, and not for staff."""
        return self.filter(member=member)


class Distance(models.Model):
    """`member` mutes the `other`: what they write is folded and told of no more. Or blocks: nor do they reach them."""

    class Kind(models.TextChoices):
        MUTE = "mute", _("Muted")
        BLOCK = "block", _("Blocked")

    member = models.ForeignKey(Member, models.CASCADE, related_name="distances")
    other = models.ForeignKey(Member, models.CASCADE, related_name="+")
    kind = models.CharField(max_length=5, choices=Kind)
    since = models.DateTimeField(default=timezone.now)

    objects = DistanceQuerySet.as_manager()

    class Meta:
        ordering = ["other__name", "pk"]
        constraints = [models.UniqueConstraint("member", "other", name="one_distance_each")]

    def __str__(self) -> str:
        return str(self.get_kind_display())

    @classmethod
    def keep(cls, member: Member, other: Member, kind: str) -> None:
        """From now on; said again with another kind, it is that."""
        cls.objects.update_or_create(member=member, other=other, defaults={"kind": kind})

    @classmethod
    def kept_from(cls, other: Member, kinds: Iterable[str]) -> set[int]:
        """The keys of those who keep a distance of one of these kinds from the other."""
        return set(cls.objects.filter(other=other, kind__in=kinds).values_list("member", flat=True))
