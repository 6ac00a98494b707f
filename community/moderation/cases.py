"""What waits at the desk: the reports about one thing, gathered, with the thing as it stands and as it was."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Max, Min

from community import ledger
from community.members.models import Member
from community.moderation.models import Decision, Moderatable, Report


@dataclass
class Row:
    """A line of the desk."""

    subject: str
    thing: Moderatable | None
    kinds: list[str]
    reports: int
    first: dt.datetime
    decision: Decision | None = None


@dataclass
class Case:
    """Everything needed to decide about one thing."""

    thing: Moderatable
    surroundings: list[Moderatable]
    reports: list[Report]
    decisions: list[Decision]
    is_confidential: bool


def waiting(most: int) -> list[Row]:
    """Things with open reports, the longest waiting first."""
    found = Report.objects.open().values("subject").annotate(reports=Count("pk"), first=Min("at")).order_by("first")
    subjects = list(found[:most])
    names: dict[str, set[str]] = {}
    for report in Report.objects.open().filter(subject__in=[row["subject"] for row in subjects]):
        names.setdefault(report.subject, set()).add(str(report.get_kind_display()))
    things = _things(row["subject"] for row in subjects)
    return [
        Row(row["subject"], things.get(row["subject"]), sorted(names[row["subject"]]), row["reports"], row["first"])
        for row in subjects
    ]


def closed(most: int) -> list[Row]:
    """The latest decision about each thing, newest first."""
    latest = Decision.objects.values("subject").annotate(last=Max("pk")).order_by("-last").values("last")[:most]
    decisions = list(Decision.objects.filter(pk__in=[row["last"] for row in latest]).select_related("by"))
    things = _things(decision.subject for decision in decisions)
    return [Row(each.subject, things.get(each.subject), [each.rule], 0, each.at, each) for each in decisions]


def open_case(staff: Member, subject: str) -> Case | None:
    """The case of a thing. In a confidential group only what was reported is opened, alone, and the look is logged."""
    thing = Moderatable.find(subject)
    if thing is None:
        return None
    confidential = not thing.is_visible_to(staff)
    if confidential and not thing.has_reports:
        return None
    if confidential:
        ledger.record(staff, "look", subject, "reported in a confidential group")
    return Case(
        thing=thing,
        surroundings=[thing] if confidential else list(thing.surroundings()),
        reports=list(Report.objects.filter(subject=subject).select_related("decision")),
        decisions=list(Decision.objects.filter(subject=subject).select_related("by")),
        is_confidential=confidential,
    )


def _things(subjects: Iterable[str]) -> dict[str, Moderatable]:
    wanted: dict[type[Moderatable], list[int]] = {}
    for subject in subjects:
        kind = Moderatable.named(subject)
        if kind is not None:
            wanted.setdefault(kind, []).append(int(subject.rpartition("-")[2]))
    return {
        thing.subject: thing
        for kind, pks in wanted.items()
        for thing in kind._default_manager.to_show().filter(pk__in=pks)  # type: ignore[attr-defined]
    }
