"""A room: who may see it, when it takes words, and how what is said gets its number: one order without gaps."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING

from django.db import models, transaction
from django.db.models import Q, Subquery
from django.db.models.functions import Coalesce, Greatest, Lower
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext

from community import live
from community.members.models import Affiliation, Member
from community.moderation.models.watch import tell_of
from community.notifications.models import Notification, notify
from community.policy import Refused
from groups import place
from groups.links import quoted
from groups.models import Group
from groups.text import readers
from realtime.chat.models.arranging import SHARED, Kind
from realtime.chat.models.forgetting import Forgetting
from realtime.chat.models.reading import ReadMark

if TYPE_CHECKING:
    from realtime.chat.models.message import Message


class RoomQuerySet(models.QuerySet["Room"]):
    def visible_to(self, member: Member) -> RoomQuerySet:
        """Rooms of the groups whose inside the member may read; of the private ones, those they are part of."""
        groups = Group.objects.visible_to(member)
        theirs = Q(asker=member.pk) | Q(partner=member.pk)
        seen = Q(group__in=groups) & (Q(kind__in=SHARED) | theirs)
        seen |= Q(kind=Kind.LEADS, group__in=Group.objects.led_by(member))
        if member.is_authenticated and member.is_staff:
            seen |= Q(kind=Kind.STAFF, group__in=Group.objects.open_to(member))
        return self.filter(seen)

    def shared(self) -> RoomQuerySet:
        """Rooms of the whole group."""
        return self.filter(kind__in=SHARED)

    def private(self) -> RoomQuerySet:
        """Rooms of somebody with the leads, with staff or with one other."""
        return self.exclude(kind__in=SHARED)

    def in_use(self) -> RoomQuerySet:
        return self.filter(archived_at=None)

    def in_order(self) -> RoomQuerySet:
        """The group's own first, the others by their names."""
        return self.order_by("-is_default", "name", "pk")

    def to_show(self) -> RoomQuerySet:
        """With all that a room's name needs."""
        return self.select_related("group", "asker", "partner")

    def with_read_by(self, member: Member) -> RoomQuerySet:
        """Each with `read`: up to which number the member has read it, or the room has forgotten what was said."""
        mine = ReadMark.objects.filter(room=models.OuterRef("pk"), member=member.pk).values("number")
        return self.annotate(read=Greatest(Coalesce(Subquery(mine), 0), "forgotten"))


@live.streamable
class Room(Forgetting):
    """A place to talk. Every group has a default one, opened when first asked for; leads add more.

    `forgotten` is the number up to which its rule has deleted everything. `asker` and `partner` are the members a
    private room is for: whoever asks the leads or staff; the two of a pair.
    """

    Kind = Kind

    read = 0

    last = models.PositiveBigIntegerField(default=0, help_text="The number of the last message")
    said_at = models.DateTimeField(null=True, help_text="When that was said")
    asker = models.ForeignKey(Member, models.PROTECT, null=True, related_name="+")
    partner = models.ForeignKey(Member, models.PROTECT, null=True, related_name="+")

    objects = RoomQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint("group", condition=Q(is_default=True), name="one_default_room_a_group"),
            models.UniqueConstraint("group", Lower("name"), condition=~Q(name=""), name="one_room_a_name"),
            models.UniqueConstraint(
                "group", "kind", "asker", condition=Q(kind__in=["leads", "staff"]), name="one_question_room_each"
            ),
            models.UniqueConstraint("asker", "partner", condition=Q(kind="pair"), name="one_room_a_pair"),
        ]
        indexes = [
            models.Index(
                fields=["group", "-archived_at", "-id"], condition=Q(archived_at__isnull=False), name="archived_rooms"
            ),
            models.Index(fields=["group", "-said_at", "-id"], condition=Q(asker__isnull=False), name="private_rooms"),
        ]

    def __str__(self) -> str:
        if self.kind == Kind.LEADS:
            return gettext("%(name)s and the leads") % {"name": self.asker}
        if self.kind == Kind.STAFF:
            return gettext("%(name)s and staff") % {"name": self.asker}
        if self.kind == Kind.PAIR:
            return gettext("%(one)s and %(other)s") % {"one": self.asker, "other": self.partner}
        return self.name or gettext("Live room")

    @property
    def unread(self) -> int:
        """How many messages came after the last that the member has read, of rooms `with_read_by`."""
        return self.last - self.read

    def get_absolute_url(self) -> str:
        if self.is_default:
            return reverse("chat:room", args=[self.group.slug])
        return reverse("chat:other", args=[self.group.slug, self.pk])

    @classmethod
    def of(cls, group: Group) -> Room:
        """The group's own room."""
        room, _created = cls.objects.get_or_create(group=group, is_default=True)
        room.group = group
        return room

    @classmethod
    def between(cls, group: Group, kind: str, asker: Member, partner: Member | None = None) -> Room:
        """The room of a member with the leads or staff, or of two members; opened when first asked for."""
        room, _created = cls.objects.get_or_create(group=group, kind=kind, asker=asker, partner=partner)
        room.group = group
        return room

    @classmethod
    def of_two(cls, one: Member, other: Member) -> Room | None:
        """The room of two members, in the group to which everyone belongs; None where there is no such group."""
        everyone = Group.objects.filter(joining=Group.Joining.AUTOMATIC, archived_at=None).order_by("pk").first()
        if everyone is None:
            return None
        first, second = sorted((one, other), key=lambda member: member.pk)
        there = {"group": everyone}
        room, _created = cls.objects.get_or_create(kind=Kind.PAIR, asker=first, partner=second, defaults=there)
        return room

    def other_than(self, member: Member) -> Member:
        """The other one of two."""
        found = self.partner if self.asker_id == member.pk else self.asker
        assert found is not None, "a room of two has two"
        return found

    @transaction.atomic
    def mark_own(self, member: Member, **wish: bool) -> None:
        """The member mutes a room of two or leaves it, or takes that back."""
        self.hold()
        self.read_marks.update_or_create(member=member, defaults=wish, create_defaults={"number": 0, **wish})
        if "has_left" in wish:
            live.publish(self, "refresh", "state")

    def readers(self) -> models.QuerySet[Member]:
        """The members who can see it now: `visible_to` from the other side."""
        here = readers(self.group)
        if self.is_shared:
            return here
        theirs = Q(pk__in=[self.asker_id, self.partner_id])
        if self.kind == Kind.LEADS:
            return here.filter(theirs | Q(pk__in=self.group.leads().order_by().values("member")))
        if self.kind == Kind.STAFF:
            asker = here.filter(theirs).order_by().values("pk")
            return Member.objects.with_standing().filter(Q(is_staff=True) | Q(pk__in=asker))
        return here.filter(theirs)

    def place_of(self, member: Member) -> Affiliation | None:
        """For which organisation the member speaks here: that of their place in the group, else their first."""
        mine = member.affiliations.in_force().select_related("organisation").order_by("pk")
        return mine.filter(memberships__group=self.group_id).first() or mine.first()

    @contextmanager
    def held(self, member: Member) -> Iterator[Member]:
        """The member and the room as they are now, to be asked about and done in under one lock.

        Whoever archives the room, or changes its hours, waits until it ends, or is heard.
        """
        with place.kept(member, self.group) as now:
            self.hold()
            yield now

    @transaction.atomic
    def say(
        self, author: Member, body: str, client_key: str, posted_as: Affiliation, reply_to: int | None = None
    ) -> Message:
        """The next message, perhaps in reply to that number. The same key again is the same message again."""
        quoted.hold(body)
        self.hold()
        said = self.sent(author, client_key)
        if said is not None:
            return said.again(body)
        if self.why_shut:
            raise Refused(self.why_shut)
        self.last, self.said_at = self.last + 1, timezone.now()
        self.save(update_fields=["last", "said_at"])
        message = self.messages.model(room=self, number=self.last, author=author, posted_as=posted_as)
        message.client_key = client_key
        message.answer(self.messages.filter(number=reply_to).first() if reply_to else None)
        mentioned = message.write(body)
        message.save()
        quoted.settle(message)
        message.index()
        if self.is_shared:
            tell_of(message, body)
        message.count_under_root()
        live.publish(self, "append", "messages", message, is_whole=True)
        message.tell(mentioned)
        self._count_elsewhere(author)
        self._tell_who_is_asked(message, mentioned)
        self._read_by_its_author(author)
        return message

    def sent(self, author: Member, client_key: str) -> Message | None:
        """What the author sent with that key, if anything."""
        return self.messages.filter(author=author, client_key=client_key).first() if client_key.isprintable() else None

    def _read_by_its_author(self, author: Member) -> None:
        """Whoever had read all before has read their own words too."""
        if self.last == 1:
            self.read_marks.get_or_create(member=author, defaults={"number": 0})
        self.read_marks.filter(member=author, number=self.last - 1).update(number=self.last)

    def mark_read(self, member: Member, number: int) -> None:
        """The member has read up to that number; it never goes back."""
        number = min(number, self.last)
        live.whisper(f"reading-{member.pk}", "read", room=self.pk, to=number)
        mark, is_new = self.read_marks.get_or_create(member=member, defaults={"number": number})
        if not is_new:
            self.read_marks.filter(pk=mark.pk, number__lt=number).update(number=number)
        if not self.is_shared:
            read = Notification.objects.visible_to(member).about(self.messages.filter(number__lte=number))
            read.mark_read()

    def read_by(self, member: Member) -> int | None:
        """Up to which number the member has read, or all is forgotten; None for who has never been here."""
        number = self.read_marks.filter(member=member).values_list("number", flat=True).first()
        return None if number is None else max(number, self.forgotten)

    def _count_elsewhere(self, author: Member) -> None:
        """Pages outside of the room that show how much is unread count on. It is only whispered, once it is kept.

        Of a private room nothing is: the whole group would hear who writes.
        """
        if not self.is_shared:
            return
        facts = {"room": self.pk, "last": self.last, "by": author.pk}
        transaction.on_commit(partial(live.whisper, self.group.stream, "said", **facts), robust=True)

    def show_pinned(self) -> None:
        """Open pages fetch anew what is pinned."""
        live.publish(self, "refresh", "pinned")

    def _tell_who_is_asked(self, message: Message, mentioned: set[int]) -> None:
        """In a private room: the others, unless a message of it waits for them already, or they are mentioned."""
        if self.is_shared:
            return
        told = {Kind.LEADS: "asked-leads", Kind.STAFF: "asked-staff", Kind.PAIR: "wrote-to-you"}[Kind(self.kind)]
        others = self.readers().exclude(pk__in={message.author_id, *mentioned})
        unless = None
        if self.kind != Kind.PAIR and message.author_id != self.asker_id:
            unless = ""  # leads and staff answer in office
            answered = Notification.objects.unread().about(self.messages.all()).filter(kind=told)
            transaction.on_commit(answered.mark_read, robust=True)  # it waits for no other lead any more
            others, told = others.filter(pk__in=[self.asker_id]), "replied"
        waiting = Notification.objects.unread().about(self.messages.all()).filter(kind=told)
        mute = self.read_marks.filter(is_muted=True)
        others = others.exclude(pk__in=waiting.values("member")).exclude(pk__in=mute.values("member"))
        notify(others.order_by("pk"), told, message, unless=unless)
