"""Files for a message: looked at before they are kept, their sender's alone until the message is sent."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext as _

from community.files import BadFile
from community.files.guards import Asks, Guard
from community.members.models import Member
from community.moderation.models import WatchWord
from community.moderation.models.watch import THINK, think_again, watched
from groups.approval.doubts import doubt_at_once
from groups.models import Group
from groups.policy import is_trusted
from groups.threads.attached import Attached, Waiting
from realtime.chat.models import Room
from realtime.chat.models.message_file import MessageFile


def look_at(words: str, group: Group | None) -> str:
    """The words, or `ValidationError` where they look like data about single pupils: a message is sent at once.

    Where the group does not refuse such data outright, a discussion is the way: there one can say that one has looked.
    """
    try:
        Guard(is_strict=group is not None and group.refuses_pupil_data).ask_of_text(words)
    except Asks as asks:
        where = [line for each in asks.questions for line in each.where]
        way = _("If no child can be recognised from it, write it in a discussion: you can say so there.")
        raise forms.ValidationError(" ".join([str(asks), *where, way])) from asks
    except BadFile as bad:
        raise forms.ValidationError(str(bad)) from bad
    return words


def weigh(words: str, author: Member, group: Group) -> None:
    """The words that staff watch for: whoever writes one is asked once; what waits elsewhere is not taken here."""
    asked = watched(words, WatchWord.Does.ASK)
    if asked and think_again(author, words):
        raise forms.ValidationError(THINK % {"words": ", ".join(asked)})
    held = watched(words, WatchWord.Does.HOLD)
    if held and not is_trusted(author, group):
        way = _("“%(words)s” is looked at before it is shown, and here nothing can wait. Write it as a post.")
        raise forms.ValidationError(way % {"words": ", ".join(held)})


def look_for_adverts(words: str, author: Member, room: Room) -> None:
    """What would wait of somebody new is not taken here. Leads and staff may be asked anything.

    Call it last: what is refused for something else does not count as sent here.
    """
    if room.kind in {Room.Kind.LEADS, Room.Kind.STAFF}:
        return
    why = doubt_at_once(author, room.group, f"room:{room.pk}", words)
    if why:
        way = _("In a room nothing can wait: leave some out or say it otherwise, or write it as a post.")
        raise forms.ValidationError(f"{why.label} {way}")


class Sent(Attached):
    """The waiting files that a message names."""

    def message_files(self) -> list[MessageFile]:
        """As files of a message."""
        return [as_file(each) for each in self.waiting]


def as_file(waiting: Waiting) -> MessageFile:
    """Whoever sends a picture has declared what is asked of pictures; see `check`."""
    said = {"alt": waiting.alt, "is_decoration": waiting.is_decoration}
    return MessageFile(stored=waiting.stored, is_declared=waiting.stored.is_image, **said)
