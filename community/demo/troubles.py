"""What was put right: edits, removals, reports in every state, decisions with their reasons."""

from __future__ import annotations

import datetime as dt
from functools import partial
from typing import TYPE_CHECKING

from community.demo import clock
from community.demo.script import Trouble
from community.moderation.models import Appeal, Keeper, Moderatable, SealedCase, Worry
from groups.threads.models import Post

if TYPE_CHECKING:
    from community.demo.play import Play

TROUBLES = [
    # Somebody's private circumstances: reported twice, hidden, and it stays hidden.
    Trouble(
        "private",
        "report",
        "workforce-chair",
        "1h",
        "This tells a colleague’s story. Anyone in the area knows who it is.",
        "personal",
    ),
    Trouble("private", "report", "brass-peri", "2h", "Should not be here.", "rules"),
    Trouble(
        "private",
        "hide",
        "duty-moderator",
        "1h",
        "The post passes on another person’s circumstances, an initial and an offer"
        " of her number. You meant to help; she has not agreed to be helped this way. It is out of sight for"
        " everyone and kept for thirty days if you would like us to look again.",
        "3.4 Somebody’s private details",
    ),
    # Hidden too quickly, and restored by a colleague.
    Trouble("trumpets", "report", "woodwind-peri", "4h", "Sounds like a pupil’s story?", "personal"),
    Trouble(
        "trumpets",
        "hide",
        "duty-moderator",
        "3h",
        "It could tell who the young people in the unit are.",
        "3.2 Could tell who a pupil is",
    ),
    Trouble(
        "trumpets",
        "appeal",
        "brass-peri",
        "20h",
        "I changed everything one could know them by before I posted it. There is no place, no name and no day in it.",
    ),
    Trouble(
        "trumpets",
        "uphold",
        "staff-facilitator",
        "1d",
        "You asked us to look again, and a colleague did. The post names no"
        " place, no person and no day; nobody could be recognised from it. It is back exactly as it was, and we"
        " are sorry for the two days.",
    ),
    # Looked at, nothing wrong.
    Trouble("ferry", "report", "org-contact-saltmarsh", "1d", "Off topic?", "other"),
    Trouble(
        "ferry",
        "leave",
        "duty-moderator",
        "4h",
        "It is about travel time, which is the subject. Thank you for looking out.",
    ),
    # Waiting at the desk.
    Trouble("advert", "report", "brass-peri", "12d", "An advert with a code, in a question about repairs.", "spam"),
    Trouble("advert", "report", "service-head-north", "3h", "He has been told before.", "spam"),
    Trouble(
        "sharp",
        "report",
        "inclusion-lead",
        "23d",
        'This is about "these people". It makes it harder for others to answer honestly.',
        "rules",
    ),
    Trouble("advert", "claim", "duty-moderator", "2h"),
    Trouble("moan", "report", "woodwind-peri", "1d", "I know whom she means. It was not kind.", "harassment"),
    # Shared without the right to.
    Trouble(
        "warm-ups", "report", "ivc-chair", "2h", "Pages 3 to 9 are scanned from a book that is in print.", "copyright"
    ),
    Trouble(
        "warm-ups",
        "hide",
        "duty-moderator",
        "3h",
        "Pages 3 to 9 are scanned from a printed book. Your service’s licence covers"
        " your own network, not a library that others use. Share your own pages as a new document; those are"
        " good.",
        "4.1 Shared without the right to",
    ),
    Trouble(
        "warm-ups",
        "appeal",
        "woodwind-peri",
        "48d",
        "Pages 3 to 9 are my own arrangements of tunes that are out of copyright. I can send you the originals.",
    ),
    # Ordinary second thoughts.
    Trouble(
        "defenders",
        "edit",
        "inclusion-lead",
        "30m",
        """May I add the children who will not say that it hurts. Two in every class we teach find this level of sound distressing rather than loud.

- Ear defenders on a hook by the door, no permission needed.
- The clapping station is a place one can stay at. Nobody asks why.
- Tell families beforehand what the first lesson sounds like. A ten-second recording of an **empty** hall with one adult playing is enough.

(Edited to add: any colour but pink and blue, they will sort themselves by it.)""",
    ),
    Trouble(
        "defenders",
        "edit",
        "inclusion-lead",
        "2h",
        """May I add the children who will not say that it hurts. Two in every class we teach find this level of sound distressing rather than loud.

- Ear defenders on a hook by the door, no permission needed.
- The clapping station is a place one can stay at. Nobody asks why.
- Tell families beforehand what the first lesson sounds like. A ten-second recording of an **empty** hall with one adult playing is enough.
- Agree a **sign for "too loud"** that every child may use, and that stops everybody.

(Edited to add: any colour but pink and blue, they will sort themselves by it.)""",
    ),
    Trouble("declared", "remove", "woodwind-peri", "1d"),
]


def plan(play: Play) -> None:
    """What will be reported and decided, and when."""
    for trouble in TROUBLES:
        _plan(play, trouble)
    play.acts.append((play.now - dt.timedelta(hours=3), partial(_worry, play)))


def _worry(play: Play) -> None:
    """There are two who read what is sealed, and one thing for them to read."""
    Keeper.name("lead", play.members["safeguarding-lead"])
    Keeper.name("deputy", play.members["staff-facilitator"])
    words = "A visiting tutor gives pupils lifts home, alone. I have told the school; I thought you should know."
    SealedCase.take(Worry("worry", words, play.members["brass-peri"]))


def _plan(play: Play, trouble: Trouble) -> None:
    moment = clock.later(play.times[trouble.about], trouble.after, play.now)
    play.times[trouble.about] = moment  # the next step about the same thing counts from here
    play.acts.append((moment, partial(_meddle, play, trouble)))


def _meddle(play: Play, trouble: Trouble) -> None:
    thing = Moderatable.find(play.things[trouble.about].subject)
    by = play.members[trouble.by]
    assert thing is not None
    match trouble.act:
        case "report":
            thing.report(by, trouble.kind, trouble.text)
        case "hide":
            thing.hide(by, trouble.text, trouble.kind)
        case "appeal" if thing.undoable:
            Appeal.lodge(thing.undoable, by, trouble.text)
        case "uphold":
            Appeal.objects.open().get(decision__subject=thing.subject).uphold(by, trouble.text)
        case "claim" if thing.open_case:
            thing.open_case.claim(by)
        case "leave":
            thing.leave(by, trouble.text)
        case "remove" if isinstance(thing, Post):
            thing.remove(by)
        case "edit" if isinstance(thing, Post):
            thing.edit(by, trouble.text, thing.edition)
