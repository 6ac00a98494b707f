"""Who of staff is on duty, and hears at once of what the law gives little time for."""

from __future__ import annotations

from typing import Any, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from community.members.models import Member
from community.moderation import clocks
from community.moderation.models.listed import Listed


class ShiftQuerySet(models.QuerySet["Shift"]):
    def visible_to(self, member: Member) -> Self:
        """Staff alone know who of them is on duty."""
        return self if member.is_staff and member.has_standing() else self.none()

    def to_come(self) -> Self:
        """Those of today and later."""
        return self.filter(last__gte=timezone.localdate(timezone=clocks.LONDON)).select_related("member")


class Shift(Listed):
    """Somebody of staff is on duty from the first to the last day, both included."""

    sign = "shift"

    member = models.ForeignKey(Member, models.PROTECT, related_name="+", verbose_name=_("who"))
    first = models.DateField(_("from"))
    last = models.DateField(_("to, that day included"), db_index=True)

    objects = ShiftQuerySet.as_manager()

    class Meta:
        ordering = ["first", "pk"]

    def __str__(self) -> str:
        return self.member.name

    def clean(self) -> None:
        if self.first and self.last and self.last < self.first:
            raise ValidationError({"last": _("This is before the first day.")})

    @classmethod
    def on_duty(cls) -> list[Member]:
        """Those whose day it is; where it is nobody's, all of staff."""
        today = timezone.localdate(timezone=clocks.LONDON)
        staff = Member.objects.with_standing().filter(is_staff=True)
        theirs = staff.filter(pk__in=cls.objects.filter(first__lte=today, last__gte=today).values("member"))
        return list(theirs) or list(staff)

    @property
    def facts(self) -> dict[str, Any]:
        return super().facts | {"member": self.member.subject}
