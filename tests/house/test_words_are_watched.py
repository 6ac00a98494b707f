"""Whoever writes what others read meets the list of words that staff watch for: each form is one that looks."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator

from django import forms

import community
import groups
import realtime
from groups.text import READ
from groups.writing import WatchedForm
from realtime.chat.forms import MessageForm
from realtime.chat.forms_taking_up import TakeUpForm

LOOK = (WatchedForm, MessageForm, TakeUpForm)  # the last two by `weigh`
FEW = {  # read by the one it is for, by whoever answers for the place, or by staff: no audience
    "groups.approval.forms.DeclineForm": {"reason"},
    "groups.approval.forms.PassForm": {"reason", "words"},
    "groups.forms.JoinForm": {"note"},
    "groups.forms.ReasonForm": {"reason"},
    "groups.documents.views_formats.AskForm": {"words"},
    "groups.documents.views_formats.ReplyForm": {"answer"},
    "groups.documents.views_proposals.AnswerForm": {"reason"},
    "groups.threads.forms_tidy.GroupForm": {"reason"},
    "groups.threads.views_masked.ReasonForm": {"reason"},
    "community.responses.forms.BookmarkForm": {"note"},
}
NO_WORDS = {  # what a form asks for that is no text of its writer: addresses, handles, keys, numbers, searches
    *("url", "key", "sure", "kept", "link", "document", "first", "last", "target", "who", "lead", "others", "whom"),
    *("by", "q", "closes_at", "opens_at", "slow", "keep_days", "handle", "email", "owner"),
}
WATCHED_AT = {  # texts that a form of these rooms calls otherwise
    "alt": "the description of a picture, which `all_words` adds",
}


def all_forms() -> Iterator[type[forms.BaseForm]]:
    for package in (groups, realtime, community):
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            if ".migrations" not in module.name and ".management" not in module.name:
                importlib.import_module(module.name)
    found, waiting = set(), [forms.BaseForm]
    while waiting:
        for kind in waiting.pop().__subclasses__():
            waiting.append(kind)
            if kind.__module__.partition(".")[0] in {"groups", "realtime"} or "responses" in kind.__module__:
                found.add(kind)
    return iter(sorted(found, key=lambda kind: f"{kind.__module__}.{kind.__name__}"))


def texts_of(kind: type[forms.BaseForm]) -> set[str]:
    fields = getattr(kind, "base_fields", {})
    typed = (forms.Textarea, forms.TextInput)
    exact = (forms.NumberInput, forms.DateInput, forms.DateTimeInput, forms.TimeInput, forms.URLInput)
    return {
        name
        for name, field in fields.items()
        if isinstance(field.widget, typed) and not isinstance(field.widget, exact) and not field.widget.is_hidden
    } - NO_WORDS


def test_each_form_in_which_people_write_looks_for_watched_words_or_says_who_alone_reads_it():
    for kind in all_forms():
        name = f"{kind.__module__}.{kind.__name__}"
        texts = texts_of(kind) - WATCHED_AT.keys() - FEW.get(name, set())
        if not texts or any(issubclass(other, kind) and issubclass(other, LOOK) for other in kind.__subclasses__()):
            continue  # only a part of forms that look
        assert issubclass(kind, LOOK), f"{name} takes {sorted(texts)}: make it a ShownForm, or say in FEW who reads it"
        if not issubclass(kind, MessageForm):
            assert texts <= set(READ), f"{name}: {sorted(texts - set(READ))} is not in groups.text.READ"
