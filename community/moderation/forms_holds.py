"""What staff fill in to keep something for a claim or an inquiry, and to keep files away no longer."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from community.moderation.models.legal_hold import LONGEST, LegalHold


class HoldForm(forms.ModelForm):
    """Why, and when somebody looks at it again."""

    class Meta:
        model = LegalHold
        fields = ["reason", "review_on"]
        widgets = {
            "reason": forms.Textarea(attrs={"rows": 4}),
            "review_on": forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        }
        help_texts = {
            "reason": _("For staff alone, and for the ledger. Whom it concerns is not told."),
            "review_on": _("Within a year. You and those on duty get a letter on that day."),
        }

    def clean_review_on(self) -> dt.date:
        """A day to come, and not so far that nobody remembers."""
        day: dt.date = self.cleaned_data["review_on"]
        today = timezone.localdate()
        if not today < day <= today + LONGEST:
            raise ValidationError(_("Choose a day to come, within a year."))
        return day


class ReviewForm(HoldForm):
    """It is kept longer, or lifted: either with reasons."""

    does = forms.ChoiceField(
        label=_("What becomes of it"),
        choices=[("keep", _("It is still needed")), ("lift", _("Lift it: what waited for it goes on"))],
        widget=forms.RadioSelect,
    )
    field_order = ["does", "reason", "review_on"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["review_on"].required = False
        self.fields["review_on"].help_text = _("Only where it is still needed. Within a year.")

    def clean_review_on(self) -> dt.date:
        """Asked only where it is kept."""
        is_kept = self.data.get("does") == "keep"
        if is_kept and not self.cleaned_data["review_on"]:
            raise ValidationError(_("Choose a day to come, within a year."))
        return super().clean_review_on() if is_kept else timezone.localdate()


class LiftForm(forms.Form):
    """Why a file may be uploaded again."""

    reason = forms.CharField(
        label=_("Why it may be uploaded again"),
        help_text=_("For the ledger. What the file was a part of stays as it was decided."),
        max_length=LegalHold.MOST_WORDS,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
