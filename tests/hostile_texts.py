"""Texts made to be slow or deep, each as long as we take. Used by the tests and by the bench."""

from itertools import combinations

from community.richtext import MAX_LENGTH
from community.richtext.blocks import Blocks
from community.richtext.draft import Draft, TooComplex
from community.richtext.source import tidy

UNITS = {
    "brackets": "[",
    "brackets closed": "[a]",
    "links open": "[a](",
    "links": "[a](b)",
    "pictures": "![",
    "links in links": "[[a](b)",
    "link titles": '[a](b "',
    "angle": "<a",
    "angle mail": "<a@",
    "many at": "<@@",
    "cdata": "<![CDATA[",
    "comments": "<!--",
    "tags": "<div>",
    "setext": "a\n=\n",
    "setext dash": "a\n--\n",
    "atx": "# a\n",
    "hashes": "#",
    "lines": "a\n",
    "blanks": "a\n\n",
    "newlines": "\n",
    "stars": "*",
    "star a": "*a",
    "star a star": "*a* ",
    "triple": "***a",
    "triple mixed": "***a* b** ",
    "underscore": "_a_ ",
    "alternate": "*_",
    "alternate words": "*a _b ",
    "strike": "~~a~~ ",
    "tildes": "~",
    "strike open": "~~a ",
    "rule of three": "*a**b*c**",
    "ticks": "`",
    "tick a": "`a",
    "code": "`a` ",
    "ticks two": "``a`",
    "escapes": "\\*",
    "backslash": "\\",
    "entities": "&amp;",
    "entities numeric": "&#8238;",
    "amp": "&",
    "items": "- a\n",
    "items same line": "- ",
    "numbers same line": "1. ",
    "loose items": "- a\n\n",
    "item kinds": "- a\n1. a\n",
    "empty items": "-\n",
    "quotes": ">",
    "quotes spaced": "> ",
    "quote lines": "> a\n",
    "quote reply": "> a\n\nb\n\n",
    "quote items": "> - ",
    "quote then items": "> - a\n",
    "table row": "|a",
    "pipes": "|",
    "mentions": "@ab ",
    "ats": "@",
    "mails": "a@b.co ",
    "urls": "https://a.bc/d ",
    "url long": "https://a.bc/(",
    "www": "www.a.bc ",
    "url parens": ")",
    "dots": "a.",
    "references": "[a]: b\n",
    "references used": "[a]: b\n\n[a]\n\n",
    "footnotes": "[^1]: a\n",
    "fences": "```\n",
    "fences closed": "```\na\n```\n",
    "fence long": "`````",
    "indented": "    a\n\n",
    "rules": "---\n",
    "rule run": "- - ",
    "tabs": "\t",
    "spaces": " ",
    "spaces a": "  a",
    "tab lines": "\ta\n",
    "zero width": "\u200b",
    "rlo": "\u202e",
    "hyphens": "@a-",
    "surrogates": "\ud800",
    "nul": "\x00",
    "placeholder": "\x02klzzwxh:0000\x03",
    "stx mark": "\x02code\x030\n\n",
    "abbr": "*[A]: a\n",
    "task": "- [ ] a\n",
    "angle url": "<https://a>",
    "nested emphasis": "*a _b ~~c ",
    "domain label": "[a.bc](https://d.ef)",
    "cr": "\r",
    "unicode": "😀",
    "punycode": "https://é.bc ",
    "idn": "https://éü",
    "colon": "https:",
}


def families() -> dict[str, str]:
    """Every family by name."""
    texts = {name: (unit * MAX_LENGTH)[:MAX_LENGTH] for name, unit in UNITS.items()}
    texts |= {f"{name}, just formatted": fewer(unit) for name, unit in UNITS.items()}
    texts["escapes in wide text"] = ("\\*😀" * MAX_LENGTH)[:MAX_LENGTH]
    texts["ticks of every length"] = " ".join("`" * n for n in range(1, 199))[:MAX_LENGTH]
    texts["ticks of every length, falling"] = " ".join("`" * n for n in range(198, 0, -1))[:MAX_LENGTH]
    texts["brackets closed at the end"] = "[" * (MAX_LENGTH // 2) + "]" * (MAX_LENGTH // 2)
    texts["one triple, then stars"] = "***a" + " b*" * 6000
    texts["wide table"] = "|a" * 500 + "\n" + "|-" * 500 + "\n" + "|\n" * 9000
    texts["table within the cells"] = "|a|b|\n|-|-|\n" + "|*a*|`b`|\n" * 190
    texts["nested by indentation"] = "".join("  " * n + "- a\n" for n in range(180))[:MAX_LENGTH]
    texts["nested by four"] = "".join("    " * n + "- a\n" for n in range(95))[:MAX_LENGTH]
    texts["saw of nesting"] = "".join("  " * (n % 9) + "- a\n" for n in range(1400))[:MAX_LENGTH]
    texts["quoted code"] = "> ```\n" + "> a\n" * 4000
    texts["one word"] = "a" * MAX_LENGTH
    texts["heading with spaces"] = "# a" + " " * 19000 + "b"
    texts["line with spaces"] = "a" + " " * 19000 + "b"
    texts["item with spaces"] = "- a" + " " * 19000 + "b"
    texts["url with brackets"] = "https://" + "(" * 9000 + ")" * 9000
    texts["url with full stops"] = "https://a" + "." * 19000
    texts["one host"] = "https://" + "a." * 9000
    texts["label of dots"] = "[" + "a." * 9000 + "](https://b.cd)"
    texts["loose items of two lines"] = "- a\n\n  b\n\n" * 1700
    texts["references then uses"] = "[a]: b\n" * 1000 + "\n" + "[a] " * 3000
    texts["quotes in items"] = "- a\n\n  > b\n\n" * 1500
    texts["code in items"] = "- a\n\n  ```\n  b\n  ```\n\n" * 800
    return {name: text[:MAX_LENGTH] for name, text in texts.items()}


def fewer(unit: str) -> str:
    """The unit as often as it is still formatted, with letters between to fill the length."""
    least, most = 1, MAX_LENGTH // len(unit)
    while least < most:
        times = (least + most + 1) // 2
        if is_formatted(spread(unit, times)):
            least = times
        else:
            most = times - 1
    return spread(unit, least)


def is_formatted(text: str) -> bool:
    draft = Draft()
    draft.text = "\n".join(Blocks(draft).read(tidy(text).split("\n")))
    try:
        draft.check()
    except TooComplex:
        return False
    return True


def spread(unit: str, times: int) -> str:
    return (unit + "w" * ((MAX_LENGTH - times * len(unit)) // times)) * times


def pairs() -> dict[str, str]:
    """Two families mixed, for what only shows in company."""
    mixed = {f"{a} + {b}": UNITS[a] + UNITS[b] for a, b in combinations(UNITS, 2)}
    whole = {name: (unit * MAX_LENGTH)[:MAX_LENGTH] for name, unit in mixed.items()}
    return whole | {f"{name}, spread": spread(unit, 400) for name, unit in mixed.items()}
