"""What curators say of a collection, and of a document in it."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from community.members.models import Member
from groups.documents.forms import without_pupils
from groups.documents.models import Collection, Document
from groups.writing import ShownForm


class CollectionForm(ShownForm, forms.ModelForm[Collection]):
    """Its name, and what it is for."""

    class Meta:
        model = Collection
        fields = ("name", "words")
        widgets = {"words": forms.Textarea(attrs={"rows": 3})}


class Choice(forms.ModelChoiceField[Collection]):
    """A collection, with whose it is."""

    def label_from_instance(self, obj: Collection) -> str:
        return f"{obj.group}: {obj}"


class AddForm(ShownForm):
    """Into which collection, with a note to its readers. It holds nothing: its curators lead the group it is of."""

    can_wait = True

    collection = Choice(label=_("Collection"), queryset=Collection.objects.none(), empty_label=None)
    note = forms.CharField(label=_("Note to readers"), required=False, max_length=300)

    def __init__(self, curator: Member, document: Document, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, author=curator, group=document.group, **kwargs)
        offered = Collection.objects.visible_to(curator).looked_after_by(curator).select_related("group")
        offered = offered.order_by("group__name", "name")
        cast(Choice, self.fields["collection"]).queryset = offered

    def clean_note(self) -> str:
        return without_pupils(self.cleaned_data["note"])
