"""A bookmark: something a member keeps for later, for themselves alone."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.db import models, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from community import live, things
from community.members.models import Member
from community.notifications.models import notify


class BookmarkQuerySet(models.QuerySet["Bookmark"]):
    def visible_to(self, member: Member) -> BookmarkQuerySet:
        """One's own. Whether the thing can be seen is asked when it is shown."""
        return self.filter(member=member.pk)

    def kept(self) -> BookmarkQuerySet:
        return self.filter(removed_at=None)


class Bookmark(models.Model):
    """The member keeps a thing ("threads.post", 12), with a note to themselves and perhaps a reminder."""

    member = models.ForeignKey(Member, models.CASCADE, related_name="+")
    thing_model = models.CharField(max_length=80)
    thing_id = models.PositiveBigIntegerField()
    note = models.CharField(_("note to yourself"), max_length=300, blank=True)
    remind_at = models.DateTimeField(null=True)
    at = models.DateTimeField(default=timezone.now)
    removed_at = models.DateTimeField(null=True)

    thing: Any  # as far as the member may see it, given by `shown`

    objects = BookmarkQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint("member", "thing_model", "thing_id", name="one_bookmark_a_thing")]

    def get_absolute_url(self) -> str:
        return reverse("responses:bookmark", args=[self.pk])

    @classmethod
    @transaction.atomic
    def keep(cls, member: Member, thing: models.Model) -> Bookmark:
        """The member keeps it; what was kept already stays as it is."""
        name = {"thing_model": thing._meta.label_lower, "thing_id": thing.pk}
        found, is_new = cls.objects.get_or_create(member=member, **name)
        if not is_new and found.removed_at:
            found.put_back()
        live.own_changed(member)
        return found

    @classmethod
    def let_go(cls, member: Member, thing: models.Model) -> None:
        """The member no longer keeps it."""
        for found in cls.objects.kept().filter(member=member, thing_model=thing._meta.label_lower, thing_id=thing.pk):
            found.remove()

    @property
    def name(self) -> things.Name:
        """The thing's name, as `community.things` takes it."""
        return self.thing_model, self.thing_id

    @transaction.atomic
    def change(self, note: str, remind_at: dt.datetime | None) -> None:
        """Another note, another time to be reminded of it, or none."""
        self.note, self.remind_at = note, remind_at
        self.save(update_fields=["note", "remind_at"])
        self._remind_later()

    @transaction.atomic
    def remove(self) -> None:
        """No longer kept; note and reminder wait a while, so that it can be put back."""
        self.removed_at = timezone.now()
        self.save(update_fields=["removed_at"])
        live.own_changed(self.member)

    @transaction.atomic
    def put_back(self) -> None:
        """Kept again, as it was."""
        self.removed_at = None
        self.save(update_fields=["removed_at"])
        live.own_changed(self.member)
        self._remind_later()

    @classmethod
    @transaction.atomic
    def remind(cls, pk: int) -> None:
        """If the time has come: a line in the tray, once, and only if the thing can still be seen."""
        due = cls.objects.kept().filter(pk=pk, remind_at__lte=timezone.now())
        found = due.select_related("member").first()
        if found is None or not due.update(remind_at=None):
            return
        thing = things.followed(found.member, [found.name]).get(found.name)
        if thing is not None:
            notify([found.member], "reminder", thing)

    def _remind_later(self) -> None:
        from community.responses.tasks import remind

        if self.remind_at:
            remind.using(run_after=self.remind_at).enqueue(self.pk)


def shown(rows: Iterable[Bookmark], member: Member) -> list[Bookmark]:
    """Those whose `thing` the member may see now. What one may see no more leaves no line behind."""
    rows = list(rows)
    seen = things.followed(member, [row.name for row in rows])
    for row in rows:
        row.thing = seen.get(row.name)
    return [row for row in rows if row.thing is not None]
