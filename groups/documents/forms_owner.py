"""Who looks after a document from now on."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from community.members.models import Member
from groups import text
from groups.documents.models.owned import can_own
from groups.models import Group


class OwnerForm(forms.Form):
    """Somebody of the group, by their handle."""

    owner = forms.CharField(
        label=_("Who looks after it from now on"),
        help_text=_("Their handle, such as @brass-peri. They are told, and reminded when a review is due."),
        max_length=60,
    )

    def __init__(self, data: object, group: Group) -> None:
        super().__init__(data)  # type: ignore[arg-type]
        self.group = group

    def clean_owner(self) -> Member:
        handle = str(self.cleaned_data["owner"]).strip().lstrip("@").lower()
        found = text.readers(self.group).filter(handle=handle).first()
        if found is None or not can_own(self.group, found):
            raise forms.ValidationError(_("Nobody in this group who may write has this handle."))
        return found
