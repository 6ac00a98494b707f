"""The tables of the foundations: numbered streams (`live`), routines (`jobs`), what staff and leads did (`ledger`)."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from typing import Any

from django.conf import settings
from django.db import connection, models
from django.utils import timezone


class Stream(models.Model):
    """A named stream and the number of its last event. The row is the lock that keeps the numbers free of gaps."""

    name = models.CharField(max_length=80, primary_key=True)
    last = models.PositiveBigIntegerField(default=0)

    @classmethod
    def advance(cls, name: str) -> int:
        """The next number of a stream. Call inside the transaction: a rollback gives the number back."""
        table = connection.ops.quote_name(cls._meta.db_table)
        with connection.cursor() as cursor:
            cursor.execute(
                f"INSERT INTO {table} (name, last) VALUES (%s, 1)"  # noqa: S608 - the table name is ours
                f" ON CONFLICT (name) DO UPDATE SET last = {table}.last + 1 RETURNING last",
                [name],
            )
            return int(cursor.fetchone()[0])


class Event(models.Model):
    """Something changed: `verb` at `target` of the page, concerning `thing` ("threads.post", 12), if any.

    No text is kept here. Whoever catches up is shown the thing as it is now, so what was hidden stays hidden.
    """

    stream = models.CharField(max_length=80)
    number = models.PositiveBigIntegerField()
    verb = models.CharField(max_length=10)
    target = models.CharField(max_length=80, blank=True)
    thing_model = models.CharField(max_length=80, blank=True)
    thing_id = models.PositiveBigIntegerField(null=True)
    at = models.DateTimeField(auto_now_add=True, db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint("stream", "number", name="one_event_a_number")]


class Entry(models.Model):
    """A row of the ledger: who did what to which thing, when and why. `hash` covers the row and the hash before it."""

    number = models.PositiveBigIntegerField(primary_key=True)
    at = models.DateTimeField()
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    act = models.CharField(max_length=40)
    subject = models.CharField(max_length=80)
    reason = models.TextField(blank=True)
    details = models.JSONField(default=dict)
    before = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta:
        ordering = ["number"]

    def __str__(self) -> str:
        return f"{self.number} {self.act} {self.subject}"

    @classmethod
    def found(cls, conditions: dict[str, Any], leave_out: str = "") -> models.QuerySet[Entry]:
        """Rows that meet all conditions, newest first; without those about one subject."""
        rows = cls.objects.exclude(subject=leave_out).filter(**conditions)
        return rows.select_related("actor").order_by("-number")

    def seal(self) -> str:
        """The hash this row must carry."""
        row = [self.number, self.at.isoformat(), self.actor_id, self.act, self.subject, self.reason, self.details]
        return hashlib.sha256((self.before + json.dumps(row, sort_keys=True)).encode()).hexdigest()


class Routine(models.Model):
    """A task that comes round, and when it last did."""

    path = models.CharField(max_length=120, primary_key=True)
    last_run = models.DateTimeField()

    @classmethod
    def is_due(cls, path: str, every: dt.timedelta) -> bool:
        """True for exactly one of the workers that ask, once in every period."""
        now = timezone.now()
        _routine, is_new = cls.objects.get_or_create(path=path, defaults={"last_run": now})
        return is_new or cls.objects.filter(path=path, last_run__lte=now - every).update(last_run=now) == 1
