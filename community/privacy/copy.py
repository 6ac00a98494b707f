"""A copy of what is held about a person, as a zip: a page that opens from the disk, the same as data, and their files.

The person's own copy holds what is theirs. The one for staff, who answer a request in their name, also holds where
others speak of them, and marks others in it, with what is quoted of them; beside it stands the same with all that is
marked blacked out, to be handed on once staff have read it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import partial
from typing import Any

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _

from community.files.bundle import STYLE, Part, bundled, path_of
from community.files.models import StoredFile
from community.members.models import Member
from community.models import Entry
from community.moderation.models import Moderatable, Note, Profile, Report, legal_hold
from community.moderation.named import others_called
from community.privacy.holdings import (
    Row,
    Section,
    is_evidence_alone,
    is_hidden,
    is_shown_to,
    is_withheld,
    sections,
)

ADDRESS = r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+"
HANDLE = r"(?<!\w)@[a-z0-9_-]+"
QUOTED = r"^(?:> ?)+\S.*$"  # what somebody else said, as a rule
REFERENCE = re.compile(r"[a-z]+-[0-9]{1,18}")
BLACK = "█████"
MOST_NAMES = 20_000  # of others that are looked for
MOST_AT_ONCE = 1000  # of what is asked for in one question


def own_copy(member: Member) -> Iterator[bytes]:
    """What is the member's own, for themselves."""
    return _zip(member, None)


def copy_for_staff(member: Member, staff: Member) -> Iterator[bytes]:
    """The same as far as staff may see it, and what others say of them and was decided about them; others are marked.

    What is the person's alone is not in it: they take that along themselves.
    """
    return _zip(member, staff)


def _zip(member: Member, staff: Member | None) -> Iterator[bytes]:
    taken: set[str] = set()
    files = [each for each in StoredFile.objects.filter(owner=member).order_by("pk") if not is_withheld(each)]
    parts = [Part(path_of(["files"], each.name, taken), each.kept_at, partial(_ask, each.pk, staff)) for each in files]

    def index() -> dict[str, str]:
        found, others = list(sections(member, staff)), None
        if staff:
            found, others = [*found, *_told_by_others(member, staff)], _others(member)
        called = {} if staff else others_called(member, set(_references(found)))
        context = {"person": member, "sections": _readable(found, others, called), "now": timezone.now()}
        context |= {"site": settings.SITE_URL, "is_marked": others is not None}
        context["parts"], context["left_out"] = parts, sum(not part.is_in for part in parts)
        told = {"index.html": render_to_string("privacy/copy.html", context), "index.css": STYLE}
        told["data.json"] = _as_json(found)
        if others is None:
            return told
        black = [_blacked(section, others) for section in found]
        context |= {"sections": _readable(black, None, {}), "is_marked": False, "is_black": True}
        told["to-hand-on.html"] = render_to_string("privacy/copy.html", context)
        return told | {"to-hand-on.json": _as_json(black)}

    return bundled(parts, index)


def _as_json(found: list[Section]) -> str:
    data = {section.key: [{"name": row.name, **row.facts} for row in section.rows] for section in found}
    return json.dumps(data, cls=DjangoJSONEncoder, ensure_ascii=False, indent=1)


def _blacked(section: Section, others: re.Pattern[str]) -> Section:
    """The same without what would be marked."""

    def black(value: Any) -> Any:
        if isinstance(value, dict):
            return {black(name): black(each) for name, each in value.items()}
        if isinstance(value, list):
            return [black(each) for each in value]
        return others.sub(BLACK, value) if isinstance(value, str) else value

    return section._replace(rows=[row._replace(facts=black(row.facts)) for row in section.rows])


def _ask(pk: int, staff: Member | None) -> StoredFile | None:
    """The file, unless it was taken down, or belongs to what staff have hidden or whoever asks may not see."""
    found = StoredFile.objects.filter(pk=pk).first()
    if found is None or found.is_barred or is_evidence_alone(found) or any(map(is_hidden, found.holders())):
        return None
    return found if not staff or is_shown_to(staff, found) else None


def _told_by_others(member: Member, staff: Member) -> Iterator[Section]:
    own = {member.subject, *(each.subject for each in things_of(member) if not each.is_withheld)}
    reports = [each for each in among(Report.objects.all(), own) if each.reporter_id != member.pk]
    yield _section("reports", _("Reports about them and what they wrote"), reports, ["subject", "kind", "words", "at"])
    yield _section("notes", _("Notes of staff"), among(Note.objects.all(), own), ["subject", "words", "at"])
    entries = Entry.objects.filter(subject=member.subject).exclude(act__in=legal_hold.ACTS)
    yield _section("acts", _("What staff and leads did about them"), entries, ["at", "act", "reason"])
    for kind in _kinds():
        if any(field.name == "body" for field in kind._meta.concrete_fields):
            title = _("Where others name them: %(kind)s") % {"kind": kind._meta.verbose_name_plural}
            yield _section(f"named.{kind._meta.label_lower}", title, _naming(kind, member, staff), ["body"])


def _naming(kind: type[Any], member: Member, staff: Member) -> list[Any]:
    """What staff can read of others that has the member's name or handle in it."""
    named = Q(body__icontains=f"@{member.handle}") | Q(body__icontains=member.name)
    word = re.compile(rf"(?<!\w)(@{re.escape(member.handle)}|{re.escape(member.name)})(?!\w)", re.IGNORECASE)
    found = kind._default_manager.visible_to(staff).filter(named, hidden=None).exclude(author=member)
    return [each for each in found.iterator() if not each.is_gone and word.search(each.body)]


def among(rows: models.QuerySet[Any], subjects: set[str]) -> list[Any]:
    """Those of the rows that speak of one of the subjects, however many these are."""
    names = sorted(subjects)
    parts = (names[start : start + MOST_AT_ONCE] for start in range(0, len(names), MOST_AT_ONCE))
    return [row for part in parts for row in rows.filter(subject__in=part)]


def _section(key: str, title: str, found: Any, fields: list[str]) -> Section:
    rows = [Row(f"{each._meta.model_name}-{each.pk}", {name: getattr(each, name) for name in fields}) for each in found]
    return Section(key, title, rows)


def things_of(member: Member) -> Iterator[Moderatable]:
    """All that the member made and that can be reported."""
    for kind in _kinds():
        yield from kind._base_manager.filter(author=member).iterator()
    yield from Profile.objects.filter(member=member)


def names_of(member: Member) -> set[str]:
    """The names ("post-12") of all of that, and of what they wrote without their name: these say whose it is."""
    found = {each.subject for each in Profile.objects.filter(member=member)}
    for kind in _kinds():
        keys = kind._base_manager.filter(kind.written_by(member)).values_list("pk", flat=True)
        found |= {f"{kind._meta.model_name}-{pk}" for pk in keys}
    return found


def _kinds() -> Iterator[type[Any]]:
    """Everything people make: all that can be reported, and has an author."""
    waiting = list(Moderatable.__subclasses__())
    while waiting:
        kind = waiting.pop()
        waiting += kind.__subclasses__()
        if not kind._meta.abstract and any(field.name == "author" for field in kind._meta.concrete_fields):
            yield kind


def _others(member: Member) -> re.Pattern[str]:
    """Finds what is not the member's: names of two words or more, @handles, e-mail addresses, and what is quoted."""
    names = Member.objects.exclude(pk=member.pk).filter(name__contains=" ").values_list("name", flat=True)[:MOST_NAMES]
    found = [QUOTED, *sorted(map(re.escape, names), key=len, reverse=True), ADDRESS, HANDLE]
    return re.compile("|".join(found), re.MULTILINE)


def _references(found: list[Section]) -> Iterator[str]:
    """What rows point to ("group-3")."""
    for section in found:
        for row in section.rows:
            yield from (value for value in row.facts.values() if isinstance(value, str) and REFERENCE.fullmatch(value))


def _readable(found: list[Section], others: re.Pattern[str] | None, called: dict[str, str]) -> list[dict[str, Any]]:
    """For people. What a row points to is `called` by its name there as well."""

    def said(value: Any) -> Any:
        return f"{called[value]} ({value})" if isinstance(value, str) and value in called else value

    return [
        {
            "title": section.title,
            "rows": [
                (
                    row.name,
                    [(name.replace("_", " "), _pieces(said(value), others)) for name, value in row.facts.items()],
                )
                for row in section.rows
            ],
        }
        for section in found
        if section.rows
    ]


def _pieces(value: Any, others: re.Pattern[str] | None) -> list[tuple[str, bool]]:
    """The text in pieces, each with whether it names somebody else."""
    text = value if isinstance(value, str) else json.dumps(value, cls=DjangoJSONEncoder, ensure_ascii=False).strip('"')
    if others is None:
        return [(text, False)]
    pieces, end = [], 0
    for match in others.finditer(text):
        pieces += [(text[end : match.start()], False), (match[0], True)]
        end = match.end()
    return [*pieces, (text[end:], False)]
