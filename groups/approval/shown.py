"""What is shown as soon as it is sent cannot wait: words that would are not taken, and stand in the form again."""

from __future__ import annotations

from typing import Protocol

from django.utils.translation import gettext_lazy as _

from community.members.models import Member
from groups.approval.doubts import Sent, doubt
from groups.models import Group

STANDS = _("This is shown already, so it cannot wait for approval. Write it as a new post instead.")


class Form(Protocol):
    """A form of `groups.writing`, whose own checks are done."""

    author: Member
    group: Group
    before: str

    @property
    def words(self) -> str: ...
    @property
    def errors(self) -> object: ...
    def add_error(self, field: str | None, error: str) -> None: ...


def ask(form: Form, place: str, way: object = STANDS) -> None:
    """Whether anything speaks for a look at these words first; then the form says so, and which `way` is open."""
    if form.errors or form.words.strip() == form.before.strip():
        return
    why = doubt(form.author, form.group, place, Sent(form.words, form.before))
    if why:
        form.add_error(None, f"{why.label} {way}")
