"""Python-Markdown with everything taken out that we decide ourselves, and our own linear rules put in."""

import re
from xml.etree.ElementTree import Element, SubElement

from markdown import Markdown, util
from markdown.blockprocessors import BlockProcessor
from markdown.extensions.sane_lists import SaneListExtension
from markdown.extensions.tables import TableExtension
from markdown.inlinepatterns import BACKTICK_RE, SubstituteTagInlineProcessor

from community.richtext.draft import ETX, STX, Draft, TooComplex
from community.richtext.inline import Angles, Code, Links

MOST_ELEMENTS = 2_000

OURS = re.compile(f"{STX}(code|hr|h[3-6]){ETX}")
NOT_OURS_TO_PARSE = ("code", "hashheader", "setextheader", "hr", "reference")
NOT_OURS_TO_INLINE = ("reference", "link", "image_link", "image_reference", "short_reference", "short_image_ref",
                      "autolink", "automail", "linebreak", "html", "entity", "backtick")  # fmt: skip


def to_html(draft: Draft) -> str:
    """The HTML of a draft, not yet cleaned."""
    md = parser(draft)
    root = md.parser.parseDocument(draft.text.split("\n")).getroot()
    for processor in md.treeprocessors:
        changed = processor.run(root)
        root = root if changed is None else changed
    if sum(1 for _ in root.iter()) > MOST_ELEMENTS:
        raise TooComplex
    html: str = md.serializer(root).removeprefix("<div>").removesuffix("</div>").strip()
    for processor in md.postprocessors:
        html = processor.run(html)
    return html


def parser(draft: Draft) -> Markdown:
    """A parser for this draft alone: it keeps state, so it is never shared."""
    tables = [] if draft.is_light else [TableExtension(use_align_attribute=True)]
    md = Markdown(extensions=[SaneListExtension(), *tables])
    for name in NOT_OURS_TO_PARSE:
        md.parser.blockprocessors.deregister(name)
    for name in NOT_OURS_TO_INLINE:
        md.inlinePatterns.deregister(name)
    md.postprocessors.deregister("raw_html")
    md.parser.blockprocessors.register(DecidedBlock(md, draft), "decided", 200)
    md.inlinePatterns.register(Code(BACKTICK_RE), "backtick", 190)
    md.inlinePatterns.register(Angles(md), "angles", 170)
    md.inlinePatterns.register(Links(md, may_show_pictures=not draft.is_light), "links", 160)
    md.inlinePatterns.register(SubstituteTagInlineProcessor(r"\n", "br"), "line", 100)
    md.delimiters.add("~", "del", double=True)
    md.references.update(draft.references)
    return md


class DecidedBlock(BlockProcessor):  # the library is untyped
    """Code, headings and rules, whose kind was decided when the draft was made."""

    def __init__(self, md: Markdown, draft: Draft) -> None:
        super().__init__(md.parser)
        self.draft = draft

    def test(self, parent: Element, block: str) -> bool:
        """Whether the block carries our mark."""
        return OURS.match(block) is not None

    def run(self, parent: Element, blocks: list[str]) -> None:
        """Put the element in place."""
        block = blocks.pop(0)
        found = OURS.match(block)
        assert found
        name, text = found[1], block[found.end() :]
        if name == "code":
            code = SubElement(SubElement(parent, "pre"), "code")
            code.text = util.AtomicString(util.code_escape(self.draft.codes[int(text)]))
        else:
            SubElement(parent, name).text = text
