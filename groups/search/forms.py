"""What narrows a search."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from community.members.models import Member
from groups.search.asked import Narrow

MOST_NAMESAKES = 20


class DayInput(forms.DateInput):
    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class Day(forms.DateField):
    """A day that something of ours may be of."""

    def validate(self, value: dt.date | None) -> None:
        super().validate(value)
        if value and not 1900 <= value.year <= 2200:
            raise forms.ValidationError(_("Choose a day between 1900 and 2200."))


class NarrowForm(forms.Form):
    """All fields may be empty; they stand in the address."""

    KINDS = (
        ("", _("Everything")),
        ("discussions", _("Discussions")),
        ("replies", _("Replies")),
        ("documents", _("Documents")),
        ("messages", _("Said live")),
    )

    kind = forms.ChoiceField(choices=KINDS, required=False, widget=forms.HiddenInput)
    group = forms.SlugField(max_length=60, required=False, widget=forms.HiddenInput)
    sort = forms.ChoiceField(choices=[("", _("Best match")), ("new", _("Newest"))], required=False)
    by = forms.CharField(label=_("From"), help_text=_("A name or @handle"), max_length=80, required=False)
    since = Day(label=_("Since"), required=False, widget=DayInput())
    until = Day(label=_("Until"), required=False, widget=DayInput())

    def __init__(self, data: Any, *, member: Member) -> None:
        super().__init__(data)
        self.member = member

    def clean_by(self) -> tuple[int, ...] | None:
        """Whom that name means among those one may look up: nobody, if it means none."""
        name = self.cleaned_data["by"].strip().removeprefix("@")
        if not name:
            return None
        found = Member.objects.visible_to(self.member).filter(Q(handle=name.lower()) | Q(name__iexact=name))
        pks = tuple(found.order_by("pk").values_list("pk", flat=True)[:MOST_NAMESAKES])
        if not pks:
            raise forms.ValidationError(_("Nobody here goes by that name. Try the handle, such as @brass-peri."))
        return pks

    def clean(self) -> dict[str, Any]:
        since, until = self.cleaned_data.get("since"), self.cleaned_data.get("until")
        if since and until and until < since:
            self.add_error("until", _("This is before the first day."))
        return self.cleaned_data

    def narrow(self) -> Narrow:
        """What was chosen."""
        chosen = self.cleaned_data
        return Narrow(
            kind=chosen["kind"],
            group=chosen["group"],
            authors=chosen["by"],
            since=chosen["since"],
            until=chosen["until"],
            newest=chosen["sort"] == "new",
        )

    @property
    def is_narrow(self) -> bool:
        """Whether somebody or a time was named."""
        return any(self.data.get(name) for name in ("by", "since", "until"))
