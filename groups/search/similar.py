"""What is already there under a title like the one that somebody types. Permission is inside the query."""

from __future__ import annotations

import re
import unicodedata
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection

from community.members.models import Member
from groups.models import Group
from groups.search.rows import rows

LONGEST = 200  # characters of a title
MOST_WORDS = 10
SHORTEST = 4  # letters of a word that says what a title is about
LOOKED_AT = 200  # records: many posts may stand under one title

# Things under one title are one hit: the one that was recorded first.
SQL = {
    "sqlite": """
        SELECT min(thing_id), title FROM (
            SELECT r.thing_id, r.title, r.group_id, bm25(search_words, 1, 0) AS rank
            FROM search_words JOIN search_record r ON r.id = search_words.rowid
            WHERE search_words MATCH %(words)s AND r.thing_model = %(kind)s AND r.group_id IN ({groups})
            ORDER BY rank LIMIT %(limit)s) f
        GROUP BY group_id, title ORDER BY min(rank), min(thing_id) DESC""",
    "postgresql": """
        SELECT min(thing_id), title FROM (
            SELECT r.thing_id, r.title, r.group_id,
                   ts_rank(to_tsvector('english', r.title), to_tsquery('english', %(words)s)) AS rank
            FROM search_record r
            WHERE r.words @@ to_tsquery('english', %(marked)s) AND r.thing_model = %(kind)s AND r.group_id IN ({groups})
            ORDER BY rank DESC LIMIT %(limit)s) f
        GROUP BY group_id, title ORDER BY max(rank) DESC, min(thing_id) DESC""",
}


def similar(member: Member, kind: str, title: str, most: int) -> list[int]:
    """The numbers of things of that kind ("threads.post") whose titles share words with this one, likest first."""
    words = _words(title)
    if not words:
        return []
    found = _found(Group.objects.visible_to(member), kind, words)
    alike = [(pk, _shared(words, its_title)) for pk, its_title in found]
    return [pk for pk, shared in alike if shared * 3 >= len(words)][:most]


def _words(title: str) -> list[str]:
    """The longer words of a title, without accents, each once."""
    plain = unicodedata.normalize("NFD", title[:LONGEST].casefold())
    letters = "".join(char for char in plain if not unicodedata.combining(char))
    found = dict.fromkeys(word for word in re.findall(r"[^\W_]+", letters) if len(word) >= SHORTEST)
    return list(found)[:MOST_WORDS]


def _shared(words: list[str], title: str) -> int:
    """How many of the words the title has too, in whichever form: the first letters decide."""
    here = {word[:5] for word in _words(title)}
    return sum(word[:5] in here for word in words)


def _found(groups: Any, kind: str, words: list[str]) -> list[tuple[int, str]]:
    try:
        inside, numbers = groups.order_by().values("pk").query.sql_with_params()
    except EmptyResultSet:  # nothing may be seen
        return []
    named = {f"group{index}": value for index, value in enumerate(numbers)}
    sql = SQL[connection.vendor].format(groups=inside % tuple(f"%({name})s" for name in named))
    asked = {"kind": kind, "limit": LOOKED_AT, "words": " | ".join(f"'{word}'" for word in words), **named}
    asked["marked"] = " | ".join(f"'{word}':A" for word in words)
    if connection.vendor == "sqlite":
        asked["words"] = "title : (" + " OR ".join(f'"{word}"' for word in words) + ")"
    return rows(sql, asked)
