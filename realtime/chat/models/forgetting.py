"""How long a room keeps what was said in it: by default for ever, else as many days as its leads say."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.db import models, transaction
from django.utils import timezone

from community import live
from community.moderation.models import Appeal, Hold, Report, kept_for_law
from community.moderation.models.acts import APPEAL
from community.notifications.models import Notification
from community.responses.models import Bookmark, Reaction
from groups.links import quoted
from groups.links.models import Covered
from groups.search.models import Record
from realtime.chat.models.arranging import Arranged

if TYPE_CHECKING:
    from realtime.chat.models.message import Message

SOME = 200  # messages deleted in one transaction


class Forgetting(Arranged):
    """The part of a room that forgets."""

    last: int
    forgotten = models.PositiveBigIntegerField(default=0, editable=False)

    class Meta:
        abstract = True

    def due_to_go(self, days: int | None) -> models.QuerySet[Message]:
        """What a rule of so many days would delete now: nothing that a report or an appeal may still be about."""
        now = timezone.now()
        if days is None:
            return self.messages.none()
        old = self.messages.filter(at__lt=now - dt.timedelta(days=days))
        return old.exclude(hidden__at__gt=now - APPEAL).exclude(pk__in=_reported())

    def forget(self) -> int:
        """Delete what its rule says, for good, with all that speaks of it. Says how many messages that were."""
        gone = 0
        while some := list(self.due_to_go(self.keep_days).order_by("pk").values_list("pk", flat=True)[:SOME]):
            gone += self._delete(some)
        return gone

    @transaction.atomic
    def _delete(self, pks: list[int]) -> int:
        """Under the room's lock and theirs: what was reported, or a rule that was changed meanwhile, is heard."""
        self.hold()
        list(self.messages.filter(pk__in=pks).order_by("-pk").select_for_update().values_list("pk"))
        messages = list(self.due_to_go(self.keep_days).filter(pk__in=pks))
        if not messages:
            return 0
        delete_with_traces(messages)
        self._count_from_here()
        live.publish(self, "refresh")
        live.publish(self, "refresh", "pinned")
        live.out_of_sight_or_back()
        return len(messages)

    def _count_from_here(self) -> None:
        """What is older than the rule is unread by nobody, also what is kept of it for a report."""
        young = self.messages.filter(at__gte=timezone.now() - dt.timedelta(days=self.keep_days or 0))
        first = young.order_by("number").values_list("number", flat=True).first()
        self.forgotten = self.last if first is None else first - 1
        self.save(update_fields=["forgotten"])


def delete_with_traces(messages: Iterable[Message]) -> None:
    """The messages, what they are found by, and all that was told, said or kept of them."""
    some = list(messages)
    of: dict[str, Any] = {"thing_model": some[0]._meta.label_lower, "thing_id__in": [one.pk for one in some]}
    for kind in (Record, Notification, Reaction, Bookmark, Covered):
        kind.objects.filter(**of).delete()
    quoted.let_go(quoted.MESSAGE, of["thing_id__in"])
    type(some[0]).objects.filter(pk__in=of["thing_id__in"]).delete()


def _reported() -> Any:
    """The keys of messages that are held, or with a report or an appeal that waits."""
    reported = Report.objects.open().filter(subject__startswith="message-").values_list("subject", flat=True)
    appealed = Appeal.objects.open().filter(decision__subject__startswith="message-")
    held = Hold.objects.filter(subject__startswith="message-").values_list("subject", flat=True)
    subjects = [*reported, *held, *appealed.values_list("decision__subject", flat=True)]
    kind = apps.get_model("chat.message")
    return [*(int(subject.rpartition("-")[2]) for subject in subjects), *kept_for_law(kind)]
