"""What waits at the desk: the reports about one thing, gathered, with the thing as it stands and as it was."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Max, Min

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
    report: Report | None = None  # the one whose time runs out first
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
    """Things with open reports, that first whose time runs out first."""
    found = Report.objects.open().values("subject").annotate(due=Min("due_at")).order_by("due", "subject")
    reports: dict[str, list[Report]] = {row["subject"]: [] for row in found[:most]}
    for report in Report.objects.open().filter(subject__in=list(reports)).order_by("due_at", "pk"):
        reports[report.subject].append(report)
    things = _things(reports)
    return [
        Row(subject, things.get(subject), sorted({str(each) for each in told}), len(told), report=told[0])
        for subject, told in reports.items()
        if told
    ]


def closed(most: int) -> list[Row]:
    """The latest decision about each thing, newest first."""
    latest = Decision.objects.values("subject").annotate(last=Max("pk")).order_by("-last").values("last")[:most]
    found = Decision.objects.filter(pk__in=[row["last"] for row in latest]).select_related("by")
    decisions = list(found.annotate(due=Min("reports__due_at")))
    things = _things(decision.subject for decision in decisions)
    return [Row(each.subject, things.get(each.subject), [each.rule], 0, decision=each) for each in decisions]


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
