"""What is typed in a room, and what leads say about one."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from community import richtext
from community.members.models import Member
from groups.models import Group
from groups.pace import Slow
from groups.text import is_bare
from groups.threads.forms_kinds import Moment
from groups.writing import ShownForm
from realtime.chat.attached import look_at, look_for_adverts, weigh
from realtime.chat.models import LONGEST, Kind, Room
from realtime.chat.models.arranging import SHARED


class Line(forms.CharField):
    """One line without what no reader should meet; where something is asked for, something that can be read."""

    def to_python(self, value: Any) -> str:
        return " ".join(richtext.tidy(str(super().to_python(value) or "")).split())

    def validate(self, value: str) -> None:
        super().validate(value)
        if value and is_bare(value):
            raise forms.ValidationError(_("Write something that can be read."))


class Hour(Moment):
    """When a room opens or closes: in our time."""

    def clean(self, value: Any) -> dt.datetime | None:
        moment = super().clean(value)
        if moment and not 2000 <= moment.year <= 2200:
            raise forms.ValidationError(_("Choose a day between 2000 and 2200."))
        return moment


class MessageForm(forms.Form):
    """The words of a message for that group; of one between two people, for none.

    `weighed_for`: who changes what is said in the `room`, where the words that staff watch for are looked for.
    """

    body = forms.CharField(label=_("Message"), max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(
        self,
        *args: Any,
        group: Group | None = None,
        weighed_for: Member | None = None,
        room: Room | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.group, self.weighed_for, self.room = group, weighed_for, room

    def clean_body(self) -> str:
        """Without what no reader should meet; something must be left to read."""
        body = richtext.tidy(self.cleaned_data["body"]).strip()
        if is_bare(body):
            raise forms.ValidationError(_("Write something that can be read."))
        if self.weighed_for and self.room and self.room.is_shared:
            weigh(body, self.weighed_for, self.room.group)
        body = look_at(body, self.group)
        if self.weighed_for and self.room:
            look_for_adverts(body, self.weighed_for, self.room)
        return body


class SayForm(MessageForm):
    """A new message, with the sender's own name for it, so that a repeated send does no harm."""

    key = forms.RegexField(r"\A[\w-]{1,40}\Z", label=_("Key"))

    def why_not(self) -> str:
        """What is wrong with it, in one line."""
        return " ".join(str(error) for errors in self.errors.values() for error in errors)


class RuleForm(forms.Form):
    """How long messages are kept. Whoever sets a rule sees first what it deletes now, and says that it shall."""

    keep_days = forms.IntegerField(
        label=_("Delete messages after so many days"),
        help_text=_(
            "Leave it empty to keep everything. What a report is about stays until it is decided; "
            "what was taken up in a discussion stays there."
        ),
        min_value=1,
        max_value=3650,
        required=False,
    )

    def __init__(self, *args: Any, room: Room | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.room = room
        for field in self.fields.values():
            if not isinstance(field.widget, forms.RadioSelect):
                field.widget.attrs["class"] = "input"

    def changes(self) -> dict[str, Any]:
        """What was changed."""
        return {name: self.cleaned_data[name] for name in self.changed_data}

    @property
    def goes(self) -> int:
        """How many messages the new rule deletes with the next run of the daily task."""
        if self.room is None or not self.is_valid() or "keep_days" not in self.changed_data:
            return 0
        return self.room.due_to_go(self.cleaned_data["keep_days"]).count()

    @property
    def is_sure(self) -> bool:
        """Whether they were told so, and say yes."""
        return self.data.get("sure") == str(self.cleaned_data.get("keep_days"))


class RoomForm(ShownForm, RuleForm):
    """What a room is called and for, who writes in it, and when."""

    name = Line(label=_("Name"), max_length=80)
    purpose = Line(label=_("What it is for"), help_text=_("One sentence, or nothing."), max_length=200, required=False)
    kind = forms.ChoiceField(
        label=_("Who writes"),
        choices=[(kind.value, kind.label) for kind in SHARED],
        widget=forms.RadioSelect,
        initial=Kind.TALK,
    )
    opens_at = Hour(
        label=_("Opens"),
        required=False,
        help_text=_("For a meeting: before that and after it closes, the room can be read, but nobody writes."),
    )
    closes_at = Hour(label=_("Closes"), required=False)

    slow = forms.TypedChoiceField(
        label=_("Each person writes"), choices=Slow.choices, coerce=int, empty_value=0, required=False
    )

    field_order = ["name", "purpose", "kind", "opens_at", "closes_at", "slow", "keep_days"]

    def clean(self) -> dict[str, Any]:
        opens, closes = self.cleaned_data.get("opens_at"), self.cleaned_data.get("closes_at")
        if opens and closes and closes <= opens:
            self.add_error("closes_at", _("This is not after it opens. Choose a later time."))
        return super().clean()
