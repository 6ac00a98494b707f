"""From chat to knowledge: what was said is carried into a discussion, with authors and times and links both ways."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from typing import TYPE_CHECKING, Any

from django.db import models, transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from community import live
from community.policy import Refused
from groups.documents.models import Document, Version
from groups.links.models import MayQuote
from groups.threads.models import Post, Quotation
from groups.threads.models.quotation import MOST
from realtime.chat.models.message_file import with_files

if TYPE_CHECKING:
    from uuid import UUID

    from community.members.models import Member
    from realtime.chat.models.room import Room

MOST_WORDS = 100_000  # characters that one post can carry
MOST_IN_ALL = 1000  # messages of a room that is closed into a discussion
MOST_TOLD = 20  # messages that open pages are told of one by one

with_threads = models.Prefetch(
    "taken_up", Post.objects.select_related("thread").defer("body", "html").order_by("pk"), to_attr="posts_it_is_in"
)


def _parts(said: Iterable[Any]) -> Iterator[list[Any]]:
    """As many at a time as one post can carry."""
    part: list[Any] = []
    for each in said:
        words = sum(len(one.body) for one in part) + len(each.body)
        if part and (len(part) == MOST or words > MOST_WORDS):
            yield part
            part = []
        part.append(each)
    if part:
        yield part


class TakenUp(MayQuote, models.Model):
    """A message that may stand in posts of discussions too, and in a page of the library: the last it was put into."""

    told_as = ("message", "pk")

    taken_up = models.ManyToManyField(Post, related_name="+", editable=False)
    kept_in = models.ForeignKey(Document, models.SET_NULL, null=True, related_name="+", editable=False)

    pk: Any
    room: Room
    body: str

    class Meta:
        abstract = True

    @classmethod
    @transaction.atomic
    def take_up(cls, room: Room, pks: Collection[int], send: Callable[[], Post]) -> Post:
        """Carry those messages of the room into the post that `send` makes, in the order they were said.

        Their rows are held: what is hidden or taken back meanwhile is carried by nobody, and what is so afterwards is
        so in the post too. The room is told before the discussion, as in every other deed that tells both.
        """
        said = cls._all_held(room, pks)
        if sum(len(each.body) for each in said) > MOST_WORDS:
            raise Refused(_("These are more words than one post can carry. Choose fewer messages."))
        cls._show_all_again(room, said)
        return cls._carry(said, send())

    @classmethod
    @transaction.atomic
    def append_to(cls, page: Document, room: Room, pks: Collection[int], by: Member, key: UUID) -> Version:
        """Copy those messages below what the page says, with who said them when: its next version.

        They are copies: what is changed later in the room is to be changed on the page by whoever keeps it. What staff
        hide there is hidden on the page too.
        """
        said = cls._all_held(room, pks)
        cls._show_all_again(room, said)
        when = date_format(timezone.localtime(said[0].at, timezone.get_default_timezone()), "j F Y")
        heading = gettext("## Said in %(room)s, %(when)s") % {"room": room, "when": when}
        words = "\n\n".join([heading, *(each.as_quotation().as_markdown() for each in said)])
        made = page.append(by, words, key, note=gettext("From %(room)s") % {"room": room})
        cls._default_manager.filter(pk__in=[each.pk for each in said]).update(kept_in=page)
        return made

    @classmethod
    @transaction.atomic
    def take_up_all(cls, room: Room, send: Callable[[], Post], go_on: Callable[[Post, int], Post]) -> Post:
        """Carry all that can be read in the room: what is too much for the post of `send` into the posts of `go_on`."""
        parts = list(_parts(cls._held(room, cls.all_of(room))))
        live.publish(room, "refresh")
        first = cls._carry(parts[0], send())
        for number, part in enumerate(parts[1:], 2):
            cls._carry(part, go_on(first, number))
        return first

    @classmethod
    def all_of(cls, room: Room) -> list[int]:
        """The keys of all that can be read in the room; `Refused` if that is nothing, or too much for a discussion."""
        every: Any = cls._default_manager
        readable = every.in_sight().filter(room=room).order_by("number")
        pks = list(readable.values_list("pk", flat=True)[: MOST_IN_ALL + 1])
        if not pks:
            raise Refused(_("Nothing was said here. Archive the room instead."))
        if len(pks) > MOST_IN_ALL:
            most = {"most": MOST_IN_ALL}
            raise Refused(_("More than %(most)s messages are too many at once. Select those that matter.") % most)
        return pks

    @classmethod
    def _all_held(cls, room: Room, pks: Collection[int]) -> list[Any]:
        said = cls._held(room, pks)
        if not said or len(said) < len(set(pks)):
            raise Refused(_("Some of these messages are not here any more. Look at them again."))
        return said

    @staticmethod
    def _show_all_again(room: Room, said: list[Any]) -> None:
        if len(said) > MOST_TOLD:
            live.publish(room, "refresh")
        else:
            for each in said:
                live.publish(room, "replace", live.stream_of(each), each)

    @classmethod
    def _held(cls, room: Room, pks: Collection[int]) -> list[Any]:
        """Those that can be read, in the order they were said; held to the end of the transaction, the latest first."""
        every: Any = cls._default_manager
        rows = every.filter(room=room, pk__in=pks, hidden=None, deleted_at=None)
        list(rows.select_for_update(no_key=True).order_by("-pk").values_list("pk"))
        return list(rows.select_related("author", "posted_as").prefetch_related(with_files).order_by("number"))

    @classmethod
    def _carry(cls, said: Iterable[Any], post: Post) -> Post:
        said = list(said)
        post.carry([each.as_quotation() for each in said])
        for each in said:
            each.taken_up.add(post)
        return post

    def as_quotation(self) -> Quotation:
        """As a post carries it."""
        facts = {name: getattr(self, name) for name in ("author", "posted_as", "at")}
        return Quotation(message=self.pk, stream=live.stream_of(self.room), **facts, **self.carried_facts())

    def read_as(self, body: str) -> None:
        """What it quotes went out of sight, or came back: no edit mark, nobody told."""
        rows: Any = type(self)._default_manager
        rows.filter(pk=self.pk).update(body=body)
        self.body = body
        self.render_again()
        self.shown_anew()

    def render_again(self) -> None:
        raise NotImplementedError

    def shown_anew(self) -> None:
        raise NotImplementedError

    def follow_in_posts(self) -> None:
        """Posts that carry it read as it does now."""
        Quotation.follow(self.pk, **self.carried_facts())

    def carried_facts(self) -> dict[str, str]:
        """What of it can be read elsewhere."""
        raise NotImplementedError

    @property
    def discussions(self) -> list[Post]:
        """The posts of the group's discussions that carry it, as far as all who read the room can read them."""
        found: list[Post] | None = getattr(self, "posts_it_is_in", None)
        posts = self.taken_up.select_related("thread") if found is None else found
        return [each for each in posts if self._is_open(each)]

    @property
    def page(self) -> Document | None:
        """The page of the group's library that it stands in, if all who read the room can read that."""
        kept = self.kept_in
        is_there = kept is not None and not kept.is_hidden and kept.removed_at is None
        return kept if is_there and kept and kept.group_id == self.room.group_id else None

    def _is_open(self, post: Post) -> bool:
        thread = post.thread
        is_there = not (thread.is_waiting or thread.withdrawn_at or thread.merged_into_id)
        return post.is_in_sight and is_there and thread.group_id == self.room.group_id
