"""By when staff must have acted, by what it is about: the lengths of the law, and targets that staff set themselves."""

from __future__ import annotations

import datetime as dt
from typing import ClassVar, NamedTuple

from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from community.moderation import clocks
from community.moderation.models.holiday import Holiday
from community.moderation.models.kinds import Kind
from community.moderation.models.listed import Listed

APPEAL = "appeal"
WHAT = [*Kind.choices, (APPEAL, _("Appeals"))]


class By(models.TextChoices):
    """How a length of time is counted."""

    HOURS = "hours", _("hours, weekends and holidays included")
    WORKING_HOURS = "working", _("hours on working days")
    WORKING_DAYS = "workdays", _("working days")
    DAYS = "days", _("days, the last of them a working day")


class Law(NamedTuple):
    """What the law gives at most, for each way of counting that cannot come out longer; and that in a sentence."""

    most: dict[str, int]
    sentence: str | Promise
    is_statute: bool = True


HANDED_ON = Law(  # Keeping children safe in education, part 4
    {By.HOURS: 24, By.WORKING_HOURS: 24, By.WORKING_DAYS: 1},
    _("A worry about a child is passed on within one working day at most."),
    is_statute=False,
)
LAW: dict[str, Law] = {
    Kind.INTIMATE: Law({By.HOURS: 48}, _("The law gives 48 hours at most, weekends included.")),
    Kind.DEFAMATION: Law(
        {By.HOURS: 48, By.WORKING_HOURS: 48, By.WORKING_DAYS: 2},
        _("The law gives 48 hours at most, without weekends and bank holidays."),
    ),
    Kind.PERSONAL: Law(
        {By.HOURS: 29 * 24, By.WORKING_HOURS: 15 * 24, By.WORKING_DAYS: 15, By.DAYS: 30},
        _("The law gives 30 days at most: 15 working days or 696 hours never come to more."),
    ),
    Kind.WORRY: HANDED_ON,
    Kind.ABUSE: HANDED_ON,
}
OURS = Law(
    {By.HOURS: 30 * 24, By.WORKING_HOURS: 20 * 24, By.WORKING_DAYS: 20, By.DAYS: 30},
    _("No target is longer than 30 days, or 20 working days."),
    is_statute=False,
)
SHIPPED: dict[str, tuple[int, str]] = {
    Kind.INTIMATE: (48, By.HOURS),
    Kind.DEFAMATION: (48, By.WORKING_HOURS),
    Kind.PERSONAL: (30, By.DAYS),
    Kind.WORRY: (1, By.WORKING_DAYS),
    Kind.ABUSE: (1, By.WORKING_DAYS),
    APPEAL: (5, By.WORKING_DAYS),
}
KEEPS = _("What waits already keeps the time it was given.")
USUAL = (2, By.WORKING_DAYS)  # the house's own


class Target(Listed):
    """How long staff have for one kind. A row only where staff said otherwise than the site does by itself."""

    sign: ClassVar = "target"
    cached: ClassVar = "listed-targets"

    what = models.CharField(max_length=20, choices=WHAT, unique=True, editable=False)
    length = models.PositiveSmallIntegerField(_("how long"), validators=[MinValueValidator(1)])
    by = models.CharField(_("counted in"), max_length=10, choices=By)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(length__gt=0), name="no_target_of_no_time")]

    def __str__(self) -> str:
        return str(self.get_what_display())

    def get_absolute_url(self) -> str:
        return reverse("moderation:target", args=[self.what])

    def clean(self) -> None:
        if self.length is None or self.by not in By.values:
            return
        most = self.law.most.get(self.by)
        if most is None or self.length > most:
            sentence = format_lazy(_("{law} You can set it shorter, not longer."), law=self.law.sentence)
            raise ValidationError({"length": sentence})

    @property
    def law(self) -> Law:
        """What it may be at most."""
        return LAW.get(self.what, OURS)

    @property
    def hint(self) -> str | Promise:
        return format_lazy("{law} {waits}", law=self.law.sentence, waits=KEEPS)

    @property
    def take_off(self) -> str | Promise:
        return format_lazy(_("As before: {length}"), length=Target.shipped(self.what).said)

    @property
    def is_by_law(self) -> bool:
        return self.law is not OURS

    @property
    def is_ours(self) -> bool:
        """Whether staff set it: otherwise it is as the site does by itself."""
        return self.pk is not None

    @property
    def said(self) -> str:
        """ "48 hours on working days"."""
        n, words = self.length, By(self.by)
        return {
            By.HOURS: ngettext("%(n)s hour, weekends included", "%(n)s hours, weekends included", n),
            By.WORKING_HOURS: ngettext("%(n)s hour on working days", "%(n)s hours on working days", n),
            By.WORKING_DAYS: ngettext("%(n)s working day", "%(n)s working days", n),
            By.DAYS: ngettext("%(n)s day", "%(n)s days", n),
        }[words] % {"n": n}

    @property
    def clock(self) -> clocks.Clock:
        """Where it is as long as the law allows, that is said."""
        is_most = self.law.is_statute and self.law.most.get(self.by) == self.length
        words = _("{length}, set by law") if is_most else _("our target: {length}")
        is_short = self.what in {Kind.INTIMATE, Kind.DEFAMATION}
        given = f"{self.what} {self.length} {self.by}"
        return clocks.Clock(self.due, format_lazy(words, length=self.said), is_short, given)

    @classmethod
    def as_given(cls, given: str) -> Target:
        """The one that held when something came in."""
        what, length, by = given.split()
        return cls(what=what, length=int(length), by=by)

    def due(self, since: dt.datetime) -> dt.datetime:
        """When it is over for what came in then."""
        off = Holiday.off(by_law=self.is_by_law)
        if self.by == By.HOURS:
            return clocks.real_hours(since, self.length)
        if self.by == By.DAYS:
            return clocks.calendar_days(since, self.length, off)
        return clocks.working_hours(since, self.length * (24 if self.by == By.WORKING_DAYS else 1), off)

    @classmethod
    def of(cls, what: str) -> Target:
        """The one that holds."""
        known: dict[str, Target] | None = cache.get(cls.cached)
        if known is None:
            known = {each.what: each for each in cls.objects.all()}
            cache.set(cls.cached, known, 60)
        return known.get(what) or cls.shipped(what)

    @classmethod
    def shipped(cls, what: str) -> Target:
        """As the site does by itself."""
        length, by = SHIPPED.get(what, USUAL)
        return cls(what=what, length=length, by=by)

    @classmethod
    def listed(cls) -> list[Target]:
        """All that hold."""
        return [cls.of(str(what)) for what, _name in WHAT]


def clock_of(what: str, given: str = "") -> clocks.Clock:
    """How the time for a report of that kind, or for an appeal, is counted; in the words of the target it was given."""
    clock = Target.of(what).clock
    return clock._replace(words=Target.as_given(given).clock.words) if given else clock


DATA = clocks.Clock(  # nobody can set it: it is one month
    lambda since: clocks.calendar_month(since, Holiday.off(by_law=True)), _("one month to answer it, set by law")
)
