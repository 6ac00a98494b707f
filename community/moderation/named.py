"""Things by the names that reports call them by; which of them staff see; and where else the same stands."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from typing import Any, NamedTuple

from django.apps import apps
from django.db import models

from community.files.models import StoredFile
from community.members.models import Member
from community.moderation.models import Moderatable
from community.moderation.models.moderatable import is_moderated
from community.moderation.models.parts import hashes_under

MOST = 20  # places of each kind that are told


class Elsewhere(NamedTuple):
    """Where the same stands: what the staff see in its own place, and how many places they do not see."""

    things: list[Moderatable]
    unseen: int


def elsewhere(staff: Member, thing: Moderatable) -> Elsewhere:
    """What has the same file, quotes the thing or says the very same: as many questions for few as for many."""
    digests = hashes_under(thing)
    found = beside(thing, {*thing.elsewhere, *(holding(digests) if digests else ())})
    seen = seen_by(found.values(), staff)
    return Elsewhere([each for name, each in found.items() if name in seen], len(found.keys() - seen))


def beside(thing: Moderatable, names: set[str]) -> dict[str, Moderatable]:
    """Of the things with these names those that are neither it nor a part of it, nor what it is a part of."""
    own = {thing.subject, *(whole.subject for whole in thing.wholes)}
    found = things_called(sorted(names - own))
    return {name: each for name, each in found.items() if thing.subject not in {it.subject for it in each.wholes}}


def things_called(subjects: Iterable[str]) -> dict[str, Moderatable]:
    wanted: dict[type[Moderatable], set[int]] = defaultdict(set)
    for subject in subjects:
        kind = Moderatable.named(subject)
        if kind is not None:
            wanted[kind].add(int(subject.rpartition("-")[2]))
    return {
        thing.subject: thing
        for kind, pks in wanted.items()
        for thing in kind._default_manager.to_show().filter(pk__in=pks)  # type: ignore[attr-defined]
        if not thing.is_withheld
    }


def seen_by(found: Iterable[Any], staff: Member) -> set[str]:
    """Which of them the staff see in their own place: a question to each kind."""
    kinds: dict[type[Any], dict[int, str]] = defaultdict(dict)
    for thing in found:
        kinds[type(thing)][thing.pk] = thing.subject
    rows = ((things, kind.objects.visible_to(staff).filter(pk__in=things)) for kind, things in kinds.items())
    return {things[pk] for things, seen in rows for pk in seen.values_list("pk", flat=True)}


def words_for(staff: Member, things: Iterable[Moderatable]) -> dict[str, str]:
    """What to call each, by its name: of what the staff do not see in its place, the kind alone."""
    found = list(things)
    seen = seen_by(found, staff)
    return {each.subject: each.label if each.subject in seen else each.kind_name for each in found}


def called(staff: Member, rows: Iterable[Any]) -> list[tuple[Any, str]]:
    """Each with what its `subject` is called in words. What is gone, held or not theirs to see keeps the name by which
    it is stored."""
    found = list(rows)
    names = {each.subject for each in found}
    words = others_called(staff, names) | words_for(staff, things_called(names).values())
    return [(each, words.get(each.subject, each.subject)) for each in found]


def others_called(member: Member, names: set[str]) -> dict[str, str]:
    """What else goes by a name, and cannot be hidden, such as people and groups, as far as the member sees it: a
    question to each kind."""
    wanted: dict[str, set[int]] = defaultdict(set)
    for kind, key in re.findall(r"^([a-z]+)-([0-9]{1,18})$", "\n".join(names), re.MULTILINE):
        wanted[kind].add(int(key))
    found: dict[str, str] = {}
    for model in apps.get_models():
        name, rows = str(model._meta.model_name), model._default_manager
        if name in wanted and hasattr(rows, "visible_to") and not is_moderated(model):
            seen = rows.visible_to(member).filter(pk__in=wanted[name])
            found |= {f"{name}-{row.pk}": str(row) for row in seen}
    return found


def holding(digests: set[str], most: int | None = MOST) -> set[str]:
    """The names of what has a file with these bytes: a post, a message, a document. So many of each, or all."""
    found: set[str] = set()
    for relation in StoredFile._meta.get_fields(include_hidden=True):
        if not isinstance(relation, models.ManyToOneRel):
            continue
        rows: Any = relation.related_model._base_manager
        rows = rows.filter(**{f"{relation.field.name}__sha256__in": digests}).order_by("-pk")
        for field in relation.related_model._meta.concrete_fields:
            kind: Any = field.related_model
            if is_moderated(kind):
                keys = rows.exclude(**{field.name: None}).values_list(field.name, flat=True)[:most]
                found |= {f"{kind._meta.model_name}-{pk}" for pk in keys}
    return found
