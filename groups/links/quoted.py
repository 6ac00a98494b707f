"""What quotes a thing goes out of sight with it, and comes back with it: "(hidden)" stands there in place of its words.

The texts are changed themselves, so that no door has to think of it; what was written is kept beside, by `Covered`.
A quotation is known by the address of what it quotes: below the words of a post, above those of a message.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any, NamedTuple

from django.apps import apps
from django.db.models import Q
from django.utils.translation import gettext

from community import things
from community.drafts.models import Draft
from community.merge import brought_into
from groups.links.models import Covered, MayQuote, Start
from groups.models import Group
from groups.models.welcoming import Rule

POST, MESSAGE = "threads.post", "chat.message"
PLACES = {POST: "posts", MESSAGE: "messages"}  # where the addresses of each lead
HIDDEN = {POST: Q(hidden__isnull=False) | Q(thread__hidden__isnull=False), MESSAGE: Q(hidden__isnull=False)}
LONG, MOST = 40, 20  # characters from which an equal text is a copy; places that are told of each kind
LINE = re.compile(r"((?:[ ]{0,3}>[ ]?)*)(.*)")
ADDRESS = re.compile(r"/(posts|messages)/([0-9]{1,18})/")
NUMBER = re.compile(r"[0-9]{1,9}")
SOURCE = re.compile(r"\s*\[.*\]\([^()\s]+\)\s*")

Said = dict[things.Name, set[str]]  # what is out of sight, and its lines


class Line(NamedTuple):
    """A line of Markdown: the signs of quotation before it, and what it says."""

    signs: str
    words: str

    @property
    def depth(self) -> int:
        return self.signs.count(">")

    @property
    def names(self) -> set[things.Name]:
        """The posts and messages to which its addresses lead."""
        kinds = {place: label for label, place in PLACES.items()}
        return {(kinds[place], int(pk)) for place, pk in ADDRESS.findall(self.words)}


def follow(label: str, keys: Iterable[int]) -> None:
    """These went out of sight, or came back: so do their words wherever they are quoted."""
    for row in _quoting(label, sorted(keys)):
        settle(row)


def elsewhere(label: str, row: Any) -> list[str]:
    """The names ("post-12") of what quotes it now, or says the very same in as many words: some of each kind."""
    found: list[str] = []
    for kind in _texts():
        if kind.told_as is None:
            continue
        name, key = kind.told_as
        rows = kind._default_manager
        same = Q(body__contains=f"/{PLACES[label]}/{row.pk}/")
        if len(row.body) >= LONG:
            same |= Q(body=row.body)
        if kind._meta.label_lower == label == POST:
            same |= Q(reply_to=row.pk, body__contains=">")
        own = {"pk": row.pk} if kind._meta.label_lower == label else {"pk": None}
        keys = rows.filter(same).exclude(**own).order_by("-pk").values_list(key, flat=True)
        found += [f"{name}-{pk}" for pk in keys[:MOST]]
    return found


def forget(row: Any) -> None:
    """Its text goes for good, and with it what was written there of others."""
    Covered.keep(row, "", "")


def let_go(label: str, keys: Iterable[int]) -> None:
    """The words of these go for good. Of those that are out of sight they are kept beside no text any more, either.

    Call it while their words are still there: by these is known where they are quoted in parts.
    """
    rows: Any = apps.get_model(label)._default_manager
    gone = dict(rows.filter(HIDDEN[label], pk__in=list(keys)).order_by("pk").values_list("pk", "body"))
    said: Said = {(label, pk): _lines_of(body) for pk, body in gone.items()}
    for row in _quoting(label, list(gone)):
        if kept := Covered.of(row):
            written = _without(kept.written, said, getattr(row, "reply_to_id", None))
            Covered.keep(row, written, kept.said)
            row.went_for_good(written)


def hidden_now() -> dict[str, list[int]]:
    """The keys of what is out of sight, of each kind that is quoted."""
    found: dict[str, list[int]] = {}
    for label, hidden in HIDDEN.items():
        rows: Any = apps.get_model(label)._default_manager
        found[label] = list(rows.filter(hidden).order_by("pk").values_list("pk", flat=True))
    return found


def settle(row: Any, made_of: Any = None) -> None:
    """Its text was written, or what it quotes went out of sight or came back: it reads as it may now.

    `made_of`: the row from whose text somebody made this one, which may say "(hidden)" where the other did.
    """
    kept = Covered.of(row) or (Covered.of(made_of) if made_of else None)
    written = brought_into(kept.said, kept.written, row.body) if kept else row.body
    said = readable(written, getattr(row, "reply_to_id", None), is_kept=kept is not None)
    Covered.keep(row, written, said)
    if said != row.body:
        row.read_as(said)


def readable(text: str, reply_to: int | None = None, *, is_kept: bool = False) -> str:
    """The text without the words of others that are out of sight. `is_kept`: what is no more was so before it went."""
    if ">" not in text:
        return text
    names = {name for line in _lines(text) for name in line.names} | ({(POST, reply_to)} if reply_to else set())
    said = _out_of_sight(names, is_kept=is_kept)
    return _without(text, said, reply_to) if said else text


def hold(text: str) -> None:
    """Before one's own row: what the text quotes is not hidden while it is being written."""
    found = ADDRESS.findall(text) if ">" in text else []
    for label, place in PLACES.items():
        keys = sorted({int(pk) for at, pk in found if at == place})
        rows: Any = apps.get_model(label)._default_manager
        if keys:
            list(rows.filter(pk__in=keys).order_by(_first(label)).select_for_update(no_key=True).values_list("pk"))


def _out_of_sight(names: set[things.Name], *, is_kept: bool) -> Said:
    said: Said = {}
    for label, hidden in HIDDEN.items():
        keys = {pk for name, pk in names if name == label}
        rows: Any = apps.get_model(label)._default_manager
        there = dict(rows.filter(pk__in=keys).values_list("pk", "body")) if keys else {}
        gone = set(rows.filter(hidden, pk__in=keys).values_list("pk", flat=True)) if keys else set()
        gone |= keys - there.keys() if is_kept else set()
        said |= {(label, pk): _lines_of(there.get(pk, "")) for pk in gone}
    return said


def _lines_of(body: str) -> set[str]:
    return {words for line in body.split("\n") if (words := LINE.sub(r"\2", line, count=1).strip())}


def _quoting(label: str, keys: list[int]) -> Iterable[Any]:
    """The texts that quote these, or did before those were out of sight: each held."""
    if not keys:
        return
    address = f"/{PLACES[label]}/({'|'.join(map(str, keys))})/"
    for model in _texts():
        rows, kind = model._default_manager, model._meta.label_lower
        kept = Covered.objects.filter(thing_model=kind, texts__written__regex=address).values("thing_id")
        quoting = Q(body__contains=f"/{PLACES[label]}/", body__regex=address) | Q(pk__in=kept)
        if kind == label == POST:
            quoting |= Q(reply_to__in=keys, body__contains=">")
        pks = list(rows.filter(quoting).exclude(pk__in=keys if kind == label else []).values_list("pk", flat=True))
        yield from rows.filter(pk__in=pks).order_by(_first(kind)).select_for_update(no_key=True)


def _first(kind: str) -> str:
    """The order in which the rows of its kind are held elsewhere."""
    return "-pk" if kind == MESSAGE else "pk"


@cache
def _texts() -> list[Any]:
    """The models of all that can quote."""
    return [model for model in apps.get_models() if issubclass(model, MayQuote)]


def _lines(text: str) -> list[Line]:
    return [Line(*found.groups()) for each in text.split("\n") if (found := LINE.fullmatch(each))]


def _without(text: str, said: Said, reply_to: int | None) -> str:
    texts, lines = text.split("\n"), _lines(text)
    gone: set[int] = set()
    for at, line in enumerate(lines):
        for label, pk in line.names & said.keys():
            gone |= set(_above(lines, at) if label == POST else _below(lines, at))
            gone |= _saying(lines, said[label, pk])
    if (POST, reply_to) in said:
        gone |= _saying(lines, said[POST, reply_to or 0])
    made: list[str] = []
    for at, text in enumerate(texts):
        if at not in gone:
            made.append(text)
        elif at - 1 not in gone:
            made.append(f"{'> ' * lines[at].depth}{gettext('(hidden)')}")
    return "\n".join(made)


def _above(lines: list[Line], at: int) -> Iterable[int]:
    """The quotation that ends with this line, which says where it is from."""
    depth, end = lines[at].depth, at
    if not depth or not SOURCE.fullmatch(lines[at].words):
        return ()
    while at and lines[at - 1].depth >= depth and not _is_source(lines[at - 1], depth):
        at -= 1
    while end > at and not lines[end - 1].words.strip():
        end -= 1
    return range(at, end)


def _is_source(line: Line, depth: int) -> bool:
    return line.depth == depth and bool(line.names) and bool(SOURCE.fullmatch(line.words))


def _below(lines: list[Line], at: int) -> Iterable[int]:
    """The quotation that begins after this line, which says who said it where."""
    depth, begin = lines[at].depth, at + 1
    while begin < len(lines) and not lines[begin].words.strip() and lines[begin].depth <= depth:
        begin += 1
    end = begin
    while end < len(lines) and lines[end].depth > depth:
        end += 1
    return range(begin, end)


def _saying(lines: list[Line], said: set[str]) -> set[int]:
    """Where else it stands, quoted in parts."""
    return {at for at, line in enumerate(lines) if line.depth and line.words.strip() in said}


def _of_a_draft(place: things.Name, fields: Mapping[str, Any]) -> str:
    """What can be read of its text, which may answer a post by its number."""
    body, to = str(fields.get("body", "")), str(fields.get("to", ""))
    answered = None
    if ">" in body and place[0] == "threads.thread" and NUMBER.fullmatch(to):
        posts: Any = apps.get_model(POST)._default_manager
        answered = posts.filter(thread=place[1], number=int(to)).values_list("pk", flat=True).first()
    return readable(body, answered)


def _settle_start(group: Group) -> None:
    settle(Start.objects.get(pk=group.pk))
    group.refresh_from_db(fields=["welcome"])


Draft.read_by(_of_a_draft)
Group.quotes_by(Rule(hold, _settle_start))
