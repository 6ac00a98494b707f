"""What somebody looks for: words and phrases, and what to leave out."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from dataclasses import dataclass

LONGEST = 200  # characters of a question
MOST_WORDS = 12
QUOTED = re.compile(r'"([^"]*)"|([^"]+)')
WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True)
class Kind:
    """What can be looked for alone: things of one model, only the wholes or only the parts where it has both."""

    model: str
    where: str = ""


KINDS = {
    "discussions": Kind("threads.post", "AND r.is_part IS NULL"),
    "replies": Kind("threads.post", "AND r.is_part IS NOT NULL"),
    "documents": Kind("documents.document"),
    "messages": Kind("chat.message"),
}


@dataclass(frozen=True)
class Narrow:
    """What to look through: all, or one kind, one group, somebody's, a time. `newest`: not the best match first."""

    kind: str = ""
    group: str = ""
    authors: tuple[int, ...] | None = None
    since: dt.date | None = None
    until: dt.date | None = None
    newest: bool = False


@dataclass(frozen=True)
class Term:
    """A word, or several that stand one after the other. `goes_on`: its last word may be the beginning of one."""

    words: tuple[str, ...]
    goes_on: bool = False

    def sqlite(self) -> str:
        return f'"{" ".join(self.words)}"{"*" if self.goes_on else ""}'

    def postgresql(self, weight: str = "") -> str:
        ends = [f":{weight}"] * len(self.words) if weight else [""] * len(self.words)
        if self.goes_on:
            ends[-1] = f":*{weight}"
        words = [f"'{_bare(word)}'{end}" for word, end in zip(self.words, ends, strict=True)]
        return f"({' <-> '.join(words)})"


def terms(question: str) -> list[Term]:
    """The words of a question, and its phrases in quotes. No sign in it is an operator; the last word may go on."""
    text = unicodedata.normalize("NFC", question[:LONGEST]).translate({ord(sign): '"' for sign in "“”„«»"})
    found: list[Term] = []
    left = MOST_WORDS
    for phrase, loose in QUOTED.findall(text):
        words = WORD.findall(phrase or loose)[:left]
        left -= len(words)
        found += [Term(tuple(words))] if phrase and words else [Term((word,)) for word in words]
    ends_open = found and not text.rstrip().endswith('"')
    return [*found[:-1], Term(found[-1].words, goes_on=True)] if ends_open else found


def _bare(word: str) -> str:
    """Without accents, as PostgreSQL's index has the letters; FTS5 takes them off by itself."""
    return "".join(c for c in unicodedata.normalize("NFD", word.lower()) if not unicodedata.combining(c))
