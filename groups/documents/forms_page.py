"""A page as it is written: its text, what it was made of, and what to do where somebody was faster."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any, cast

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from community.compare import Part, changes
from community.drafts.models import Draft
from community.members.models import Member
from groups.documents.forms import DocumentForm, SentForm
from groups.documents.forms_tell import TellForm
from groups.documents.kinds import Rights
from groups.documents.models import FACTS, Clash, Document, Version
from groups.models import Group
from groups.writing import Body, TextForm

SAYS = _("⟪ Version %(number)s says: ⟫")
YOURS = _("⟪ You wrote: ⟫")
END = _("⟪ Both end here ⟫")
MARK = re.compile(r"^⟪.*⟫$", re.MULTILINE)


class PageForm(TextForm, SentForm):
    """The text of a page. What is typed is kept as a draft at `place`."""

    body = Body(label=_("The page"), widget=forms.Textarea(attrs={**Body.widget.attrs, "rows": 20}))

    def __init__(self, data: Any, *, author: Member, group: Group, place: str, **kwargs: Any) -> None:
        super().__init__(data, author=author, group=group, **kwargs)
        self.speak_for(author, group)
        self.draft = Draft.begun(author, self.data) if self.is_bound else Draft.of(author, place)
        self.initial = self.draft.onto(self.initial)

    def clean_body(self) -> str:
        body: str = self.cleaned_data["body"]
        if MARK.search(body):
            raise forms.ValidationError(
                _("Two texts still stand side by side. Keep what is right, and take out the lines in ⟪ ⟫.")
            )
        return body


class NewPageForm(PageForm, DocumentForm):
    """A page with all that is said of a document."""

    def __init__(self, data: Any, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        del self.fields["note"]
        self.offer_folders(self.group)
        rights = cast(forms.ChoiceField, self.fields["rights"])
        rights.choices = [(each.value, each.label) for each in Rights if each != Rights.LINK]

    @property
    def rest(self) -> list[forms.BoundField]:
        """What is asked below the text."""
        return [self[name] for name in (*FACTS[1:], "posted_as") if name in self.fields]


class EditPageForm(TellForm, PageForm):
    """Another text, made of version `base`."""

    base = forms.IntegerField(min_value=1, max_value=2**31 - 1, widget=forms.HiddenInput)
    typed = ""  # what was typed, where somebody was faster, and
    theirs: Version | None = None  # what they saved, and
    parts: Iterable[Part] = ()  # what the first would change in it

    def __init__(self, document: Document, version: Version, data: Any, *, author: Member) -> None:
        initial = {"body": version.page.body, "base": version.number}
        place = f"page:documents.document-{document.pk}"
        super().__init__(data, author=author, group=document.group, place=place, initial=initial)
        del self.fields["key"]  # what is saved twice is merged into itself
        self.before = version.page.body

    def meet(self, clash: Clash) -> None:
        """What could be put together stands in the form, both texts where they clash; sending it settles it."""
        self.typed, self.theirs = self.data["body"], clash.current
        self.parts = changes(clash.current.page.body, self.typed)
        said = []
        for piece in clash.pieces:
            marked = [SAYS % {"number": clash.current.number}, piece.theirs.strip("\n"), YOURS, piece.mine.strip("\n")]
            said.append("\n".join(["", *map(str, marked), f"{END}\n"]) if piece.is_clash else piece.text)
        body = "".join(said).strip()
        now = {"body": body, "base": str(clash.current.number)}
        self.data = {**cast(QueryDict, self.data).dict(), **now}
