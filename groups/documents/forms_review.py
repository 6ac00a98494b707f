"""Who is asked to review a document, by when, and what they answer."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any, cast

from django import forms
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from community.members.models import Member
from groups.approval import shown
from groups.documents.models import Document, Review, Reviewer
from groups.documents.models.review import LONGEST_NOTE, MOST_REVIEWERS
from groups.models import Group, Role
from groups.writing import ShownForm

NO_WAIT = _("What a review says cannot wait for approval. Write it as a comment instead.")
FIRST_DUE = dt.timedelta(days=14)
LAST_DUE = dt.timedelta(days=366)


class AskForm(ShownForm, forms.ModelForm[Review]):
    """Leads to tick, others by their handles."""

    leads = forms.MultipleChoiceField(
        label=_("Who reviews it"), required=False, widget=forms.CheckboxSelectMultiple, choices=[]
    )
    others = forms.CharField(
        label=_("Others in the group"),
        required=False,
        max_length=500,
        help_text=_("By their handles, such as @brass-peri @strings-peri"),
    )

    class Meta:
        model = Review
        fields = ("leads", "others", "due_on", "words")
        widgets = {
            "due_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            "words": forms.Textarea(attrs={"rows": 3}),
        }
        help_texts = {"words": _("One or two sentences: what matters most to you.")}

    def __init__(self, asker: Member, group: Group, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, author=asker, group=group, **kwargs)
        self.asker, self.reviewers = asker, list[Member]()
        leads = group.leads().exclude(member=asker).select_related("member")
        cast(forms.ChoiceField, self.fields["leads"]).choices = [
            (each.member.handle, each.member.name) for each in leads
        ]
        if not leads:
            del self.fields["leads"]
        self.fields["due_on"].initial = timezone.localdate() + FIRST_DUE

    def clean_due_on(self) -> dt.date:
        due: dt.date = self.cleaned_data["due_on"]
        if not timezone.localdate() < due <= timezone.localdate() + LAST_DUE:
            raise forms.ValidationError(_("Choose a day after today, within a year."))
        return due

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or self.cleaned_data
        handles = {*said.get("leads", []), *re.findall(r"[^\s,;@]+", said.get("others", "").lower())}
        if not handles and not self.errors:
            self.add_error(None, _("Choose at least one person who reviews it."))
        if self.asker.handle in handles:
            self.add_error("others", _("Somebody else has to review what you ask about. Leave yourself out."))
        if len(handles) > MOST_REVIEWERS:
            self.add_error(None, _("Ask at most %(most)s people.") % {"most": MOST_REVIEWERS})
            return said
        writing = Q(role__in=[Role.LEAD, Role.CO_LEAD, Role.MEMBER])
        there = self.group.memberships.in_force().filter(writing, member__handle__in=handles)
        self.reviewers = [each.member for each in there.select_related("member").order_by("member")]
        unknown = handles - {member.handle for member in self.reviewers}
        if unknown:
            names = ", ".join(f"@{handle}" for handle in sorted(unknown))
            self.add_error(
                "others", _("Nobody in this group who may write has this handle: %(names)s") % {"names": names}
            )
        return said


class AnswerForm(ShownForm):
    """Approve it, or ask for changes and say which."""

    says = forms.ChoiceField(label=_("Your answer"), choices=Reviewer.Says, widget=forms.RadioSelect)
    note = forms.CharField(
        label=_("Comment"), required=False, max_length=LONGEST_NOTE, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, reviewer: Member, document: Document, *args: Any) -> None:
        super().__init__(*args, author=reviewer, group=document.group)
        self.document = document

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or self.cleaned_data
        shown.ask(self, f"comment:documents.document-{self.document.pk}", NO_WAIT)
        if said.get("says") == Reviewer.Says.CHANGES and not said.get("note") and not self.has_error("note"):
            self.add_error("note", _("Say what should change."))
        return said
