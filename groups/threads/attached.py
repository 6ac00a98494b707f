"""Files that were uploaded while the text was written: their writer's alone until the post is sent.

Nothing but the stored file itself is kept of them. One that is never sent is held by no post, and the daily sweep of
files takes it away.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from community.files import BadFile
from community.files.guards import Asks, Guard
from community.files.models import StoredFile
from community.members.models import Member
from groups.models import Group
from groups.text import tidied
from groups.threads.fields import MOST_FILES, number_in
from groups.threads.models import PostFile

LONGEST = PostFile._meta.get_field("alt").max_length or 0


class Waiting(NamedTuple):
    """A file that waits, with what its writer says of it."""

    stored: StoredFile
    alt: str = ""
    is_decoration: bool = False
    is_sure: bool = False  # whether its writer declared what is asked of pictures

    @property
    def is_described(self) -> bool:
        return bool(self.alt) or self.is_decoration or not self.stored.is_image


class Door(Guard):
    """Asks about single pupils and printed music at once; of pictures it is asked when they are sent, see `check`."""

    asks_of_pictures = False


def take(sent: UploadedFile | list[object] | None, owner: Member, group: Group) -> Waiting:
    """Look at one uploaded file and keep it, or raise `BadFile`. What needs an answer first goes by the library."""
    try:
        if not isinstance(sent, UploadedFile):
            raise BadFile(_("Choose a file."))
        return Waiting(StoredFile.objects.keep(sent, owner, guard=Door(is_strict=group.refuses_pupil_data)))
    except Asks as asks:
        where = [line for each in asks.questions for line in each.where]
        way = _("If it may be shared all the same, share it under Documents: you can say there why.")
        raise BadFile(" ".join([str(asks), *where, way])) from asks


def waiting_of(owner: Member) -> QuerySet[StoredFile]:
    """What waits for the owner to send it; nobody else sees it."""
    return StoredFile.objects.waiting(owner)


class Attached:
    """The waiting files that a form names: `kept` their numbers, `alt-12` and `decoration-12` what 12 shows.

    A picture also has `sure-12`: no child can be recognised in it.
    """

    def __init__(self, owner: Member, data: Any) -> None:
        self.owner = owner
        self.data: QueryDict = data

    @cached_property
    def waiting(self) -> list[Waiting]:
        """Those that are still there, in the order of the form."""
        listed = self.data.getlist("kept") if hasattr(self.data, "getlist") else []
        asked = [number for number in map(number_in, listed) if number][: MOST_FILES + 1]
        there = StoredFile.objects.waiting(self.owner).in_bulk(asked) if asked else {}
        return [self._said(there[pk]) for pk in dict.fromkeys(asked) if pk in there]

    def check(self, asked: Iterable[int]) -> None:
        """Raise `ValidationError` if one has gone, or is a picture that nobody described or answered for."""
        if len(set(asked)) > len(self.waiting):
            raise forms.ValidationError(_("A file was kept for a day and is gone. Attach it again."))
        barred = [each.stored.name for each in self.waiting if each.stored.is_barred]
        if barred:
            sentence = _("%(names)s was taken down here meanwhile. Take it out, or ask staff if that was wrong.")
            raise forms.ValidationError(sentence % {"names": ", ".join(barred)})
        bare = [each.stored.name for each in self.waiting if not each.is_described]
        if bare:
            sentence = _("Say what %(names)s shows, for those who cannot see it, or mark it as decoration.")
            raise forms.ValidationError(sentence % {"names": ", ".join(bare)})
        unsure = [each.stored.name for each in self.waiting if each.stored.is_image and not each.is_sure]
        if unsure:
            raise forms.ValidationError(unsure_of(unsure))
        if any(len(each.alt) > LONGEST for each in self.waiting):
            raise forms.ValidationError(_("A description can have %(most)s characters.") % {"most": LONGEST})

    def files(self) -> list[PostFile]:
        """As files of a post."""
        return [PostFile(stored=it.stored, alt=it.alt, is_decoration=it.is_decoration) for it in self.waiting]

    def _said(self, stored: StoredFile) -> Waiting:
        alt = tidied(self.data.get(f"alt-{stored.pk}", "")).strip() if stored.is_image else ""
        decorates = stored.is_image and not alt and f"decoration-{stored.pk}" in self.data
        return Waiting(stored, alt, decorates, f"sure-{stored.pk}" in self.data)


def with_files(data: QueryDict, files: Iterable[PostFile]) -> QueryDict:
    """What was sent, with the files that came with it named as if they had been uploaded before."""
    named = data.copy()
    known = named.getlist("kept")
    for file in files:
        if str(file.stored_id) not in known:
            named.appendlist("kept", str(file.stored_id))
            named[f"sure-{file.stored_id}"] = "on"
            named.update({f"alt-{file.stored_id}": file.alt} if file.alt else {f"decoration-{file.stored_id}": "on"})
    return named


def unsure_of(names: Sequence[str]) -> str:
    """The sentence for a picture of which nothing was declared."""
    sentence = _("Say of %(names)s that no child can be recognised in it, or that you hold the written consent.")
    return sentence % {"names": ", ".join(names)}
