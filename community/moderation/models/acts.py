"""What staff can do about a thing and its author, the smallest step first, and what that means for the author."""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Act(models.TextChoices):
    """In the order in which they weigh."""

    NOTHING = "nothing", _("No action")
    NOTE = "note", _("Noted")
    EDIT = "edit", _("Asked to edit")
    WARN = "warn", _("Warned")
    HIDE = "hide", _("Hidden")
    REMOVE = "remove", _("Removed")
    MOVE = "move", _("Discussion moved")
    SLOW = "slow", _("Slow mode")
    LOCK = "lock", _("Discussion closed")
    VET = "vet", _("Posts approved first")
    RESTRICT = "restrict", _("Not to write in the group")
    SILENCE = "silence", _("Not to write")
    SUSPEND = "suspend", _("Suspended")
    END = "end", _("Account ended")
    RESTORE = "restore", _("Restored")


class Step(NamedTuple):
    """How a step is offered to staff, and what it means in the statement of reasons."""

    offer: str | Promise
    effect: str | Promise


STEPS = {
    Act.NOTHING: Step(_("Nothing wrong: close, thank the reporters"), ""),
    Act.NOTE: Step(_("Nothing to do now: keep a note for colleagues"), ""),
    Act.EDIT: Step(
        _("Ask the author to edit it within 2 working days"),
        _("It stays where it is. Please change what is named above; if nothing is changed, staff look at it again."),
    ),
    Act.WARN: Step(
        _("Warn the author"),
        _("Nothing was taken away. The warning stands for a year; only you and staff see it."),
    ),
    Act.HIDE: Step(
        _("Hide it, keep it"),
        _("Nobody sees its text any more. It is kept unchanged, so that it can come back exactly as it was."),
    ),
    Act.REMOVE: Step(
        _("Remove it: kept only until the time to appeal has passed"),
        _("Nobody sees its text any more. It is kept for an appeal; after the time for that, it may be deleted."),
    ),
    Act.MOVE: Step(
        _("Move the discussion it is in to another group"),
        _("The discussion stands in another group now, with all that is in it: who can read there can read it."),
    ),
    Act.SLOW: Step(
        _("Slow the discussion or room it is in: one text each in 15 minutes"),
        _("Everybody can go on writing there, once in 15 minutes each."),
    ),
    Act.LOCK: Step(_("Close the discussion it is in"), _("The discussion can be read. Nobody can add to it any more.")),
    Act.VET: Step(
        _("Have what the author writes approved before it is shown"),
        _("You can write. It is shown once a lead or staff have approved it. In live rooms you can only read."),
    ),
    Act.RESTRICT: Step(
        _("Keep the author from writing in this group"), _("You can read everything in this group, but write nothing.")
    ),
    Act.SILENCE: Step(
        _("Keep the author from writing anywhere"), _("You can read everything you could before, but write nothing.")
    ),
    Act.SUSPEND: Step(
        _("Suspend the author"), _("You cannot come in. What you wrote stays, under your name; no letters are sent.")
    ),
    Act.END: Step(_("End the author’s account"), _("Your account is closed. What you wrote stays, under your name.")),
    Act.RESTORE: Step(_("Restore it: back exactly as it was"), _("It is back exactly as it was.")),
}
HOLD = "hold"  # no act that staff choose: out of sight until whoever may look at it has done so (see `sealed`)
UNTOLD = {Act.NOTHING, Act.NOTE}  # they touch nobody, so only the reporters hear of them
HIDING = {Act.HIDE, Act.REMOVE}
STRICTER = {Act.HIDE: Act.REMOVE}  # what can follow without a moment in sight; the milder one stands below it
TIMED = {Act.VET, Act.RESTRICT, Act.SILENCE, Act.SUSPEND}  # for as long as staff say
ON_WRITING = {Act.VET, Act.RESTRICT, Act.SILENCE}
ON_PEOPLE = {*TIMED, Act.END}
SLOWLY = 15 * 60  # seconds between two texts of one person
DAYS = [3, 7, 30, 90]
SECOND_THOUGHTS = dt.timedelta(minutes=1)  # before the letter about a decision leaves
WARNED = dt.timedelta(days=365)  # how long a warning stands
APPEAL = dt.timedelta(days=183)  # the time to appeal; Regulation (EU) 2022/2065, art. 20 (1) names six months
