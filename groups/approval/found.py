"""Which of what waits: what one may see, what is to be answered, and what is given back."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.utils import timezone

from community.members.models import Member
from community.moderation.models.acts import HOLD
from groups.models import Group

if TYPE_CHECKING:
    from groups.approval.models import Waiting

KEPT = dt.timedelta(days=90)  # what nobody answers


class WaitingQuerySet(models.QuerySet["Waiting"]):
    def visible_to(self, member: Member) -> WaitingQuerySet:
        """One's own, and what was sent to the groups that one looks after; nobody's once staff have hidden it."""
        theirs = Q(author=member.pk) | Q(group__in=Group.objects.led_by(member))
        if member.is_authenticated and member.is_staff:
            theirs |= Q(group__in=Group.objects.visible_to(member))
        return self.filter(theirs, passed__hidden=None)

    def to_show(self) -> WaitingQuerySet:
        return self.select_related("group", "author", "declined_by", "passed").prefetch_related("files__stored")

    def open(self) -> WaitingQuerySet:
        """What nobody has answered, that first which waits longest."""
        return self.filter(declined_at=None).order_by("sent_at", "pk")

    def sent(self, author: Member, key: str) -> Waiting | None:
        """What the author sent with that key, if it waits or was declined."""
        return self.filter(author=author, client_key=key).first() if key and key.isprintable() else None

    def unanswered(self) -> WaitingQuerySet:
        """What waits in vain: for too long, or in a group that has closed."""
        closed = Q(group__archived_at__isnull=False) | Q(group__ends_on__lt=timezone.localdate())
        return self._let_go().filter(closed | Q(sent_at__lt=timezone.now() - KEPT), declined_at=None)

    def _let_go(self) -> WaitingQuerySet:
        """Without what is held: it stays as it is, and its writer learns nothing."""
        return self.exclude(passed__hidden__act=HOLD)
