"""What was said in a live room and was worth more than a day: carried into a discussion; and a picture shown there."""

from __future__ import annotations

import datetime as dt
from functools import partial
from typing import TYPE_CHECKING

from community.demo import drawings
from groups.threads.models import Post, Thread
from realtime.chat.models import Message, MessageFile, Room

if TYPE_CHECKING:
    from community.demo.play import Play

FROM_THE_DROP_IN = [f"data-7-{number}" for number in range(3, 7)]  # two questions, two answers
TITLE = "Shared and closed schools: two answers from the drop-in"
WORDS = (
    "Two questions that come back every year, with the answers as they were given on the day. If your case is"
    " different, say so below, and I will put the answer here as well."
)
REPLIES = [
    (
        "hub-lead-coast",
        35,
        "We have one that *moved* in March, across the boundary. I counted it where it was on census day.",
    ),
    ("data-chair", 52, "That is right, and it is entry 23 from today. Thank you: I would not have thought of it."),
]  # minutes after it was taken up
WITH_PICTURE = "teaching-1-2"  # "To the ceiling, which as you know is not far."


def plan(play: Play) -> None:
    """The data lead takes up two answers on the same afternoon; somebody has a third case."""
    moment = play.times["data-7-9"] + dt.timedelta(minutes=11)
    play.acts.append((min(moment, play.now), partial(_take_up, play)))
    play.acts.append((play.times[WITH_PICTURE], partial(_show, play)))
    for by, minutes, words in REPLIES:
        play.acts.append((min(moment + dt.timedelta(minutes=minutes), play.now), partial(_reply, play, by, words)))


def _take_up(play: Play) -> None:
    group, by = play.groups["data"], play.members["data-chair"]
    said = [play.things[key].pk for key in FROM_THE_DROP_IN]
    start = partial(Thread(group=group, title=TITLE).start, by.affiliations.get(), WORDS)
    play.things["from-the-drop-in"] = Message.take_up(Room.of(group), said, start)


def _show(play: Play) -> None:
    message = play.things[WITH_PICTURE]
    assert isinstance(message, Message)
    stored = play.keep(message.author, "hall.png", drawings.draw("hall"))
    alt = "Plan of the hall: windows to the north, curtains to the south, a ceiling of 2.4 metres"
    message.attach([MessageFile(stored=stored, alt=alt, is_declared=True)])


def _reply(play: Play, by: str, words: str) -> None:
    first = play.things["from-the-drop-in"]
    assert isinstance(first, Post)
    first.thread.reply(play.members[by].affiliations.get(), words)
