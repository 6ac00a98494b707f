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


def visible_names(member: Member, names: Iterable[Name], *, in_sight: bool = False) -> set[Name]:
    """Which of the names the member may know now; cheaper than the things themselves."""
    visible = _visible(member, names, in_sight=in_sight)
    return {(label, pk) for label, found in visible for pk in found.values_list("pk", flat=True)}


def _visible(member: Member, names: Iterable[Name], *, in_sight: bool) -> Iterator[tuple[str, models.QuerySet[Any]]]:
    """One query for each kind of thing, each through the kind's own `visible_to`."""
    wanted: dict[str, set[int]] = defaultdict(set)
    for label, pk in names:
        wanted[label].add(pk)
    for label, pks in wanted.items():
        try:
            model = apps.get_model(label)
        except LookupError:  # a room that is no more
            continue
        found = model._default_manager.visible_to(member).filter(pk__in=pks)
        yield label, found.in_sight() if in_sight and hasattr(found, "in_sight") else found
