"""What whoever reported something reported before: staff weigh a report by it, without a name."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Count, Q

from community.members.models import Member
from community.moderation.models import Report
from community.moderation.models.acts import UNTOLD
from community.moderation.named import things_called, words_for

MOST = 3  # earlier cases that a report’s writer had part in, with a link
MOST_AT_ONCE = 150  # reports that these are looked for in


@dataclass
class Earlier:
    """What somebody reported before: how often, how often staff acted on it, and where to look."""

    reports: int = 0
    acted: int = 0
    subjects: tuple[str, ...] = ()
    things: tuple[tuple[str, str], ...] = ()  # a name and what to call it, of those that are still there


def earlier_of(reports: list[Report], subject: str, staff: Member) -> dict[int, Earlier]:
    """What the writers of these reports said of other things before."""
    found: dict[int, Earlier] = defaultdict(Earlier)
    before = Report.objects.filter(reporter__in={report.reporter_id for report in reports}).exclude(subject=subject)
    acted = Count("pk", filter=~Q(decision=None) & ~Q(decision__act__in=UNTOLD))
    for row in before.order_by().values("reporter").annotate(n=Count("pk"), acted=acted):
        found[row["reporter"]] = Earlier(row["n"], row["acted"])
    for reporter, other in before.order_by("-pk").values_list("reporter", "subject")[:MOST_AT_ONCE]:
        subjects = found[reporter].subjects
        if len(subjects) < MOST and other not in subjects:
            found[reporter].subjects = (*subjects, other)
    called = words_for(staff, things_called({subject for each in found.values() for subject in each.subjects}).values())
    for each in found.values():
        each.things = tuple((name, called[name]) for name in each.subjects if name in called)
    return found
