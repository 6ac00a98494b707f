"""Which part of a long thread or list a page shows. By keys, never by counting rows: cost does not grow with length."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from typing import NamedTuple

from django.db.models import Q, QuerySet

from groups.threads.models import Post, Thread

POSTS = 50
ROWS = 20
EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
KEY = re.compile(r"([01])-(\d{1,17})-(\d{1,18})", re.ASCII)


class PageOfPosts(NamedTuple):
    """Posts from number `start` on. `newer` and `older` are the first numbers of the neighbouring pages, if any."""

    posts: list[Post]
    start: int
    is_last: bool
    earlier: int | None
    later: int | None
    number: int
    of: int


def page_of_posts(thread: Thread, asked: Mapping[str, str], read: int) -> PageOfPosts:
    """The page that `?from=51` begins, or on which `?at=37` stands, or else the one with the first unread post."""
    at = _number(asked.get("at")) or _number(asked.get("from")) or read + 1
    at = max(1, min(at, thread.last_number))
    start = at if asked.get("from") and not asked.get("at") else (at - 1) // POSTS * POSTS + 1
    end = start + POSTS
    posts = list(thread.posts.to_show().filter(number__gte=start, number__lt=end).order_by("number"))
    is_last = end > thread.last_number
    return PageOfPosts(
        posts=posts,
        start=start,
        is_last=is_last,
        earlier=max(1, start - POSTS) if start > 1 else None,
        later=None if is_last else end,
        number=(start - 1) // POSTS + 1,
        of=max(1, -(-thread.last_number // POSTS)),
    )


class PageOfRows(NamedTuple):
    """Threads of a list, with the keys to the page before and after, if any."""

    rows: list[Thread]
    newer: str
    older: str


def page_of_rows(threads: QuerySet[Thread], asked: Mapping[str, str]) -> PageOfRows:
    """The page after `?after=<key>` or before `?before=<key>`, or else the first."""
    after, before = _place(asked.get("after")), _place(asked.get("before"))
    if before:
        found = list(threads.filter(_nearer(*before)).order_by("is_pinned", "last_post_at", "pk")[: ROWS + 1])
        rows, has_newer, has_older = found[:ROWS][::-1], len(found) > ROWS, True
    else:
        found = list((threads.filter(_further(*after)) if after else threads).latest()[: ROWS + 1])
        rows, has_newer, has_older = found[:ROWS], after is not None, len(found) > ROWS
    if not rows:
        return PageOfRows([], "", "")
    return PageOfRows(rows, _key(rows[0]) if has_newer else "", _key(rows[-1]) if has_older else "")


def _number(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 10 else 0


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
