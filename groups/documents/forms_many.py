"""Several files at once: what is said of all is said once, what is asked about a file is asked about that one."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import Any, cast
from uuid import uuid5

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from community.files.checks import at_most_lazy
from community.files.names import clean
from community.members.models import Member
from groups.documents.forms import NewForm
from groups.documents.kinds import Rights
from groups.documents.models import Document
from groups.models import Group

MOST_FILES = 30  # in one sending without JavaScript; with it each file is a sending of its own
SHARED = (
    "kind",
    "folder",
    "audience",
    "nation",
    "language",
    "rights",
    "rights_note",
    "review_on",
)  # said of all of them
FOR_EACH = {"pupils"}  # nobody has looked at each list of pupils by ticking one box
LONGEST_TITLE = Document._meta.get_field("title").max_length or 0


@dataclass
class Outcome:
    """What became of one file: a document, or why not, and what would have to be answered first: key and sentence."""

    name: str
    document: Document | None = None
    errors: list[str] = field(default_factory=list)
    asked: list[tuple[str, str | Promise]] = field(default_factory=list)


class ManyFiles(forms.ClearableFileInput):
    allow_multiple_selected = True


class Files(forms.FileField):
    """Any number of files, as a list."""

    widget = ManyFiles

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile]:
        files = [super(Files, self).clean(each, initial) for each in data or []]
        if not files:
            raise forms.ValidationError(_("Choose the files to share."))
        if len(files) > MOST_FILES:
            raise forms.ValidationError(
                _("At most %(most)s files go at once. Send them in parts.") % {"most": MOST_FILES}
            )
        return files


class ManyForm(NewForm):
    """The facts that all of them share, and the files. Links are added one by one."""

    files = Files(  # type: ignore[assignment]
        label=_("Files"),
        allow_empty_file=True,
        help_text=format_lazy("{} {}", _("Each becomes a document with the file’s name."), at_most_lazy()),
    )
    field_order = ["files", *SHARED, "posted_as", "key"]

    def __init__(self, member: Member, group: Group, *args: Any) -> None:
        super().__init__(member, group, *args)
        self.sender = member
        for name in self.fields.keys() - {"files", "posted_as", "key", *SHARED}:
            del self.fields[name]
        rights: Any = self.fields["rights"]
        rights.choices = [choice for choice in rights.choices if choice[0] != Rights.LINK]
        self.fields["rights_note"].help_text = _("For an open licence: which. For a permission: whose.")

    def check_content(self, *, is_link: bool) -> None:
        """There is no address to go without."""

    def one(self, upload: UploadedFile) -> NewForm:
        """The form of a single document, as if it had been filled in for this file alone.

        Its key is that of the whole form, the name and the bytes: a file that comes again with the same form, since
        the line broke or because others were refused, is the document it became the first time.
        """
        said = cast(QueryDict, self.data).copy()
        said["title"], said["summary"] = titled(upload.name or ""), ""
        said["key"] = str(uuid5(self.cleaned_data["key"], f"{clean(upload.name or '')}\n{_checksum(upload)}"))
        said.setlist("sure", " ".join(said.getlist("sure")).split())
        return NewForm(self.sender, self.group, said, {"file": upload})


def titled(name: str) -> str:
    """What people would call it: "loan_agreement.pdf" is "loan agreement"."""
    stem = clean(name).rpartition(".")[0] or clean(name)
    return " ".join(stem.replace("_", " ").split())[:LONGEST_TITLE]


def asked_of_all(outcomes: list[Outcome]) -> list[tuple[str, str]]:
    """What one answer can honestly settle for several files: its keys together, and the sentence with how many."""
    alike: dict[str | Promise, list[str]] = {}
    for key, sure in (each for outcome in outcomes for each in outcome.asked):
        if key.partition("-")[0] not in FOR_EACH:
            alike.setdefault(str(sure), []).append(key)
    return [
        (" ".join(keys), f"{ngettext('For %(n)s file:', 'For all %(n)s files:', len(keys)) % {'n': len(keys)}} {sure}")
        for sure, keys in alike.items()
        if len(keys) > 1
    ]


def refused(name: str, form: NewForm) -> Outcome:
    """Why the file was not shared, in the form's words."""
    errors = [str(error) for found in form.errors.values() for error in found]
    choices: Any = cast(forms.ChoiceField, form.fields["sure"]).choices if "sure" in form.fields else []
    return Outcome(name, errors=errors or [gettext("It was not taken. Try it again.")], asked=list(choices))


def _checksum(upload: UploadedFile) -> str:
    found = hashlib.sha256()
    for chunk in upload.chunks():
        found.update(chunk)
    return found.hexdigest()
