"""A live room of a group: what is said in it gets the next number, so that there is one order without gaps."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from django.db import models, transaction
from django.db.models.functions import Coalesce, Greatest
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from community import live
from community.members.models import Affiliation, Member
from groups.models import Group

if TYPE_CHECKING:
    from realtime.chat.models.message import Message


class RoomQuerySet(models.QuerySet["Room"]):
    def visible_to(self, member: Member) -> RoomQuerySet:
        """Rooms of the groups whose inside the member may read."""
        return self.filter(group__in=Group.objects.visible_to(member))

    def with_read_by(self, member: Member) -> RoomQuerySet:
        """Each with `read`: up to which number the member has read it."""
        mine = ReadMark.objects.filter(room=models.OuterRef("pk"), member=member.pk).values("number")
        return self.annotate(read=Coalesce(models.Subquery(mine), 0))


@live.streamable
class Room(models.Model):
    """A place to talk. Every group has a default one, opened when first asked for."""

    read = 0

    group = models.ForeignKey(Group, models.CASCADE, related_name="rooms")
    name = models.CharField(_("name"), max_length=80, blank=True)
    is_default = models.BooleanField(default=False)
    last = models.PositiveBigIntegerField(default=0, help_text="The number of the last message")

    objects = RoomQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint("group", condition=models.Q(is_default=True), name="one_default_room_a_group"),
        ]

    def __str__(self) -> str:
        return self.name or gettext("Live room")

    def get_absolute_url(self) -> str:
        return reverse("chat:room", args=[self.group.slug])

    @classmethod
    def of(cls, group: Group) -> Room:
        """The group's own room."""
        room, _created = cls.objects.get_or_create(group=group, is_default=True)
        room.group = group
        return room

    def place_of(self, member: Member) -> Affiliation | None:
        """For which organisation the member speaks here: that of their place in the group, else their first."""
        mine = member.affiliations.in_force().select_related("organisation").order_by("pk")
        return mine.filter(memberships__group=self.group_id).first() or mine.first()

    @transaction.atomic
    def say(
        self, author: Member, body: str, client_key: str, posted_as: Affiliation, reply_to: int | None = None
    ) -> Message:
        """The next message, perhaps in reply to that number. The same key again is the same message again."""
        self.refresh_from_db(fields=["last"], from_queryset=Room.objects.select_for_update())
        said = self.messages.filter(author=author, client_key=client_key).first()
        if said is not None:
            return said.again(body)
        self.last += 1
        self.save(update_fields=["last"])
        message = self.messages.model(room=self, number=self.last, author=author, posted_as=posted_as)
        message.client_key = client_key
        message.reply_to = self.messages.filter(number=reply_to).first() if reply_to else None
        mentioned = message.write(body)
        message.save()
        message.index()
        live.publish(self, "append", "messages", message)
        message.tell(mentioned)
        self._count_elsewhere(author)
        self.read_marks.filter(member=author, number=self.last - 1).update(number=self.last)
        return message

    def mark_read(self, member: Member, number: int) -> None:
        """The member has read up to that number; it never goes back."""
        number = min(number, self.last)
        live.whisper(f"reading-{member.pk}", "read", room=self.pk, to=number)
        mark, is_new = self.read_marks.get_or_create(member=member, defaults={"number": number})
        if not is_new:
            self.read_marks.filter(pk=mark.pk).update(number=Greatest("number", number))

    def read_by(self, member: Member) -> int | None:
        """Up to which number the member has read; None for who has never been here."""
        return self.read_marks.filter(member=member).values_list("number", flat=True).first()

    def _count_elsewhere(self, author: Member) -> None:
        """Pages outside of the room that show how much is unread count on. It is only whispered, once it is kept."""
        facts = {"room": self.pk, "last": self.last, "by": author.pk}
        transaction.on_commit(partial(live.whisper, self.group.stream, "said", **facts), robust=True)

    def show_pinned(self) -> None:
        """Open pages fetch anew what is pinned."""
        live.publish(self, "refresh", "pinned")


class ReadMark(models.Model):
    """Up to which number a member has read a room. Only they are ever shown it."""

    room = models.ForeignKey(Room, models.CASCADE, related_name="read_marks")
    member = models.ForeignKey(Member, models.CASCADE, related_name="+")
    number = models.PositiveBigIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint("room", "member", name="one_mark_a_room")]
