"""Looking after discussions, as leads and members do it: what `tended` tells, and the demo member's own choices."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from community.demo import clock
from community.demo.script import Care
from community.demo.tended import CARE, MILEAGE, UKULELES
from community.drafts.models import Draft
from community.drafts.typed import Typed
from community.responses.models import Bookmark
from groups.tags.models import Mute, Tag
from groups.threads.models import Move, Post, Summary, Template, Thread
from groups.threads.starters import Wording
from groups.watching.models import Watch

if TYPE_CHECKING:
    from community.demo.play import Play

ME = "brass-peri"  # whose sign-in the demo prints first
WENT_WRONG = """**The plan**

(in one line)

**What happened instead**

(as you would tell it in the staff room; no names of children)

**What I would do next time**

(or: what I still do not know)"""


def plan(play: Play) -> None:
    """Every deed of care in its turn; then what the demo member chose and left unfinished."""
    for care in CARE:
        moment = clock.later(play.times[care.about], care.after, play.now)
        if care.act == "split":
            play.times[care.text] = moment
        play.acts.append((moment, partial(_care, play, care)))
    play.acts.append((play.at(120, "08:30"), partial(_word, play)))
    play.acts.append((play.at(50, "19:30"), partial(_choose, play)))
    play.acts.append((play.at(1, "18:40"), partial(_begin, play)))


def _care(play: Play, care: Care) -> None:
    by, thing = play.members[care.by], play.things[care.about]
    match care.act, thing:
        case "summary", Post():
            thread = thing.thread
            thread.refresh_from_db()
            Summary.write(thread, by, care.text, thread.summary_number)
        case "split", Post():
            play.things[care.text] = Move.split(thing.thread, care.numbers, care.text, by).target
        case "merge", Post():
            target = play.things[care.text]
            assert isinstance(target, Thread)
            Move.merge(thing.thread, target, by)
        case "reply", Thread():
            thing.reply(play._voice(care.by, thing.group), care.text)
        case "say", Post():
            thing.react(by, care.text)
        case "save", Post():
            remind_at = clock.ahead(care.numbers[0], "08:00", play.now) if care.numbers else None
            Bookmark.keep(by, thing).change(care.text, remind_at)
        case "accept", Post():
            thing.thread.accept(by, thing)
        case "mark", Post():
            thing.put_mark(by, care.text)
        case "acknowledge", Thread():
            thing.acknowledge(by)
        case "archive", Thread():
            thing.archive(by)
        case _:
            raise ValueError(care)


def _word(play: Play) -> None:
    """A group that has words of its own to start from, below those that come with every group."""
    lead, teaching = play.members["ivc-chair"], play.groups["teaching"]
    Template.adopt(lead, teaching)
    Template.add(lead, teaching, Wording("A lesson that went wrong", WENT_WRONG, "discussion"))


def _choose(play: Play) -> None:
    """Everything of one group, nothing of one discussion; and a nation that a colleague need not see."""
    me = play.members[ME]
    Watch.choose(me, ("groups.group", play.groups["teaching"].pk), Watch.Level.EVERYTHING)
    Watch.choose(me, ("threads.thread", play.things[MILEAGE].pk), Watch.Level.NOTHING)
    Mute.choose(play.members["dei-chair"], Tag.objects.nations().filter(slug="england"))


def _begin(play: Play) -> None:
    """Two texts that are not sent yet."""
    me, teaching = play.members[ME], play.groups["teaching"]
    Draft.keep(
        me,
        Typed(
            f"reply:threads.thread-{play.things[UKULELES].pk}",
            {
                "body": "Numbers from our second afternoon, before I forget them:\n\n- 31 pegs tightened\n- 12 bridges glued"
            },
        ),
    )
    fields: dict[str, str | list[str]] = {
        "kind": "question",
        "title": "Tunes on three notes that Year 4 does not find babyish",
        "body": "I am collecting. Your own words and your own tune, please, so that we may share them here.",
    }
    Draft.keep(me, Typed(f"new:groups.group-{teaching.pk}", fields))
