"""What we add to a text that is already clean: mentions, the real name of a link, tables one can scroll."""

import re
from collections.abc import Callable, Iterator, Mapping
from html import unescape
from typing import Any, NamedTuple

from bleach.html5lib_shim import Filter

from community.richtext.links import real_name

MOST_MENTIONED = 50

Token = dict[str, Any]

MENTION = re.compile(r"(?<![\w@./+-])@([A-Za-z0-9]{1,64}(?:-[A-Za-z0-9]{1,64}){0,9})(?![\w@-]|\.\w)")
ALIGNED = {"right": "right", "center": "centre"}


class Mention(NamedTuple):
    """Somebody a text may name: their key, their name, and their page if they have one to open."""

    pk: int
    name: str
    url: str


class People:
    """Finds the people a text names, all at once, and remembers whom it found."""

    def __init__(self, resolve: Callable[[set[str]], Mapping[str, Mention]] | None) -> None:
        self.resolve = resolve
        self.known: Mapping[str, Mention] = {}
        self.mentioned: set[int] = set()

    def look_up(self, texts: list[str]) -> None:
        """Ask once for every handle in these texts, in small letters, up to `MOST_MENTIONED`."""
        handles = dict.fromkeys(found[1].lower() for text in texts for found in MENTION.finditer(text))
        if self.resolve and handles:
            self.known = self.resolve(set(list(handles)[:MOST_MENTIONED]))

    def tokens(self, text: str) -> Iterator[Token]:
        """The text, with those who are known as mentions."""
        end = 0
        for found in MENTION.finditer(text) if self.known else ():
            person = self.known.get(found[1].lower())
            if person:
                self.mentioned.add(person.pk)
                yield characters(text[end : found.start()])
                yield from mention_tokens(person, found.group())
                end = found.end()
        yield characters(text[end:])


class Furnish(Filter):  # the library is untyped
    """The last step inside bleach. It has the whole text before it, so that people are looked up once."""

    def __init__(self, source: Any, people: People) -> None:
        super().__init__(source)
        self.people = people
        self.shut = 0  # how many elements around us in which nobody is mentioned
        self.link: str | None = None
        self.link_text: list[str] = []

    def __iter__(self) -> Iterator[Token]:
        tokens = list(super().__iter__())
        self.people.look_up([token["data"] for token in tokens if token["type"] == "Characters"])
        for number, token in enumerate(tokens):
            if token["type"] == "StartTag":
                yield from self.opening(token, tokens[number + 1 : number + 3])
            elif token["type"] == "EndTag":
                yield from self.closing(token)
            elif token["type"] == "EmptyTag" and token["name"] == "img":
                yield from picture(token)
            else:
                yield from self.words(token)

    def opening(self, token: Token, following: list[Token]) -> Iterator[Token]:
        """An element begins."""
        name, attrs = token["name"], token["data"]
        align = attrs.pop((None, "align"), "")
        if name in ("a", "code", "pre"):
            self.shut += 1
        if name == "a":
            self.link, self.link_text = attrs.get((None, "href")), []
            if self.link is None:
                return
        elif name == "pre":
            attrs[None, "tabindex"] = "0"
        elif name == "th":
            attrs[None, "scope"] = "col"
        elif name == "li" and is_task(following):
            attrs[None, "class"] = "task"
        elif name == "table":
            yield start("div", {"class": "table-scroll", "tabindex": "0"})
        if align in ALIGNED:
            attrs[None, "class"] = ALIGNED[align]
        yield token

    def closing(self, token: Token) -> Iterator[Token]:
        """An element ends."""
        if token["name"] in ("a", "code", "pre"):
            self.shut -= 1
        if token["name"] == "a":
            if self.link is None:
                return
            shown = real_name("".join(self.link_text), self.link)
            if shown:
                yield characters(f" ({shown})")
            self.link = None
        yield token
        if token["name"] == "table":
            yield end("div")

    def words(self, token: Token) -> Iterator[Token]:
        """Text, an entity or a line break."""
        if self.link is not None:
            self.link_text.append(
                unescape(f"&{token['name']};") if token["type"] == "Entity" else token.get("data") or " "
            )
        if token["type"] == "Characters" and not self.shut:
            yield from self.people.tokens(token["data"])
        else:
            yield token


def picture(token: Token) -> Iterator[Token]:
    """A picture of ours, or what it would have shown."""
    attrs = token["data"]
    if (None, "src") in attrs:
        attrs[None, "loading"] = "lazy"
        yield token
    else:
        yield characters(unescape(attrs.get((None, "alt"), "")))


def mention_tokens(person: Mention, text: str) -> list[Token]:
    """A mention as an element."""
    attrs = {"class": "mention", "data-member": str(person.pk)}
    if person.url:
        attrs["href"] = person.url
    name = "a" if person.url else "span"
    return [start(name, attrs), characters(text), end(name)]


def is_task(following: list[Token]) -> bool:
    words = next((token["data"] for token in following if token["type"] == "Characters"), "")
    return words.lstrip().startswith(("☐ ", "☑ "))


def start(name: str, attrs: dict[str, str]) -> Token:
    return {"type": "StartTag", "name": name, "data": {(None, key): value for key, value in attrs.items()}}


def end(name: str) -> Token:
    return {"type": "EndTag", "name": name}


def characters(text: str) -> Token:
    return {"type": "Characters", "data": text}
