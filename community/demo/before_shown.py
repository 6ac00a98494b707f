"""What waits for approval: words that staff watch for, a code that helps a brother, and a question that means no harm."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from django.http import QueryDict

from community.demo.tended import RECORDER, UKULELES
from community.moderation.models import WatchWord
from groups.approval.models import Waiting
from groups.approval.why import Why
from groups.threads.models import Thread

if TYPE_CHECKING:
    from community.demo.play import Play

STAFF = "duty-moderator"
WORDS = [("discount code", "hold"), ("price list", "tell"), ("lazy parents", "ask")]


class Sent(NamedTuple):
    """By whom, how many days ago and when, into which discussion, what."""

    by: str
    days_ago: int
    at: str
    about: str
    body: str


SENT = [
    Sent(
        "woodwind-peri",
        1,
        "16:20",
        UKULELES,
        "My brother repairs by post and gives you a discount code, MONDAY10. Two weeks, and you pay the parcel one way.",
    ),
    Sent(
        "student-member",
        0,
        "07:50",
        RECORDER,
        "A maker offered us a discount code for a one-handed recorder. May a school take it, or does that have to go"
        " by the service?",
    ),
]


def plan(play: Play) -> None:
    """The list first; what was sent waits to the end."""
    play.acts.append((play.at(60, "09:20"), partial(_watch, play)))
    for sent in SENT:
        play.acts.append((play.at(sent.days_ago, sent.at), partial(_send, play, sent)))


def _watch(play: Play) -> None:
    for words, does in WORDS:
        word = WatchWord(words=words, does=does)
        word.full_clean()
        word.keep(play.members[STAFF])


def _send(play: Play, sent: Sent) -> None:
    thread = Thread.objects.select_related("group").get(title=sent.about)
    data = QueryDict(mutable=True)
    data.update({"body": sent.body, "key": f"demo-{sent.by}"})
    author = play.members[sent.by]
    Waiting.take(thread.group, author, f"reply:threads.thread-{thread.pk}", data, Why.WORD)
