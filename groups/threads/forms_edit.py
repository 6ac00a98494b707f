"""A post that is changed."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from community.compare import Part
from community.drafts.models import Draft
from community.members.models import Member
from groups.approval import shown
from groups.threads.models import Post
from groups.threads.reading import whole_number
from groups.writing import Body, TextForm


class EditForm(TextForm):
    """A changed text, and the edition that was changed."""

    body = Body(label=_("Your post"), error_messages={"required": _("Write something, or remove the post.")})
    edition = forms.IntegerField(min_value=1, max_value=2**31 - 1, widget=forms.HiddenInput)
    parts: Iterable[Part] = ()  # what it would change in the text that is there, where somebody changed it meanwhile

    def __init__(self, *args: Any, author: Member, post: Post, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"body": post.body, "edition": post.edition})
        super().__init__(*args, author=author, group=post.thread.group, **kwargs)
        self.before, self.place = post.body, f"reply:threads.thread-{post.thread_id}"

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if not self.is_preview:
            shown.ask(self, self.place)
        return cleaned

    def go_on(self, where: str) -> None:
        """Begin with the author's draft for that place; a form that was sent has begun."""
        self.draft = Draft.begun(self.author, self.data) if self.is_bound else Draft.of(self.author, where)
        self.initial = self.draft.onto(self.initial)

    def take_up(self, post: Post, revision: str | None) -> None:
        """Begin with an earlier text of the post: saving it goes back to that."""
        earlier = post.revisions.filter(pk=whole_number(revision)).first() if revision else None
        if earlier:
            self.initial["body"] = earlier.body
