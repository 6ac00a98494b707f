"""What leads arrange about a room: its name, who writes, when it is open, how long messages are kept, the archive."""

from __future__ import annotations

import datetime as dt
from typing import Any, Self

from django.db import models, transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from community import ledger, live
from community.members.models import Member
from community.policy import Refused
from groups.models import Group
from groups.pace import Slow
from realtime.chat.tasks import index_again, turn

MOST = 30  # rooms of a group in use at once, the default one aside


class Kind(models.TextChoices):
    """For whom a room is, and who writes in it."""

    TALK = "talk", _("Everyone in the group writes")
    NEWS = "news", _("Only leads and staff write, others read and react")
    LEADS = "leads", _("Somebody and the leads")
    STAFF = "staff", _("Somebody and staff")
    PAIR = "pair", _("Two people")


STATE = ("name", "purpose", "kind", "last", "said_at", "opens_at", "closes_at", "archived_at", "keep_days", "slow")
SHARED = (Kind.TALK, Kind.NEWS)  # rooms of the whole group; every other kind is private


class Arranged(models.Model):
    """The part of a room that leads arrange. Each of their deeds is a row of the ledger."""

    group = models.ForeignKey(Group, models.CASCADE, related_name="rooms")
    kind = models.CharField(_("who writes"), max_length=5, choices=Kind, default=Kind.TALK)
    name = models.CharField(_("name"), max_length=80, blank=True)
    purpose = models.CharField(_("what it is for"), max_length=200, blank=True)
    is_default = models.BooleanField(default=False)
    opens_at = models.DateTimeField(_("opens"), null=True, blank=True)
    closes_at = models.DateTimeField(_("closes"), null=True, blank=True)
    archived_at = models.DateTimeField(null=True)
    slow = models.PositiveIntegerField(_("how fast people write"), choices=Slow, default=Slow.NO)
    keep_days = models.PositiveSmallIntegerField(_("days that messages are kept"), null=True, blank=True)

    messages: Any  # rows that point here: the type checker knows them of whole models only

    class Meta:
        abstract = True

    @classmethod
    @transaction.atomic
    def add(cls, by: Member, group: Group, facts: dict[str, Any]) -> Self:
        """A new room of the group."""
        hold_group(group)
        room = cls(group=group)
        room._find_place()
        room._set(facts)
        room.save()
        room._record(by, "add-room", facts)
        live.publish(group, "refresh", "rooms")
        return room

    @transaction.atomic
    def change(self, by: Member, facts: dict[str, Any]) -> None:
        """Some of what leads set. Open pages show it; what is due to go goes with the next run of the daily task."""
        hold_group(self.group)
        self.hold()
        before = self.name
        self._set(facts)
        self.save(update_fields=[*facts])
        self._record(by, "change-room", facts)
        if self.name != before:
            index_again.enqueue(self.pk)
        self.shown_anew()

    def slow_down(self, by: Member, slow: int) -> None:
        """From now on each writes once in so many seconds; 0: as they like."""
        self.change(by, {"slow": slow})

    @transaction.atomic
    def archive(self, by: Member) -> None:
        """Readable and found, but nobody writes any more."""
        self._set_archived(by, timezone.now(), "archive-room")

    @transaction.atomic
    def put_back(self, by: Member) -> None:
        """Out of the archive."""
        self._set_archived(by, None, "put-back-room")

    def hold(self) -> None:
        """Its row, as it is now, to the end of the transaction."""
        self.refresh_from_db(fields=STATE, from_queryset=type(self)._default_manager.select_for_update(no_key=True))

    @property
    def subject(self) -> str:
        """The name by which the ledger speaks of it: "room-12"."""
        return live.stream_of(self)

    @property
    def is_shared(self) -> bool:
        """Whether it is for the whole group."""
        return self.kind in SHARED

    @property
    def why_shut(self) -> str:
        """Why nobody can write in it now, in a sentence; "" where it takes words."""
        now = timezone.now()
        if self.archived_at:
            return gettext("This room is archived. Everything in it can be read and found, but nobody writes here.")
        if self.opens_at and now < self.opens_at:
            return gettext("This room opens on %(time)s. Until then you can read it.") % {"time": _clock(self.opens_at)}
        if self.closes_at and now >= self.closes_at:
            return gettext("This room closed on %(time)s. You can read it.") % {"time": _clock(self.closes_at)}
        return ""

    @property
    def hours(self) -> str:
        """When it is open, in a few words; "" where it always is."""
        now = timezone.now()
        if self.archived_at or not (self.opens_at or self.closes_at):
            return ""
        if self.opens_at and now < self.opens_at:
            return gettext("Opens on %(time)s") % {"time": _clock(self.opens_at)}
        if self.closes_at and now >= self.closes_at:
            return gettext("Closed on %(time)s") % {"time": _clock(self.closes_at)}
        return gettext("Open until %(time)s") % {"time": _clock(self.closes_at)} if self.closes_at else ""

    def _set_archived(self, by: Member, at: dt.datetime | None, act: str) -> None:
        hold_group(self.group)
        self.hold()
        if bool(self.archived_at) == bool(at):
            return
        if at is None:
            self._find_place()
        self.archived_at = at
        self.save(update_fields=["archived_at"])
        self._record(by, act, {})
        self.shown_anew()

    def _find_place(self) -> None:
        used = type(self)._default_manager.filter(group=self.group, kind__in=SHARED, archived_at=None)
        if used.filter(is_default=False).count() >= MOST:
            raise Refused(_("A group can have %(most)s rooms at once. Archive one first.") % {"most": MOST})

    def _set(self, facts: dict[str, Any]) -> None:
        for name, value in facts.items():
            setattr(self, name, value)
        folded = self.name.casefold()
        beside = type(self)._default_manager.filter(group=self.group).exclude(name="").exclude(pk=self.pk)
        if folded and folded in {name.casefold() for name in beside.values_list("name", flat=True)}:
            raise Refused(_("There is a room of that name in this group, perhaps in the archive. Choose another."))

    def _record(self, by: Member, act: str, facts: dict[str, Any]) -> None:
        """Before anything is told: the ledger's lock comes before that of a stream."""
        told = {name: value.isoformat() if isinstance(value, dt.datetime) else value for name, value in facts.items()}
        ledger.record(by, act, self.subject, group=self.group_id, **told)
        for moment in (self.opens_at, self.closes_at):
            if moment and moment > timezone.now():
                turn.using(run_after=moment).enqueue(self.pk)

    def shown_anew(self) -> None:
        """Open pages fetch anew what it is called and whether one can write, and the list of rooms."""
        live.publish(self.group, "refresh", "rooms")
        live.publish(self, "refresh", "state")


def hold_group(group: Group) -> None:
    """Rooms of a group are arranged one after the other. Whoever writes in one, which refers to the group, goes on."""
    Group.objects.select_for_update(no_key=True).get(pk=group.pk)


def _clock(moment: dt.datetime) -> str:
    return date_format(timezone.localtime(moment, timezone.get_default_timezone()), "l j F, H:i")
