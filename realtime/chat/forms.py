"""What is typed in a room."""

from django import forms
from django.utils.translation import gettext_lazy as _

from community import richtext
from groups.threads.text import is_bare
from realtime.chat.models import LONGEST


class MessageForm(forms.Form):
    """The words of a message."""

    body = forms.CharField(label=_("Message"), max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 3}))

    def clean_body(self) -> str:
        """Without what no reader should meet; something must be left to read."""
        body = richtext.tidy(self.cleaned_data["body"]).strip()
        if is_bare(body):
            raise forms.ValidationError(_("Write something that can be read."))
        return body


class SayForm(MessageForm):
    """A new message, with the sender's own name for it, so that a repeated send does no harm."""

    key = forms.RegexField(r"\A[\w-]{1,40}\Z", label=_("Key"))

    def why_not(self) -> str:
        """What is wrong with it, in one line."""
        return " ".join(str(error) for errors in self.errors.values() for error in errors)
