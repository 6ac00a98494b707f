"""A document that was taken out of the library, and may come back."""

from __future__ import annotations

from typing import Any

from django.db import models, transaction
from django.utils import timezone

from community import ledger, live
from community.members.models import Member


class Removable(models.Model):
    """`removed_by` put it into the bin. Its rows stay, for retention and appeals."""

    removed_at = models.DateTimeField(null=True, blank=True)
    removed_by = models.ForeignKey(Member, models.PROTECT, null=True, blank=True, related_name="+")

    group: Any
    subject: Any
    lock_row: Any
    _index: Any
    _tell_replaced: Any  # all given by the document

    class Meta:
        abstract = True

    @transaction.atomic
    def remove(self, by: Member) -> None:
        """Out of the library for everyone, with all its versions. The rows stay, for retention and appeals."""
        self.lock_row()
        self.removed_at, self.removed_by = timezone.now(), by
        self.save(update_fields=["removed_at", "removed_by"])
        ledger.record(by, "remove", self.subject)
        self._index()
        live.publish(self.group, "remove", self.subject)
        live.publish(self, "refresh")
        self._tell_replaced()

    @transaction.atomic
    def put_back(self, by: Member) -> None:
        """Back into the library as it was when it was removed."""
        self.refresh_from_db(from_queryset=type(self)._default_manager.select_for_update())
        if self.removed_at is None:
            return
        self.removed_at = self.removed_by = None
        self.save(update_fields=["removed_at", "removed_by"])
        ledger.record(by, "put-back", self.subject)
        self._index()
        live.publish(self.group, "append", "documents", self)
        live.publish(self, "refresh")
        self._tell_replaced()
