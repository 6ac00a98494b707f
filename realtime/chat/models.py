"""A live room and what was said in it, in one order, without gaps."""

from __future__ import annotations

import datetime as dt

from django.db import models, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from community import live, richtext
from community.members.models import Affiliation, Member
from community.moderation.models import Moderatable
from community.notifications.models import notify
from community.policy import Refused
from groups.models import Group
from groups.search import models as search
from realtime.chat import text

LONGEST = 4000  # characters of one message
PAGE = 50
RUN = dt.timedelta(minutes=10)  # messages of one person closer together than this share one heading


class RoomQuerySet(models.QuerySet["Room"]):
    def visible_to(self, member: Member) -> RoomQuerySet:
        """Rooms of the groups whose inside the member may read."""
        return self.filter(group__in=Group.objects.visible_to(member))


@live.streamable
class Room(models.Model):
    """A place to talk. Every group has a default one, opened when first asked for."""

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
    def say(self, author: Member, body: str, client_key: str, posted_as: Affiliation) -> Message:
        """The next message of the room. The same key again is the same message again, whoever lost the answer."""
        self.refresh_from_db(fields=["last"], from_queryset=Room.objects.select_for_update())
        said = self.messages.filter(author=author, client_key=client_key).first()
        if said is not None:
            return said.again(body)
        self.last += 1
        self.save(update_fields=["last"])
        message = Message(room=self, number=self.last, author=author, posted_as=posted_as, client_key=client_key)
        mentioned = message.write(body)
        message.save()
        message.index()
        live.publish(self, "append", "messages", message)
        message.tell(mentioned)
        return message


class MessageQuerySet(models.QuerySet["Message"]):
    def visible_to(self, member: Member) -> MessageQuerySet:
        """What was said in rooms the member may read; hidden and removed ones are shown as such, without their text."""
        return self.filter(room__in=Room.objects.visible_to(member))

    def to_show(self) -> MessageQuerySet:
        """With everything `chat/_message.html` needs."""
        return self.select_related("author", "posted_as__organisation", "room__group")

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


class Message(Moderatable):
    """Something said. `number` makes the order; `client_key` is the sender's own name for it, so repeats do no harm."""

    room = models.ForeignKey(Room, models.CASCADE, related_name="messages")
    number = models.PositiveBigIntegerField()
    author = models.ForeignKey(Member, models.PROTECT, related_name="messages")
    posted_as = models.ForeignKey(Affiliation, models.PROTECT, related_name="+")
    body = models.TextField(_("message"), max_length=LONGEST)
    html = models.TextField(editable=False)
    renderer = models.PositiveSmallIntegerField(editable=False)
    client_key = models.CharField(max_length=40)
    at = models.DateTimeField(default=timezone.now)
    edited_at = models.DateTimeField(null=True, blank=True)
    deleted_at = models.DateTimeField(null=True, blank=True)

    objects = MessageQuerySet.as_manager()
    partial = "chat/_message.html"

    class Meta:
        constraints = [
            models.UniqueConstraint("room", "number", name="one_message_a_number"),
            models.UniqueConstraint("room", "author", "client_key", name="one_message_a_key"),
        ]

    def __str__(self) -> str:
        return gettext("Message %(number)s in %(room)s") % {"number": self.number, "room": self.room}

    def get_absolute_url(self) -> str:
        return f"{self.room.get_absolute_url()}?at={self.number}#{self.subject}"

    @property
    def day(self) -> dt.date:
        """The day it was said on, where the site is: the same for everybody who looks."""
        return timezone.localdate(self.at, timezone.get_default_timezone())

    @property
    def is_gone(self) -> bool:
        """Hidden by staff or removed by its author: its place stays, its text is not shown."""
        return self.is_hidden or self.deleted_at is not None

    @property
    def evidence(self) -> str:
        return self.body

    def surroundings(self) -> list[Message]:
        """Five before and five after."""
        near = self.room.messages.filter(number__range=(self.number - 5, self.number + 5))
        return list(near.to_show().order_by("number"))

    def follows(self, other: Message | None) -> bool:
        """Whether it goes on where `other` stopped: same person, same organisation, soon after, same day."""
        return (
            other is not None
            and (other.author_id, other.posted_as_id) == (self.author_id, self.posted_as_id)
            and self.at - other.at < RUN
            and self.day == other.day
        )

    def again(self, body: str) -> Message:
        """It came a second time: nothing new, unless the text differs, which is somebody's mistake."""
        if body != self.body and self.edited_at is None:
            raise Refused(_("This was sent before with another text. Copy it and send it as a new message."))
        return self

    def write(self, body: str) -> set[int]:
        """Take the text and render it; returns whom it mentions, the author aside. Saves nothing."""
        spoken = text.spoken(body, self.room.group)
        self.body, self.html, self.renderer = body, spoken.html, text.VERSION
        return spoken.mentioned - {self.author_id}

    def render_again(self) -> None:
        """The same words, as today's renderer shows them. No edit mark, nobody told."""
        self.write(self.body)
        self.save(update_fields=["html", "renderer"])

    @transaction.atomic
    def edit(self, body: str) -> None:
        """Other words, in the same place. Whoever was not mentioned before and is now hears of it."""
        self._hold()
        before = self.write(self.body)
        mentioned = self.write(body) - before
        self.edited_at = timezone.now()
        self.save(update_fields=["body", "html", "renderer", "edited_at"])
        self.tell(mentioned)
        self.shown_anew()

    @transaction.atomic
    def remove(self) -> None:
        """Taken back by its author or a lead. The place in the order stays; the text is kept for a report about it."""
        self._hold()
        self.deleted_at = timezone.now()
        self.save(update_fields=["deleted_at"])
        self.shown_anew()
        live.out_of_sight_or_back()

    def _hold(self) -> None:
        """Its row, as it is now, to the end of the transaction: what went out of sight meanwhile stays as it is."""
        self.refresh_from_db(
            fields=["body", "hidden", "deleted_at"], from_queryset=Message.objects.select_for_update(no_key=True)
        )
        if self.is_gone:
            raise Refused(_("This message is gone already."))

    def tell(self, mentioned: set[int]) -> None:
        """In the order of their keys: two deeds that tell the same people never wait for each other."""
        notify(Member.objects.filter(pk__in=mentioned).order_by("pk"), "mentioned", self)

    def shown_anew(self) -> None:
        self.index()
        live.publish(self.room, "replace", self.subject, self)

    def index(self) -> None:
        """Findable by its words while it is shown."""
        if self.is_gone:
            search.drop(self)
        else:
            search.index(self, self.room.group, str(self), richtext.plain(SafeString(self.html)))
