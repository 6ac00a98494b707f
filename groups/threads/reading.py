"""Which part of a long thread or list a page shows. By keys, never by counting rows: cost does not grow with length."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from django.db.models import Q

from groups.threads.models import Post, ReadMark, Thread
from groups.threads.models.thread import ThreadQuerySet

POSTS = 50
ROWS = 20
MOST_RANGES = 50  # in one report
EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
KEY = re.compile(r"([01])-(\d{1,17})-(\d{1,18})", re.ASCII)


@dataclass(frozen=True)
class PageOfPosts:
    """Posts of a thread from number `start` on, for someone who has read as far as `mark` says."""

    posts: list[Post]
    start: int
    of: int  # the number of the thread's last post
    mark: ReadMark

    @property
    def end(self) -> int:
        """The number of the page's last post."""
        return min(self.start + POSTS - 1, self.of)

    @property
    def is_last(self) -> bool:
        return self.end >= self.of

    @property
    def earlier(self) -> int:
        """Where the page before begins, 0 if this is the first."""
        return max(1, self.start - POSTS) if self.start > 1 else 0

    @property
    def later(self) -> int:
        """Where the page after begins, 0 if this is the last."""
        return 0 if self.is_last else self.end + 1

    @property
    def number(self) -> int:
        return (self.start - 1) // POSTS + 1

    @property
    def numbers(self) -> list[dict[str, int]]:
        """Pages to offer by number: the first, the last and those around this one; 0 stands for a gap."""
        last = (self.of - 1) // POSTS + 1
        near = sorted({1, last, *range(max(1, self.number - 1), min(last, self.number + 1) + 1)})
        shown: list[int] = []
        for number in near:
            shown += [0, number] if shown and number > shown[-1] + 1 else [number]
        return [{"number": number, "start": (number - 1) * POSTS + 1} for number in shown]

    @property
    def news(self) -> int:
        """How many posts of the thread are new to someone who has been here before."""
        return max(0, self.of - self.mark.count) if self.mark.count else 0

    @property
    def first_unread(self) -> int:
        return self.mark.number + 1

    @property
    def first_new(self) -> int:
        """Before which post of this page the divider stands, 0 if before none."""
        return self.first_unread if self.news and self.start <= self.first_unread <= self.end else 0

    @property
    def has_new(self) -> bool:
        """Whether something on this page has not been read."""
        return not self.mark.holds(self.start, self.end)


def page_of_posts(thread: Thread, asked: Mapping[str, str], mark: ReadMark) -> PageOfPosts:
    """The page that `?from=51` begins, or on which post `?at=37` stands, or else the one with the first unread post."""
    start = min(whole_number(asked.get("from")), thread.last_number)
    if not start:
        wanted = (whole_number(asked.get(name)) for name in ("at", "quote", "to"))
        at = thread.last_number if asked.get("at") == "last" else next(filter(None, wanted), mark.number + 1)
        start = (max(1, min(at, thread.last_number)) - 1) // POSTS * POSTS + 1
    posts = thread.posts.to_show().filter(number__gte=start, number__lt=start + POSTS).order_by("number")
    return PageOfPosts(posts=list(posts), start=start, of=thread.last_number, mark=mark)


class PageOfRows(NamedTuple):
    """Threads of a list, with the addresses of the page before and after, if any."""

    rows: list[Thread]
    newer: str
    older: str


def page_of_rows(threads: ThreadQuerySet, asked: Mapping[str, str]) -> PageOfRows:
    """The page after `?after=<key>` or before `?before=<key>`, or else the first."""
    after, before = _place(asked.get("after")), _place(asked.get("before"))
    if before:
        found = list(threads.filter(_nearer(*before)).order_by("is_pinned", "last_post_at", "pk")[: ROWS + 1])
        rows, has_newer, has_older = found[:ROWS][::-1], len(found) > ROWS, True
    else:
        found = list((threads.filter(_further(*after)) if after else threads).in_order()[: ROWS + 1])
        rows, has_newer, has_older = found[:ROWS], after is not None, len(found) > ROWS
    if not rows:
        return PageOfRows([], "", "")
    newer = f"?before={_key(rows[0])}" if has_newer else ""
    return PageOfRows(rows, newer, f"?after={_key(rows[-1])}" if has_older else "")


def whole_number(text: str | None) -> int:
    """The number that an address or form holds, 0 for anything else."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 10 else 0


def ranges(text: str, last: int) -> list[tuple[int, int]]:
    """The ranges of post numbers in "3-9,12", as far as there are such posts; what makes no sense is left out."""
    found = []
    for each in text.split(",")[:MOST_RANGES]:
        first, _, second = each.partition("-")
        start, end = whole_number(first), min(whole_number(second or first), last)
        if 0 < start <= end:
            found.append((start, end))
    return found


def _key(thread: Thread) -> str:
    micros = (thread.last_post_at - EPOCH) // dt.timedelta(microseconds=1)
    return f"{int(thread.is_pinned)}-{micros}-{thread.pk}"


def _place(key: str | None) -> tuple[bool, dt.datetime, int] | None:
    found = KEY.fullmatch(key or "")
    if not found:
        return None
    try:
        return found[1] == "1", EPOCH + dt.timedelta(microseconds=int(found[2])), int(found[3])
    except OverflowError:
        return None


def _further(is_pinned: bool, at: dt.datetime, pk: int) -> Q:
    here = Q(last_post_at__lt=at) | Q(last_post_at=at, pk__lt=pk)
    return Q(is_pinned=False) | here & Q(is_pinned=True) if is_pinned else here & Q(is_pinned=False)


def _nearer(is_pinned: bool, at: dt.datetime, pk: int) -> Q:
    here = Q(last_post_at__gt=at) | Q(last_post_at=at, pk__gt=pk)
    return here & Q(is_pinned=True) if is_pinned else Q(is_pinned=True) | here & Q(is_pinned=False)
