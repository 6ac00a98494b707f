"""A new message with files."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from community import limits, richtext
from community.files import BadFile
from community.members.models import Member
from groups.text import all_words, is_bare
from groups.threads.attached import take, unsure_of
from groups.threads.fields import MOST_FILES, Numbers, Uploads
from groups.writing import Written
from realtime.chat.attached import Sent, as_file, look_at, look_for_adverts, weigh
from realtime.chat.forms import SayForm
from realtime.chat.models import Room
from realtime.chat.models.message_file import MessageFile


class FilesForm(SayForm):
    """A new message that may bring files: `kept` were uploaded before, `files` come with it."""

    room: Room

    files = Uploads(label=_("Pictures and files"), required=False)  # type: ignore[assignment]
    kept = Numbers(label=_("Pictures and files"), required=False)
    alt = Written(label=_("Describe the picture"), required=False, max_length=300)
    sure = forms.BooleanField(
        label=_("No child can be recognised in the picture, or we hold the written consent."), required=False
    )

    def __init__(self, *args: Any, author: Member, room: Room, **kwargs: Any) -> None:
        super().__init__(*args, group=room.group, room=room, **kwargs)
        self.fields["body"].required = False
        self.author = author
        self.attached = Sent(author, self.data)
        self.fresh: list[MessageFile] = []

    def clean_body(self) -> str:
        """Without what no reader should meet; of what comes with files, perhaps nothing."""
        body = look_at(richtext.tidy(self.cleaned_data["body"]).strip(), self.group)
        if self.room.is_shared and not self._is_repeat:
            weigh(all_words({**dict(self.data.items()), "body": body}), self.author, self.room.group)
        if not self._is_repeat:
            look_for_adverts(body, self.author, self.room)
        return body

    def clean_kept(self) -> list[int]:
        """Of a message that was sent before there is nothing left to check."""
        asked = cast(list[int], self.cleaned_data["kept"])
        if not self._was_sent:
            self.attached.check(asked)
        return asked

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        files = len(cleaned.get("kept", [])) + len(cleaned.get("files", []))
        if files > MOST_FILES:
            self.add_error("files", _("A message can have %(most)s files.") % {"most": MOST_FILES})
        if is_bare(cleaned.get("body", "")) and not files and "body" not in self.errors:
            self.add_error("body", _("Write something that can be read."))
        return cleaned

    def take_files(self) -> bool:
        """Keep what came with the form itself, before any lock is held. If not, False: the form says why."""
        if self._was_sent:
            return True
        alt = self.cleaned_data["alt"]
        try:
            for upload in self.cleaned_data["files"]:
                limits.spend("upload", self.author)
                waiting = take(upload, self.author, self.room.group)
                if waiting.stored.is_image and not self.cleaned_data["sure"]:
                    raise BadFile(unsure_of([waiting.stored.name]))
                self.fresh.append(as_file(waiting._replace(alt=alt if waiting.stored.is_image else "")))
        except BadFile as bad:
            self.add_error("files", str(bad))
            return False
        return True

    @property
    def message_files(self) -> list[MessageFile]:
        """All its files, in their order."""
        return [*self.attached.message_files(), *self.fresh]

    @property
    def _is_repeat(self) -> bool:
        """Whether it was taken before: then there is nothing to ask any more."""
        return self.room.sent(self.author, self.data.get("key", "")) is not None

    @cached_property
    def _was_sent(self) -> bool:
        key = self.cleaned_data.get("key") or self.data.get("key", "")
        return self.room.sent(self.author, key) is not None
