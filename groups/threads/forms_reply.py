"""The form to reply. Blank, it is made only where it is drawn, and most pages find it drawn."""

from __future__ import annotations

import secrets
from collections.abc import Hashable
from functools import partial
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from community.drafts.models import Draft
from community.members.models import Member
from community.policy import Verdict
from groups.threads import policy
from groups.threads.fields import Number
from groups.threads.forms import PostForm, affiliations_for, drawn_by
from groups.threads.models import Post, Thread


class ReplyForm(PostForm):
    """A post added to a thread, perhaps in reply to the one with the number `to`."""

    to = Number(required=False)
    section = forms.ChoiceField(
        label=_("About"),
        required=False,
        error_messages={"invalid_choice": _("There is no such section. Choose another one.")},
    )

    def __init__(self, *args: Any, thread: Thread, **kwargs: Any) -> None:
        super().__init__(*args, group=thread.group, **kwargs)
        self.thread = thread
        self.sections = list(thread.sections.all()) if thread.kind == Thread.Kind.CONSULTATION else []
        if not self.sections:
            del self.fields["section"]
        else:
            choices = [("", _("All of it")), *((str(each.number), str(each)) for each in self.sections)]
            cast(forms.ChoiceField, self.fields["section"]).choices = choices

    @property
    def whole(self) -> ReplyForm:
        return self

    @property
    def answers(self) -> str:
        """The number of the post it is in reply to, as it was typed."""
        return str(self["to"].value() or "")

    @property
    def answered(self) -> Post | None:
        """The post it is in reply to."""
        number = self.fields["to"].clean(self["to"].value())
        return self.thread.posts.to_show().filter(number=number).first() if number else None

    def pace(self, author: Member) -> Verdict:
        return policy.pace(author, self.thread)

    @property
    def where(self) -> str:
        return f"reply:threads.thread-{self.thread.pk}"

    def reply(self) -> Post | None:
        """Add the post. None if it was not taken."""
        chosen = self.cleaned_data.get("section")
        about = next((each for each in self.sections if str(each.number) == chosen), None)
        deed = about.comment if about else self.thread.reply
        return self.send(self.thread, partial(deed, to=self.answered))


class BlankReply:
    """Looks like a `ReplyForm` to its template."""

    answers = ""

    def __init__(self, author: Member, thread: Thread, draft: Draft) -> None:
        self.author, self.thread, self.draft = author, thread, draft
        self.seen, self.sent_as = thread.last_number, secrets.token_hex(16)

    @property
    def pristine(self) -> Hashable:
        return drawn_by(self.thread.group, affiliations_for(self.author, self.thread.group))

    @property
    def whole(self) -> ReplyForm:
        form = ReplyForm(author=self.author, thread=self.thread)
        form.begin_with(self.draft)
        return form


def begin_reply(author: Member, thread: Thread, opening: dict[str, Any], own: Hashable) -> ReplyForm | BlankReply:
    """The form under a thread: with the author's draft, with how a reply to a post begins, or blank."""
    draft = Draft.known(author, f"reply:threads.thread-{thread.pk}", own)
    if not opening and not draft.is_kept and thread.kind != Thread.Kind.CONSULTATION:
        return BlankReply(author, thread, draft)
    form = ReplyForm(author=author, thread=thread, initial=opening)
    form.seen = thread.last_number
    form.begin_with(draft)
    return form
