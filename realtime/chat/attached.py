"""Files for a message: looked at before they are kept, their sender's alone until the message is sent."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from community.files import BadFile
from community.files.guards import Asks, Guard, Question
from community.members.models import Member
from groups.models import Group
from groups.threads.attached import Attached, Waiting, keep
from realtime.chat.models.message_file import MessageFile


@dataclass(frozen=True)
class Door(Guard):
    """Asks about single pupils and printed music at once; of a picture it is asked when the message is sent."""

    def _settle(self, questions: list[Question]) -> None:
        super()._settle([each for each in questions if not each.key.startswith("photograph-")])


def take(sent: UploadedFile | list[object] | None, owner: Member, group: Group) -> Waiting:
    """Look at one uploaded file and keep it, or raise `BadFile`. What needs an answer first goes by the library."""
    try:
        return keep(sent, owner, Door(is_strict=group.refuses_pupil_data))
    except Asks as asks:
        where = [line for each in asks.questions for line in each.where]
        way = _("If it may be shared all the same, share it under Documents: you can say there why.")
        raise BadFile(" ".join([str(asks), *where, way])) from asks


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


class Sent(Attached):
    """The waiting files that a message names. Each picture also has `sure-12`: no child can be recognised in 12."""

    def check(self, asked: Iterable[int]) -> None:
        super().check(asked)
        unsure = [each.stored.name for each in self.waiting if each.stored.is_image and not self._is_sure(each)]
        if unsure:
            raise forms.ValidationError(unsure_of(unsure))

    def message_files(self) -> list[MessageFile]:
        """As files of a message."""
        return [as_file(each) for each in self.waiting]

    def _is_sure(self, each: Waiting) -> bool:
        return f"sure-{each.stored.pk}" in self.data


def as_file(waiting: Waiting) -> MessageFile:
    """Whoever sends a picture has declared what is asked of pictures; see `check`."""
    return MessageFile(**waiting._asdict(), is_declared=waiting.stored.is_image)


def unsure_of(names: Sequence[str]) -> str:
    """The sentence for a picture of which nothing was declared."""
    sentence = _("Say of %(names)s that no child can be recognised in it, or that you hold the written consent.")
    return sentence % {"names": ", ".join(names)}
