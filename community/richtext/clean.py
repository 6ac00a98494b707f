"""The boundary: one list of what HTML may be. bleach makes the text useful and tidy, nh3 has the last word."""

import re
from html import unescape
from typing import Any

import nh3
from bleach.linkifier import LinkifyFilter
from bleach.sanitizer import Cleaner

from community.richtext.furnish import Furnish, People
from community.richtext.links import EXTERNAL_REL, is_external, safe_url
from community.richtext.source import UNWANTED

# What Markdown can make.
WRITTEN: dict[str, set[str]] = {
    **{tag: set() for tag in ("p", "br", "hr", "h3", "h4", "h5", "h6", "blockquote", "pre", "code")},
    **{tag: set() for tag in ("em", "strong", "del", "ul", "li", "table", "thead", "tbody", "tr")},
    "ol": {"start"},
    "th": {"align"},
    "td": {"align"},
    "a": {"href", "title"},
    "img": {"src", "alt"},
}
# What only we add, after bleach has taken away everything else.
ADDED: dict[str, set[str]] = {
    "a": {"rel", "class", "data-member"},
    "span": {"class", "data-member"},
    "div": {"class", "tabindex"},
    "pre": {"tabindex"},
    "th": {"scope", "class"},
    "td": {"class"},
    "li": {"class"},
    "img": {"loading"},
}
ALLOWED = {tag: (WRITTEN.get(tag, set()) | ADDED.get(tag, set())) - {"align"} for tag in WRITTEN | ADDED}
VALUES = {
    "class": re.compile("mention|table-scroll|task|right|centre"),
    "data-member": re.compile("[0-9]{1,20}"),
    "start": re.compile("[0-9]{1,9}"),
    "align": re.compile("left|right|center"),
    "tabindex": re.compile("0"),
    "scope": re.compile("col"),
    "loading": re.compile("lazy"),
    "rel": re.compile(EXTERNAL_REL),
}
SCHEMES = {"http", "https", "mailto"}
BARE_URL = re.compile(
    r"""(?<![\w@/.])(?:https?://|www\.)(?:[^\s<>"`|()]|\([^\s<>"`|()]*\)){1,2000}(?<![!?;:'*_~])""", re.IGNORECASE
)


def clean(html: str, people: People) -> str:
    """The only HTML we let out. `people` finds who is mentioned, and remembers whom it found."""
    cleaner = Cleaner(tags=set(WRITTEN), attributes=is_wanted, protocols=SCHEMES, strip=True)
    cleaner.filters = [
        lambda source: LinkifyFilter(source, callbacks=[lead], skip_tags={"pre", "code"}, url_re=BARE_URL),
        lambda source: Furnish(source, people),
    ]
    html = nh3.clean(
        cleaner.clean(html),
        tags=set(ALLOWED),
        attributes=ALLOWED,
        attribute_filter=final_value,
        link_rel=None,
        url_schemes=SCHEMES,
    )
    return html.translate(UNWANTED).strip()


def text_of(html: str) -> str:
    """The words of clean HTML, one block to a line."""
    return unescape(nh3.clean(BLOCK_END.sub("\n", html), tags=set()))


BLOCK_END = re.compile("<br>|</(?:p|li|h[3-6]|pre|th|td|div|blockquote)>")


def is_wanted(tag: str, name: str, value: str) -> bool:
    """bleach asks: may this attribute stay?"""
    if name in ("href", "src"):
        return safe_url(unescape(value)) is not None
    return name in WRITTEN.get(tag, ()) and (name not in VALUES or VALUES[name].fullmatch(value) is not None)


def lead(attrs: dict[Any, str], new: bool = False) -> dict[Any, str] | None:
    """bleach asks: where may this link lead? One without a safe address loses it, and `Furnish` leaves its text."""
    written = attrs.pop((None, "href"), "")
    url = safe_url(attrs["_text"] if new else unescape(written))
    if url is None:
        return None if new else attrs
    attrs[None, "href"] = url
    if is_external(url):
        attrs[None, "rel"] = EXTERNAL_REL
    return attrs


def final_value(tag: str, name: str, value: str) -> str | None:
    """nh3 asks: what may the value of this attribute be?"""
    if name in ("href", "src"):
        url = safe_url(value)
        return None if url is None or (name == "src" and not url.startswith("/")) else url
    return value if name not in VALUES or VALUES[name].fullmatch(value) else None
