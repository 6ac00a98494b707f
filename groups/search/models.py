"""The index: one row for each findable thing, kept by the deeds that change it."""

from __future__ import annotations

import re
from typing import Any

from django.db import models
from django.utils import timezone

from community.members.models import Member
from groups.models import Group

WITHIN = "chat.room"  # what a record can be kept within
FROM, TO = "\x02", "\x03"  # stand around what was looked for; no text of ours holds them
WHEN = ("posted_at", "created_at", "at")  # what the kinds of things call the time from which they are
LONGEST = 200_000  # characters by which a thing is found


class Record(models.Model):
    """The findable text of a thing. Hidden and deleted things have no row.

    `author` is who is shown as such: nobody, where that is no one's name. `is_part`: its title is that of a whole which
    is found by another record. `only_within`: only who may see the `WITHIN` of that key finds it.
    (Unset is no: columns that may be empty are added without making the table anew.)
    """

    group = models.ForeignKey(Group, models.CASCADE, related_name="+")
    thing_model = models.CharField(max_length=80)
    thing_id = models.PositiveBigIntegerField()
    title = models.CharField(max_length=300)
    text = models.TextField()
    at = models.DateTimeField(default=timezone.now)
    author = models.ForeignKey(Member, models.SET_NULL, null=True, related_name="+")
    is_part = models.BooleanField(null=True)
    only_within = models.PositiveBigIntegerField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint("thing_model", "thing_id", name="one_record_a_thing")]
        indexes = [
            models.Index(fields=["-at", "-id"], name="search_latest"),
            models.Index(fields=["group", "-at", "-id"], name="search_latest_of_group"),
        ]

    @property
    def name(self) -> tuple[str, int]:
        """The thing's name, as `community.things` takes it."""
        return self.thing_model, self.thing_id


def index(thing: models.Model, group: Group, title: str, text: str, is_part: bool = False) -> None:
    """Make the thing findable under this title and plain text, or change what it is found by."""
    author: Member = thing.author  # type: ignore[attr-defined]
    at = next(getattr(thing, name) for name in WHEN if hasattr(thing, name))  # its own, also when it comes back
    shown: dict[str, Any] = {"author": None if author.is_nameless else author, "is_part": is_part or None, "at": at}
    shown["only_within"] = getattr(thing, "only_within", None)
    Record.objects.update_or_create(
        thing_model=thing._meta.label_lower,
        thing_id=thing.pk,
        defaults={"group": group, "title": _plain(title)[:300], "text": _plain(text)[:LONGEST], **shown},
    )


def moved(things: models.QuerySet[Any], group: Group, title: str, first: models.Model | None = None) -> None:
    """The findable ones of these are in that group now, under that title; the `first`, if any, is for the whole."""
    records = Record.objects.filter(thing_model=things.model._meta.label_lower, thing_id__in=things.values("pk"))
    records.update(group=group, title=_plain(title)[:300], is_part=True)
    if first:
        records.filter(thing_id=first.pk).update(is_part=None)


def drop(thing: models.Model) -> None:
    """Nobody finds the thing any more."""
    Record.objects.filter(thing_model=thing._meta.label_lower, thing_id=thing.pk).delete()


def _plain(text: str) -> str:
    return re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f]", " ", text)
