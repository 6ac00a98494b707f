"""What reporters and staff fill in."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from community.members.models import Member
from community.moderation import clocks, letters, policy
from community.moderation.forms_files import FilesForm
from community.moderation.models import Act, Holiday, Moderatable, Note, Notice, Report, Ruling
from community.moderation.models.acts import DAYS, STEPS, TIMED, UNTOLD, WARNED

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
SPAM = "2.3"  # the rule that adverts break
LIKELY: dict[str, str] = {  # the rule that stands in the form at first, by what a case is about
    Report.Kind.SPAM: SPAM,
    Report.Kind.HARASSMENT: "2.2",
    Report.Kind.PERSONAL: "3.4",
    Report.Kind.COPYRIGHT: "4.1",
    Report.Kind.ILLEGAL: "5.1",
}
KEYS = dict(zip(Act, "123456m789abdf0", strict=True))  # which key chooses a step: always the same, whatever is offered
LONGEST = 2000  # characters of a reason or a letter
EDIT_WITHIN = 48  # working hours for an author to edit


class ReportForm(FilesForm):
    """Few steps, room for context."""

    field_order = ["kind", "words", "files"]

    kind = forms.ChoiceField(label=_("What is it about?"), choices=Report.Kind.choices, widget=forms.RadioSelect)
    words = forms.CharField(
        label=_("What should we know?"),
        help_text=_("Optional. You can write in any language. The person you report never sees who you are."),
        max_length=Report.MOST_WORDS,
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
    )


class NoticeForm(FilesForm, forms.ModelForm):
    """The same without an account. Name and address may stay empty."""

    field_order = ["kind", "words", "address", "files", "name", "email"]

    class Meta:
        model = Notice
        fields = ["kind", "words", "address", "name", "email"]
        widgets = {"kind": forms.RadioSelect, "words": forms.Textarea(attrs={"rows": 7})}
        help_texts = {
            "words": _("You can write in any language."),
            "address": _("The address of the page, if you have it."),
            "name": _("Optional. Whoever you report is not told it."),
            "email": _("Optional. We write to it when there is an answer. You can also look it up on the next page."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = Report.Kind.choices


class NoteForm(forms.Form):
    """For colleagues only."""

    words = forms.CharField(
        label=_("Note for colleagues"),
        help_text=_("Staff alone read it. The person can ask for a copy of what is kept about them."),
        max_length=Note.MOST_WORDS,
        widget=forms.Textarea(attrs={"rows": 3, "data-key": "n"}),
    )


class KeyedChoices(forms.RadioSelect):
    """Each can be chosen by a key, which stands beside it."""

    keys: Mapping[str, str] = {}

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        option: dict[str, Any] = super().create_option(name, value, *args, **kwargs)
        if key := self.keys.get(str(value)):
            option["key"] = key
            option["attrs"] |= {"data-key": key, "aria-keyshortcuts": key}
        return option


class StepForm(forms.Form):
    """The smallest step that solves it, of those that would change something."""

    act = forms.ChoiceField(
        label=_("Smallest step that solves it"),
        widget=KeyedChoices,
        error_messages={"invalid_choice": _("Choose one of these steps.")},
    )
    rule = forms.ChoiceField(label=_("Under which rule"), choices=[("", _("Choose one")), *RULES], required=False)
    days = forms.TypedChoiceField(
        label=_("For how long"),
        help_text=_("Only where the author is kept from writing or suspended. It ends by itself."),
        choices=[("", _("Choose one")), *((n, ngettext_lazy("%d day", "%d days", n) % n) for n in DAYS)],
        coerce=int,
        empty_value=0,
        required=False,
    )
    to = forms.ChoiceField(
        label=_("To which group"),
        help_text=_("Only where the discussion is moved. Who can read there can read all of it; others no longer can."),
        required=False,
    )

    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, thing: Moderatable, by: Member, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["seen"].initial = self.last_decided = str(thing.last_decided)
        last, may = thing.undoable, policy.judge(by, thing)
        undo = format_lazy(_("Undo “{act}”: everything is as it was before"), act=str(last or ""))
        self.offers = {act: STEPS[act].offer for act in Act if may and policy.fits(thing, act)}
        self.reply_due = case.reply_due if (case := thing.open_case) else None
        if self.reply_due and Act.EDIT in self.offers:
            self.offers[Act.EDIT] = _("Ask the author to edit it or to answer within 5 days, as the law has it")
        if Act.MOVE in self.offers and (places := thing.moves.places_for(by)):
            self.fields["to"].choices = [("", _("Choose one")), *places.items()]
        else:
            self.offers.pop(Act.MOVE, None)
            del self.fields["to"]
        if Act.RESTORE in self.offers:
            self.offers[Act.RESTORE] = undo
        self.fields["act"].choices = list(self.offers.items())
        self.fields["act"].widget.keys = KEYS if by.has_keys else {}
        self.fields["rule"].initial = LIKELY.get(case.kind, "") if (case := thing.open_case) else ""

    def clean(self) -> dict[str, Any]:
        """A rule is named for whatever touches somebody, and how long it lasts where it lasts a while."""
        answers = super().clean() or {}
        act = answers.get("act")
        if act in {*UNTOLD, Act.RESTORE}:
            answers["rule"] = ""
        elif act and not answers.get("rule"):
            self.add_error("rule", _("Choose the rule it breaks: the author has a right to know."))
        if act != Act.MOVE:
            answers["to"] = ""
        elif not answers.get("to"):
            self.add_error("to", _("Choose the group that it goes to."))
        if act in TIMED and not answers.get("days"):
            self.add_error("days", _("Choose for how long."))
        answers["seen"] = answers.get("seen") or self.last_decided
        return answers

    @property
    def is_old(self) -> bool:
        """Whether somebody decided about the thing after the page was drawn on which this was chosen."""
        return bool(self.cleaned_data["seen"] != self.last_decided)

    @property
    def offer(self) -> str | Promise:
        """What was chosen, in words."""
        return self.offers[Act(self.cleaned_data["act"])]

    @property
    def chosen(self) -> list[tuple[Any, Any]]:
        """What was chosen with it, in words: under which rule, and where it goes."""
        said = {name: self.cleaned_data[name] for name in ("rule", "to") if self.cleaned_data[name]}
        return [(self.fields[name].label, dict(self.fields[name].choices)[value]) for name, value in said.items()]

    @property
    def until(self) -> dt.datetime | None:
        """When what was chosen ends by itself."""
        act, now = self.cleaned_data["act"], timezone.now()
        if act == Act.EDIT:
            return self.reply_due or clocks.working_hours(now, EDIT_WITHIN, Holiday.off(by_law=False))
        if act == Act.WARN:
            return now + WARNED
        return now + dt.timedelta(days=self.cleaned_data["days"]) if act in TIMED else None


class LettersForm(forms.Form):
    """The reasons, and the letters that go out with them: ready, and to be changed."""

    letter = forms.CharField(
        label=_("To the author"),
        help_text=_("What was wrong, what it means and how to appeal are added below it."),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 5, "class": "letter"}),
    )
    complaint = forms.CharField(
        label=_("The complaint, as it goes to the author"),
        help_text=_("Take out what could tell who complains, and what the author need not know to answer."),
        widget=forms.Textarea(attrs={"rows": 12, "class": "letter"}),
    )
    reason = forms.CharField(label=_("What was wrong"), max_length=LONGEST)
    thanks = forms.CharField(
        label=_("To everybody who reported it"),
        help_text=_("Say nothing about the author here."),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 4, "class": "letter"}),
    )

    def __init__(self, *args: Any, thing: Moderatable, step: StepForm, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.step, self.case, act = step, thing.open_case, step.cleaned_data["act"]
        self.fields["reason"].widget = forms.Textarea(attrs={"rows": 5, "class": "letter", "data-key": "r"})
        self.fields["letter"].initial = letters.to_author(thing, act, thing.undoable if act == Act.RESTORE else None)
        self.fields["thanks"].initial = letters.to_reporters(act)
        self.fields["complaint"].initial = self.case.complaint if self.case and act == Act.EDIT else ""
        if not self.fields["complaint"].initial:
            del self.fields["complaint"]
        if act in UNTOLD:
            del self.fields["letter"]
            self.fields["reason"].label = _("Why, for colleagues")
        else:
            self.fields["reason"].help_text = _("The author reads this. Say what was wrong with it, not with them.")
        if act == Act.RESTORE:
            self.fields["reason"].label = _("Why it is undone")
        outside = Notice.objects.open().filter(case__subject=thing.subject)
        waiting = Report.objects.open().filter(subject=thing.subject).exists() or outside.exists()
        if act == Act.RESTORE or not waiting:
            del self.fields["thanks"]

    def clean_complaint(self) -> str:
        """Without who complains, unless they agreed."""
        words: str = self.cleaned_data["complaint"]
        if self.case and self.case.names(words):
            raise forms.ValidationError(_("This names somebody who has not agreed that the author is told."))
        return words

    @property
    def ruling(self) -> Ruling:
        """All that was filled in."""
        said, letters_ = self.step.cleaned_data, self.cleaned_data
        return Ruling(
            said["act"],
            letters_["reason"],
            said["rule"],
            self.step.until,
            letters_.get("letter", ""),
            letters_.get("thanks", ""),
            said["to"],
            letters_.get("complaint", ""),
        )


class SpamForm(forms.Form):
    """One reason for many adverts, and one letter to all who reported them."""

    reason = forms.CharField(
        label=_("What was wrong"),
        help_text=_("Every author reads this."),
        initial=_("It advertises something. Our groups are for their purpose, without adverts."),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 4, "class": "letter"}),
    )
    thanks = forms.CharField(
        label=_("To everybody who reported it"),
        initial=lambda: letters.to_reporters(Act.HIDE),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 3, "class": "letter"}),
    )
