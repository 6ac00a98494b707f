"""What the texts of the demo are written in: talks, sayings, chatter, papers and troubles."""

from __future__ import annotations

from typing import NamedTuple


class Said(NamedTuple):
    """A reply: by whom ("brass-peri", or "brass-peri@ashgrove-lane" for another of their organisations), how long after
    the one before, and what. `key` names it for a trouble; `picture` is one of `drawings`, described by `alt`; `to` is the
    number of the post that it answers, `section` that of the part of a consultation it is about."""

    by: str
    after: str
    body: str
    key: str = ""
    picture: str = ""
    alt: str = ""
    to: int = 0
    is_nameless: bool = False
    section: int = 0


class Talk(NamedTuple):
    """A thread, so many days ago at a time of day, and what followed."""

    group: str
    kind: str
    title: str
    ago: int
    at: str
    by: str
    body: str
    replies: list[Said]
    is_pinned: bool = False
    is_closed: bool = False
    is_nameless: bool = False


class Shape(NamedTuple):
    """What a thread has beside its text. Days count from today on, negative ones lie behind; `paper` is a document's key.

    `sections` are titles with their texts; `asks` whether people shall say that they have read it.
    """

    asks: bool = False
    closes: int | None = None
    sections: tuple[tuple[str, str], ...] = ()
    opens: int | None = None
    pinned: int | None = None
    paper: str = ""


class Chatter(NamedTuple):
    """An hour in a live room: who said what, each so many minutes after the one before. A third word is a key."""

    group: str
    ago: int
    at: str
    lines: list[tuple[str, int, str] | tuple[str, int, str, str]]


class Copy(NamedTuple):
    """A version of a document: when, by whom, what changed, the file's name (or an address) and what it says."""

    ago: int
    by: str
    note: str
    name: str
    text: str = ""


class Scrutiny(NamedTuple):
    """A review: `by` asks `who`, to be answered by `due` (days back from today: negative lies ahead).

    Each answer: who, after how long, whether they approve, and their comment.
    """

    ago: int
    by: str
    who: list[str]
    due: int
    words: str
    answers: list[tuple[str, str, bool, str]]


class Pack(NamedTuple):
    """A collection, and for each paper in it what its readers are told."""

    group: str
    name: str
    words: str
    papers: list[tuple[str, str]]


class Paper(NamedTuple):
    """A document with its versions, oldest first. `review` counts days back from today: negative lies ahead."""

    key: str
    group: str
    kind: str
    title: str
    summary: str
    copies: list[Copy]
    facts: dict[str, str] = {}
    review: int | None = None
    is_pinned: bool = False
    replaced_by: str = ""
    reviews: list[Scrutiny] = []
    state: str = ""


class Trouble(NamedTuple):
    """Something done about a post, message or document: `act` is report, claim, hide, leave, appeal, uphold, remove or edit.

    `kind` is the report's kind or the decision's rule.
    """

    about: str
    act: str
    by: str
    after: str
    text: str = ""
    kind: str = ""


class Care(NamedTuple):
    """Something done for a thread, after what is named by `about`: "Title", "Title 5", or an earlier care's `key`.

    `act` is summary, split, merge, reply, say, save, accept, mark, acknowledge or archive; `text` is what is written,
    or the title of what comes of it; `numbers` are those of the posts to split off, or in how many days to be reminded.
    """

    about: str
    act: str
    by: str
    after: str
    text: str
    numbers: tuple[int, ...] = ()
    key: str = ""
