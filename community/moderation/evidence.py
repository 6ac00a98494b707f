"""What was done, in figures, out of what is there: for trustees, for a yearly report, and for the regulator.

Nobody and nothing is named; of what is sealed there is a number alone.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
from statistics import median
from typing import Any, NamedTuple

from django.db import models
from django.db.models import Count, F, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from community import ledger
from community.moderation.models import Appeal, Case, DataRequest, Decision, IllegalKind, Notice, Report, SealedCase

RISKY = ("=", "+", "-", "@", "\t", "\r")  # what a spreadsheet would take for a formula


class Table(NamedTuple):
    """A part of the report: its title, what the columns are, and the rows."""

    title: str
    columns: list[str]
    rows: list[list[Any]]


class Period(NamedTuple):
    """From the first day to the last, both included."""

    first: dt.date
    last: dt.date

    @classmethod
    def year(cls, year: int) -> Period:
        return cls(dt.date(year, 1, 1), dt.date(year, 12, 31))

    def of(self, field: str) -> Q:
        """What falls into it."""
        return Q(**{f"{field}__date__range": (self.first, self.last)})


def tables(period: Period) -> list[Table]:
    """The whole report."""
    parts = (_reported, _illegal, _cases, _outside, _decided, _appeals, _data, _sealed)
    return [part(period) for part in parts]


def chain() -> Table:
    """Whether the ledger is as it was written. Every row of it is read, so it is asked for, not shown each time."""
    broken, head, day = ledger.first_broken(), ledger.head(), timezone.localdate().isoformat()
    state = (
        _("Every row is there, unaltered and in order.") if broken is None else _("Row %s was altered or is missing.")
    )
    columns = [_("Checked on"), _("Found"), _("Last row and its seal, to be kept elsewhere")]
    return Table(_("The ledger"), columns, [[day, state % broken if broken else state, head]])


def as_csv(found: list[Table]) -> str:
    """One table below the other; no cell is a formula."""
    out = io.StringIO()
    writer = csv.writer(out)
    for table in found:
        writer.writerows([[plain(cell) for cell in row] for row in ([table.title], table.columns, *table.rows, [])])
    return out.getvalue()


def plain(cell: Any) -> str:
    """The cell in words that no spreadsheet takes for a formula."""
    text = str(cell)
    return f"'{text}" if text.startswith(RISKY) else text


def _reported(period: Period) -> Table:
    members = _counted(Report.objects.filter(period.of("at")), "kind")
    outside = _counted(Notice.objects.filter(period.of("at")), "kind")
    rows = [
        [str(Report.Kind(kind).label), members.get(kind, 0), outside.get(kind, 0)]
        for kind in Report.Kind.values
        if kind in members or kind in outside
    ]
    return Table(_("Reports by what they are about"), [_("About"), _("By members"), _("From outside")], rows)


def _illegal(period: Period) -> Table:
    """Which kinds of illegal content were reported, as far as whoever reported it said so."""
    parts = (Report.objects, Notice.objects)
    members, outside = (_counted(each.filter(period.of("at"), kind=Report.Kind.ILLEGAL), "illegal") for each in parts)
    rows: list[list[Any]] = [
        [kind.name, members.get(kind.pk, 0), outside.get(kind.pk, 0)]
        for kind in IllegalKind.listed()
        if kind.pk in members or kind.pk in outside
    ]
    if None in members or None in outside:
        rows.append([_("Not said"), members.get(None, 0), outside.get(None, 0)])
    return Table(_("Illegal content by its kind"), [_("Kind"), _("By members"), _("From outside")], rows)


def _cases(period: Period) -> Table:
    columns = [_("About"), _("Opened"), _("Decided"), _("Of these in time"), _("Hours to the decision (median)")]
    return Table(_("Cases"), columns, _times(Case.objects.filter(period.of("at")), "closed_at"))


def _outside(period: Period) -> Table:
    columns = [_("About"), _("Received"), _("Answered"), _("Of these in time"), _("Hours to the answer (median)")]
    return Table(_("Reports from outside"), columns, _times(Notice.objects.filter(period.of("at")), "answered_at"))


def _times(found: models.QuerySet[Any], end: str) -> list[list[Any]]:
    """For each kind how many there were, how many were done with, in time, and how long that took."""
    rows: list[list[Any]] = []
    for kind in Case.Kind:
        times = list(found.filter(kind=kind).values_list("at", "due_at", end))
        took = [(done - at).total_seconds() / 3600 for at, _due, done in times if done]
        in_time = sum(done <= due for _at, due, done in times if done)
        if times:
            rows.append([str(kind.label), len(times), len(took), in_time, round(median(took)) if took else "–"])
    return rows


def _decided(period: Period) -> Table:
    found = _counted(Decision.objects.filter(period.of("at")), "act")
    undone = _counted(Decision.objects.filter(period.of("at"), undone_by__isnull=False), "act")
    rows = [[str(act.label), found[act], undone.get(act, 0)] for act in Decision.Act if act in found]
    return Table(_("Decisions"), [_("What was done"), _("How often"), _("Undone since")], rows)


def _appeals(period: Period) -> Table:
    heard, of_author = Q(heard_at__isnull=False), Q(by=F("decision__author"))
    found = Appeal.objects.filter(period.of("at")).aggregate(
        lodged=Count("pk"),
        heard=Count("pk", filter=heard),
        in_time=Count("pk", filter=heard & Q(heard_at__lte=F("due_at"))),
        undone=Count("pk", filter=Q(is_upheld=True) & of_author),
        anew=Count("pk", filter=Q(is_upheld=True) & ~of_author),
    )
    columns = [_("Lodged"), _("Heard"), _("Of these in time")]
    columns += [_("Upheld for the author: the decision was undone"), _("Upheld for a reporter: it is decided anew")]
    return Table(_("Appeals"), columns, [list(found.values())])


def _data(period: Period) -> Table:
    columns = [_("Received"), _("Answered"), _("Of these in time")]
    return Table(_("Requests about personal data"), columns, [list(DataRequest.counted(period.of("at")).values())])


def _sealed(period: Period) -> Table:
    found = SealedCase.objects.filter(period.of("at"))
    title = _("Sealed: worries about a child or a colleague, and child abuse material")
    return Table(title, [_("Received"), _("Closed")], [[found.count(), found.exclude(closed_at=None).count()]])


def _counted(found: models.QuerySet[Any], by: str) -> dict[Any, int]:
    return dict(found.order_by().values_list(by).annotate(n=Count("pk")))
