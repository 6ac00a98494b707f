"""The log of a room: which messages somebody sees, in order, in pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.db.models.functions import Substr

from community.members.models import Member
from realtime.chat.models.message_file import with_files
from realtime.chat.models.room import Room
from realtime.chat.models.taken_up import with_threads

if TYPE_CHECKING:
    from realtime.chat.models.message import Message

PAGE = 50
OPENING = 200  # characters of a message that its replies show at most, before they are cut to words


class MessageQuerySet(models.QuerySet["Message"]):
    def visible_to(self, member: Member) -> MessageQuerySet:
        """What was said in rooms the member may read; hidden and removed ones are shown as such, without their text."""
        return self.filter(room__in=Room.objects.visible_to(member))

    def to_show(self) -> MessageQuerySet:
        """With everything `chat/_message.html` needs."""
        related = (
            "author",
            "posted_as__organisation",
            "room__group",
            "room__asker",
            "room__partner",
            "reply_to__author",
            "kept_in",
        )
        shown = self.select_related(*related).defer("reply_to__body", "reply_to__html")
        return shown.annotate(answered_opening=Substr("reply_to__body", 1, OPENING)).prefetch_related(
            with_threads, with_files
        )

    def in_sight(self) -> MessageQuerySet:
        """Those whose words can be read."""
        return self.filter(hidden=None, deleted_at=None)

    def pinned(self) -> MessageQuerySet:
        """What leads keep at hand, the latest first; a line is shown of each, not all that hangs on it."""
        return self.in_sight().filter(pinned_at__isnull=False).prefetch_related(None).order_by("-pinned_at")

    def line_of(self, root: int) -> MessageQuerySet:
        """The message of that key, and all that was said in reply to it or to one of its replies."""
        return self.filter(Q(pk=root) | Q(root=root))

    def page(self, *, before: int | None = None, after: int | None = None) -> list[Message]:
        """At most a page of messages in order: those just before or just after a number, or the latest."""
        if after is not None:
            return [*self.filter(number__gt=after).order_by("number")[:PAGE]]
        found = self if before is None else self.filter(number__lt=before)
        latest: list[Message] = list(found.order_by("-number")[:PAGE])
        return latest[::-1]

    def around(self, number: int) -> list[Message]:
        """A page with the message of that number in its middle."""
        earlier = self.filter(number__lt=number).order_by("-number")[: PAGE // 2]
        later = self.filter(number__gte=number).order_by("number")[: PAGE // 2]
        return [*list(earlier)[::-1], *later]
