"""The next version of a document, and whom to tell of it."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.db import models
from django.utils.translation import gettext_lazy as _

from community.members.models import Member
from groups import text
from groups.documents.forms import WATCHED, ContentForm, SentForm
from groups.documents.models import Document
from groups.writing import ShownForm

MOST_TOLD = 30  # by name


class Tell(models.TextChoices):
    FOLLOWERS = "followers", _("Whoever follows this document")
    NAMED = "named", _("These people")
    NOBODY = "nobody", _("Nobody")


class TellForm(SentForm):
    """Followers unless somebody says otherwise. Named can be only who can see the document: they are asked to look."""

    tell = forms.ChoiceField(
        label=_("Whom to tell"), choices=Tell, initial=Tell.FOLLOWERS, widget=forms.RadioSelect, required=False
    )
    whom = forms.CharField(
        label=_("These people are"),
        required=False,
        max_length=500,
        help_text=_("By their handles, such as @brass-peri @strings-peri"),
    )

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or self.cleaned_data
        self.told: list[Member] | None = None if said.get("tell") in {"", None, Tell.FOLLOWERS} else []
        if said.get("tell") == Tell.NAMED:
            self.told = self._named(said.get("whom", ""))
        return said

    @property
    def said(self) -> dict[str, Any]:
        return {**super().said, "told": self.told}

    def _named(self, whom: str) -> list[Member]:
        handles = set(re.findall(r"[^\s,;@]+", whom.lower()))
        if not handles:
            self.add_error("whom", _("Say who, or choose somebody else to tell."))
        if len(handles) > MOST_TOLD:
            self.add_error("whom", _("Name at most %(most)s people.") % {"most": MOST_TOLD})
            return []
        found = list(text.readers(self.group).filter(handle__in=handles).order_by("pk"))
        if unknown := handles - {member.handle for member in found}:
            names = ", ".join(f"@{handle}" for handle in sorted(unknown))
            self.add_error("whom", _("Nobody who can see this has this handle: %(names)s") % {"names": names})
        return found


class VersionForm(ShownForm, TellForm, ContentForm):
    """The next version of a document: a file for a file, an address for a link."""

    asks_of = WATCHED

    def __init__(self, member: Member, document: Document, *args: Any) -> None:
        super().__init__(*args, author=member, group=document.group)
        self.document = document
        self.speak_for(member, document.group)
        del self.fields["file" if document.is_link else "url"]

    def clean(self) -> dict[str, Any]:
        said = super().clean()
        self.check_content(is_link=self.document.is_link)
        return said
