"""That a thing ("threads.post", 12) leads to another ("documents.document", 3)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import models

from community import things
from community.members.models import Member

MOST_LOOKED_AT = 200  # of the places where a thing is talked about, the latest


class Link(models.Model):
    """One thing's text leads to another."""

    source_model = models.CharField(max_length=80)
    source_id = models.PositiveBigIntegerField()
    target_model = models.CharField(max_length=80)
    target_id = models.PositiveBigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint("source_model", "source_id", "target_model", "target_id", name="one_link_a_pair"),
        ]
        indexes = [models.Index(fields=["target_model", "target_id", "-id"], name="talked_about")]

    def __str__(self) -> str:
        return f"{self.source_model}-{self.source_id} > {self.target_model}-{self.target_id}"


def note(source: models.Model, targets: Iterable[things.Name]) -> None:
    """These, and only these, are what the source leads to now."""
    model, pk = things.name_of(source)
    known = Link.objects.filter(source_model=model, source_id=pk)
    now, before = set(targets), {(link.target_model, link.target_id): link.pk for link in known}
    if gone := [key for name, key in before.items() if name not in now]:
        known.filter(pk__in=gone).delete()
    made = [Link(source_model=model, source_id=pk, target_model=to, target_id=n) for to, n in now - before.keys()]
    Link.objects.bulk_create(made, ignore_conflicts=True)


def talk_about(target: models.Model, reader: Member, most: int) -> list[Any]:
    """Where the reader may see the thing talked about, the latest first; each whole thing once, by its latest part."""
    model, pk = things.name_of(target)
    found = Link.objects.filter(target_model=model, target_id=pk).order_by("-pk")[:MOST_LOOKED_AT]
    names = [(link.source_model, link.source_id) for link in found]
    seen = things.seen_by(reader, names, in_sight=True)
    once: dict[Any, Any] = {}
    for name in names:
        if name in seen:
            once.setdefault(things.name_of(getattr(seen[name], "thread", seen[name])), seen[name])
    return list(once.values())[:most]
