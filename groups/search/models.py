"""The index: one row for each findable thing, kept by the deeds that change it."""

from __future__ import annotations

import re
from typing import Any

from django.db import models
from django.utils import timezone

from groups.models import Group

FROM, TO = "\x02", "\x03"  # stand around what was looked for; no text of ours holds them
LONGEST = 200_000  # characters by which a thing is found


class Record(models.Model):
    """The findable text of a thing. Hidden and deleted things have no row."""

    group = models.ForeignKey(Group, models.CASCADE, related_name="+")
    thing_model = models.CharField(max_length=80)
    thing_id = models.PositiveBigIntegerField()
    title = models.CharField(max_length=300)
    text = models.TextField()
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint("thing_model", "thing_id", name="one_record_a_thing")]

    @property
    def name(self) -> tuple[str, int]:
        """The thing's name, as `community.things` takes it."""
        return self.thing_model, self.thing_id


def index(thing: models.Model, group: Group, title: str, text: str) -> None:
    """Make the thing findable under this title and plain text, or change what it is found by."""
    Record.objects.update_or_create(
        thing_model=thing._meta.label_lower,
        thing_id=thing.pk,
        defaults={"group": group, "title": _plain(title)[:300], "text": _plain(text)[:LONGEST]},
    )


def moved(things: models.QuerySet[Any], group: Group, title: str) -> None:
    """The findable ones of the things are in that group now, under that title."""
    records = Record.objects.filter(thing_model=things.model._meta.label_lower, thing_id__in=things.values("pk"))
    records.update(group=group, title=_plain(title)[:300])


def drop(thing: models.Model) -> None:
    """Nobody finds the thing any more."""
    Record.objects.filter(thing_model=thing._meta.label_lower, thing_id=thing.pk).delete()


def _plain(text: str) -> str:
    return re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f]", " ", text)
