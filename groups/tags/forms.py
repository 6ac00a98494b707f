"""What people send about tags: which ones a thing carries, a word, the nations that are muted."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from community.members.models import Member
from groups.models import Group
from groups.tags.models import LONGEST, Tag
from groups.writing import ShownForm

MOST_CHOSEN = 5


class Tags(forms.MultipleChoiceField):
    """Some of the tags that are offered, chosen by ticking; as tags, not as keys."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, *, most: int = MOST_CHOSEN, **kwargs: Any) -> None:
        super().__init__(required=False, **kwargs)
        self.most = most
        self.offer([])

    def offer(self, tags: Iterable[Tag]) -> None:
        """These can be chosen."""
        self.offered = {str(tag.pk): tag for tag in tags}
        self.choices = [(pk, tag.name) for pk, tag in self.offered.items()]

    def clean(self, value: Any) -> list[Tag]:
        chosen = [self.offered[pk] for pk in super().clean(value)]
        if len(chosen) > self.most:
            raise forms.ValidationError(_("Choose at most %(most)s tags.") % {"most": self.most})
        return chosen


class TagsForm(forms.Form):
    """The tags of one thing."""

    tags = Tags(label=_("Tags"))

    def __init__(self, data: Any, *, offered: Iterable[Tag], chosen: Iterable[Tag]) -> None:
        super().__init__(data, initial={"tags": [str(tag.pk) for tag in chosen]})
        self.fields["tags"].offer(offered)


class NameForm(ShownForm):
    """A word, of a group or, where staff write it, of all."""

    name = forms.CharField(label=_("Tag"), max_length=LONGEST, help_text=_("One or two words, such as “whole-class”"))

    def __init__(self, *args: Any, author: Member, group: Group | None, **kwargs: Any) -> None:
        super().__init__(*args, author=author, group=group or Group(), **kwargs)


class MutedForm(forms.Form):
    """The nations one does not want to read about."""

    nations = Tags(label=_("Leave out what is marked for these nations only"), most=10)

    def __init__(self, data: Any, *, muted: Iterable[Tag]) -> None:
        super().__init__(data, initial={"nations": [str(tag.pk) for tag in muted]})
        self.fields["nations"].offer(Tag.objects.nations())
