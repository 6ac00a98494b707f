"""Markdown as people paste it, rewritten in one pass into the few shapes our parser is asked to read.

Every block ends up alone between blank lines, lists are indented by four, code is set aside, and nothing nests
deeper than `DEEPEST`. So no parser rule can meet a shape that would be slow or deep.
"""

import re
from typing import NamedTuple

from community.richtext.draft import Draft, mark

DEEPEST = 5
LOWEST_HEADING = 6
DEMOTED_BY = 2

ITEM = re.compile(r"(?:[*+-]|(?P<number>\d{1,9})[.)])(?: +(?P<content>.*)|$)")
TASK = re.compile(r"\[([ xX])\] +")
FENCE = re.compile(r"`{3,}(?=[^`]*$)|~{3,}")
REFERENCE = re.compile(r"""\[([^\[\]^][^\[\]]{0,200})\]: *<?([^\s<>]{1,2000})>?(?: +["'(]([^"()]{0,300})["')])?$""")
HEADING = re.compile(r"#{1,6}(?= |$)")


class Line(NamedTuple):
    indent: int
    text: str


class Item(NamedTuple):
    indent: int
    content: int
    ordered: bool


class Blocks:
    """One container, the text itself or the inside of a quotation, read line by line."""

    def __init__(self, draft: Draft, depth: int = 0) -> None:
        self.draft = draft
        self.depth = depth
        self.at = 0
        self.out: list[str] = []
        self.items: list[Item] = []
        self.last = ""  # what the last line written was: "" (blank), text, item or block
        self.text_lines = 0

    def read(self, lines: list[str]) -> list[str]:
        """The lines of this container, rewritten."""
        self.raw = lines
        self.lines = [Line(len(line) - len(line.lstrip(" ")), line.strip()) for line in lines]
        heavy = () if self.draft.is_light else (self.underline, self.rule, self.heading, self.table)
        readers = (self.blank, self.indented, self.fence, *heavy, self.quote, self.item, self.reference, self.paragraph)
        while self.at < len(lines):
            line = self.lines[self.at]
            any(reader(line) for reader in readers)
        while self.out and not self.out[-1]:
            self.out.pop()
        return self.out

    # Each reader takes the lines it knows and says whether it did.

    def blank(self, line: Line) -> bool:
        if line.text:
            return False
        self.out.append("")
        self.last = ""
        self.at += 1
        return True

    def indented(self, line: Line) -> bool:
        """Code, by four columns more than the text around it, after a blank line."""
        if self.last not in ("", "block") or line.indent < 4:
            return False
        self.leave(line.indent)
        start = 4 + (self.items[-1].content if self.items else 0)
        if line.indent < start:
            return False
        end = self.at
        while end < len(self.lines) and (self.lines[end].indent >= start or not self.lines[end].text):
            end += 1
        while not self.lines[end - 1].text:
            end -= 1
        self.write_block([self.draft.keep_code([row[start:] for row in self.raw[self.at : end]])])
        self.at = end
        return True

    def fence(self, line: Line) -> bool:
        opening = FENCE.match(line.text)
        if not opening:
            return False
        fence, end = opening.group(), self.at + 1
        while end < len(self.lines) and not closes(self.lines[end].text, fence):
            end += 1
        self.leave(line.indent)
        code = [row[min(line.indent, len(row) - len(row.lstrip(" "))) :] for row in self.raw[self.at + 1 : end]]
        self.write_block([self.draft.keep_code(code)])
        self.at = end + 1
        return True

    def underline(self, line: Line) -> bool:
        """A heading written as one line of text with a line of = or - under it."""
        is_line = len(line.text) > 1 and set(line.text) in ({"="}, {"-"})
        if not is_line or self.last != "text" or self.text_lines != 1 or self.items:
            return False
        self.write_block([heading(1 if line.text[0] == "=" else 2, self.out.pop())])
        self.at += 1
        return True

    def rule(self, line: Line) -> bool:
        compact = line.text.replace(" ", "")
        if len(compact) < 3 or set(compact) not in ({"-"}, {"*"}, {"_"}):
            return False
        self.leave(line.indent)
        self.write_block([mark("hr")])
        self.at += 1
        return True

    def heading(self, line: Line) -> bool:
        hashes = HEADING.match(line.text)
        if not hashes:
            return False
        self.leave(line.indent)
        text = line.text[hashes.end() :].strip()
        bare = text.rstrip("#")
        self.write_block([heading(hashes.end(), bare.rstrip() if not bare or bare.endswith(" ") else text)])
        self.at += 1
        return True

    def quote(self, line: Line) -> bool:
        """Consecutive lines that begin with >. What follows without one is the writer's own words again."""
        if not line.text.startswith(">"):
            return False
        inner = []
        while self.at < len(self.lines) and self.lines[self.at].text.startswith(">"):
            text = self.lines[self.at].text
            inner.append(text[1:].removeprefix(" ") if self.depth < DEEPEST else text.replace(">", " ").strip())
            self.at += 1
        self.leave(line.indent)
        self.write_block(["> " + row for row in Blocks(self.draft, self.depth + 1).read(inner)])
        return True

    def item(self, line: Line) -> bool:
        item = ITEM.match(line.text)
        number, content = (item["number"], item["content"] or "") if item else (None, "")
        interrupts = self.last == "text" and not self.items
        if not item or (interrupts and (line.indent > 3 or not content or number not in (None, "1"))):
            return False
        before = len(self.items)
        left = self.leave(line.indent)
        while len(self.items) >= DEEPEST:
            left = self.items.pop()
        not left and len(self.items) == before
        same_list = left is None or left.ordered == bool(number)
        if not (self.last == "item" or (self.last == "text" and before)) or not same_list:
            self.gap()
        indent = "    " * len(self.items)
        inside = line.indent + len(line.text) - len(content) if content else line.indent + 2
        self.items.append(Item(line.indent, inside, bool(number)))
        self.at += 1
        if FENCE.match(content) or content.startswith(">"):
            self.at -= 1
            self.lines[self.at], content = Line(inside, content), ""
        self.put("item", f"{indent}{number + '.' if number else '-'} {task(flat(content))}")
        return True

    def reference(self, line: Line) -> bool:
        """`[name]: address`, which is shown nowhere."""
        found = self.last != "text" and line.text.startswith("[") and REFERENCE.match(line.text)
        if not found:
            return False
        self.draft.references.setdefault(found[1].strip().lower(), (found[2], found[3] or ""))
        self.at += 1
        return True

    def table(self, line: Line) -> bool:
        after = self.lines[self.at + 1].text if self.at + 1 < len(self.lines) else ""
        if "|" not in line.text or "|" not in after or not set(after) <= set("|:- "):
            return False
        start = self.at
        while self.at < len(self.lines) and "|" in self.lines[self.at].text:
            self.at += 1
        self.draft.cells += (line.text.count("|") + 1) * (self.at - start)
        self.leave(line.indent)
        self.write_block([row.text for row in self.lines[start : self.at]])
        return True

    def paragraph(self, line: Line) -> bool:
        if self.last not in ("text", "item"):
            self.leave(line.indent)
            self.gap()
        self.put("text", "    " * len(self.items) + line.text)
        self.at += 1
        return True

    # Writing.

    def leave(self, indent: int) -> Item | None:
        """Leave the list items that a line indented so far is not part of; the last one left, if any."""
        left = None
        while self.items and indent < self.items[-1].indent + 2:
            left = self.items.pop()
        return left

    def gap(self) -> None:
        if self.out and self.out[-1]:
            self.out.append("")

    def put(self, kind: str, text: str) -> None:
        self.text_lines = self.text_lines + 1 if kind == self.last else 1
        self.out.append(text)
        self.last = kind

    def write_block(self, lines: list[str]) -> None:
        """Lines that stand alone."""
        self.gap()
        for line in lines:
            self.put("block", "    " * len(self.items) + line)
        self.out.append("")


def closes(text: str, fence: str) -> bool:
    return len(text) >= len(fence) and set(text) == {fence[0]}


def heading(level: int, text: str) -> str:
    """A post stands under the page's title and its own, so its headings begin two lower."""
    return mark(f"h{min(level + DEMOTED_BY, LOWEST_HEADING)}", text)


def task(content: str) -> str:
    """The box of a task list, as a character: a picture of a list, not a form."""
    box = TASK.match(content)
    return f"{'☐' if box[1] == ' ' else '☑'} {content[box.end() :]}" if box else content


def flat(content: str) -> str:
    """An item's text that would open another list at once is only text."""
    nested = ITEM.match(content)
    if not nested:
        return content
    at = len(nested["number"] or "")
    return f"{content[:at]}\\{content[at:]}"
