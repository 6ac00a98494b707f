"""How notifications, letters and other texts speak of a post."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext

from community import live
from community.notifications.told import Told
from groups.links import quoted
from groups.models.letters import told_of

if TYPE_CHECKING:
    import datetime as dt

    from community.members.models import Member
    from groups.models import Group
    from groups.threads.models.thread import Thread


def told_at(at: dt.datetime, author: Member) -> dt.date:
    """The moment as it may be shown. Of what names nobody it is the day alone: the hour could tell."""
    return timezone.localdate(at) if author.is_nameless else at


class Tellable:
    """A post, told of with others of its thread, and as staff know where it stands."""

    thread: Thread
    author: Member
    body: str
    number: Any
    pk: Any
    get_absolute_url: Any
    posted_at: Any  # columns of the row: the type checker knows them of whole models only
    edited_at: Any

    @classmethod
    def written_by(cls, member: Member) -> Q:
        return Q(author=member) | Q(mask__member=member)

    @property
    def posted(self) -> dt.date:
        return told_at(self.posted_at, self.author)

    @property
    def edited(self) -> dt.date | None:
        return told_at(self.edited_at, self.author) if self.edited_at else None

    @property
    def stands_in(self) -> Group:
        return self.thread.group

    @property
    def locks(self) -> Thread:
        return self.thread

    @property
    def moves(self) -> Thread:
        return self.thread

    @property
    def part_of(self) -> Thread:
        """What several of it are told of as one."""
        return self.thread

    @property
    def reading_url(self) -> str:
        """Where to go on reading the thread, for whoever is told of several posts: at the first that is new to them."""
        return f"{reverse('posts:thread', args=[self.thread.pk])}#new"

    @property
    def said_stream(self) -> str:
        """Where every reaction to a post of the thread is told at once."""
        return f"said-{live.stream_of(self.thread)}"

    @property
    def told(self) -> Told:
        """What a letter may say of it."""
        return told_of(self.thread.group, self.thread.title, self.body, self.thread.subject)

    def as_quotation(self) -> str:
        """Its text as a quotation that says where it is from, in Markdown, to be answered below."""
        lines = "\n".join(f"> {line}".rstrip() for line in self.body.strip().split("\n"))
        source = gettext("%(name)s in post %(number)s") % {"name": self.author.name, "number": self.number}
        return f"{lines}\n>\n> [{source}]({self.get_absolute_url()})\n\n"

    def quotes_follow(self) -> None:
        """What quotes it goes out of sight with it, and comes back with it."""
        quoted.follow(quoted.POST, [self.pk])

    @property
    def elsewhere(self) -> list[str]:
        return quoted.elsewhere(quoted.POST, self)

    @property
    def is_told_by_day(self) -> bool:
        """Of what names nobody, the hour could tell."""
        return bool(self.author.is_nameless)
