"""A comment as it is written: the words, and the passage they are about."""

from __future__ import annotations

from typing import Any, cast
from uuid import UUID, uuid4

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from community.drafts.models import Draft
from community.members.models import Member
from groups.approval import shown
from groups.approval.again import is_same, key_now
from groups.approval.models import Waiting
from groups.approval.why import Why
from groups.documents.forms import OPEN_ANEW, SENT_ALREADY
from groups.documents.models import Comment, Document
from groups.documents.models.comment import LONGEST_PASSAGE
from groups.documents.models.passages import bare
from groups.links.quoted import readable
from groups.writing import Body, TextForm, Written

ANSWERS_NOTHING = _("The comment that you answer is not there any more. Sent again, yours stands alone.")


class CommentForm(TextForm):
    """What is typed is kept as a draft of its document. `key` makes a second click harmless."""

    body = Body(label=_("Your comment"), error_messages={"required": _("Write something first.")})
    passage = Written(
        label=_("About a passage (optional)"),
        required=False,
        max_length=LONGEST_PASSAGE,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Copy it from the text and paste it here."),
    )
    to = forms.IntegerField(required=False, min_value=1, max_value=2**62, widget=forms.HiddenInput)
    key = forms.UUIDField(widget=forms.HiddenInput, error_messages={"invalid": OPEN_ANEW, "required": OPEN_ANEW})

    def __init__(self, document: Document, data: Any, *, author: Member, to: Comment | None = None) -> None:
        super().__init__(data, author=author, group=document.group)
        self.document, self.answered = document, to
        self.place = f"comment:documents.document-{document.pk}"
        self.draft = Draft.begun(author, self.data) if self.is_bound else Draft.of(author, self.place)
        self.initial = {**self.draft.onto({}), "key": uuid4(), "to": to and to.pk}
        if to:
            del self.fields["passage"]

    def clean_passage(self) -> str:
        passage = str(self.cleaned_data["passage"])
        if not passage or self.document.current is None:
            return passage
        words = bare(self.document.current.words)
        if words and (not bare(passage) or bare(passage) not in words):
            raise forms.ValidationError(
                _("These words do not stand in the current version. Copy them from its text, or leave this empty.")
            )
        return passage

    def clean(self) -> dict[str, Any]:
        said = super().clean()
        if said.get("to") and not self.answered:
            self.add_error(None, ANSWERS_NOTHING)
            self.data = {**cast(QueryDict, self.data).dict(), "to": ""}
        return said

    def send(self, member: Member, why: Why | None) -> Comment | Waiting | None:
        """Say it or, with a reason `why`, let it wait. None if the same form came with another text before."""
        data = cast(QueryDict, self.data).copy()
        data["key"] = key = key_now(member, str(self.cleaned_data["key"]), data)
        waiting = Waiting.objects.sent(member, key)
        if why and not waiting and not Comment.sent(member, UUID(key)):
            waiting = Waiting.take(self.document.group, member, self.place, data, why)
        if waiting:
            return cast(Waiting | None, self._unless(not is_same(waiting, data), waiting))
        self.cleaned_data["key"] = UUID(key)
        return self.say(member)

    def say(self, member: Member) -> Comment | None:
        """Say it now. None if the same form came with another text before: the form then says so."""
        said = self.cleaned_data
        facts = {"passage": said.get("passage", ""), "answered": self.answered, "client_key": said["key"]}
        body = Draft.whole(member, self.data, said["body"])
        made = Comment.say(self.document, member, body, **facts)
        return cast(Comment | None, self._unless(made.body not in {body, said["body"], readable(body)}, made))

    def _unless(self, is_other: bool, made: Any) -> Any:
        """What was made or, where that came of another text, nothing, and the form asks."""
        if not is_other:
            return made
        self.add_error(None, SENT_ALREADY)
        self.data = {**cast(QueryDict, self.data).dict(), "key": str(uuid4())}
        return None


class EditCommentForm(TextForm):
    """Other words, in place of those of `edition`."""

    body = Body(label=_("Your comment"), error_messages={"required": _("Write something, or remove the comment.")})
    edition = forms.IntegerField(min_value=1, max_value=2**31 - 1, widget=forms.HiddenInput)

    def __init__(self, comment: Comment, data: Any, *, author: Member) -> None:
        initial = {"body": comment.body, "edition": comment.edition}
        super().__init__(data, author=author, group=comment.document.group, initial=initial)
        self.before, self.place = comment.body, f"comment:documents.document-{comment.document_id}"

    def clean(self) -> dict[str, Any]:
        said = super().clean()
        if not self.is_preview:
            shown.ask(self, self.place)
        return said

    def was_changed(self, now: Comment) -> None:
        """It says something else meanwhile, such as in another window: both texts are there, nothing is saved."""
        self.add_error(None, _("You changed this elsewhere meanwhile. Now it says: %(words)s") % {"words": now.body})
        self.data = {**cast(QueryDict, self.data).dict(), "edition": str(now.edition)}
