"""What leads do in their libraries: they share, ask for reviews, replace, pin and collect."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from community.demo import clock, paper
from community.demo.documents import PACKS, PAPERS
from community.demo.pages import PAGE, PAGES, REMARKS, Remark
from community.demo.script import Copy, Pack, Paper, Scrutiny
from groups.documents.models import Collection, Comment, Content, Document, PageText

if TYPE_CHECKING:
    from community.demo.play import Play


def plan(play: Play) -> None:
    """Every deed in its turn."""
    papers = [*PAPERS, *PAGES]
    for each in papers:
        _plan_paper(play, each)
    for each in papers:
        if each.replaced_by:
            replacing = clock.later(play.times[each.replaced_by], "2h", play.now)
            play.acts.append((replacing, partial(_replace, play, each.key, each.replaced_by)))
    for remark in REMARKS:
        _plan_remark(play, remark)
    for pack in PACKS:
        play.acts.append((play.at(1, "11:00"), partial(_collect, play, pack)))


def _plan_paper(play: Play, planned: Paper) -> None:
    for number, copy in enumerate(planned.copies):
        moment = play.at(copy.ago, f"{9 + copy.ago % 8:02}:{7 * copy.ago % 60:02}")
        play.acts.append((moment, partial(_share, play, planned, copy, is_first=number == 0)))
        play.times[planned.key] = moment
        play.times.setdefault(f"{planned.key} 1", moment)
    if planned.is_pinned:
        play.acts.append((clock.later(moment, "1h", play.now), partial(_pin, play, planned.key)))

    for scrutiny in planned.reviews:
        asked = play.at(scrutiny.ago, "15:10")
        play.acts.append((asked, partial(_ask_review, play, planned.key, scrutiny)))
        for by, gap, approves, note in scrutiny.answers:
            act = partial(_answer_review, play, planned.key, by, approves, note)
            play.acts.append((clock.later(asked, gap, play.now), act))
    if planned.state:
        play.acts.append((clock.later(moment, "2h", play.now), partial(_declare, play, planned.key, planned.state)))


def _ask_review(play: Play, key: str, planned: Scrutiny) -> None:
    who = [play.members[handle] for handle in planned.who]
    due = clock.day(planned.due, play.now)
    _document(play, key).ask_review(play.members[planned.by], who, due, planned.words)


def _answer_review(play: Play, key: str, by: str, approves: bool, note: str) -> None:
    document = _document(play, key)
    review = document.reviews.under_way().get()
    document.answer_review(play.members[by], review.pk, "approve" if approves else "changes", note)


def _collect(play: Play, planned: Pack) -> None:
    group = play.groups[planned.group]
    by = group.leads()[0].member
    collection = Collection(group=group)
    collection.describe(by, planned.name, planned.words)
    for key, note in planned.papers:
        collection.add(by, _document(play, key), note)


def _declare(play: Play, key: str, state: str) -> None:
    document = _document(play, key)
    document.declare(document.author, state)


def _share(play: Play, planned: Paper, copy: Copy, *, is_first: bool) -> None:
    group, by = play.groups[planned.group], play.members[copy.by.partition("@")[0]]
    content: Content = copy.name
    if copy.name == PAGE:
        content = PageText.of(copy.text, group)
    elif not copy.name.startswith("https://"):
        content = play.keep(by, copy.name, paper.make(copy.name, planned.title, copy.text))
    said: dict[str, Any] = {"note": copy.note, "posted_as": play._voice(copy.by, group)}
    if not is_first:
        _document(play, planned.key).add_version(by, content, **said)
        return
    facts: dict[str, Any] = {"rights": "own", **planned.facts, "title": planned.title, "kind": planned.kind}
    if planned.review is not None:
        facts["review_on"] = clock.day(planned.review, play.now)
    play.things[planned.key] = Document.post(group, by, content, summary=planned.summary, **facts, **said)


def _pin(play: Play, key: str) -> None:
    document = _document(play, key)
    document.pin(document.group.leads()[0].member)


def _replace(play: Play, old: str, new: str) -> None:
    document = _document(play, old)
    document.supersede_with(document.group.leads()[0].member, _document(play, new))


def _document(play: Play, key: str) -> Document:
    return Document.objects.to_show().get(pk=play.things[key].pk)


def _plan_remark(play: Play, planned: Remark) -> None:
    moment = clock.later(play.times[planned.about], planned.after, play.now)
    made: list[Comment] = []

    def say() -> None:
        made.append(_comment(play, planned.about, planned.by, planned.words, passage=planned.passage))
        if planned.settled_by:
            made[0].resolve(play.members[planned.settled_by])

    play.acts.append((moment, say))
    for by, gap, words in planned.answers:
        answered = clock.later(moment, gap, play.now)
        play.acts.append((answered, partial(_answer, play, planned, (by, words), made)))


def _answer(play: Play, planned: Remark, said: tuple[str, str], made: list[Comment]) -> None:
    _comment(play, planned.about, *said, answered=made[0])


def _comment(play: Play, key: str, by: str, words: str, **said: Any) -> Comment:
    return Comment.say(_document(play, key), play.members[by], words, **said)
