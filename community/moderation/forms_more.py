"""The second step of a report: what is asked by what it is about. Nothing has to be filled in to report something."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from community.moderation.models.illegal import IllegalKind
from community.moderation.models.kinds import Kind
from community.moderation.models.told import ASKED, YES, Asked

LONG = 300  # characters from which on there is more than a line to write in


class MoreForm(forms.Form):
    """What `ASKED` says of the kind, or which kind of illegal content it is."""

    def __init__(self, *args: Any, kind: str, chosen: IllegalKind | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if kind == Kind.ILLEGAL:
            self.fields["illegal"] = forms.ModelChoiceField(
                IllegalKind.offered(chosen),
                label=_("Which kind is it?"),
                help_text=_("Optional. Choose what comes nearest."),
                empty_label=_("I do not know"),
                required=False,
                blank=True,
                widget=forms.RadioSelect,
            )
        for name, asked in ASKED.get(kind, {}).items():
            self.fields[name] = _field(name, asked)

    @property
    def illegal(self) -> IllegalKind | None:
        found: IllegalKind | None = self.cleaned_data.get("illegal")
        return found

    @property
    def more(self) -> dict[str, str]:
        """What was said, as it is kept."""
        said = {name: self.cleaned_data[name] for name in self.fields if name != "illegal"}
        return {name: YES if value is True else value for name, value in said.items() if value}


def _field(name: str, asked: Asked) -> forms.Field:
    if asked.is_sentence:
        return forms.BooleanField(label=asked.label, required=False)
    if asked.choices:
        return forms.ChoiceField(label=asked.label, choices=asked.choices, required=False, widget=forms.RadioSelect)
    if name == "email":
        return forms.EmailField(label=asked.label, max_length=asked.most, required=False)
    widget = forms.Textarea(attrs={"rows": 4}) if asked.most > LONG else forms.TextInput
    return forms.CharField(label=asked.label, max_length=asked.most, required=False, widget=widget)
