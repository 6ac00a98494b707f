"""Files that were uploaded while the text was written: their writer's alone until the post is sent.

Nothing but the stored file itself is kept of them. One that is never sent is held by no post, and the daily sweep of
files takes it away.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from community.files import BadFile
from community.files.guards import Guard
from community.files.models import StoredFile
from community.members.models import Member
from groups.threads.fields import MOST_FILES, number_in
from groups.threads.models import PostFile
from groups.threads.text import tidied

LONGEST = PostFile._meta.get_field("alt").max_length or 0


class Waiting(NamedTuple):
    """A file that waits, with what its writer says of it."""

    stored: StoredFile
    alt: str = ""
    is_decoration: bool = False

    @property
    def is_described(self) -> bool:
        return bool(self.alt) or self.is_decoration or not self.stored.is_image


def keep(sent: UploadedFile | list[object] | None, owner: Member, guard: Guard | None = None) -> Waiting:
    """Check one uploaded file and keep it, or raise `BadFile`; what the `guard` wants to know is asked first."""
    if not isinstance(sent, UploadedFile):
        raise BadFile(_("Choose a file."))
    return Waiting(StoredFile.objects.keep(sent, owner, guard=guard))


def waiting_of(owner: Member) -> QuerySet[StoredFile]:
    """What waits for the owner to send it; nobody else sees it."""
    return StoredFile.objects.waiting(owner)


class Attached:
    """The waiting files that a form names: `kept` their numbers, `alt-12` and `decoration-12` what 12 shows."""

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
        """Raise `ValidationError` if one has gone, or is a picture that nobody described."""
        if len(set(asked)) > len(self.waiting):
            raise forms.ValidationError(_("A file was kept for a day and is gone. Attach it again."))
        bare = [each.stored.name for each in self.waiting if not each.is_described]
        if bare:
            sentence = _("Say what %(names)s shows, for those who cannot see it, or mark it as decoration.")
            raise forms.ValidationError(sentence % {"names": ", ".join(bare)})
        if any(len(each.alt) > LONGEST for each in self.waiting):
            raise forms.ValidationError(_("A description can have %(most)s characters.") % {"most": LONGEST})

    def files(self) -> list[PostFile]:
        """As files of a post."""
        return [PostFile(**each._asdict()) for each in self.waiting]

    def _said(self, stored: StoredFile) -> Waiting:
        alt = tidied(self.data.get(f"alt-{stored.pk}", "")).strip() if stored.is_image else ""
        return Waiting(stored, alt, stored.is_image and not alt and f"decoration-{stored.pk}" in self.data)
