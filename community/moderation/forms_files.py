"""Files with a report: a few, checked and kept before the report is, and gone again if it is not taken."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext_lazy as _

from community.files import BadFile
from community.files.names import clean
from community.members.models import Member
from community.moderation.models import Exhibit
from community.moderation.models.exhibit import LARGEST, MOST
from community.policy import Refused

T = TypeVar("T")


class SomeFiles(forms.ClearableFileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """A few files, as a list."""

    widget = SomeFiles

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile[Any]]:
        files = [super(FilesField, self).clean(each, initial) for each in data or []]
        if len(files) > MOST:
            raise forms.ValidationError(_("At most %(most)s files. Choose which matter most.") % {"most": MOST})
        if any(each.size > LARGEST for each in files):
            said = {"most": filesizeformat(LARGEST)}
            raise forms.ValidationError(_("One of the files is too large: the most is %(most)s.") % said)
        return files


class FilesForm(forms.Form):
    """What reports can carry besides words."""

    files = FilesField(  # type: ignore[assignment]
        label=_("Files that show it"),
        help_text=_(
            "Optional: up to 3 pictures, PDFs or texts. Only staff who look at your report open them. Add none of "
            "child abuse material: the law forbids copies, even as proof. Say where it is; no file is taken with that."
        ),
        required=False,
        allow_empty_file=True,
    )

    def clean(self) -> dict[str, Any]:
        answers = super().clean() or {}
        if self.errors and "files" not in self.errors:
            self._ask_again()
        return answers

    def take(self, owner: Member | None, deed: Callable[[list[Exhibit]], T]) -> T | None:
        """Do it with the files, nobody’s without an account. If it is refused, the form says why and they go."""
        size = sum(each.size or 0 for each in self.cleaned_data["files"])
        if owner is None and size and not Exhibit.objects.room_outside(size):
            self.add_error("files", _("There is no room for more files now. Send it without; we ask you for them."))
            return None
        kept: list[Exhibit] = []
        name = ""
        try:
            for upload in self.cleaned_data["files"]:
                name = clean(upload.name or "")
                kept.append(Exhibit.keep(upload, owner or Member.objects.nameless()))
            return deed(kept)
        except BadFile as why:
            self.add_error("files", f"{name}: {why}")
            self._ask_again(others=True)
        except Refused as why:
            self.add_error("words", str(why))
            self._ask_again()
        Exhibit.drop(kept)
        return None

    def _ask_again(self, *, others: bool = False) -> None:
        """Browsers keep no files in a form that comes back. Who is not told sends it without what shows it."""
        if len(self.files.getlist("files")) > others:  # type: ignore[attr-defined]
            self.add_error("files", _("Choose your files again: they were not kept."))
