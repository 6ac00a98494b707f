"""A reader that knows only the HTML we mean to send, written without a look at the code that makes it."""

import re
from html import unescape

TAGS = {
    "p",
    "br",
    "hr",
    "h3",
    "h4",
    "h5",
    "h6",
    "blockquote",
    "pre",
    "code",
    "em",
    "strong",
    "del",
    "ul",
    "ol",
    "li",
    "table",
    "thead",
    "tbody",
    "tr",
    "th",
    "td",
    "a",
    "img",
    "span",
    "div",
}
VOID = {"br", "hr", "img"}
NEVER_TWICE = {"a", "p", "pre", "table", "h3", "h4", "h5", "h6"}
WEB = r"https?://[\x21-\x7e]+"
HREF = re.compile(rf"{WEB}|mailto:[^\s@]+@[^\s@]+|/(?![/\\]).*|/|\#.*", re.DOTALL)
VALUES = {
    ("a", "href"): HREF,
    ("a", "title"): re.compile(".*", re.DOTALL),
    ("a", "rel"): re.compile("nofollow ugc noopener"),
    ("a", "class"): re.compile("mention"),
    ("a", "data-member"): re.compile("[0-9]+"),
    ("span", "class"): re.compile("mention"),
    ("span", "data-member"): re.compile("[0-9]+"),
    ("img", "src"): re.compile(r"/(?![/\\]).*|/", re.DOTALL),
    ("img", "alt"): re.compile(".*", re.DOTALL),
    ("img", "loading"): re.compile("lazy"),
    ("ol", "start"): re.compile("[0-9]+"),
    ("div", "class"): re.compile("table-scroll"),
    ("div", "tabindex"): re.compile("0"),
    ("pre", "tabindex"): re.compile("0"),
    ("pre", "class"): re.compile("as-written"),
    ("th", "scope"): re.compile("col"),
    ("th", "class"): re.compile("right|centre"),
    ("td", "class"): re.compile("right|centre"),
    ("li", "class"): re.compile("task"),
}
PIECE = re.compile(r"""<(?P<end>/)?(?P<tag>[a-z][a-z0-9]*)(?P<attrs>(?: [a-z-]+="[^"]*")*)>|(?P<text>[^<>]+)""")
ATTRIBUTE = re.compile(r' ([a-z-]+)="([^"]*)"')
TEXT = re.compile(r"(?:[^&]|&(?:amp|lt|gt|quot|nbsp|#39|#x27);)*")
BARRED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]")


def check(html: str) -> None:
    """Fail unless every character of it belongs to HTML we mean to send."""
    assert not BARRED.search(html), "a control character got through"
    at, open_tags = 0, []
    while at < len(html):
        piece = PIECE.match(html, at)
        assert piece, f"neither a known element nor text: {html[at : at + 80]!r}"
        at = piece.end()
        if piece["text"]:
            assert TEXT.fullmatch(piece["text"]), f"a bare ampersand: {piece['text'][:80]!r}"
        elif piece["end"]:
            assert open_tags and open_tags.pop() == piece["tag"], f"ends what is not open: {piece.group()}"
        else:
            check_opening(piece["tag"], piece["attrs"], open_tags)
    assert not open_tags, f"left open: {open_tags}"


def check_opening(tag: str, attrs: str, open_tags: list[str]) -> None:
    assert tag in TAGS, f"an element we do not send: {tag}"
    assert tag not in NEVER_TWICE or tag not in open_tags, f"{tag} inside {tag}"
    names = [name for name, _ in ATTRIBUTE.findall(attrs)]
    assert len(names) == len(set(names)), f"an attribute twice: {attrs}"
    for name, value in ATTRIBUTE.findall(attrs):
        allowed = VALUES.get((tag, name))
        assert allowed and allowed.fullmatch(unescape(value)), f"not a value we send: {tag} {name}={value[:80]!r}"
    if tag not in VOID:
        open_tags.append(tag)
