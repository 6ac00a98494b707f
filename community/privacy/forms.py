"""What staff fill in about personal data."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext_lazy as _

from community.members.forms import ReasonForm
from community.members.models import Member
from community.moderation.models import DataRequest
from community.privacy.erasing import Way
from community.privacy.retention import Line


class AskForm(forms.ModelForm[DataRequest]):
    """What somebody asks about their data."""

    class Meta:
        model = DataRequest
        fields = ["kind", "words"]
        widgets = {"kind": forms.RadioSelect, "words": forms.Textarea(attrs={"rows": 5})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = DataRequest.Kind.choices


class EraseForm(ReasonForm):
    """Why, and the handle typed once more: it cannot be taken back."""

    way = forms.ChoiceField(
        label=_("What becomes of what they wrote"), choices=Way, initial=Way.KEEP, widget=forms.RadioSelect
    )
    handle = forms.CharField(label=_("Type their handle to confirm"), max_length=40)

    def __init__(self, *args: Any, person: Member, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.person = person

    def clean_handle(self) -> str:
        said: str = self.cleaned_data["handle"].strip().removeprefix("@")
        if said != self.person.handle:
            raise forms.ValidationError(_("This is another handle. Look at the name once more."))
        return said


class PeriodForm(forms.Form):
    """For how many days something is kept."""

    MOST = 20 * 365

    days = forms.IntegerField(label=_("Days"))

    def __init__(self, *args: Any, line: Line, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["days"]
        field.initial = line.days
        field.min_value, field.max_value = line.kept.least, self.MOST
        field.validators += [MinValueValidator(line.kept.least), MaxValueValidator(self.MOST)]
        field.help_text = _("At least %(least)s.") % {"least": line.kept.least}
