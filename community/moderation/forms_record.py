"""What staff fill in about duties, and in answer to who asks about their data."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from community.members.models import Member
from community.moderation.models import DataRequest, Duty, Shift, Target
from community.moderation.models.target import By


class DutyForm(forms.ModelForm[Duty]):
    """A line of the record for the regulator."""

    class Meta:
        model = Duty
        fields = ["code", "asked", "source", "met", "since", "shows", "reviewer", "review_on"]
        widgets = {
            "met": forms.Textarea(attrs={"rows": 5}),
            "since": forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
            "review_on": forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        }
        help_texts = {
            "met": _("What is done, and what was considered instead. Name no member."),
            "review_on": _("At least once a year, and before anything that matters to it changes."),
        }


class ShiftForm(forms.ModelForm[Shift]):
    """Who, and on which days."""

    class Meta:
        model = Shift
        fields = ["member", "first", "last"]
        widgets = {
            "first": forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
            "last": forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        }
        help_texts = {"member": _("They are not told by us: agree on it with them.")}

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        staff = Member.objects.with_standing().filter(is_staff=True).order_by("name")
        self.fields["member"].queryset = staff  # type: ignore[attr-defined]


class TargetForm(forms.ModelForm[Target]):
    """How long, counted in what."""

    class Meta:
        model = Target
        fields = ["length", "by"]
        widgets = {"by": forms.RadioSelect}

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["by"].choices = By.choices  # type: ignore[attr-defined]


class DataAnswerForm(forms.Form):
    """What was done about a request."""

    answer = forms.CharField(
        label=_("Answer"),
        help_text=_("The person reads it on a page of their own. Say what you did, or why not, and where to complain."),
        max_length=DataRequest.MOST_WORDS,
        widget=forms.Textarea(attrs={"rows": 6, "class": "letter"}),
    )
