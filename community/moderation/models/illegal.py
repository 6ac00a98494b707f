"""The kinds of illegal content that a reporter can choose from: a list that staff keep.

To begin with, the priority kinds of the Online Safety Act 2023 (schedules 5 to 7) in plain words, as research. Child
abuse and intimate pictures are not among them: they are kinds of reports of their own, with ways of their own.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from community.moderation.models.listed import Listed


class IllegalKind(Listed):
    """One of them. Retired, it is offered no more and stays where it was chosen."""

    sign: ClassVar = "illegal-kind"

    name = models.CharField(
        _("what it is"), max_length=80, unique=True, error_messages={"unique": _("This is on the list already.")}
    )
    place = models.PositiveSmallIntegerField(
        _("place in the list"), default=100, help_text=_("The lowest comes first.")
    )
    is_retired = models.BooleanField(
        _("not offered any more"), default=False, help_text=_("It stays in the reports where it was chosen.")
    )

    class Meta:
        ordering = ["place", "pk"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("moderation:illegal-kind", args=[self.pk])

    @classmethod
    def listed(cls) -> list[IllegalKind]:
        """All of them, for staff."""
        return list(cls.objects.all())

    @classmethod
    def offered(cls, chosen: IllegalKind | None = None) -> models.QuerySet[IllegalKind]:
        """Those that can be chosen now; and the one that was chosen already."""
        return cls.objects.filter(models.Q(is_retired=False) | models.Q(pk=chosen.pk if chosen else None))

    @property
    def why_stays(self) -> str | Promise:
        is_used = self.pk and any(rows.exists() for rows in (self.report_set.all(), self.notice_set.all()))
        return _("It was chosen in a report, so it stays. Say that it is not offered any more.") if is_used else ""
