"""Things by name: rows that speak of a thing ("threads.post", 12) find it again, as far as a member may see it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from django.apps import apps
from django.db import models

from community.members.models import Member

Name = tuple[str, int]


def name_of(thing: models.Model) -> Name:
    return thing._meta.label_lower, thing.pk


def seen_by(member: Member, names: Iterable[Name], *, in_sight: bool = False) -> dict[Name, Any]:
    """The things the member may see now, with all they need to be shown; the rest is not there.

    `in_sight` leaves out those that only say that they are hidden or removed.
    """
    return {
        (label, pk): thing
        for label, found in _visible(member, names, in_sight=in_sight)
        for pk, thing in (found.to_show() if hasattr(found, "to_show") else found).in_bulk().items()
    }


def followed(member: Member, names: Iterable[Name]) -> dict[Name, Any]:
    """The same, and of what went into another thing (a thread that was merged) that other one."""
    names = set(names)
    seen = seen_by(member, names)
    into = gone_into(names - seen.keys())
    there = seen_by(member, into.values())
    return seen | {name: there[now] for name, now in into.items() if now in there}


def gone_into(names: Iterable[Name]) -> dict[Name, Name]:
    """What the things of these names went into, of those that did: their model says it by `gone_into`."""
    found: dict[Name, Name] = {}
    for label, pks in _by_label(names).items():
        known = getattr(_model(label), "gone_into", None)
        found |= {(label, pk): (label, now) for pk, now in known(pks).items()} if known else {}
    return found


def visible_names(member: Member, names: Iterable[Name], *, in_sight: bool = False) -> set[Name]:
    """Which of the names the member may know now; cheaper than the things themselves."""
    visible = _visible(member, names, in_sight=in_sight)
    return {(label, pk) for label, found in visible for pk in found.values_list("pk", flat=True)}


def _visible(member: Member, names: Iterable[Name], *, in_sight: bool) -> Iterator[tuple[str, models.QuerySet[Any]]]:
    """One query for each kind of thing, each through the kind's own `visible_to`."""
    for label, pks in _by_label(names).items():
        rows = _model(label)
        if rows is None:
            continue
        found = rows.visible_to(member).filter(pk__in=pks)
        yield label, found.in_sight() if in_sight and hasattr(found, "in_sight") else found


def _by_label(names: Iterable[Name]) -> dict[str, set[int]]:
    wanted: dict[str, set[int]] = defaultdict(set)
    for label, pk in names:
        wanted[label].add(pk)
    return wanted


def _model(label: str) -> Any:
    """The rows of that kind of thing; None of a room that is no more."""
    try:
        return apps.get_model(label)._default_manager
    except LookupError:
        return None
