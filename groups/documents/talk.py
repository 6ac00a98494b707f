"""What a document's page shows of the talk about it, the latest or up to one comment, and what is new to its reader."""

from __future__ import annotations

from dataclasses import dataclass

from community.members.models import Member
from groups.documents.models import Comment, Document, SeenUpTo

COMMENTS = 30  # with their answers, shown at a time


@dataclass
class Talk:
    """In the order in which they were said. `earlier`: the number of the one before, `is_latest`: none came later."""

    comments: list[Comment]
    earlier: int | None
    is_latest: bool


@dataclass
class Seen:
    """The reader's last look at a document, if there was one, and how many versions came since."""

    last: SeenUpTo | None
    newer: int


def talk_on(document: Document, reader: Member, asked: str = "") -> Talk:
    """Of what the reader may see, the last up to the number that is asked for."""
    said = Comment.objects.visible_to(reader).filter(document=document, answered=None)
    number = _number(asked)
    some = said.filter(pk__lte=number) if number else said
    found = list(some.order_by("-pk").to_show()[: COMMENTS + 1])
    shown = found[:COMMENTS][::-1]
    is_latest = not number or not said.filter(pk__gt=number).exists()
    return Talk(shown, found[COMMENTS].pk if len(found) > COMMENTS else None, is_latest)


def answered_in(document: Document, reader: Member, asked: str) -> Comment | None:
    """The comment of that number, if it can be read and answered here."""
    comments = Comment.objects.visible_to(reader).in_sight().filter(document=document, answered=None)
    return comments.with_people().filter(pk=number).first() if (number := _number(asked)) else None


def seen_by(reader: Member, document: Document) -> Seen:
    """What the reader saw last of its versions."""
    last = SeenUpTo.objects.visible_to(reader).filter(document=document).first()
    return Seen(last, document.version_count - last.number if last else document.version_count)


def _number(asked: str) -> int:
    return int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 19 else 0
