"""Finding: the same question to SQLite's FTS5 or to PostgreSQL's full text. Permission is inside the query."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from itertools import cycle
from typing import Any

from django.apps import apps
from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.utils import timezone
from django.utils.text import capfirst

from community import things
from community.members.models import Member
from groups.models import Group
from groups.search.asked import KINDS, Narrow, Term, terms
from groups.search.models import FROM, TO, WITHIN, Record
from groups.search.rows import rows

PAGE = 20
MOST_PAGES = 10  # whoever has not found it among 200 asks more precisely
ANY = Narrow()

# First which, then how they are shown: marking the words is dear, so only what is shown is marked. A part that holds
# none of the words itself, but only under its whole's title, is left to the whole.
#
# To rank is dear as well: all that is written in a thing must be fetched for it. So of a word that thousands hold, the
# `RANKED` latest are ranked, and the `RANKED` latest that have it in their title: PostgreSQL walks an index from the
# latest back and stops, SQLite likewise by its rows. What fewer hold is ranked to the last.
RANKED = 500
MATCH = {
    "sqlite": """
        FROM search_words JOIN search_record r ON r.id = search_words.rowid
        WHERE search_words MATCH {words} AND {seen} {where}
          AND (r.is_part IS NULL OR r.id IN (SELECT rowid FROM search_words WHERE search_words MATCH %(own)s))""",
    "postgresql": """
        FROM search_record r
        WHERE {seen} AND {words} {where} AND (r.is_part IS NULL OR r.words @@ to_tsquery('english', %(own)s))""",
}
ALL = {"sqlite": "%(words)s", "postgresql": "r.words @@ to_tsquery('english', %(words)s)"}
TITLED = {
    "sqlite": "%(titled)s",
    "postgresql": f"ts_filter(r.words, '{{a}}') @@ to_tsquery('english', %(titled)s) AND {ALL['postgresql']}",
}
BY_RANK = {
    "sqlite": """
        SELECT id FROM (
            SELECT * FROM (SELECT r.id, bm25(search_words, 8, 1) AS rank {all}
                           ORDER BY search_words.rowid DESC LIMIT %(ranked)s)
            UNION ALL
            SELECT * FROM (SELECT r.id, bm25(search_words, 8, 1) AS rank {titled}
                           ORDER BY search_words.rowid DESC LIMIT %(ranked)s))
        GROUP BY id ORDER BY min(rank), id DESC LIMIT %(limit)s OFFSET %(offset)s""",
    "postgresql": """
        SELECT id FROM search_record WHERE id IN (
            SELECT id FROM (SELECT r.id {all} ORDER BY r.at DESC, r.id DESC LIMIT %(ranked)s) AS latest
            UNION
            SELECT id FROM (SELECT r.id {titled} ORDER BY r.at DESC, r.id DESC LIMIT %(ranked)s) AS titled)
        ORDER BY ts_rank(words, to_tsquery('english', %(words)s)) DESC, id DESC LIMIT %(limit)s OFFSET %(offset)s""",
}
BY_TIME = "SELECT r.id {all} ORDER BY r.at DESC, r.id DESC LIMIT %(limit)s OFFSET %(offset)s"
# Where it is looked first, which an index answers; then what of it may be seen.
SEEN = (
    "r.group_id IN ({places}) AND (r.only_within IS NULL AND r.group_id IN ({groups}) OR r.only_within IN ({within}))"
)
SHOW = {
    "sqlite": """
        SELECT rowid, highlight(search_words, 0, %(from)s, %(to)s), snippet(search_words, 1, %(from)s, %(to)s, '…', 30)
        FROM search_words WHERE search_words MATCH %(words)s AND +rowid IN ({ids})""",
    "postgresql": """
        SELECT id, ts_headline('english', title, to_tsquery('english', %(words)s), %(title_marks)s),
               ts_headline('english', text, to_tsquery('english', %(words)s), %(marks)s)
        FROM search_record WHERE id IN ({ids})""",
}
MARKS = f'StartSel="{FROM}",StopSel="{TO}"'


@dataclass(frozen=True)
class Hit:
    """Something found: the thing, its record, title and text in parts, each with whether it is what was looked for."""

    thing: Any
    record: Record
    title: list[tuple[str, bool]]
    parts: list[tuple[str, bool]]

    @property
    def url(self) -> str:
        """Where it is; of a thing that is long, where in it the words stand that were looked for."""
        words = list(dict.fromkeys(part.lower() for part, is_marked in self.parts if is_marked))
        at = getattr(self.thing, "get_url_of", None)
        return str(at(words) if at and words else self.thing.get_absolute_url())

    @property
    def is_document(self) -> bool:
        """A record, which is set as such."""
        return self.record.thing_model == KINDS["documents"].model

    @property
    def kind(self) -> str:
        """What it is, in a word: "Post", "Document"; the first of many stands for the whole: "Question"."""
        whole = getattr(self.thing, "part_of", None)
        if whole is not None and not self.record.is_part:
            return str(whole.get_kind_display())
        return capfirst(str(self.thing._meta.verbose_name))


@dataclass(frozen=True)
class Page:
    """One page of hits; `number` of the next page if there is one."""

    hits: list[Hit]
    next: int | None


def find(member: Member, question: str, narrow: Narrow = ANY, page: int = 1) -> Page:
    """What the member may read that holds all the words and phrases, best match first or newest first."""
    asked = terms(question)
    ids = _which(asked, member, narrow, page) if asked else []
    hits = _hits(member, ids[:PAGE], _words(asked)) if ids else []
    return Page(hits, page + 1 if len(ids) > PAGE and page < MOST_PAGES else None)


def _words(asked: list[Term]) -> str:
    if connection.vendor == "sqlite":
        return " ".join(term.sqlite() for term in asked)
    return " & ".join(term.postgresql() for term in asked)


def _own(asked: list[Term]) -> str:
    """At least one of them in the text itself."""
    if connection.vendor == "sqlite":
        return f"text : ({' OR '.join(term.sqlite() for term in asked)})"
    return " | ".join(term.postgresql("B") for term in asked)


def _titled(asked: list[Term]) -> str:
    """At least one of them in the title; in SQLite's words also that all are there."""
    if connection.vendor == "sqlite":
        return f"({_words(asked)}) AND title : ({' OR '.join(term.sqlite() for term in asked)})"
    return " | ".join(term.postgresql() for term in asked)


def _which(asked: list[Term], member: Member, narrow: Narrow, page: int) -> list[int]:
    found = _seen(member, narrow.group)
    if found is None:
        return []
    seen, facts = found
    where, more = _narrowed(narrow)
    asked_for = {"words": _words(asked), "own": _own(asked), "titled": _titled(asked), "ranked": RANKED}
    asked_for |= {"limit": PAGE + 1, "offset": (page - 1) * PAGE}
    return [row[0] for row in rows(_sql(seen, where, newest=narrow.newest), asked_for | facts | more)]


def _sql(seen: str, where: str, *, newest: bool) -> str:
    vendor = connection.vendor
    matched, titled = (
        MATCH[vendor].format(words=words, seen=seen, where=where) for words in (ALL[vendor], TITLED[vendor])
    )
    return (BY_TIME if newest else BY_RANK[vendor]).format(all=matched, titled=titled)


def _seen(member: Member, slug: str) -> tuple[str, dict[str, Any]] | None:
    """What the member may find, as a condition on the record and its values; `slug`: of that group alone.

    Groups are named by number: a database that sees how many records they hold knows which way is short.
    """
    groups = Group.objects.visible_to(member)
    within = apps.get_model(WITHIN)._default_manager.visible_to(member)
    if slug:
        groups, within = groups.filter(slug=slug), within.filter(group__slug=slug)
    seen = set(groups.order_by().values_list("pk", flat=True))
    places = seen | set(within.order_by().values_list("group", flat=True).distinct())
    if not places:
        return None
    private, facts = _keys("within", within)
    numbers = {"groups": _listed(seen), "places": _listed(places)}
    return SEEN.format(within=private, **numbers), facts


def _listed(numbers: set[int]) -> str:
    return ", ".join(map(str, sorted(numbers))) or "NULL"


def _keys(name: str, rows: Any) -> tuple[str, dict[str, Any]]:
    """The keys of the rows, as SQL whose values are named."""
    try:
        sql, values = rows.order_by().values("pk").query.sql_with_params()
    except EmptyResultSet:  # nothing may be seen
        return "NULL", {}
    facts = {f"{name}{number}": value for number, value in enumerate(values)}
    return sql % tuple(f"%({each})s" for each in facts), facts


def _narrowed(narrow: Narrow) -> tuple[str, dict[str, Any]]:
    """What is looked through, as conditions on the record and their values."""
    where, facts = "", dict[str, Any]()
    if narrow.kind:
        where += f" AND r.thing_model = %(model)s {KINDS[narrow.kind].where}"
        facts["model"] = KINDS[narrow.kind].model
    if narrow.authors is not None:
        facts |= {f"author{number}": pk for number, pk in enumerate(narrow.authors)}
        named = ", ".join(f"%(author{number})s" for number in range(len(narrow.authors)))
        where += f" AND r.author_id IN ({named or 'NULL'})"
    if narrow.since:
        where += " AND r.at >= %(since)s"
        facts["since"] = _midnight(narrow.since)
    if narrow.until:
        where += " AND r.at < %(until)s"
        facts["until"] = _midnight(narrow.until + dt.timedelta(days=1))
    return where, facts


def _midnight(day: dt.date) -> Any:
    """As the database keeps moments."""
    moment = timezone.make_aware(dt.datetime.combine(day, dt.time()), timezone.get_default_timezone())
    return connection.ops.adapt_datetimefield_value(moment)


def _hits(member: Member, ids: list[int], words: str) -> list[Hit]:
    """Each with its thing, as far as the thing itself is visible; its own rule has the last word."""
    records = Record.objects.select_related("group", "author").in_bulk(ids)
    seen = things.seen_by(member, [record.name for record in records.values()], in_sight=True)
    sql = SHOW[connection.vendor].format(ids=", ".join(str(int(pk)) for pk in ids))
    facts = {"words": words, "from": FROM, "to": TO, "title_marks": f"{MARKS},HighlightAll=true"}
    facts["marks"] = f"{MARKS},MaxFragments=2,MaxWords=25,MinWords=10"
    marked = {pk: (_parts(title), _parts(text)) for pk, title, text in rows(sql, facts)}
    found = [records[pk] for pk in ids if pk in records and pk in marked]
    return [Hit(seen[one.name], one, *marked[one.pk]) for one in found if one.name in seen]


def _parts(marked: str) -> list[tuple[str, bool]]:
    return [(part, is_it) for part, is_it in zip(re.split(f"[{FROM}{TO}]", marked), cycle([False, True])) if part]
