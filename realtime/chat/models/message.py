"""What was said in a room, what was made of it since, and what others said of it."""

from __future__ import annotations

import datetime as dt

from django.db import models, transaction
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from community import ledger, live, richtext
from community.members.models import Affiliation, Member
from community.moderation.models import Moderatable
from community.moderation.models.watch import tell_of
from community.notifications.models import notify
from community.policy import Refused
from community.responses.models import Respondable
from groups.approval.twice import is_taken_back
from groups.links import quoted
from groups.models import Group
from groups.search import models as search
from groups.threads.models import Quotation
from realtime.chat import text
from realtime.chat.models.log import OPENING, MessageQuerySet
from realtime.chat.models.message_file import Filed
from realtime.chat.models.room import Room
from realtime.chat.models.taken_up import MOST_TOLD, TakenUp

LONGEST = 4000  # characters of one message
RUN = dt.timedelta(minutes=10)  # messages of one person closer together than this share one heading


class Message(Moderatable, Respondable, TakenUp, Filed):
    """Something said. `number` makes the order; `client_key` is the sender's own name for it, so repeats do no harm.

    `root` is what its line of replies began with, `under_count` how many of those can be read.

    Each change of it (words, removal, pin, reactions) is an event of the room's stream, whose number is given in the
    same transaction: whoever was away asks what changed since the last number they know.
    """

    partial = "chat/_message.html"
    parts = {"reactions": "responses/_reactions.html", "replies": "chat/_replies.html"}
    answered_opening = ""
    drawn = ""  # by `live`, where it was just said

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
    reply_to = models.ForeignKey("self", models.SET_NULL, null=True, related_name="replies")
    root = models.ForeignKey("self", models.SET_NULL, null=True, related_name="under")
    under_count = models.PositiveIntegerField(default=0)
    pinned_at = models.DateTimeField(null=True)
    pinned_by = models.ForeignKey(Member, models.PROTECT, null=True, related_name="+")
    look = models.PositiveIntegerField(default=1)

    objects = MessageQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint("room", "number", name="one_message_a_number"),
            models.UniqueConstraint("room", "author", "client_key", name="one_message_a_key"),
        ]
        indexes = [
            models.Index("room", "pinned_at", condition=models.Q(pinned_at__isnull=False), name="pinned_in_a_room")
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
    def is_in_sight(self) -> bool:
        return not self.is_gone

    @property
    def excerpt(self) -> str:
        """Its first words, or what came without any."""
        return richtext.excerpt(self.body) or ", ".join(self.names_of_files)

    @property
    def answered(self) -> Message | None:
        """What it is in reply to, if that can be read."""
        to = self.reply_to
        if to is None or to.is_gone:
            return None
        to.room = self.room  # known, so not looked up again
        return to

    @property
    def answered_words(self) -> str:
        """How that begins."""
        return richtext.excerpt(self.answered_opening or "", 90) if self.answered else ""

    @property
    def only_within(self) -> int | None:
        """The room whose readers alone may find it, where that is not for the whole group."""
        return None if self.room.is_shared else self.room_id

    @property
    def evidence(self) -> str:
        return "\n".join([self.body, *(f"[{name}]" for name in self.names_of_files)])

    @property
    def stands_in(self) -> Group:
        return self.room.group

    @property
    def slows(self) -> Room | None:
        return self.room if self.room.is_shared else None

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
        if self.edited_at is None and self.body not in {body, quoted.readable(body)}:
            raise Refused(_("This was sent before with another text. Copy it and send it as a new message."))
        self.is_repeat = True
        return self

    def answer(self, to: Message | None) -> None:
        """It is in reply to that one, and belongs to its line of replies. Saves nothing."""
        self.reply_to = to
        self.root = (to.root or to) if to else None
        self.answered_opening = to.body[:OPENING] if to else ""

    def count_under_root(self) -> None:
        """What began its line of replies shows how many there are.

        Rows are held before the room's stream, and replies before what they answer: so deeds that cross wait in turn.
        """
        for root in Message.objects.filter(pk__in=[self.root_id]).select_for_update(no_key=True):
            Message.objects.filter(pk=root.pk).update(under_count=root.under.in_sight().count())
            live.publish(self.room, "replace", f"replies-{root.subject}", root)

    def write(self, body: str) -> set[int]:
        """Take the text and render it; returns whom it mentions, the author aside. Saves nothing."""
        spoken = text.spoken(body, self.room)
        self.body, self.html, self.renderer = body, spoken.html, text.VERSION
        return spoken.mentioned - {self.author_id}

    def render_again(self) -> None:
        """The same words, as today's renderer shows them. No edit mark, nobody told."""
        self.write(self.body)
        self.save(update_fields=["html", "renderer"])

    @transaction.atomic
    def edit(self, body: str) -> None:
        """Other words, in the same place. Whoever was not mentioned before and is now hears of it."""
        quoted.hold(body)
        self._hold_in_sight()
        before = self.write(self.body)
        mentioned = self.write(body) - before
        self.edited_at = timezone.now()
        self.save(update_fields=["body", "html", "renderer", "edited_at"])
        quoted.settle(self)
        if self.room.is_shared:
            tell_of(self, body)
        self.tell(mentioned)
        self.shown_anew()

    @transaction.atomic
    def remove(self) -> None:
        """Taken back by its author. The place in the order stays; the text is kept for a report about it."""
        self._hold_in_sight()
        self.deleted_at = timezone.now()
        self.save(update_fields=["deleted_at"])
        is_taken_back(self.author, self.body)
        self.shown_anew()
        live.out_of_sight_or_back()

    @transaction.atomic
    def wipe(self, by: Member | None = None) -> None:
        """What it says goes for good, with its files: the place in the order stays."""
        list(Message.objects.select_for_update(no_key=True).filter(pk=self.pk).values_list("pk"))
        quoted.let_go(quoted.MESSAGE, [self.pk])
        quoted.forget(self)
        self.files.all().delete()
        self.body, self.html, self.deleted_at = "", "", self.deleted_at or timezone.now()
        self.save(update_fields=["body", "html", "deleted_at"])
        self.shown_anew()
        live.out_of_sight_or_back()

    @transaction.atomic
    def pin(self, by: Member) -> None:
        """A lead keeps it at hand for everyone."""
        self._hold_in_sight()
        ledger.record(by, "pin", self.subject)
        self._set_pinned(timezone.now(), by)

    @transaction.atomic
    def unpin(self, by: Member) -> None:
        """It goes back among the others."""
        self._hold_in_sight()
        ledger.record(by, "unpin", self.subject)
        self._set_pinned(None, None)

    def _set_pinned(self, at: dt.datetime | None, by: Member | None) -> None:
        self.pinned_at, self.pinned_by = at, by
        self.save(update_fields=["pinned_at", "pinned_by"])
        self._show_again()
        self.room.show_pinned()

    def _hold_in_sight(self) -> None:
        """Its row, as it is now, to the end of the transaction: what went out of sight meanwhile stays as it is."""
        self.refresh_from_db(
            fields=["body", "hidden", "deleted_at", "pinned_at"],
            from_queryset=Message.objects.select_for_update(no_key=True),
        )
        if self.is_gone:
            raise Refused(_("This message is gone already."))

    def tell(self, mentioned: set[int]) -> None:
        """In the order of their keys: two deeds that tell the same people never wait for each other."""
        notify(Member.objects.filter(pk__in=mentioned).order_by("pk"), "mentioned", self)

    def quotes_follow(self) -> None:
        """Its copies in pages and posts go out of sight with it, and come back with it."""
        quoted.follow(quoted.MESSAGE, [self.pk])

    @property
    def elsewhere(self) -> list[str]:
        return quoted.elsewhere(quoted.MESSAGE, self)

    def shown_anew(self) -> None:
        self.index()
        self.count_under_root()
        self._show_again()
        self._show_replies_again()
        self.follow_in_posts()
        if self.pinned_at:
            self.room.show_pinned()

    def carried_facts(self) -> dict[str, str]:
        if self.is_gone:
            return {
                "body": "",
                "files": "",
                "gone": Quotation.Gone.HIDDEN if self.is_hidden else Quotation.Gone.REMOVED,
            }
        return {"body": self.body, "files": "\n".join(self.names_of_files), "gone": ""}

    def show_reactions(self) -> None:
        live.publish(self.room, "replace", f"reactions-{self.subject}", self)

    def _show_again(self) -> None:
        live.publish(self.room, "replace", self.subject, self)

    def _show_replies_again(self) -> None:
        """Its replies show how it begins: they follow when that changes or goes out of sight."""
        replies = list(self.replies.order_by("-number")[: MOST_TOLD + 1])
        if len(replies) > MOST_TOLD:
            live.publish(self.room, "refresh")
            return
        for reply in replies:
            live.publish(self.room, "replace", reply.subject, reply)

    def index(self) -> None:
        """Findable by its words while it is shown."""
        if self.is_gone:
            search.drop(self)
        else:
            words = "\n".join([richtext.plain(SafeString(self.html)), *self.words_of_names])
            search.index(self, self.room.group, str(self), words)
