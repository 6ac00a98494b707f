"""The days that clocks leave out beside weekends: a list that staff keep."""

from __future__ import annotations

import datetime as dt

from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from holidays import country_holidays

from community.members.models import Member
from community.moderation.models.listed import Listed

SOON = dt.timedelta(days=92)  # before the end of the list: three months
FAR = 10  # years ahead
SATURDAY = 5


class Holiday(Listed):
    """A day off, in England and Wales (Defamation (Operators of Websites) Regulations 2013, regulation 1(3))."""

    class Stops(models.TextChoices):
        ALL = "all", _("Bank holiday: clocks of the law and our own targets")
        OURS = "ours", _("Our own day off: our own targets alone")

    sign, cached = "holiday", "listed-holidays"

    day = models.DateField(_("day"), unique=True, error_messages={"unique": _("This day is on the list already.")})
    name = models.CharField(_("name"), max_length=80)
    stops = models.CharField(
        _("which clocks leave it out"),
        max_length=4,
        choices=Stops,
        default=Stops.ALL,
        help_text=_("A bank holiday is one that was proclaimed for England and Wales: no other day stops the law."),
    )

    class Meta:
        ordering = ["day"]

    def __str__(self) -> str:
        return date_format(self.day, "l j F Y")

    def get_absolute_url(self) -> str:
        return reverse("moderation:holiday", args=[self.pk])

    def clean(self) -> None:
        if not self.day:
            return
        today = timezone.localdate()
        if self.day < today and not Holiday.objects.filter(pk=self.pk, day=self.day).exists():
            raise ValidationError({"day": _("This day is past. Clocks that ran then keep the end they were given.")})
        if self.day.year > today.year + FAR:
            raise ValidationError({"day": _("This is more than %(n)s years ahead.") % {"n": FAR}})
        if self.day.weekday() >= SATURDAY:
            raise ValidationError({"day": _("This is a weekend, which clocks leave out anyway.")})

    @classmethod
    def to_come(cls) -> list[Holiday]:
        """Those of this year and later."""
        return list(cls.objects.filter(day__year__gte=timezone.localdate().year))

    @classmethod
    def off(cls, *, by_law: bool) -> frozenset[dt.date]:
        """The days that a clock leaves out: one of the law, or one of our own."""
        known: list[tuple[dt.date, str]] | None = cache.get(cls.cached)
        if known is None:
            known = list(cls.objects.values_list("day", "stops"))
            cache.set(cls.cached, known, 60)
        return frozenset(day for day, stops in known if stops == cls.Stops.ALL or not by_law)

    @classmethod
    def last_day(cls) -> dt.date | None:
        """Up to when the list of bank holidays goes."""
        return cls.objects.filter(stops=cls.Stops.ALL).aggregate(last=models.Max("day"))["last"]

    @classmethod
    def ends_soon(cls) -> bool:
        """Clocks of the next months would run over days that nobody has put on the list."""
        last = cls.last_day()
        return last is None or last < timezone.localdate() + SOON

    @classmethod
    def next_year(cls) -> int:
        """The first that has none of them yet."""
        last = cls.last_day()
        return max(last.year + 1, timezone.localdate().year) if last else timezone.localdate().year

    @classmethod
    @transaction.atomic
    def add_year(cls, by: Member, year: int) -> None:
        """The bank holidays of a year, as far as they can be reckoned: those that will be proclaimed, nobody knows."""
        list(cls.objects.select_for_update().order_by("pk"))  # two who add it do so one after the other
        known = set(cls.objects.filter(day__year=year).values_list("day", flat=True))
        for day, name in sorted(country_holidays("GB", subdiv="ENG", years=year).items()):
            if day not in known and day.weekday() < SATURDAY:
                cls(day=day, name=name[:80], stops=cls.Stops.ALL).keep(by)
