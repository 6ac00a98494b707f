"""How notifications and letters speak of a post."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils import timezone

from community import live
from community.notifications.told import Told
from groups.models.letters import told_of

if TYPE_CHECKING:
    import datetime as dt

    from community.members.models import Member
    from groups.threads.models.thread import Thread


def told_at(at: dt.datetime, author: Member) -> dt.date:
    """The moment as it may be shown. Of what names nobody it is the day alone: the hour could tell."""
    return timezone.localdate(at) if author.is_nameless else at


class Tellable:
    """A post, told of with others of its thread."""

    thread: Thread
    author: Member
    body: str

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

    @property
    def is_told_by_day(self) -> bool:
        """Of what names nobody, the hour could tell."""
        return bool(self.author.is_nameless)
