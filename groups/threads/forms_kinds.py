"""What is said about a discussion beside its text: when it opens and closes, its sections, the document it is about."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from community import things
from community.members.models import Member
from groups import text
from groups.approval import shown
from groups.forms import DayInput
from groups.pace import Slow
from groups.threads.documents import document_at
from groups.threads.models import Section, Thread
from groups.threads.models.consultation import MOST_SECTIONS
from groups.writing import ShownForm, WatchedForm, Written

HELD = _("“%(words)s” is looked at before it is shown, and a section cannot wait. Write it as a reply instead.")
NO_WAIT = _("A section cannot wait for approval. Write it as a reply instead.")
FURTHEST = dt.timedelta(days=2 * 365)


class MomentInput(forms.DateTimeInput):
    input_type = "datetime-local"

    def __init__(self) -> None:
        super().__init__({"class": "input"}, format="%Y-%m-%dT%H:%M")


class Moment(forms.DateTimeField):
    """A day and time, as clocks show it in the United Kingdom."""

    widget = MomentInput

    def clean(self, value: Any) -> dt.datetime | None:
        try:
            moment: dt.datetime | None = super().clean(value)
        except (OverflowError, ValueError) as far_off:
            raise forms.ValidationError(_("Give a day and a time, such as 30 November 2026, 09:00.")) from far_off
        return moment


class Later(Moment):
    """One to come."""

    passed = _("That time has passed. Choose one that is still to come.")

    def clean(self, value: Any) -> dt.datetime | None:
        moment = super().clean(value)
        now = timezone.now()
        if moment and moment <= now:
            raise forms.ValidationError(self.passed)
        if moment and moment > now + FURTHEST:
            raise forms.ValidationError(_("That is more than two years away. Choose an earlier time."))
        return moment


class SlowForm(forms.Form):
    """How fast people write."""

    slow = forms.TypedChoiceField(label=_("Each person writes"), choices=Slow.choices, coerce=int)


class Titles(Written):
    """Titles of sections, one a line."""

    widget = forms.Textarea(attrs={"rows": 4, "class": "input"})

    def clean(self, value: Any) -> list[str]:
        lines = [" ".join(line.split()) for line in str(super().clean(value) or "").splitlines()]
        titles = [line for line in lines if line]
        if len(titles) > MOST_SECTIONS:
            raise forms.ValidationError(_("A consultation can have %(most)s sections.") % {"most": MOST_SECTIONS})
        if any(len(title) > 160 for title in titles):
            raise forms.ValidationError(_("A title can have 160 characters. Shorten the longest one."))
        return titles


class KindFields(forms.Form):
    """What a new discussion of some kinds needs to know. Fields of other kinds are not looked at."""

    author: Member

    asks = forms.BooleanField(
        label=_("Ask people to acknowledge it"),
        required=False,
        help_text=_("Everybody in the group gets a button “I have read this”. You see who has."),
    )
    closes_at = Later(label=_("Comments until"), required=False, help_text=_("After that nobody can add anything."))
    sections = Titles(
        label=_("Sections"),
        required=False,
        help_text=_("One title a line. You can give each a text afterwards, and people comment on each."),
    )
    document = Written(
        label=_("Address of the document"),
        required=False,
        max_length=500,
        widget=forms.TextInput(attrs={"class": "input"}),
        help_text=_("Open the document on this site and copy its address from your browser."),
    )
    opens_at = Later(
        label=_("Open it later"),
        required=False,
        help_text=_("Until then only you, the leads and staff can see it. Leave empty to open it at once."),
    )

    def allow_for_waiting(self) -> None:
        """It waited for approval meanwhile: a time to open that has passed means now, and one to close it is said."""
        self.fields["opens_at"] = Moment(required=False)
        closes = Later(required=False) if self.data.get("kind") == Thread.Kind.CONSULTATION else Moment(required=False)
        if isinstance(closes, Later):
            closes.passed = _("Its time for comments has passed. Decline it: its writer can choose a later one.")
        self.fields["closes_at"] = closes

    def check_kind(self, cleaned: dict[str, Any]) -> None:
        """What its kind cannot do without, and what does not go together."""
        kind = cleaned.get("kind")
        if kind == Thread.Kind.CONSULTATION and not cleaned.get("closes_at") and "closes_at" not in self.errors:
            self.add_error("closes_at", _("Say until when people can comment."))
        if kind == Thread.Kind.RESOURCE and "document" not in self.errors:
            cleaned["linked"] = self._find(cleaned.get("document", ""))
        opens, closes = cleaned.get("opens_at"), cleaned.get("closes_at")
        if opens and opens <= timezone.now():
            cleaned["opens_at"] = opens = None
        if kind == Thread.Kind.CONSULTATION and opens and closes and closes <= opens:
            self.add_error("closes_at", _("It would close before it opens. Choose a later time."))

    def shape(self, thread: Thread) -> None:
        """The thread is as was said here."""
        said = self.cleaned_data
        thread.opens_at, thread.is_waiting = said.get("opens_at"), bool(said.get("opens_at"))
        if thread.kind == Thread.Kind.ANNOUNCEMENT:
            thread.asks = said["asks"]
        elif thread.kind == Thread.Kind.CONSULTATION:
            thread.closes_at, thread.first_sections = said["closes_at"], said["sections"]
        elif thread.kind == Thread.Kind.RESOURCE:
            thread.linked_model, thread.linked_id = said["linked"]

    def _find(self, address: str) -> things.Name | None:
        name = document_at(address)
        if name and things.visible_names(self.author, [name]):
            return name
        self.add_error(
            "document", _("No document that you can see is at this address. Copy it from the document’s page.")
        )
        return None


class PinForm(forms.Form):
    until = forms.DateField(
        label=_("Until"), required=False, widget=DayInput(), help_text=_("Empty: until taken down.")
    )

    def clean_until(self) -> dt.date | None:
        until: dt.date | None = self.cleaned_data["until"]
        if until and not timezone.localdate() <= until <= timezone.localdate() + FURTHEST:
            raise forms.ValidationError(_("Choose today or a day in the next two years."))
        return until


class OpeningForm(forms.Form):
    opens_at = Later(label=_("Opens"), required=False, help_text=_("Empty: it opens when you open it."))


class DeadlineForm(forms.Form):
    closes_at = Later(label=_("Comments until"), error_messages={"required": _("Say until when people can comment.")})


class SectionForm(WatchedForm):
    """A section's title and text, and the edition that was changed. It is shown at once."""

    held, can_wait = HELD, False
    asks_of = ShownForm.asks_of

    title = Written(label=_("Title"), max_length=160)
    body = Written(
        label=_("Text"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 10, "class": "input"}),
        max_length=text.LONGEST,
        help_text=_("Markdown works. It can be changed until somebody comments on it."),
    )
    edition = forms.IntegerField(min_value=1, max_value=2**31 - 1, required=False, widget=forms.HiddenInput)

    def clean_title(self) -> str:
        return " ".join(self.cleaned_data["title"].split())

    def __init__(self, *args: Any, author: Member, thread: Thread, **kwargs: Any) -> None:
        super().__init__(*args, author=author, group=thread.group, **kwargs)
        self.thread = thread

    @classmethod
    def of(cls, section: Section, data: Any, author: Member) -> SectionForm:
        said = {"title": section.title, "body": section.body, "edition": section.edition}
        form = cls(data, author=author, thread=section.thread, initial=said)
        form.before = f"{section.title}\n{section.body}"
        return form

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        self.watch()
        shown.ask(self, f"reply:threads.thread-{self.thread.pk}", NO_WAIT)
        return cleaned
