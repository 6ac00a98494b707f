"""Posts as they are drawn: each is drawn once for everyone, and then taken from the memory of this process.

`_post.html` depends on what `look` counts (see `Post.show_again`), on the values in `FACTS`, on the address of its
thread and its kind, on who leads the group, on the day (times are said in words), and on nothing else. All that is in
the key. The posts of a page are looked up again when anything happened in the thread, or to names or access.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any, NamedTuple

from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import get_language

from community.kept import Kept
from groups.threads.models import Post, Thread

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable

FACTS = (
    "pk",
    "number",
    "author",
    "posted_at",
    "look",
    "author__name",
    "posted_as__ends_on",
    "posted_as__organisation__name",
    "reply_to__thread",
    "reply_to__author__name",
    "section__number",
    "section__title",
    "accepted_by__name",
)
MOST, MOST_PAGES = 5000, 1000  # of some three kilobytes; of some fifty posts

_drawn: Kept[bytes] = Kept(MOST)
_pages: Kept[list[Drawn]] = Kept(MOST_PAGES)


class Drawn(NamedTuple):
    """A post of the page."""

    pk: int
    number: int
    author: int
    posted_at: dt.datetime
    html: bytes


def drawn(thread: Thread, start: int, end: int, leads: Iterable[int], state: Hashable) -> list[Drawn]:
    """The posts of the thread from number `start` to `end`, in order. `state` stands for all that could change them."""
    return _pages.get_or_make((state, start, end), lambda: _posts(thread, start, end, leads))


def _posts(thread: Thread, start: int, end: int, leads: Iterable[int]) -> list[Drawn]:
    found = thread.posts.filter(number__gte=start, number__lte=end).order_by("number")
    keys = {row[0]: row for row in found.values_list(*FACTS)}
    around = _around(thread, leads)
    htmls = {pk: _drawn.get((row, around)) for pk, row in keys.items()}
    missing = [pk for pk, html in htmls.items() if html is None]
    if missing:
        htmls |= _draw(missing, keys, around)
    facts = ((row[:4], htmls[pk]) for pk, row in keys.items())
    return [Drawn(pk, number, author, at, html) for (pk, number, author, at), html in facts if html is not None]


def _around(thread: Thread, leads: Iterable[int]) -> Hashable:
    """What all posts of a page have in common."""
    address = (thread.group.slug, thread.pk, thread.slug, thread.kind, thread.author_id)
    return address, thread.hidden_id, frozenset(leads), timezone.localdate(), get_language()


def _draw(pks: list[int], keys: dict[int, tuple[Any, ...]], around: Hashable) -> dict[int, bytes]:
    """One that changed since its key was read is shown as it is now and not kept: the key is that of another state."""
    htmls: dict[int, bytes] = {}
    for pk, post in Post.objects.to_show().in_bulk(pks).items():
        htmls[pk] = render_to_string(Post.partial, {"post": post}).encode()
        if _facts(post) == keys[pk] and not post.quoted:  # what it carries has names of its own
            _drawn.put((keys[pk], around), htmls[pk])
    return htmls


def _facts(post: Post) -> tuple[Any, ...]:
    told, to, section, chooser = post.posted_as, post.reply_to, post.section, post.accepted_by
    return (
        *(post.pk, post.number, post.author_id, post.posted_at, post.look, post.author.name),
        *((told.ends_on, told.organisation.name) if told else (None, None)),
        *((to.thread_id, to.author.name) if to else (None, None)),
        *((section.number, section.title) if section else (None, None)),
        chooser.name if chooser else None,
    )
