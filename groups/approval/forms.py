"""What those who answer fill in."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from community.moderation.forms import ReportForm


class DeclineForm(forms.Form):
    """Why it is not shown."""

    reason = forms.CharField(
        label=_("Why it is not shown"),
        help_text=_("Its writer reads this. Say what would make it fit."),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Say why, so that they know what would help.")},
    )


class PassForm(ReportForm):
    """The same for staff, as a report of theirs that it is. It goes with its own files, so none are added."""

    files = None
    reason = forms.CharField(
        label=_("What its writer reads"),
        help_text=_("Say why it is not shown, and nothing of what staff look into."),
        initial=_("It does not fit into this group."),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, is_open: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].label = _("What is wrong with it?")
        self.fields["words"].help_text = _("Optional. Staff read it. Its writer never sees who passed it to them.")
        if not is_open:
            del self.fields["reason"]
