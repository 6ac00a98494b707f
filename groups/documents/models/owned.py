"""Whose a document is: who keeps it up, and is asked about it."""

from __future__ import annotations

from typing import Any

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from community import ledger
from community.members.models import Member
from community.notifications.models import notify
from community.order import rows_first
from community.policy import Refused
from groups.documents.models.version import voice
from groups.models import Group, Role

CHANGED = ("author", "posted_as", "looked_at_again")


class Owned(models.Model):
    """`author` owns it, for the organisation `posted_as`."""

    subject: Any
    author: Any
    posted_as: Any
    group: Any
    looked_at_again: Any
    lock_row: Any
    stay_if_hidden: Any
    open_case: Any
    _index: Any
    _tell: Any  # all given by the document

    class Meta:
        abstract = True

    @transaction.atomic
    @rows_first()
    def hand_over(self, by: Member, to: Member) -> None:
        """From now on it is theirs: to keep up, to look at again, to answer for. They are told; versions keep names.

        Not while staff look at it: what is decided concerns whoever answered for it when it was reported.
        """
        self.lock_row()
        self.stay_if_hidden()
        if not can_own(self.group, to):
            raise Refused(_("They cannot write in this group any more. Choose somebody else."))
        if self.open_case:
            raise Refused(_("This cannot be handed over now. Ask staff why, or try again in a few days."))
        if self.author == to:
            return
        ledger.record(by, "hand-over", self.subject, was=self.author.pk, to=to.pk)
        self.author, self.posted_as, self.looked_at_again = to, voice(to, self.group), None
        self.save(update_fields=list(CHANGED))
        if by != to:
            notify([to], "yours-now", self)
        self._index()
        self._tell()


def can_own(group: Group, member: Member) -> bool:
    """Whether they can keep a document of the group up: who belongs to it and does not only observe."""
    return member.is_active and group.role_of(member) not in {None, Role.OBSERVER}
