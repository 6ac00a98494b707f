"""What a person typed, made harmless to read: one kind of line end, no control characters, no turned-round text."""

import re

MAX_LENGTH = 20_000
"""The longest text we render, in characters: by measurement, plain prose of this length costs 12 ms of CPU and the
dearest text that is still formatted (`draft.BUDGET`) stays under the promised 100 ms. Twice the length would not."""

TAB = 4

# Embeddings, overrides and isolates can turn round the text that follows them; the plain marks (LRM, RLM) cannot.
BIDI_CONTROLS = dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A)])
CONTROLS = dict.fromkeys([*range(0x09), 0x0B, 0x0C, *range(0x0E, 0x20), *range(0x7F, 0xA0)])
NONCHARACTERS = dict.fromkeys([0xFEFF, 0xFFFE, 0xFFFF, *range(0xFDD0, 0xFDF0)])
UNWANTED = CONTROLS | BIDI_CONTROLS | NONCHARACTERS

LINE_ENDS = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")
SURROGATES = re.compile("[\ud800-\udfff]")
LEADING_TABS = re.compile(r"^[ \t]*\t[ \t]*", re.MULTILINE)


class TooLong(ValueError):
    """The text is longer than we render. Its message is a sentence for the writer."""


def tidy(source: str) -> str:
    """The same text with one kind of line end and without characters that no reader should meet."""
    if len(source) > MAX_LENGTH:
        raise TooLong(f"This text is too long: it has {len(source):,} characters and may have {MAX_LENGTH:,}.")
    text = SURROGATES.sub("\ufffd", LINE_ENDS.sub("\n", source)).translate(UNWANTED)
    return LEADING_TABS.sub(lambda tabs: tabs.group().expandtabs(TAB), text)
