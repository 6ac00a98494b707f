"""Finding: the same question to SQLite's FTS5 or to PostgreSQL's full text. Permission is inside the query."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from itertools import cycle
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.utils.text import capfirst

from community import things
from community.members.models import Member
from groups.models import Group
from groups.search.models import FROM, TO, Record

LONGEST = 200  # characters of a question
MOST_WORDS = 12
PAGE = 20
MOST_PAGES = 10  # whoever has not found it among 200 asks more precisely

SQL = {
    "sqlite": """
        SELECT r.id, snippet(search_words, 1, %(from)s, %(to)s, '…', 30)
        FROM search_words JOIN search_record r ON r.id = search_words.rowid
        WHERE search_words MATCH %(words)s AND r.group_id IN ({groups})
        ORDER BY bm25(search_words, 8, 1), r.id DESC LIMIT %(limit)s OFFSET %(offset)s""",
    "postgresql": """
        SELECT f.id, ts_headline('english', f.text, to_tsquery('english', %(words)s), %(marks)s)
        FROM (SELECT r.id, r.text, ts_rank(r.words, to_tsquery('english', %(words)s)) AS rank FROM search_record r
              WHERE r.words @@ to_tsquery('english', %(words)s) AND r.group_id IN ({groups})
              ORDER BY rank DESC, r.id DESC LIMIT %(limit)s OFFSET %(offset)s) f
        ORDER BY f.rank DESC, f.id DESC""",
}


@dataclass(frozen=True)
class Hit:
    """Something found: the thing, its record, and its text in parts, each with whether it is what was looked for."""

    thing: Any
    record: Record
    parts: list[tuple[str, bool]]

    @property
    def kind(self) -> str:
        """What it is, in a word: "Post", "Document"."""
        return capfirst(str(self.thing._meta.verbose_name))


@dataclass(frozen=True)
class Page:
    """One page of hits, best first; `number` of the next page if there is one."""

    hits: list[Hit]
    next: int | None


def find(member: Member, question: str, group: str = "", page: int = 1) -> Page:
    """What the member may read that holds all the words; of one group, if its slug is given."""
    words = _words(question)
    groups = Group.objects.visible_to(member)
    if group:
        groups = groups.filter(slug=group)
    rows = _rows(words, groups, page) if words else []
    return Page(_hits(member, rows[:PAGE]), page + 1 if len(rows) > PAGE and page < MOST_PAGES else None)


def _words(question: str) -> str:
    """The words of the question, quoted one by one so that no sign in them is an operator; the last may go on."""
    found = re.findall(r"[^\W_]+", unicodedata.normalize("NFC", question[:LONGEST]))[:MOST_WORDS]
    if not found:
        return ""
    if connection.vendor == "sqlite":
        return " ".join(f'"{word}"' for word in found) + "*"
    return " & ".join(f"'{_bare(word)}'" for word in found) + ":*"


def _bare(word: str) -> str:
    """Without accents, as PostgreSQL's index has the letters; FTS5 takes them off by itself."""
    return "".join(c for c in unicodedata.normalize("NFD", word.lower()) if not unicodedata.combining(c))


def _rows(words: str, groups: Any, page: int) -> list[tuple[int, str]]:
    try:
        inside, numbers = groups.order_by().values("pk").query.sql_with_params()
    except EmptyResultSet:  # nothing may be seen
        return []
    named = {f"group{index}": value for index, value in enumerate(numbers)}
    sql = SQL[connection.vendor].format(groups=inside % tuple(f"%({name})s" for name in named))
    asked = {"words": words, "from": FROM, "to": TO, "limit": PAGE + 1, "offset": (page - 1) * PAGE, **named}
    asked["marks"] = f'StartSel="{FROM}",StopSel="{TO}",MaxFragments=2,MaxWords=25,MinWords=10'
    with connection.cursor() as cursor:
        cursor.execute(sql, asked)
        return list(cursor.fetchall())


def _hits(member: Member, rows: list[tuple[int, str]]) -> list[Hit]:
    """Each with its thing, as far as the thing itself is visible; its own rule has the last word."""
    records = Record.objects.select_related("group").in_bulk([pk for pk, _snippet in rows])
    seen = things.seen_by(member, [record.name for record in records.values()])
    found = [(records[pk], snippet) for pk, snippet in rows if pk in records]
    return [Hit(seen[record.name], record, _parts(text)) for record, text in found if record.name in seen]


def _parts(snippet: str) -> list[tuple[str, bool]]:
    return [(part, marked) for part, marked in zip(re.split(f"[{FROM}{TO}]", snippet), cycle([False, True])) if part]
