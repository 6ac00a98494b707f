"""A template as its leads write it; and a discussion begun: from a draft, from words so far, from a template."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from community.drafts.models import Draft
from community.members.models import Member
from groups import text
from groups.models import Group
from groups.threads.attached import Attached
from groups.threads.forms import ThreadForm
from groups.threads.models import Template, Thread
from groups.threads.models.template import LONGEST, LONGEST_NAME
from groups.threads.starters import Wording
from groups.writing import ShownForm, Written

NO_WORDS = _("There are no words in this yet.")


class TemplateForm(ShownForm):
    """Its name, the kind of discussion it suits, its text; and the edition that was read."""

    name = Written(label=_("Name"), max_length=LONGEST_NAME, help_text=_("One or two words, such as “Lesson idea”"))
    kind = forms.ChoiceField(
        label=_("Kind"), required=False, help_text=_("Chosen together with the template; people can choose another.")
    )
    body = Written(
        label=_("Text"),
        widget=forms.Textarea(attrs={"rows": 12, "data-longest": LONGEST}),
        help_text=_("What a discussion begins with. Headings, bold and lists work as in any post."),
    )
    edition = forms.IntegerField(required=False, min_value=0, max_value=2**31 - 2, widget=forms.HiddenInput)

    def __init__(self, data: Any, *, author: Member, group: Group, template: Template | None = None) -> None:
        here = {name: getattr(template, name) for name in ("name", "kind", "body", "edition")} if template else {}
        super().__init__(data, initial=here, author=author, group=group)
        self.theirs = ""  # what somebody else made of it meanwhile
        self.fields["kind"].choices = [("", _("Any")), *Thread.Kind.choices]  # type: ignore[attr-defined]

    def clean_name(self) -> str:
        name = " ".join(self.cleaned_data["name"].split())
        if text.is_bare(name):
            raise forms.ValidationError(NO_WORDS)
        return name

    def clean_body(self) -> str:
        body: str = self.cleaned_data["body"]
        if len(body) > LONGEST:
            sentence = _("This text has %(length)s characters; a template can have %(most)s.")
            raise forms.ValidationError(sentence % {"length": f"{len(body):,}", "most": f"{LONGEST:,}"})
        if text.is_bare(body):
            raise forms.ValidationError(NO_WORDS)
        return body

    @property
    def wording(self) -> Wording:
        return Wording(self.cleaned_data["name"], self.cleaned_data["body"], self.cleaned_data["kind"])

    def meet(self, current: Template) -> None:
        """Show what somebody else wrote, and let the next attempt replace it."""
        self.theirs = current.body
        self.data = {**dict(self.data.items()), "edition": current.edition}


class BeginningForm(ThreadForm):
    """A discussion that is not sent yet, so nothing in it is judged."""

    said: object = ""  # why a template was not taken, in a sentence

    def go_on_typing(self, data: QueryDict) -> None:
        """With what is typed so far, whatever it is."""
        for name, field in self.fields.items():
            if not field.widget.value_omitted_from_data(data, {}, name):
                self.initial[name] = field.widget.value_from_datadict(data, {}, name)
        self.draft, self.attached = Draft.begun(self.author, data), Attached(self.author, data)

    def start_from(self, key: str) -> None:
        """A template fills an empty box. It never takes the place of words."""
        offered = Template.objects.visible_to(self.author).offered_in(self.group)
        template = next((each for each in offered if each.key == key), None)
        if template is None:
            self.said = _("This template is not offered any more. Nothing you typed has changed.")
        elif (self.initial.get("body") or "").strip():
            said = _("Your text stays as it is. Empty the box first to start from “%(name)s”.")
            self.said = said % {"name": template.name}
        else:
            self._take(template)

    def _take(self, template: Template | Wording) -> None:
        self.initial["body"] = template.body
        self.fields["body"].widget.attrs.update({"autofocus": True, "rows": 16})
        is_open = self.initial.get("kind") in (None, "", Thread.Kind.DISCUSSION)
        if is_open and template.kind in dict(self.fields["kind"].choices):  # type: ignore[attr-defined]
            self.initial["kind"] = template.kind
