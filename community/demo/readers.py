"""What readers do with a library: they look, need another format, propose what is missing; and the words it is sorted by."""

from __future__ import annotations

import datetime as dt
from functools import partial
from typing import TYPE_CHECKING, Any

from community.demo import paper
from groups.documents.models import Document, FormatRequest, Look, Proposal
from groups.tags.models import Tag

if TYPE_CHECKING:
    from community.demo.play import Play

SORTED = {  # tags, for whom, how accessible
    "scheme": ("whole-class first-term", "teachers", "Headings are tagged; the rhythm cards are described in words."),
    "grid": ("progression", "teachers", "Works with a screen reader. Print it on A3."),
    "warm-ups": ("whole-class brass", "teachers", ""),
    "loan": ("instruments", "families", "Also as plain text, for phones."),
    "risk": ("ensembles", "leaders", ""),
    "induction": ("recruitment cpd", "leaders", ""),
    "rider": ("access pay-and-terms", "leaders", "Large print on request."),
    "template": ("annual-return", "leaders", "Locked cells are announced by a screen reader."),
    "dictionary": ("annual-return definitions", "leaders", ""),
}
LOOKED = [
    ("brass-peri", 1, True),
    ("strings-peri", 2, False),
    ("woodwind-peri", 4, True),
    ("deputy-curriculum", 9, False),
]
WISH = "The rhythm cards in large print, 24 point or more, so that they can be read from a music stand."
MUTES: dict[str, Any] = {
    "title": "Practice mutes: which, how many, and what they cost",
    "summary": "Three makes tried with two classes, with prices. It would stand well beside the warm-ups.",
    "kind": "guidance",
    "rights": "own",
    "language": "en",
}
SAYS = """
We tried three makes for half a term each, with 28 players in a hall of 2.4 metres.

The straight plastic one is quiet enough, costs least and survives being stood upon.
"""


def plan(play: Play) -> None:
    """All of it within the last days, so that it waits for somebody."""
    play.acts.append((play.at(1, "12:00"), partial(_sort, play)))
    play.acts.append((play.at(1, "16:20"), partial(_wish, play)))
    play.acts.append((play.at(1, "17:05"), partial(_propose, play)))


def _sort(play: Play) -> None:
    for key, (words, audience, note) in SORTED.items():
        document = _document(play, key)
        document.tag(Tag.objects.known_in(document.group).filter(slug__in=words.split()))
        Document.objects.filter(pk=document.pk).update(audience=audience, accessibility=note)
    scheme, today = _document(play, "scheme"), play.now.date()
    Look.objects.bulk_create(
        Look(document=scheme, member=play.members[who], on=today - dt.timedelta(days=ago), is_download=took)
        for who, ago, took in LOOKED
    )


def _wish(play: Play) -> None:
    FormatRequest.ask(_document(play, "scheme"), play.members["brass-peri"], WISH)


def _propose(play: Play) -> None:
    by = play.members["brass-peri"]
    stored = play.keep(by, "practice-mutes.pdf", paper.make("practice-mutes.pdf", MUTES["title"], SAYS))
    Proposal.make(play.groups["teaching"], by, stored, **MUTES)


def _document(play: Play, key: str) -> Document:
    found = play.things[key]
    assert isinstance(found, Document)
    return Document.objects.get(pk=found.pk)
