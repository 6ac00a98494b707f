"""Nothing a person writes executes, and nothing but the HTML we mean to send comes out."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from community.richtext import Mention, light, render
from tests import strict_html
from tests.hostile_markup import SCHEMES, WHOLE, attempts
from tests.hostile_texts import UNITS

PIECES = [
    *UNITS.values(),
    *WHOLE,
    *SCHEMES,
    "\n",
    "\n\n",
    " ",
    "  ",
    "    ",
    "\t",
    "a",
    "b c",
    '"',
    "'",
    "](",
    ")",
    "|",
    "\n|-|-|\n",
    "@ann",
    "é",
    "\u05d0",
]


def everybody(handles: set[str]) -> dict[str, Mention]:
    return {handle: Mention(7, handle, "javascript:1" if handle == "ann" else "/people/7") for handle in handles}


def test_no_attempt_gets_anything_but_our_own_html_through():
    tried = attempts()
    assert len(tried) > 1_500
    for source in tried:
        for way in (render, light):
            strict_html.check(way(source, everybody).html)


def test_the_strict_reader_would_notice():
    for bad in (
        "<p onclick=1>",
        '<p onclick="1">a</p>',
        '<a href="javascript:1">a</a>',
        "<p>a",
        "<script></script>",
        "a & b",
        '<img src="//x">',
    ):
        with pytest.raises(AssertionError):
            strict_html.check(bad)


@settings(max_examples=400, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=40).map("".join))
def test_no_mixture_of_markup_gets_through(source):
    strict_html.check(render(source, everybody).html)
    strict_html.check(light(source, everybody).html)


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=300))
def test_no_text_gets_through(source):
    strict_html.check(render(source, everybody).html)


def test_html_is_shown_as_it_was_written():
    assert render("<b>bold</b> & co").html == "<p>&lt;b&gt;bold&lt;/b&gt; &amp; co</p>"


def test_what_is_too_much_to_format_is_escaped_too():
    found = render("<script>window.ran=1</script><b>" * 620)
    assert found.as_written
    strict_html.check(found.html)


@pytest.mark.parametrize("control", ["\x00", "\x07", "\u202e", "\u2066", "&#8238;", "&#x202E;", "&#x2067;", "\ufeff"])
def test_controls_that_hide_or_turn_text_are_taken_out(control):
    assert render(f"a{control}b").html == "<p>ab</p>"
