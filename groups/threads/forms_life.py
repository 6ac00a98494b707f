"""What leads fill in about the life of a discussion."""

from __future__ import annotations

import datetime as dt

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class PinForm(forms.Form):
    """Until when it stands first; without a day, until somebody takes it down."""

    until = forms.DateField(
        label=_("Pinned until"),
        required=False,
        help_text=_("The last day. Leave it empty to pin it until someone takes it down."),
        widget=forms.DateInput(attrs={"type": "date", "class": "input"}, format="%Y-%m-%d"),
    )

    def clean_until(self) -> dt.date | None:
        until: dt.date | None = self.cleaned_data["until"]
        if until and until < timezone.localdate():
            raise forms.ValidationError(_("That day has passed. Choose today or a later day."))
        if until and until.year > timezone.localdate().year + 5:
            raise forms.ValidationError(
                _("That is more than five years away. Leave it empty to pin it without an end.")
            )
        return until
