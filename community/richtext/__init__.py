"""Rich text: Markdown in, clean HTML out. The only maker of trusted HTML.

Lives here: reading what people wrote, turning it into HTML, mentions, excerpts, the words for search.
May use: the Markdown and cleaning libraries, and from Django `mark_safe`, here and nowhere else.
Never: reads the database (who is mentioned is asked of the caller), fetches anything, keeps anything.

A text passes `source` (made harmless to read), `blocks` (rewritten into few shapes), `parser` (HTML) and `clean`
(the one list of what HTML may be). Whoever stores the HTML stores `VERSION` beside it and renders again when it grows.
"""

from collections.abc import Callable, Mapping
from html import escape
from typing import NamedTuple

from django.utils.safestring import SafeString, mark_safe

from community.richtext.blocks import Blocks
from community.richtext.clean import clean, text_of
from community.richtext.draft import Draft, TooComplex
from community.richtext.furnish import Mention, People
from community.richtext.parser import to_html
from community.richtext.source import MAX_LENGTH, TooLong, tidy

__all__ = ["MAX_LENGTH", "VERSION", "Mention", "Rendered", "TooLong", "excerpt", "light", "plain", "render", "tidy"]

VERSION = 1

Resolver = Callable[[set[str]], Mapping[str, Mention]]


class Rendered(NamedTuple):
    """Clean HTML and whom it mentions. `as_written`: it asked for too much formatting and is shown as plain text."""

    html: SafeString
    mentioned: set[int]
    as_written: bool = False


def render(source: str, people: Resolver | None = None) -> Rendered:
    """A post or a page. `people` is given the handles in small letters and returns those it knows by the same key.

    Raises `TooLong`, whose message is for the writer; takes any other text.
    """
    return rendered(source, people, Draft())


def light(source: str, people: Resolver | None = None) -> Rendered:
    """A chat message: the same, without headings, rules, tables and pictures."""
    return rendered(source, people, Draft(is_light=True))


def plain(source: str) -> str:
    """The words of a text, one block to a line, for the search index. Takes Markdown, or HTML that we made."""
    words = text_of(source if isinstance(source, SafeString) else render(source).html)
    return "\n".join(line.strip() for line in words.split("\n") if line.strip())


def excerpt(source: str, length: int = 160) -> str:
    """The beginning of a text as one line of words, at most `length` characters long. Takes what `plain` takes."""
    words = " ".join(plain(source if isinstance(source, SafeString) else source[:MAX_LENGTH]).split())
    if len(words) <= length:
        return words
    cut = words[: length - 1]
    at_word = cut.rpartition(" ")[0]
    return (at_word if len(at_word) > length // 2 else cut).rstrip(" ,;:.") + "…"


def rendered(source: str, resolver: Resolver | None, draft: Draft) -> Rendered:
    """The whole way from source to trusted HTML."""
    text = tidy(source)
    people = People(resolver)
    try:
        draft.text = "\n".join(Blocks(draft).read(text.split("\n"))).strip("\n")
        draft.check()
        html = clean(to_html(draft), people)
    except TooComplex:
        return Rendered(mark_safe(f'<pre class="as-written" tabindex="0">{escape(text)}</pre>'), set(), as_written=True)
    return Rendered(mark_safe(html), people.mentioned)
