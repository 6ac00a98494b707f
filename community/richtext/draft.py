"""A text made ready for the parser: its blocks set apart, its code set aside, its price reckoned."""

import re
from dataclasses import dataclass, field

STX, ETX = "\x02", "\x03"

# What each thing costs to render, in microseconds, rounded up from `tests/bench/richtext.py` on a slow core.
# Re-measure after an upgrade of a library. A text over BUDGET is shown as it was written.
BUDGET = 70_000
PRICES = {
    "block": 100,
    "line": 70,
    "link": 70,
    "address": 70,
    "mention": 60,
    "both": 80,
    "emphasis": 40,
    "code": 35,
    "sign": 20,
    "escape": 25,
}
PRICED = re.compile(
    r"(?P<block>\n{2,})|(?P<line>\n)|(?P<link>!?\[(?:[^\[\]\n*_~`<>&@\\.:]{0,200}\]\(<?https?:)?)"
    r"|(?P<address>https?:|www\.)|(?P<mention>@)"
    r"|(?P<both>\*{3,}|_{3,})|(?P<emphasis>\*+|_+|~+)|(?P<code>`+)|(?P<sign>[<>&])|(?P<escape>\\.)"
)
SIGNS = re.compile("[<>&]")
CELL_PRICE = 60


class TooComplex(ValueError):
    """The text asks for more formatting than one text may have; it is shown as it was written instead."""


@dataclass
class Draft:
    """What the parser is given. People cannot type STX (`source.tidy` takes it away), so only we make marked blocks."""

    is_light: bool = False
    text: str = ""
    codes: list[str] = field(default_factory=list)
    references: dict[str, tuple[str, str]] = field(default_factory=dict)
    cells: int = 0

    def keep_code(self, lines: list[str]) -> str:
        """Set code aside, and give the block that stands for it."""
        self.codes.append("\n".join(lines))
        return mark("code", str(len(self.codes) - 1))

    def check(self) -> None:
        """Refuse what could take longer than we promise."""
        price = self.cells * CELL_PRICE + PRICES["sign"] * sum(len(SIGNS.findall(code)) for code in self.codes)
        price += sum(PRICES[found.lastgroup or ""] for found in PRICED.finditer(self.text))
        if price > BUDGET:
            raise TooComplex


def mark(name: str, text: str = "") -> str:
    """A block whose kind is already decided."""
    return f"{STX}{name}{ETX}{text}"
