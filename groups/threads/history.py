"""What became of a text: its changes, the latest first, each with what was added and removed."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING

from django.core.cache import cache

from community.compare import Part, changes
from groups.threads.models.tellable import told_at

if TYPE_CHECKING:
    import datetime as dt

    from community.members.models import Member
    from groups.threads.models import Post, Summary, Thread

PAGE = 10
MOST_PAGES = 100
KEPT = 86_400  # seconds for which a comparison is kept; two texts that are the same never change


@dataclass(frozen=True)
class Change:
    """Somebody changed the text. `revision` is the row that holds it as it was before, 0 where there was none."""

    by: Member
    at: dt.date
    parts: list[Part]
    revision: int = 0
    subject: str = ""


@dataclass(frozen=True)
class PageOfChanges:
    """Some of the changes; `next` is the number of the page with older ones."""

    changes: list[Change]
    next: int | None


def of_post(post: Post, page: int) -> PageOfChanges:
    """What its author changed since it was posted."""
    start = (page - 1) * PAGE
    rows = list(post.revisions.select_related("by").order_by("-pk")[max(0, start - 1) : start + PAGE + 1])
    after, key = post.body, f"edition-{post.edition}"
    if start and rows:
        newer = rows.pop(0)
        after, key = newer.body, str(newer.pk)
    found = []
    for row in rows[:PAGE]:
        parts = _compared(f"{post.subject}:{row.pk}:{key}", row.body, after)
        found.append(Change(row.by, told_at(row.at, row.by), parts, row.pk))
        after, key = row.body, str(row.pk)
    return PageOfChanges(found, page + 1 if len(rows) > PAGE and page < MOST_PAGES else None)


def of_summary(thread: Thread, page: int) -> PageOfChanges:
    """Who wrote the summary of a thread, and what each added and removed; the first is as it was written.

    What staff hid is left out.
    """
    start = (page - 1) * PAGE
    rows: list[Summary] = list(thread.summaries.in_sight().to_show().order_by("-number")[start : start + PAGE + 1])
    found = []
    for place, row in enumerate(rows[:PAGE]):
        before = rows[place + 1] if place + 1 < len(rows) else None
        key = f"{row.subject}:{before.pk if before else 0}"
        parts = _compared(key, before.body if before else row.body, row.body)
        found.append(Change(row.author, row.at, parts, row.pk, row.subject))
    return PageOfChanges(found, page + 1 if len(rows) > PAGE and page < MOST_PAGES else None)


def _compared(key: str, before: str, after: str) -> list[Part]:
    texts = sha256(f"{before}\0{after}".encode()).hexdigest()  # what they quote may go out of sight
    return cache.get_or_set(f"changes:{key}:{texts}", lambda: changes(before, after), KEPT) or []
