"""Pages of a list, by keys: the page after a thread costs the same whether it is the first or the thousandth."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from typing import NamedTuple
from urllib.parse import urlencode

from django.db.models import Q

from community.members.models import Member
from groups.threads.models import Thread
from groups.threads.models.thread import ThreadQuerySet

ROWS = 20
EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
KEY = re.compile(r"([01])-(\d{0,17})-(\d{1,18})", re.ASCII)


class Order(NamedTuple):
    """By which moment threads stand in a list, the latest first, and whether pinned ones go before."""

    moment: str = "last_post_at"
    has_pins: bool = False

    def sort(self, threads: ThreadQuerySet, *, backwards: bool = False) -> ThreadQuerySet:
        fields = [*(["is_pinned"] if self.has_pins else []), self.moment, "pk"]
        return threads.order_by(*fields if backwards else [f"-{field}" for field in fields])

    def key(self, thread: Thread) -> str:
        """Where the thread stands, for an address: without the moment, where that could tell who is not named."""
        who = thread.last_author if self.moment == "last_post_at" else thread.author
        micros = "" if who.is_nameless else (getattr(thread, self.moment) - EPOCH) // dt.timedelta(microseconds=1)
        return f"{int(self.has_pins and thread.is_pinned)}-{micros}-{thread.pk}"

    def place(self, key: str | None, threads: ThreadQuerySet) -> Place | None:
        """Where a key leads; one without its moment to where the thread stands now, if it is among the `threads`."""
        found = KEY.fullmatch(key or "")
        if not found:
            return None
        pin, micros, pk = found[1] == "1", found[2], int(found[3])
        if not micros:
            at = threads.filter(pk=pk).values_list(self.moment, flat=True).first()
            return Place(pin, at, pk) if at else None
        try:
            return Place(pin, EPOCH + dt.timedelta(microseconds=int(micros)), pk)
        except OverflowError:
            return None

    def further(self, place: Place) -> Q:
        """What comes after the place."""
        here = Q(**{f"{self.moment}__lt": place.at}) | Q(**{self.moment: place.at}, pk__lt=place.pk)
        if not self.has_pins:
            return here
        return Q(is_pinned=False) | here & Q(is_pinned=True) if place.is_pinned else here & Q(is_pinned=False)

    def nearer(self, place: Place) -> Q:
        """What comes before the place."""
        here = Q(**{f"{self.moment}__gt": place.at}) | Q(**{self.moment: place.at}, pk__gt=place.pk)
        if not self.has_pins:
            return here
        return here & Q(is_pinned=True) if place.is_pinned else Q(is_pinned=True) | here & Q(is_pinned=False)


class Place(NamedTuple):
    """A place between two threads of a list."""

    is_pinned: bool
    at: dt.datetime
    pk: int


class PageOfRows(NamedTuple):
    """Threads of a list, with the addresses of the page before and after, if any."""

    rows: list[Thread]
    newer: str
    older: str


def page_of_rows(
    threads: ThreadQuerySet, asked: Mapping[str, str], order: Order, kept: Mapping[str, str], member: Member
) -> PageOfRows:
    """The page after `?after=<key>` or before `?before=<key>`, or else the first. Its addresses keep what is `kept`."""
    after, before = order.place(asked.get("after"), threads), order.place(asked.get("before"), threads)
    if before:
        found = _keys(order.sort(threads.filter(order.nearer(before)), backwards=True))
        keys, has_newer, has_older = found[:ROWS][::-1], len(found) > ROWS, True
    else:
        found = _keys(order.sort(threads.filter(order.further(after)) if after else threads))
        keys, has_newer, has_older = found[:ROWS], after is not None, len(found) > ROWS
    rows = _drawn(keys, member)
    if not rows:
        return PageOfRows([], "", "")
    newer = f"?{urlencode({**kept, 'before': order.key(rows[0])})}" if has_newer else ""
    older = f"?{urlencode({**kept, 'after': order.key(rows[-1])})}" if has_older else ""
    return PageOfRows(rows, newer, older)


def _keys(threads: ThreadQuerySet) -> list[int]:
    """First only which: with all that a row shows joined to it, no database finds the quick way to a rare tag."""
    return list(threads.values_list("pk", flat=True)[: ROWS + 1])


def _drawn(keys: list[int], member: Member) -> list[Thread]:
    """The threads with these keys, in their order, with all that a row shows."""
    found = Thread.objects.with_news_for(member).with_mutes_of(member).to_show().in_bulk(keys)
    return [found[key] for key in keys if key in found]
