"""Where others wrote somebody's name or words by a sign of the site: "@handle", a quotation with its source.

Nobody's own words are touched: a name that somebody typed, or words that they copied by hand, are theirs. Versions that
a group agreed upon stay, letter by letter, as they were agreed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from typing import Any, NamedTuple

from django.apps import apps
from django.db import models
from django.db.models import Q
from django.db.models.functions import Cast
from django.utils.html import escape
from django.utils.translation import gettext as _

from community.mail.models import Letter
from community.members.models import Member

# What people write: each field, and what is shown and found anew when it reads otherwise (itself: "").
TEXTS = {
    "chat.message.body": "",
    "threads.summary.body": "",
    "threads.section.body": None,
    "threads.revision.body": None,
    "threads.post.body": "",
    "threads.template.body": None,
    "documents.comment.body": "",
    "documents.comment.passage": "",
    "documents.pagetext.body": "version.document",
    "documents.document.summary": "",
    "documents.proposal.facts": None,
    "groups.group.welcome": None,
    "links.covered.texts": None,
    "drafts.draft.fields": None,
    "approval.waiting.fields": None,
}
MOST_SUBJECT = 200  # characters
FEW = 500  # posts, or messages
AGREED = {"documents.pagetext": {"version__reviews__outcome": "agreed"}}
SOURCE = re.compile(r"^(?P<depth>(?:> ?)+)\[(?P<said>.*)\](?P<to>\(\S*/posts/(?P<pk>\d+)/\))$")
SPEAKER = re.compile(
    r"^(?P<depth>(?:> ?)*)\*\*(?P<said>.*?)\*\* (?P<rest>\(.*\), \[.*\]\(\S*/messages/(?P<pk>\d+)/\):)$"
)


class Echo(NamedTuple):
    """Of whom, by what they were called and are called now, and what of theirs can be quoted; `is_gone`: it goes."""

    name: str
    handle: str
    now: Member
    posts: set[int]
    messages: set[int]
    is_gone: bool


def heard(member: Member, name: str, handle: str, *, is_gone: bool) -> Echo:
    """Of whoever was called so, and what is theirs."""
    posts, messages = (
        set(apps.get_model(label)._base_manager.filter(author=member).values_list("pk", flat=True))
        for label in ("threads.post", "chat.message")
    )
    if is_gone:
        masks = apps.get_model("threads.mask")._base_manager.filter(member=member)
        posts |= set(masks.values_list("post", flat=True))
    return Echo(name, handle, member, posts, messages, is_gone)


def silence(text: str, echo: Echo, after: int, most: int) -> list[int]:
    """In so many texts of a kind, past the key `after`, that have to read otherwise: gives their keys."""
    label, _dot, field = text.rpartition(".")
    kind: Any = apps.get_model(label)
    rows = kind._base_manager.annotate(_text=Cast(field, models.TextField()))
    rows = rows.filter(_is_asked(echo), pk__gt=after).exclude(**AGREED.get(label, {"pk": None})).order_by("pk")
    said = rows.values_list("pk", field).iterator(chunk_size=500)
    keys = list(islice((pk for pk, each in said if _each(each, echo) != each), most))
    for pk in keys:
        _rewrite(kind, pk, field, TEXTS[text], echo)
    return keys


def forget_letters(echo: Echo, titles: set[str]) -> None:
    """What waits to go to others calls them by their stand-in; that something went stays, without its subject.

    Call it once they are called that. A name of one word may be a word of the language: for that no letter is changed.
    """
    Letter.objects.all().word_again()
    called = {f"@{echo.handle}": f"@{echo.now.handle}"}
    if " " in echo.name:
        called[echo.name] = echo.now.name
    for word in {*called, echo.name, *titles} - {echo.now.name}:  # which others who were erased are called as well
        in_html = Q(html__icontains=word) | Q(html__icontains=escape(word))
        for letter in Letter.objects.filter(Q(subject__icontains=word) | Q(text__icontains=word) | in_html):
            said = f"{letter.subject}\n{letter.text}\n{letter.html}"
            if not any(_as_word(each).search(said) for each in (word, str(escape(word)))):
                continue
            if letter.sent_at:
                Letter.objects.filter(pk=letter.pk).update(subject="")
            elif word in called:
                _call_otherwise(letter, word, called[word])


def _call_otherwise(letter: Letter, word: str, now: str) -> None:
    letter.subject = _as_word(word).sub(now, letter.subject)[:MOST_SUBJECT]
    letter.text = _as_word(word).sub(now, letter.text)
    letter.html = _as_word(str(escape(word))).sub(str(escape(now)), letter.html)
    letter.save(update_fields=["subject", "text", "html"])


def rewritten(text: str, echo: Echo) -> str:
    """The text without them."""
    lines: list[str] = []
    is_theirs = False  # whether what is read now is what they said, below their name
    for line in text.split("\n"):
        if is_theirs and line.lstrip(" ").startswith(">"):
            continue
        is_theirs = is_theirs and not line.strip()
        lines += _line(line, lines, echo)
        is_theirs = is_theirs or (echo.is_gone and _speaks(line, echo))
    body = "\n".join(lines)
    return re.sub(
        rf"(?<![\w@./+-])@{re.escape(echo.handle)}(?![\w@-]|\.\w)", f"@{echo.now.handle}", body, flags=re.IGNORECASE
    )


def _line(line: str, before: list[str], echo: Echo) -> Iterator[str]:
    source, speaker = SOURCE.match(line), SPEAKER.match(line)
    removed = _("(removed with whoever wrote it)")
    if source and int(source["pk"]) in echo.posts:
        depth = source["depth"].count(">")
        if echo.is_gone:
            while before and _depth(before[-1]) >= depth:
                before.pop()
            yield f"{source['depth']}{removed}"
        else:
            yield f"{source['depth']}[{source['said'].replace(echo.name, echo.now.name)}]{source['to']}"
    elif speaker and int(speaker["pk"]) in echo.messages:
        yield f"{speaker['depth']}**{echo.now.name}** {speaker['rest']}"
        if echo.is_gone:
            yield from ("", f"{speaker['depth']}> {removed}")
    else:
        yield line


def _speaks(line: str, echo: Echo) -> bool:
    speaker = SPEAKER.match(line)
    return speaker is not None and int(speaker["pk"]) in echo.messages


def _depth(line: str) -> int:
    found = re.match(r"(?:> ?)*", line)
    return found[0].count(">") if found else 0


def _is_asked(echo: Echo) -> Q:
    asked = Q(_text__icontains=f"@{echo.handle}")
    for place, keys in (("posts", echo.posts), ("messages", echo.messages)):
        if keys:
            asked |= Q(_text__contains=f"/{place}/") & _named(place, keys)
    return asked


def _named(place: str, keys: set[int]) -> Q:
    """Where they are few, what has an address of none of these needs no look."""
    return Q(_text__regex=f"/{place}/({'|'.join(map(str, sorted(keys)))})/") if len(keys) <= FEW else Q()


def _rewrite(kind: Any, pk: int, field: str, shown: str | None, echo: Echo) -> None:
    list(kind._base_manager.select_for_update().filter(pk=pk).values_list("pk"))
    manager = kind._default_manager
    row = (manager.to_show() if hasattr(manager.all(), "to_show") else manager).filter(pk=pk).first()
    if row is None or (now := _each(getattr(row, field), echo)) == getattr(row, field):
        return
    setattr(row, field, now)
    row.save(update_fields=[field])
    if hasattr(row, "render_again"):
        row.render_again()
    if shown is not None:
        thing = row
        for name in filter(None, shown.split(".")):
            thing = getattr(thing, name)
        type(thing)._base_manager.get(pk=thing.pk).shown_anew()


def _each(said: Any, echo: Echo) -> Any:
    if isinstance(said, dict):
        return {name: _each(value, echo) for name, value in said.items()}
    if isinstance(said, list):
        return [_each(value, echo) for value in said]
    return rewritten(said, echo) if isinstance(said, str) else said


def _as_word(word: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){re.escape(word)}(?!\w)", re.IGNORECASE)
