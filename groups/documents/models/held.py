"""A document that somebody holds while they work on its next version."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from community import ledger
from community.members.models import Member
from community.notifications.models import notify
from community.policy import Refused

if TYPE_CHECKING:
    import datetime as dt


class Held(models.Model):
    """`held_by` has it since `held_at`: until they put a version in place or let go, nobody else adds one."""

    held_by = models.ForeignKey(Member, models.SET_NULL, null=True, blank=True, related_name="+")
    held_at = models.DateTimeField(null=True, blank=True)

    subject: Any
    lock_row: Any
    _tell: Any  # all three given by the document

    class Meta:
        abstract = True

    def is_held_from(self, member: Member) -> bool:
        """Whether somebody else has it."""
        return self.held_by_id is not None and self.held_by_id != member.pk

    @transaction.atomic
    def hold(self, by: Member) -> None:
        """From now on the next version is theirs to add."""
        self.lock_row()
        if self.is_held_from(by):
            raise Refused(_("Somebody else began to work on it a moment ago."))
        self._set_held(by, self.held_at or timezone.now())

    @transaction.atomic
    def let_go(self, by: Member) -> None:
        """Anyone may add a version again. If the holder did not do it themselves, they are told who did."""
        self.lock_row()
        if self.held_by is None:
            return
        if self.is_held_from(by):
            notify([self.held_by], "let-go", self)
            ledger.record(by, "let-go", self.subject, held_by=self.held_by_id)
        self._set_held(None, None)

    def _set_held(self, by: Member | None, at: dt.datetime | None) -> None:
        self.held_by, self.held_at = by, at
        self.save(update_fields=["held_by", "held_at"])
        self._tell()
