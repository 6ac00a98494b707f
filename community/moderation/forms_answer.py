"""What staff do with a report from outside: answer it, or keep it from a colleague whom it is about."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from community.members.models import Member
from community.moderation.models import Notice


class AnswerForm(forms.ModelForm):
    """What staff tell whoever sent a notice."""

    class Meta:
        model = Notice
        fields = ["answer"]
        widgets = {"answer": forms.Textarea(attrs={"rows": 6, "class": "letter"})}
        help_texts = {"answer": _("Say what you found and what you did. Name nobody else.")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["answer"].required = True


class KeepFromForm(forms.Form):
    """Whom of staff a report from outside is about."""

    colleague = forms.ModelChoiceField(
        Member.objects.none(),
        label=_("Whom it is about"),
        help_text=_("They do not find it any more, and nothing tells them."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["colleague"]
        field.queryset = Member.objects.with_standing().filter(is_staff=True).order_by("name")
