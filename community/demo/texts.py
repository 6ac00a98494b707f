"""Who runs the site and which texts hold: the rules change once in the year, and nearly all have accepted them."""

from __future__ import annotations

import datetime as dt
from functools import partial
from typing import TYPE_CHECKING

from django.utils import timezone

from community.members.models import Acceptance, Provider, SiteText
from community.moderation.models import Contact, DataRequest, Duty

if TYPE_CHECKING:
    from community.demo.play import Play

CHANGED, ASKED, SLOWEST = 44, 30, 25  # days ago
NOT_YET = {"industry-guest", "student-member", "lapsed-member"}
OLD = "**2.2** No harassment, threats, hatred or demeaning remarks, whatever the form."
NEW = f"{OLD} That includes messages in the live room that are taken back later."
WHAT = "Rule 2.2 now says that it also holds for live messages that were taken back."
NEXT = "# Guests\n\nWhoever is here as a guest, such as a supplier, reads and answers, but does not advertise."


def plan(play: Play) -> None:
    """First all accept what the site came with; later the rules change; a draft of the terms waits."""
    play.acts.append((play.at(399, "12:00"), partial(_accept, play, set(), [each.name for each in _all()])))
    play.acts.append((play.at(CHANGED, "11:00"), partial(_change, play)))
    play.acts.append((play.at(SLOWEST, "16:00"), partial(_accept, play, NOT_YET, ["rules-2"])))
    play.acts.append((play.at(2, "15:00"), partial(_draft, play)))
    play.acts.append((play.at(60, "10:00"), partial(_run, play)))
    play.acts.append((play.at(55, "13:00"), partial(_ask, play, "hub-lead-coast", "access", "For a reference.")))
    play.acts.append((play.at(41, "15:30"), partial(_answer, play)))
    play.acts.append((play.at(20, "09:20"), partial(_ask, play, "mat-music-lead", "correct", "I changed my name.")))


def _all() -> list[SiteText]:
    return [SiteText.in_force(kind) for kind in SiteText.Kind.values]


def _accept(play: Play, without: set[str], names: list[str]) -> None:
    for handle, member in play.members.items():
        if handle not in without:
            Acceptance.keep(member, names)


def _change(play: Play) -> None:
    by = play.members["staff-facilitator"]
    draft = SiteText.write("rules", SiteText.in_force("rules").body.replace(OLD, NEW), by)
    if draft:
        draft.publish(by, WHAT, play.at(ASKED, "00:00"))


def _draft(play: Play) -> None:
    terms = SiteText.in_force("terms").body.rstrip()
    SiteText.write("terms", f"{terms}\n\n{NEXT}\n", play.members["staff-facilitator"])


def _run(play: Play) -> None:
    """Nobody real: the name says so, and the numbers belong to no one."""
    facts = {
        "name": "The Ensemble Demonstration Trust (fictional)",
        "number": "Charity 0000000 (fictional)",
        "address": "1 Example Row\nSaltmarsh\nZZ99 9ZZ",
        "email": "hello@demonstration-trust.example",
        "phone": "01632 960000",
        "accountable": "Morgan Example, chief executive (fictional)",
        "since": play.at(390, "09:00").date(),
        "minute": "Board of trustees, minute 7 (fictional)",
        "data": "The data protection lead, data@demonstration-trust.example",
        "registration": "ZA000000, fictional",
        "complaints": "Write to us or use “Report something”. We answer within 10 working days, and personal data "
        "complaints are acknowledged within 30 days. If you are not content, the chair of trustees looks at it again.",
    }
    Provider(**facts).keep(play.members["staff-facilitator"], None)
    today = timezone.localdate()
    Contact.objects.update(checked_on=today)
    Duty.objects.update(
        since=facts["since"], reviewer="the board of trustees", review_on=today + dt.timedelta(days=300)
    )
    Duty.objects.filter(code="OS01").update(review_on=today + dt.timedelta(days=30))


def _ask(play: Play, by: str, kind: str, words: str) -> None:
    DataRequest.ask(play.members[by], kind, words)


def _answer(play: Play) -> None:
    words = "You were sent the copy today. Names of others are blacked out in it. If that is not all, write to us."
    DataRequest.objects.open()[0].answer_with(play.members["duty-moderator"], words)
