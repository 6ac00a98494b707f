"""What was said in a live room and was worth more than a day: carried into a discussion, where it is found again."""

from __future__ import annotations

import datetime as dt
from functools import partial
from typing import TYPE_CHECKING

from groups.threads.models import Thread
from realtime.chat.models import Message, Room

if TYPE_CHECKING:
    from community.demo.play import Play

FROM_THE_DROP_IN = [f"data-7-{number}" for number in range(3, 7)]  # two questions, two answers
TITLE = "Shared and closed schools: two answers from the drop-in"
WORDS = """Two questions that come back every year, with the answers as they were given on the day. If your case is
different, say so below, and I will put the answer here as well."""


def plan(play: Play) -> None:
    """The data lead takes up two answers on the same afternoon."""
    moment = play.times["data-7-9"] + dt.timedelta(minutes=11)
    play.acts.append((min(moment, play.now), partial(_take_up, play)))


def _take_up(play: Play) -> None:
    group, by = play.groups["data"], play.members["data-chair"]
    said = [play.things[key].pk for key in FROM_THE_DROP_IN]
    thread, voice = Thread(group=group, title=TITLE), by.affiliations.order_by("pk").first()
    assert voice is not None
    play.things["from-the-drop-in"] = Message.take_up(Room.of(group), said, partial(thread.start, voice, WORDS))
