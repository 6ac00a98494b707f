"""What is filled in about what is sealed: by whoever tells of it, and by the two who read it."""

from __future__ import annotations

from functools import partial
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from community.moderation.models import Contact, Keeper, Referral, SealedReport


class SealedForm(forms.ModelForm):
    """The second step of a report of these kinds, after the contacts were shown."""

    kept_from = forms.ChoiceField(
        label=_("Is it about one of the two who read this?"),
        help_text=_("Then that person does not get to see it."),
        choices=[("", _("No, or I do not know")), *Keeper.Part.choices],
        widget=forms.RadioSelect,
        required=False,
    )

    class Meta:
        model = SealedReport
        fields = ["words"]
        widgets = {"words": forms.Textarea(attrs={"rows": 6})}
        help_texts = {
            "words": _(
                "What you saw or heard, and when. Only what is needed: no names of children if you can do without."
            ),
        }


class SealedNoticeForm(SealedForm):
    """The same for who reports nothing that could be pointed at, or has no account."""

    class Meta(SealedForm.Meta):
        fields = ["words", "address", "name", "email"]
        help_texts = {
            **SealedForm.Meta.help_texts,
            "address": _("The address of the page, if it is on one."),
            "name": _("Optional. Only the two who read this see it."),
            "email": _("Optional. Only if they may write to you."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["words"].required = True


class ReferralForm(forms.ModelForm):
    """To whom it was handed, when, and what they call it."""

    class Meta:
        model = Referral
        fields = ["to", "on", "reference"]
        widgets = {"on": forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})}
        help_texts = {"to": _("The council, the police or whoever else acts on it. No findings, no names.")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["on"].initial = timezone.localdate


class ContactForm(forms.ModelForm):
    """A line of the list that reporters see first."""

    class Meta:
        model = Contact
        fields = ["name", "nation", "words", "phone", "link", "source", "checked_on"]
        widgets = {"checked_on": forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})}
        field_classes = {"link": partial(forms.URLField, assume_scheme="https")}
