"""What had been told before it was sealed, about a thing or about none: from then on for the keepers alone."""

from __future__ import annotations

from typing import NamedTuple

from django.db.models import Q

from community.members.models import Member
from community.moderation.models import Exhibit, Notice, Report, SealedCase
from community.moderation.models.exhibit import ExhibitQuerySet
from community.moderation.models.parts import subjects_under

MOST = 50  # reports that are shown at once


class Before(NamedTuple):
    """Some of the reports, the latest first, and how many there are."""

    latest: list[Report | Notice]
    in_all: int


def reports(case: SealedCase, keeper: Member, most: int | None = MOST) -> Before:
    """From here and from outside, but none from outside that is about the keeper. So many, or all."""
    subjects, outside = _subjects(case), Notice.objects.filter(_outside(case)).exclude(kept_from=keeper)
    inside = Report.objects.filter(subject__in=subjects)
    found = [
        each for rows in (inside, outside) for each in rows.select_related("illegal").order_by("-at", "-pk")[:most]
    ]
    return Before(sorted(found, key=lambda each: each.at, reverse=True)[:most], inside.count() + outside.count())


def exhibits(case: SealedCase, keeper: Member) -> ExhibitQuerySet:
    """What came with these."""
    found = Exhibit.objects.about(*_subjects(case)) | Exhibit.objects.filter(notice__sealed=case)
    found = found.exclude(notice__kept_from=keeper)
    return found.select_related("stored").distinct()


def files(case: SealedCase, keeper: Member) -> ExhibitQuerySet:
    """Those of them that are opened: none where it is child abuse material, which nobody here looks at or copies."""
    found = exhibits(case, keeper)
    return found.none() if case.is_abuse else found.exclude(stored=None)


def _outside(case: SealedCase) -> Q:
    """What came from outside and was handed over by itself, or was one of the reports about the thing."""
    return Q(sealed=case) | Q(case__subject__in=_subjects(case))


def _subjects(case: SealedCase) -> set[str]:
    thing = case.thing if case.is_held else None
    return subjects_under(thing) if thing else set()
