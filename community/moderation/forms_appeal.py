"""What is filled in when somebody appeals, and when a colleague hears them."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from community.moderation.forms import LONGEST
from community.moderation.models import Appeal


class AppealForm(forms.Form):
    """Why the decision is wrong."""

    words = forms.CharField(
        label=_("Why do you think this is wrong?"),
        help_text=_("Somebody other than the person who decided reads this and decides anew."),
        max_length=Appeal.MOST_WORDS,
        widget=forms.Textarea(attrs={"rows": 7}),
    )


class HearingForm(forms.Form):
    """What comes of an appeal, and why."""

    is_upheld = forms.TypedChoiceField(
        label=_("The appeal"),
        choices=[("yes", _("They are right: undo it, exactly")), ("no", _("The decision stays"))],
        coerce=lambda said: said == "yes",
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label=_("Reasons"),
        help_text=_("Whoever appealed reads this. Answer what they wrote."),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 6, "class": "letter"}),
    )
