"""The summary that leads write above a thread."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from community.compare import Part
from community.drafts.models import Draft
from community.members.models import Member
from community.moderation.models import WatchWord
from groups.threads.models import Summary, Thread
from groups.writing import ShownForm, Written

LONGEST = 4000


class SummaryForm(ShownForm):
    """Its text, and the number of the version that was read. An empty text takes the summary down."""

    asks_of = (WatchWord.Does.ASK,)

    body = Written(
        label=_("What we know so far"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 8, "data-longest": LONGEST}),
        help_text=_("A few lines are best. Link to the posts you sum up; leave it empty to take the summary down."),
    )
    number = forms.IntegerField(min_value=0, max_value=2**31 - 2, widget=forms.HiddenInput)

    def __init__(self, *args: Any, thread: Thread, author: Member, **kwargs: Any) -> None:
        super().__init__(*args, author=author, group=thread.group, **kwargs)
        self.current = Summary.objects.latest_of(thread)
        self.before = self.current.body if self.current else ""
        self.parts: list[Part] = []
        self.draft = Draft.begun(author, self.data)
        if not self.is_bound:
            self.draft = Draft.of(author, f"summary:threads.thread-{thread.pk}")
            now = self.current
            here = {"body": now.body if now and not now.is_hidden else "", "number": now.number if now else 0}
            self.initial = self.draft.onto(here)

    def clean_body(self) -> str:
        body: str = self.cleaned_data["body"]
        if len(body) > LONGEST:
            sentence = _("This summary has %(length)s characters and may have %(most)s.")
            raise forms.ValidationError(sentence % {"length": f"{len(body):,}", "most": f"{LONGEST:,}"})
        return body
