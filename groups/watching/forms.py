"""What a member wants to be told of, group by group, and how letters come."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django import forms
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from community.members.models import Member
from community.notifications.models import Mailing
from groups.forms import DayInput
from groups.models import Group
from groups.watching.models import GROUP, Level, Watch


class MailingForm(forms.ModelForm):
    """When letters come."""

    class Meta:
        model = Mailing
        fields = ("direct", "followed", "hour", "weekday", "paused_until")
        widgets = {"paused_until": DayInput()}
        help_texts = {
            "direct": _("Mentions, replies to you, answers from leads and staff."),
            "followed": _("New posts in what you follow."),
            "paused_until": _("Going away? You get one letter with everything when you are back."),
        }

    def clean_paused_until(self) -> Any:
        day = self.cleaned_data["paused_until"]
        return day if day and day > timezone.localdate() else None


class GroupsForm(forms.Form):
    """A level for each of the member's groups; at first, what the leads set."""

    def __init__(self, data: Any, *, member: Member) -> None:
        super().__init__(data)
        self.member = member
        self.groups = list(Group.objects.joined_by(member))
        own = dict(Watch.objects.visible_to(member).filter(thing_model=GROUP).values_list("thing_id", "level"))
        for group in self.groups:
            by_leads = _("As the leads set it: %(level)s") % {"level": group.get_watch_display()}
            self.fields[f"group-{group.pk}"] = forms.ChoiceField(
                label=group.name, choices=[("", by_leads), *Level.choices], required=False, initial=own.get(group.pk)
            )

    def rows(self) -> Iterator[tuple[Group, forms.BoundField]]:
        """Each group with its field."""
        for group in self.groups:
            yield group, self[f"group-{group.pk}"]

    @transaction.atomic
    def save(self) -> None:
        """Keep what was changed."""
        for group in self.groups:
            name = f"group-{group.pk}"
            if name in self.changed_data:
                Watch.choose(self.member, (GROUP, group.pk), self.cleaned_data[name])


class LevelForm(forms.Form):
    """How much of one thing."""

    level = forms.ChoiceField(choices=[("", ""), *Level.choices], required=False)
