"""What is chosen to carry messages into a discussion: which, where to, and with what words."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from community.members.models import Member
from community.policy import Refused
from groups import place
from groups import policy as group_policy
from groups.approval.doubts import Sent, doubt
from groups.links.quoted import readable
from groups.threads import policy as thread_policy
from groups.threads.forms_tidy import Where
from groups.threads.models import Post, Thread
from groups.writing import Body, Written
from realtime.chat import policy
from realtime.chat.attached import look_at, weigh
from realtime.chat.models import Message, Room

NO_WAIT = _("What is taken up cannot wait for approval. Write this as a post of its own, and take up without it.")


class TakeUpForm(Where):
    """A new discussion, or one that is there, and the words above what is carried."""

    title = Written(
        label=_("A new discussion, called"),
        required=False,
        max_length=160,
        widget=forms.TextInput(attrs={"class": "input"}),
    )
    body = Body(
        label=_("Your words above it"),
        help_text=_("Say in a sentence or two what it is about, for those who were not there."),
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    key = forms.RegexField(r"\A[\w-]{1,40}\Z", widget=forms.HiddenInput)
    field_order = ["title", "target", "link", "body"]

    def __init__(self, *args: Any, room: Room, member: Member, **kwargs: Any) -> None:
        super().__init__(*args, thread=Thread(group=room.group), member=member, **kwargs)
        self.room, self.member = room, member
        self.fields["target"].label = _("A discussion of this group")
        self.initial.setdefault("key", secrets.token_hex(16))
        self.may_start = group_policy.start(member, room.group)
        if not self.may_start:
            del self.fields["title"]

    def clean_title(self) -> str:
        return " ".join(self.cleaned_data["title"].split())

    def clean_body(self) -> str:
        words = f"{self.cleaned_data.get('title', '')}\n{self.cleaned_data['body']}"
        weigh(words, self.member, self.room.group)
        return look_at(self.cleaned_data["body"], self.room.group)

    def clean(self) -> dict[str, Any]:
        sent, title = super().clean(), self.cleaned_data.get("title", "")
        group = self.room.group
        where = f"new:groups.group-{group.pk}" if title else f"reply:threads.thread-{self.found and self.found.pk}"
        why = None if self.errors else doubt(self.member, group, where, Sent(f"{title}\n{sent['body']}"))
        if why:
            raise forms.ValidationError(f"{why.label} {NO_WAIT}")
        return sent

    @property
    def needs_target(self) -> bool:
        return not self.cleaned_data.get("title")

    def take_up(self, pks: list[int]) -> Post:
        """Do it, or raise `Refused` with the reason."""
        with self.allowed() as (_member, send):
            return self._as_sent(Message.take_up(self.room, pks, send))

    def take_up_all(self) -> Post:
        """The same with all that can be read in the room, in as many posts as it takes."""
        with self.allowed() as (member, send):

            def go_on(first: Post, part: int) -> Post:
                spoken_for = self.room.place_of(member)
                assert spoken_for is not None, "whoever has standing has an affiliation"
                words = _("What was said, part %(number)s") % {"number": part}
                return first.thread.reply(spoken_for, words, f"{self.cleaned_data['key'][:34]}-{part}")

            return self._as_sent(Message.take_up_all(self.room, send, go_on))

    @contextmanager
    def allowed(self) -> Iterator[tuple[Member, Callable[[], Post]]]:
        """The member as they are now, who may do it, and what sends the post."""
        group, title = self.room.group, self.cleaned_data.get("title")
        with place.kept(self.member, group) as member:
            policy.take_up(member, self.room).enforce()
            spoken_for = self.room.place_of(member)
            assert spoken_for is not None, "whoever has standing has an affiliation"
            may = group_policy.start(member, group) if title else thread_policy.reply(member, self.found)
            may.enforce()
            deed = Thread(group=group, title=title).start if title else self.found.reply
            yield member, partial(deed, spoken_for, self.cleaned_data["body"], self.cleaned_data["key"])

    def _as_sent(self, post: Post) -> Post:
        if post.body not in {self.cleaned_data["body"], readable(self.cleaned_data["body"])}:
            raise Refused(_("You sent this form before, with another text. Open the page again to add this one."))
        return post
