"""Rooms beside the groups' own: for a topic, a meeting to come, one that was, announcements, and a question to the leads."""

from __future__ import annotations

import datetime as dt
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

from community.demo import clock
from realtime.chat.models import Kind, Room

if TYPE_CHECKING:
    from community.demo.play import Play


class Planned(NamedTuple):
    """A room that a lead added so many days ago, and what was said in it: by whom, so many minutes later, what,
    perhaps in reply to that number.

    `opens` counts days back from today, negative ones lie ahead; it is open for an hour and a half from `at`.
    """

    group: str
    by: str
    ago: int
    at: str
    name: str
    purpose: str
    lines: list[tuple[str, int, str] | tuple[str, int, str, int]]
    kind: str = Kind.TALK
    opens: int | None = None
    keep_days: int | None = None
    archived: int | None = None


ROOMS = [
    Planned(
        "teaching",
        "ivc-chair",
        34,
        "16:20",
        "Three notes and fewer",
        "Tunes, games and exercises with very few notes, as they went in class.",
        [
            ("woodwind-peri", 31, "For the list: *Hot Cross Buns* backwards. They find the joke before you tell them."),
            ("singing-lead", 14, "Two notes: the cuckoo. Whole class sings the answer, one child plays the bird."),
            ("brass-peri", 1440, "Tried the cuckoo on trombones. It is now a very large cuckoo.", 2),
            ("singing-lead", 9, "Does it still come out of the clock?", 3),
            ("school-lead-primary", 22, "One note: pass it round the circle, each louder or softer than the last."),
            ("ivc-chair", 65, "Keep them coming. What three people have tried goes into the library."),
        ],
    ),
    Planned(
        "teaching",
        "deputy-curriculum",
        4,
        "10:10",
        "Scheme of work: planning meeting",
        "Beside the call. Links, questions and who takes which unit; what is decided goes into a discussion.",
        [],
        opens=-2,
    ),
    Planned(
        "teaching",
        "ivc-chair",
        52,
        "09:00",
        "Conference day 1",
        "For those who were there, and those who were not.",
        [
            ("ivc-chair", 12, "Room 4 for our session, not room 2. Room 2 is full of tubas."),
            ("woodwind-peri", 41, "Is anybody else in the one about assessment without grades? It is very good."),
            ("mat-music-lead", 3, "Yes. Notes tonight."),
            ("inclusion-lead", 95, "The loop in the main hall works. I thought somebody should say so for once."),
            ("brass-peri", 160, "The tubas have moved to room 4."),
        ],
        archived=45,
    ),
    Planned(
        "data",
        "data-chair",
        40,
        "09:30",
        "Return: dates and versions",
        "Only what everybody who fills in the return has to know.",
        [
            (
                "data-chair",
                2,
                "Version 2.0 of the form is in Documents. Throw 1.9 away, also the copy on your desktop.",
            ),
            ("data-chair", 20100, "Version 2.1: column J counts pupils once. Nothing else has changed."),
            ("data-chair", 24400, "The return closes on the last Friday of the month at noon. Noon is not midnight."),
        ],
        kind=Kind.NEWS,
    ),
    Planned(
        "data",
        "data-chair",
        9,
        "16:45",
        "Return drop-in, second hour",
        "One more hour for those who could not come to the first.",
        [
            ("data-chair", 0, "Here until half past three. Ask anything."),
            ("service-head-north", 6, "Do tutors on two contracts count twice in tab 3?"),
            ("data-chair", 2, "Once, with both hours added. People are people, hours are hours."),
            ("org-contact-saltmarsh", 11, "Our finance system says 1,204 lessons and our registers say 1,211."),
            ("data-chair", 1, "Registers. And tell finance, they will want to know."),
        ],
        opens=3,
        keep_days=90,
    ),
]
QUESTION = [
    (
        "brass-peri",
        0,
        "May I ask this here first? A school wants me to teach two year groups at once, 58 children, one room. I would"
        " rather not name it in front of everybody. Is there a number at which the group says no?",
    ),
    (
        "ivc-chair",
        70,
        "There is: our guidance says one tutor to a class, and never two classes without their teachers in the room. Page"
        " 3, you can send it as it is. Shall one of us ring the head with you?",
    ),
    ("brass-peri", 18, "Thank you. Page 3 first, then I may come back to that."),
]


def plan(play: Play) -> None:
    """Each is added, spoken in and put away by the people who would."""
    for planned in ROOMS:
        _plan(play, planned)
    moment = play.at(6, "15:05")
    for number, (by, minutes, words) in enumerate(QUESTION):
        moment = min(moment + dt.timedelta(minutes=minutes), play.now)
        play.acts.append((moment, partial(_ask, play, by, words, f"demo-question-{number}")))
    play.acts.append((moment, partial(_read, play)))


def _plan(play: Play, planned: Planned) -> None:
    moment = play.at(planned.ago, planned.at)
    facts: dict[str, Any] = {name: getattr(planned, name) for name in ("name", "purpose", "kind", "keep_days")}
    if planned.opens is not None:
        day = -planned.opens
        opens = clock.ahead(day, "14:00", play.now) if day > 0 else play.at(planned.opens, "14:00")
        facts |= {"opens_at": opens, "closes_at": opens + dt.timedelta(minutes=90)}
    play.acts.append((moment, partial(_add, play, planned, facts)))
    if planned.opens is not None and planned.opens >= 0:
        moment = facts["opens_at"]
    for number in range(len(planned.lines)):
        moment = min(moment + dt.timedelta(minutes=planned.lines[number][1]), play.now)
        play.acts.append((moment, partial(_say, play, planned, number)))
    if planned.archived is not None:
        moment = play.at(planned.archived, "17:30")
        play.acts.append((moment, partial(_archive, play, planned)))


def _add(play: Play, planned: Planned, facts: dict[str, Any]) -> None:
    Room.add(play.members[planned.by], play.groups[planned.group], facts)


def _archive(play: Play, planned: Planned) -> None:
    _room(play, planned).archive(play.members[planned.by])


def _room(play: Play, planned: Planned) -> Room:
    return Room.objects.to_show().get(group=play.groups[planned.group], name=planned.name)


def _say(play: Play, planned: Planned, number: int) -> None:
    who, _minutes, words, *to = planned.lines[number]
    tie = play.members[who].affiliations.in_force()[0]
    _room(play, planned).say(tie.member, words, f"demo-room-{number}", tie, to[0] if to else None)


def _ask(play: Play, by: str, words: str, key: str) -> None:
    tie = play.members[by].affiliations.in_force()[0]
    room = Room.between(play.groups["teaching"], Kind.LEADS, play.members["brass-peri"])
    room.say(tie.member, words, key, tie)


def _read(play: Play) -> None:
    """Who asked has read the answer; the lead has not seen yet what came after it."""
    Room.objects.get(asker=play.members["brass-peri"]).mark_read(play.members["brass-peri"], len(QUESTION))
