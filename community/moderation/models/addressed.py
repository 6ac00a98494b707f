"""What the web addresses in somebody's words lead to."""

from __future__ import annotations

import re

from community.members.models import Member
from community.moderation.models.moderatable import Moderatable
from community.moderation.models.parts import writers_of

ADDRESSED = re.compile(r"(?<![a-z])([a-z]{1,40}?)s?[-/]([0-9]{1,18})(?![0-9])")  # as in "…/#post-12" or "/posts/12/"
PERSON = re.compile(r"/people/([a-z0-9_-]+)")


def things_at(told: str) -> list[Moderatable]:
    """All that is named there, the last first; what is held is not."""
    return [thing for thing in _named(told) if not thing.is_withheld]


def concerned_at(told: str) -> tuple[set[Member], set[Member]]:
    """Whom it is about: who wrote what is named there or a part of it, or is named themselves; and of these the first,
    who answer for it as a whole. Of a thing and what it stands in, the thing alone is meant."""
    found = _named(told)
    around = {whole.subject for thing in found for whole in thing.wholes}
    meant = [thing for thing in found if thing.subject not in around]
    people = set(Member.objects.filter(handle__in=PERSON.findall(told.lower())))
    first = people | {thing.writer for thing in meant}
    return first.union(*(writers_of(thing) for thing in meant)), first


def _named(told: str) -> list[Moderatable]:
    names = dict.fromkeys(f"{kind}-{pk}" for kind, pk in reversed(ADDRESSED.findall(told.lower())))
    people = Member.objects.filter(handle__in=PERSON.findall(told.lower()))
    names |= dict.fromkeys(person.profile_subject for person in people)
    return [thing for name in names if (thing := Moderatable.find_withheld(name))]
