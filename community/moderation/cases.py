"""The desk and its cases as staff look at them: what waits, and all that is needed to decide about one thing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import chain

from django.db import transaction
from django.db.models import Count, Min, Q
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from community import compare, ledger, richtext
from community.members.models import Member
from community.moderation.earlier import earlier_of
from community.moderation.models import Case, Decision, Moderatable, Note, Report, Ruling, impartial
from community.moderation.models.case import CaseQuerySet
from community.moderation.named import seen_by, things_called, words_for
from community.order import rows_first
from community.policy import Refused

MOST_REPORTS = 50  # of one case that are read out; the rest say the same
MOST_CHOSEN = 50  # cases decided in one go
AHEAD = 20  # cases of the queue that are looked at to find the next
MEANWHILE = _("Somebody decided about this meanwhile, perhaps you in another window. Look at the case as it is now.")
SHOWN, READ = 140, 600  # characters of a thing on its line of the desk, and of its source that are read for them


@dataclass
class Row:
    """A line of the desk. `decision` is the latest, once there is one.

    Of what the staff do not see in its place, in a confidential group or a private room, the line says nothing more:
    opening the case is a look that is put down.
    """

    case: Case
    thing: Moderatable | None
    kinds: list[str]
    reports: int
    decision: Decision | None
    is_seen: bool

    @property
    def words(self) -> str:
        """How it begins, in plain words."""
        return richtext.excerpt(self.thing.evidence[:READ], SHOWN) if self.thing and self.is_seen else ""

    @property
    def place(self) -> str:
        """The group it is in, which a confidential one keeps to itself."""
        group = self.thing.stands_in if self.thing and self.is_seen else None
        return str(group) if group and not group.is_confidential else ""


@dataclass
class Opened:
    """Everything about one thing: the case that waits, if there is one, and all that was before."""

    thing: Moderatable
    case: Case | None
    is_confidential: bool
    staff: Member

    @property
    def name(self) -> str:
        """What it is called, as far as the staff see it in its place."""
        return words_for(self.staff, [self.thing])[self.thing.subject]

    @cached_property
    def surroundings(self) -> tuple[list[Moderatable], list[Moderatable], list[Moderatable]]:
        """What stands further before it; it between its neighbours; and what stands further after it.

        In a confidential group only what was reported is opened, alone.
        """
        near = [] if self.is_confidential else self.thing.surroundings()
        found = [each for each in near if not each.is_withheld]
        found = found if self.thing in found else [self.thing]
        at = found.index(self.thing)
        start, end = max(at - 1, 0), at + 2
        return found[:start], found[start:end], found[end:]

    @cached_property
    def reports(self) -> list[Report]:
        """The latest, each with what its writer reported `before`."""
        found = Report.objects.filter(subject=self.thing.subject).select_related("decision", "illegal")
        reports = list(found.order_by("-at", "-pk").prefetch_related("exhibits__stored")[:MOST_REPORTS])
        for each in (each for report in reports for each in report.exhibits.all() if each.part):
            each.url = self.thing.part_url(each.part)
        earlier = earlier_of(reports, self.thing.subject, self.staff)
        for report in reports:
            report.before = earlier[report.reporter_id]
        return reports

    @cached_property
    def reports_in_all(self) -> int:
        return Report.objects.filter(subject=self.thing.subject).count()

    @property
    def versions(self) -> list[tuple[Report, list[compare.Part]]]:
        """As it was when first reported and whenever it had changed since, each with what became of its words.

        None while a part of it is kept from everybody, whose words they may tell.
        """
        if self.thing.has_withheld:
            return []
        firsts = Report.objects.filter(subject=self.thing.subject).values("evidence").annotate(first=Min("pk"))
        kept = Report.objects.filter(pk__in=[row["first"] for row in firsts]).order_by("pk")
        now = self.thing.evidence
        return [(report, compare.changes(report.evidence, now)) for report in kept if report.evidence != now]

    @property
    def decisions(self) -> list[Decision]:
        found = Decision.objects.filter(subject=self.thing.subject)
        return list(found.select_related("by").prefetch_related("appeals"))

    @property
    def notes(self) -> list[Note]:
        return Note.about(self.thing.subject)

    @cached_property
    def author(self) -> Member | None:
        """Who made it, unless it names nobody: then staff do not learn it here either."""
        shown: Member = self.thing.author  # type: ignore[attr-defined]
        return None if shown.is_nameless else self.thing.writer

    @property
    def author_before(self) -> list[tuple[str, int]]:
        """How often what was decided about other things of the same author."""
        found = Decision.objects.filter(author=self.author).exclude(subject=self.thing.subject)
        counted = found.order_by().values("act").annotate(n=Count("pk"))
        return [(str(Decision.Act(row["act"]).label), row["n"]) for row in counted]


Reach = Callable[[Member, str], Opened | None]


def page(staff: Member, show: str, past: Case | None, most: int) -> list[Row]:
    """The cases that wait, that first whose time runs out first; or the staff's own of them; or those that are closed.

    A page begins after the case `past`.
    """
    cases = Case.objects.visible_to(staff).select_related("claimed_by")
    if show == "closed":
        found = cases.closed()
        if past:
            same = Q(closed_at=past.closed_at, pk__lt=past.pk)
            found = found.filter(Q(closed_at__lt=past.closed_at or past.at) | same)
    else:
        found = cases.open().by_time().filter(Q(claimed_by=staff) if show == "mine" else Q())
        if past:
            found = found.filter(_after(past))
    return _rows(list(found[:most]), staff)


def beside(staff: Member, case: Case) -> tuple[Case | None, Case | None]:
    """The open cases before and after one in the queue, of those that are not about something of the staff's own."""
    queue = Case.objects.visible_to(staff).open()
    before = queue.filter(Q(due_at__lt=case.due_at) | Q(due_at=case.due_at, pk__lt=case.pk)).order_by("-due_at", "-pk")
    return next(_workable(staff, before), None), next(_workable(staff, queue.filter(_after(case)).by_time()), None)


def go_on(staff: Member, case: Case | None) -> Case | None:
    """Where to go on once a case is decided: the next that no colleague is at, else the first.

    None of a confidential group, for opening one is a look that is put down: nobody gets there without asking.
    """
    free = Case.objects.visible_to(staff).open().by_time().filter(Q(claimed_by=None) | Q(claimed_by=staff))
    free = free.exclude(pk=case.pk) if case else free
    ahead = chain(_workable(staff, free.filter(_after(case)) if case else free), _workable(staff, free))
    return next((each for each in ahead if (opened := find(staff, each.subject)) and not opened.is_confidential), None)


def find(staff: Member, subject: str) -> Opened | None:
    """All about a thing, for staff who may know of it: in a confidential group that is what was reported."""
    thing = Moderatable.find(subject)
    if thing is None:
        return None
    is_confidential = not thing.is_read_by(staff)
    if is_confidential and not thing.has_reports:
        return None
    return Opened(thing, thing.open_case, is_confidential, staff)


def chosen(staff: Member, keys: list[str], reach: Reach = find) -> list[Opened]:
    """All about what the open cases with these keys are about, as far as the staff may know of it."""
    subjects = _ticked(staff, keys).open().by_time().values_list("subject", flat=True)
    return [opened for subject in subjects if (opened := reach(staff, subject))]


def decided_meanwhile(staff: Member, keys: list[str]) -> list[Case]:
    """Those of the chosen cases that are closed: a colleague was quicker, or another window."""
    return list(_ticked(staff, keys).closed())


@transaction.atomic
@rows_first()
def decide(staff: Member, thing: Moderatable, ruling: Ruling, seen: str) -> Decision:
    """As staff chose it who know what was decided about the thing up to `seen`, and nothing else."""
    last = thing.undoable if ruling.act == Decision.Act.RESTORE else None
    thing.hold_row(last.act if last else ruling.act)
    if str(thing.last_decided) != seen:
        raise Refused(MEANWHILE)
    return thing.undo(last, staff, ruling.reason, ruling.letter) if last else thing.decide(staff, ruling)


@transaction.atomic
@rows_first()
def hide_all(staff: Member, found: list[Opened], ruling: Ruling) -> list[Decision]:
    """All of it, or nothing where a single one may not be hidden, or was decided about meanwhile.

    All their rows are held before the first is hidden, in one order: what hiding one holds another deed may want that
    holds the next.
    """
    things = sorted((opened.thing for opened in found), key=lambda thing: (thing._meta.label, thing.pk))
    for thing in things:
        thing.hold_row()
    if Case.objects.closed().filter(pk__in=[opened.case.pk for opened in found if opened.case]).exists():
        raise Refused(MEANWHILE)
    return [thing.decide(staff, ruling) for thing in things]


def look(staff: Member, subject: str) -> Opened | None:
    """The same, to read it: a look into a confidential group is in the ledger."""
    opened = find(staff, subject)
    if opened and opened.is_confidential:
        ledger.record(staff, "look", subject, "reported in a confidential group")
    return opened


def decided_about(person: Member, staff: Member) -> list[tuple[Decision, str]]:
    """What was decided about what a person made, newest first, each with what that is called; what names nobody is left
    out: it would name them."""
    decisions = list(Decision.objects.visible_to(staff).filter(author=person).select_related("by"))
    things = things_called(decision.subject for decision in decisions)
    named = [thing for thing in things.values() if not thing.author.is_nameless]  # type: ignore[attr-defined]
    words = words_for(staff, named)
    return [(each, words[each.subject]) for each in decisions if each.subject in words]


def _ticked(staff: Member, keys: list[str]) -> CaseQuerySet:
    known = [int(key) for key in keys[:MOST_CHOSEN] if key.isascii() and key.isdigit() and len(key) < 19]
    return Case.objects.visible_to(staff).filter(pk__in=known)


def _after(case: Case) -> Q:
    return Q(due_at__gt=case.due_at) | Q(due_at=case.due_at, pk__gt=case.pk)


def _workable(staff: Member, queue: CaseQuerySet) -> Iterator[Case]:
    found = list(queue[:AHEAD])
    things = things_called(case.subject for case in found)
    for case in found:
        if (thing := things.get(case.subject)) and not impartial.why_not_decide(
            staff, case.subject, thing.whose(staff)
        ):
            yield case


def _rows(cases: list[Case], staff: Member) -> list[Row]:
    things = things_called(case.subject for case in cases)
    told: dict[int, dict[str, int]] = defaultdict(dict)
    counted = Report.objects.filter(case__in=cases).order_by().values_list("case", "kind").annotate(n=Count("pk"))
    for case, kind, n in counted:
        told[case][str(Report.Kind(kind).label)] = n
    decisions = Decision.objects.filter(case__in=cases).select_related("by").order_by("pk")
    latest = {decision.case_id: decision for decision in decisions}
    seen = seen_by(things.values(), staff)
    return [
        Row(
            each,
            things.get(each.subject),
            sorted(kinds),
            sum(kinds.values()),
            latest.get(each.pk),
            each.subject in seen,
        )
        for each, kinds in ((case, told[case.pk]) for case in cases)
    ]
