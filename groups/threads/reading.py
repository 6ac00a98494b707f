"""Which part of a long thread a page shows. By keys, never by counting rows: cost does not grow with length."""

from __future__ import annotations

import secrets
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

from groups.threads.drawn import Drawn, drawn
from groups.threads.models import ReadMark, Thread

POSTS = 50
MOST_RANGES = 50  # in one report


@dataclass(frozen=True)
class Run:
    """Posts that are shown with nothing between them."""

    number: int  # of the first
    posts: list[bytes]
    moved: Sequence[object]  # lines that say which posts stood before it
    stand_in: ClassVar[str] = secrets.token_hex(32)  # for the posts; a secret, or else a text could have it


@dataclass(frozen=True)
class PageOfPosts:
    """Posts of a thread from number `start` on, for someone who has read as far as `mark` says."""

    posts: list[Drawn]
    start: int
    of: int  # the number of the thread's last post
    mark: ReadMark
    at: int  # the number of the post that one came for

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

    def runs(self, moved: Mapping[int, Sequence[object]], answered: int = 0) -> list[Run]:
        """The posts, in as few pieces as what stands between them leaves: see `Run`."""
        starts, found = {self.first_new, answered, *moved}, list[Run]()
        for post in self.posts:
            if not found or post.number in starts:
                found.append(Run(post.number, [], moved.get(post.number, ())))
            found[-1].posts.append(post.html)
        return found


def with_posts(page: str, runs: Iterable[Run]) -> bytes:
    """The page with its posts instead of their stand-ins: so the template need not copy them at each of its levels."""
    first, *others = page.split(Run.stand_in)
    pieces = [first.encode()]
    for run, after in zip(runs, others, strict=True):
        pieces += [*run.posts, after.encode()]
    return b"".join(pieces)


def page_of_posts(
    thread: Thread, asked: Mapping[str, str], mark: ReadMark, leads: Iterable[int], state: Hashable
) -> PageOfPosts:
    """The page that `?from=51` begins, or on which post `?at=37` stands, or else the one with the first unread post."""
    start = at = min(whole_number(asked.get("from")), thread.last_number)
    if not start:
        wanted = (whole_number(asked.get(name)) for name in ("at", "quote", "to"))
        at = thread.last_number if asked.get("at") == "last" else next(filter(None, wanted), mark.number + 1)
        at = max(1, min(at, thread.last_number))
        start = (at - 1) // POSTS * POSTS + 1
    posts = drawn(thread, start, start + POSTS - 1, leads, state)
    return PageOfPosts(posts=posts, start=start, of=thread.last_number, mark=mark, at=at)


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
