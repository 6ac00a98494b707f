"""What reporters and staff fill in."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from community.moderation.models import Decision, Report

# The numbers of the community rules that a decision may rest on; their words stand at /about/rules/.
RULES = [
    ("3.2", _("3.2 Could tell who a pupil is")),
    ("3.3", _("3.3 Pictures or lists of pupils")),
    ("3.4", _("3.4 Somebody’s private details")),
    ("2.1", _("2.1 Against the person, not the idea")),
    ("2.2", _("2.2 Harassment, threats, hatred")),
    ("2.3", _("2.3 Off the group’s purpose, or an advert")),
    ("1.3", _("1.3 An interest not declared")),
    ("4.1", _("4.1 Shared without the right to")),
    ("5.1", _("5.1 Illegal content")),
    ("5.2", _("5.2 Agreeing prices or fees")),
]


class ReportForm(forms.Form):
    """Few steps, room for context."""

    kind = forms.ChoiceField(label=_("What is it about?"), choices=Report.Kind.choices, widget=forms.RadioSelect)
    words = forms.CharField(
        label=_("What should we know?"),
        help_text=_("Optional. You can write in any language. The person you report never sees who you are."),
        max_length=Report.MOST_WORDS,
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
    )


class DecisionForm(forms.Form):
    """The smallest step that solves it, with the reason its author will read."""

    act = forms.ChoiceField(label=_("Smallest step that solves it"), widget=forms.RadioSelect)
    rule = forms.ChoiceField(label=_("Under which rule"), choices=[("", _("Choose one")), *RULES], required=False)
    reason = forms.CharField(
        label=_("Reason"),
        help_text=_("The author reads this. Say what was wrong with it, not with them."),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 6, "class": "letter"}),
    )

    def __init__(self, *args: Any, is_hidden: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        acts = Decision.Act
        self.fields["act"].choices = (
            [(acts.RESTORE, _("Restore it: back exactly as it was")), (acts.NOTHING, _("Leave it hidden"))]
            if is_hidden
            else [(acts.NOTHING, _("Nothing wrong: close, thank the reporters")), (acts.HIDE, _("Hide it, keep it"))]
        )

    def clean(self) -> dict[str, str]:
        """A rule is named for whatever is hidden."""
        answers = super().clean() or {}
        if answers.get("act") == Decision.Act.HIDE and not answers.get("rule"):
            self.add_error("rule", _("Choose the rule it breaks: the author has a right to know."))
        return answers
