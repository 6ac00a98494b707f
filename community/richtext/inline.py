"""Links, pictures and code in a line: the parser's own rules, each in time that grows with the text and no faster."""

import re
from xml.etree.ElementTree import Element

from markdown import Markdown, util
from markdown.inlinepatterns import BacktickInlineProcessor, InlineProcessor

DEEPEST_BRACKETS = 6

LINK = r"!?\["
ANGLE = r"<([A-Za-z][A-Za-z0-9+.-]{1,20}:[^\s<>]{1,2000}|[^\s<>@]{1,64}@[^\s<>@]{1,255})>"
BRACKET = re.compile(r"\\.|[\[\]]", re.DOTALL)
TARGET = re.compile(
    r"""\(\s{0,9}(?:<(?P<angle>[^<>\n]{0,2000})>|(?P<bare>(?:[^\s()<>]|\([^\s()<>]{0,200}\)){0,2000}))"""
    r"""(?:\s{1,9}(?P<quote>["'])(?P<title>[^"'\n]{0,300})(?P=quote))?\s{0,9}\)"""
)
NAME = re.compile(r"\[([^\[\]\n]{0,200})\]")
TICKS = re.compile("`+")


class Links(InlineProcessor):  # the library is untyped
    """`[text](address "title")`, `[text][name]`, `[name]`, and each with `!` before it for a picture."""

    ANCESTOR_EXCLUDES = ("a",)

    def __init__(self, md: Markdown, may_show_pictures: bool) -> None:
        super().__init__(LINK, md)
        self.may_show_pictures = may_show_pictures

    def handleMatch(self, m: re.Match[str], data: str) -> tuple[Element | None, int | None, int | None]:  # noqa: N802
        """The link that begins here, if one does, and where it begins and ends."""
        end = closing_bracket(data, m.end())
        target = self.target(data[m.end() : end], data, end + 1) if end is not None else None
        if target is None:
            return None, None, None
        href, title, after = target
        is_picture = m.group() != "[" and self.may_show_pictures
        link = element(is_picture, data[m.end() : end], self.unescape(href), self.unescape(title))
        return link, m.start(), after

    def target(self, text: str, data: str, at: int) -> tuple[str, str, int] | None:
        """Where the link goes, its title, and where the text goes on."""
        direct = TARGET.match(data, at)
        if direct:
            return direct["angle"] or direct["bare"] or "", direct["title"] or "", direct.end()
        named = NAME.match(data, at)
        found = self.md.references.get((named[1] if named and named[1] else text).strip().lower())
        return (*found, named.end() if named else at) if found else None


class Angles(InlineProcessor):  # the library is untyped
    """`<https://example.org>` and `<someone@example.org>`."""

    ANCESTOR_EXCLUDES = ("a",)

    def __init__(self, md: Markdown) -> None:
        super().__init__(ANGLE, md)

    def handleMatch(self, m: re.Match[str], data: str) -> tuple[Element, int, int]:  # noqa: N802
        """The address as a link."""
        address = self.unescape(m[1])
        link = Element("a", {"href": address if ":" in address else f"mailto:{address}"})
        link.text = util.AtomicString(address.removeprefix("mailto:"))
        return link, m.start(), m.end()


class Code(BacktickInlineProcessor):  # the library is untyped
    """Code between backticks; the closing run is looked for run by run, not letter by letter."""

    def find_code_spans(self, start: int, text: str) -> tuple[int, int | None]:
        """Where the code begins, and where it ends if it does."""
        opening = TICKS.match(text, start)
        assert opening
        for run in TICKS.finditer(text, opening.end()):
            if len(run.group()) == len(opening.group()):
                return opening.end(), run.start()
        return opening.end(), None


def element(is_picture: bool, text: str, href: str, title: str) -> Element:
    """A link; or a picture if it is one of ours, for a picture from elsewhere would tell its host who reads."""
    if is_picture and href.startswith("/"):
        return Element("img", {"src": href, "alt": text})
    link = Element("a", {"href": href})
    if title:
        link.set("title", title)
    link.text = text or href
    return link


def closing_bracket(data: str, start: int) -> int | None:
    """Where the bracket opened before `start` closes. Few may nest, so that each is looked at only a few times."""
    depth = 1
    for found in BRACKET.finditer(data, start):
        depth += {"[": 1, "]": -1}.get(found.group(), 0)
        if depth == 0:
            return found.start()
        if depth > DEEPEST_BRACKETS:
            return None
    return None
