"""Into which page of the library messages are copied."""

from __future__ import annotations

from typing import Any, cast
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from community.members.models import Member
from groups import place
from groups.documents import policy as document_policy
from groups.documents.models import Document, Version
from realtime.chat import policy
from realtime.chat.models import Message, Room


class AppendForm(forms.Form):
    """The pages of the group that the member may write on. `key` makes a second click harmless."""

    page = forms.ModelChoiceField(label=_("Page"), queryset=Document.objects.none(), empty_label=_("Choose one"))
    key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, data: Any, *, room: Room, member: Member) -> None:
        super().__init__(data, auto_id="append_%s", initial={"key": uuid4()})
        self.room, self.member = room, member
        may_write = document_policy.post(member, room.group)
        pages = Document.objects.visible_to(member).filter(group=room.group).pages_in_use()
        field = cast("forms.ModelChoiceField[Document]", self.fields["page"])
        field.queryset = pages if may_write else Document.objects.none()
        self.has_pages = bool(may_write) and pages.exists()

    def append(self, pks: list[int]) -> Version:
        """Do it, or raise `Refused` with the reason."""
        page: Document = self.cleaned_data["page"]
        with place.kept(self.member, self.room.group) as member:
            policy.take_up(member, self.room).enforce()
            document_policy.add_version(member, page).enforce()
            return Message.append_to(page, self.room, pks, member, self.cleaned_data["key"])
