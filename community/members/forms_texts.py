"""What staff fill in about the site's own texts, and about who runs it."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from community import compare, richtext
from community.members.forms import Day
from community.members.models import Provider, SiteText


class TextForm(forms.ModelForm[SiteText]):
    """The draft of a text. `was` is what it said when it was opened: a colleague may have written meanwhile."""

    was = forms.CharField(widget=forms.HiddenInput, required=False, strip=False)

    class Meta:
        model = SiteText
        fields = ["body"]
        widgets = {"body": forms.Textarea(attrs={"rows": 24})}
        help_texts = {
            "body": _("Markdown. A rule to cite begins with its number: **3.2** No pictures. Never renumber.")
        }

    parts: list[compare.Part] | None = None  # what a colleague changed meanwhile

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["was"].initial = self.instance.body

    def meet(self, now: str) -> None:
        """Nobody's words are lost: what a colleague wrote is shown, and sent again, one's own are kept."""
        self.parts = compare.changes(now, self.cleaned_data["body"])
        self.data = {**dict(self.data.items()), "was": now}
        self.add_error("body", _("A colleague has changed it meanwhile. See below; save again to keep yours."))

    def clean_body(self) -> str:
        body = _ends(self.cleaned_data["body"])
        try:
            richtext.tidy(body)
        except richtext.TooLong as too_long:
            raise forms.ValidationError(str(too_long)) from too_long
        return body

    def clean_was(self) -> str:
        return _ends(self.cleaned_data["was"])


class PublishForm(forms.Form):
    """The draft becomes the text, if it is still the one that was `read`."""

    read = forms.CharField(widget=forms.HiddenInput, strip=False)
    changed = forms.CharField(
        label=_("What changed, in a sentence"),
        help_text=_("Everybody reads this above the text."),
        max_length=300,
    )
    accept_from = forms.DateField(
        label=_("Members have to accept it from"),
        help_text=_("Leave it empty where nothing changes for anybody, as with a slip of the pen."),
        required=False,
        widget=Day(),
    )

    def clean_read(self) -> str:
        return _ends(self.cleaned_data["read"])

    def meet(self, now: str) -> None:
        """A colleague has changed the draft: this one is to be read before it is published."""
        self.data = {**dict(self.data.items()), "read": now}
        self.add_error(None, _("A colleague has changed the draft meanwhile. Read what changed, then publish it."))

    def clean_accept_from(self) -> dt.datetime | None:
        """The beginning of that day; of today, this moment: people have a day from then on to end what they do."""
        day: dt.date | None = self.cleaned_data["accept_from"]
        if day is None:
            return None
        if day < timezone.localdate():
            raise forms.ValidationError(_("This day has passed. Choose today or a later one."))
        return max(timezone.now(), timezone.make_aware(dt.datetime.combine(day, dt.time())))


class ProviderForm(forms.ModelForm[Provider]):
    """Everybody reads what stands here. `seen` is when it was last saved before it was opened."""

    seen = forms.DateTimeField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = Provider
        fields = [
            *("name", "number", "address", "email", "phone", "accountable", "since", "minute"),
            *("data", "registration", "complaints"),
        ]
        widgets = {
            "since": Day(),
            "address": forms.Textarea(attrs={"rows": 4}),
            "complaints": forms.Textarea(attrs={"rows": 5}),
        }
        help_texts = {
            "accountable": _("Name and office of the one person who answers for keeping to the Online Safety Act."),
            "minute": _("Such as “board, 12 March 2026, minute 7”."),
            "email": _("Anybody can see it. Use an address that somebody reads each working day."),
            "complaints": _("By when you answer, and where people turn if they are not content."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["seen"].initial = _moment(self.instance)

    def meet(self, now: Provider | None) -> None:
        """A colleague has saved it: what was typed here stays, and is kept if it is sent again."""
        self.data = {**dict(self.data.items()), "seen": _moment(now)}
        self.add_error(None, _("A colleague has changed it meanwhile. Look at the page; save again to keep yours."))


def _moment(provider: Provider | None) -> str:
    return provider.checked_at.isoformat() if provider and provider.pk else ""


def _ends(text: str) -> str:
    """Browsers send other ends of lines than they were given."""
    return text.replace("\r\n", "\n")
