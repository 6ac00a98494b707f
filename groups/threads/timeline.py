"""The timeline beside a discussion: the places worth jumping to, in the order in which they stand, and where one is."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Q
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from groups.threads.models.tellable import told_at

if TYPE_CHECKING:
    from collections.abc import Mapping

    from groups.threads.models import Moment, Thread
    from groups.threads.reading import PageOfPosts

PAGE = 50  # moments on a page of all
MOST = 12  # moments, the newest ones; how it began, what is new and the latest post come with them
GOOD = ("answered", "decision")


@dataclass
class Entry:
    """A place in the discussion: the post with that `number`, 0 where it is about the whole of it."""

    words: str
    url: str
    at: dt.date | None
    by: str = ""
    number: int = 0
    look: str = ""
    is_here: bool = False


class Timeline:
    """What the page of a thread shows of it. Asks one question, and only when it is drawn."""

    def __init__(self, thread: Thread, page: PageOfPosts) -> None:
        self.thread, self.page = thread, page
        self.here = {post.number: post.pk for post in page.posts}

    @cached_property
    def entries(self) -> list[Entry]:
        """First how it began, last the latest post. One of them is where the reader is now."""
        thread, last = self.thread, self.thread.last_number
        found = [Entry(thread.get_kind_display(), self._url(1), thread.begun, number=1)]
        found += [entry(moment, self.here) for moment in self._moments]
        if self.page.news:
            new = Entry("", f"{thread.get_absolute_url()}?at={self.page.first_unread}#new", self.page.mark.at)
            new.number, new.look = self.page.first_unread, "is-new"
            found.insert(next((n for n, each in enumerate(found) if n and self._is_new(each)), len(found)), new)
        found.append(Entry(_("Latest"), self._url(last), thread.latest, number=last))
        self._here(found).is_here = True
        return found

    @property
    def is_short(self) -> bool:
        """Whether earlier moments are left out."""
        return len(self._found) > MOST

    @property
    def last_deed(self) -> Moment | None:
        """What was done last to the whole of it."""
        return next((moment for moment in self._found if moment.post_id is None), None)

    @cached_property
    def _found(self) -> list[Moment]:
        return list(self.thread.moments.standing().to_show().order_by("-at", "-pk")[: MOST + 1])

    @property
    def _moments(self) -> list[Moment]:
        """Each once, in the order of what they are about."""
        once = {(moment.act, moment.post_id or moment.pk): moment for moment in reversed(self._found[:MOST])}
        return sorted(once.values(), key=lambda moment: moment.post.posted_at if moment.post else moment.at)

    def _here(self, found: list[Entry]) -> Entry:
        """The last one up to the post that one came for; the first on the page, if that begins after it."""
        passed = max((each for each in found if 0 < each.number <= self.page.at), key=lambda each: each.number)
        on_page = [each for each in found if self.page.start <= each.number <= self.page.end]
        return passed if passed.number >= self.page.start or not on_page else min(on_page, key=lambda each: each.number)

    def _url(self, number: int) -> str:
        """Within the page, where the post stands on it."""
        place = [self.thread.group.slug, self.thread.pk, number]
        return f"#post-{self.here[number]}" if number in self.here else reverse("threads:post", args=place)

    def _is_new(self, entry: Entry) -> bool:
        """Whether it happened after the reader looked last."""
        if entry.number:
            return entry.number >= self.page.first_unread
        at, read = entry.at, self.page.mark.at
        return isinstance(at, dt.datetime) and read is not None and at > read


def entry(moment: Moment, here: Mapping[int, int]) -> Entry:
    """`here` are the posts of the page, by number: they are reached within it."""
    post, by = moment.post, moment.by
    look = "is-ok" if moment.act in GOOD else ""
    if post is None:
        return Entry(str(moment), "#thread-head", moment.told, by.name if by else "", look=look)
    url = f"#post-{post.pk}" if post.number in here else reverse("posts:post", args=[post.pk])
    return Entry(str(moment), url, told_at(post.posted_at, post.author), post.author.name, post.number, look)


def moments(thread: Thread, before: int) -> tuple[list[Entry], int]:
    """A page of all that happened, newest first, from before that moment; and where the next begins, 0 if nowhere."""
    place = Coalesce("post__posted_at", "at")  # where it stands, whenever it was marked
    found = thread.moments.standing().to_show().annotate(of=place).order_by("-of", "-pk")
    last = thread.moments.filter(pk=before).values_list(place, "pk").first()
    if last:
        found = found.filter(Q(of__lt=last[0]) | Q(of=last[0], pk__lt=last[1]))
    rows = list(found[: PAGE + 1])
    entries = [entry(moment, {}) for moment in rows[:PAGE]]
    for each in entries:
        each.url = each.url if each.number else thread.get_absolute_url()
    return entries, rows[PAGE - 1].pk if len(rows) > PAGE else 0
