"""No input is expensive, and none runs out of stack.

The bench shows the real numbers; here they may be ten times worse.
"""

import time

import pytest

from community.richtext import MAX_LENGTH, TooLong, light, plain, render
from tests import strict_html
from tests.hostile_texts import families

FAMILIES = families()


@pytest.mark.parametrize("name", FAMILIES)
def test_a_hostile_text_is_rendered_in_good_time(name):
    begun = time.process_time()
    html = render(FAMILIES[name]).html
    assert time.process_time() - begun < 1
    strict_html.check(html)


@pytest.mark.parametrize("source", ["- " * 500, "> " * 1_000, "1. " * 700, "[" * 5_000 + "]" * 5_000, "*a _b " * 300])
def test_deep_nesting_ends_without_running_out_of_stack(source):
    strict_html.check(render(source).html)
    strict_html.check(light(source).html)


def test_a_word_of_a_hundred_thousand_letters_is_refused_in_a_sentence():
    with pytest.raises(TooLong, match=r"^This text is too long: it has 100,000 characters and may have 20,000\.$"):
        render("a" * 100_000)


def test_the_longest_text_is_taken():
    assert len(plain("a" * MAX_LENGTH)) == MAX_LENGTH


def test_a_long_and_rich_text_is_still_formatted():
    """Minutes of a long meeting: headings, lists, names in bold, links and a table, at the limit."""
    item = "- **Someone** will ask [the service](https://example.org/page) about *instruments*, and say so by May\n"
    minutes = (
        "## A heading\n\nWhat was said about it, in a few words. " + "More of it. " * 20 + "\n\n" + item * 6 + "\n"
    )
    table = "| a | b | c |\n|---|---|---|\n" + "| one | two | three |\n" * 30
    text = table + "\n" + minutes * 40
    found = render(text[:MAX_LENGTH].rpartition("\n")[0])
    assert not found.as_written
    assert "<td>three</td>" in found.html


@pytest.mark.parametrize("source", ["", " ", "\n", "\n\n \t\n", "\u200b", "\x00", "\r\n\r\n"])
def test_nothing_is_taken_too(source):
    assert render(source).html.strip("\u200b<>/p \n") == ""
    assert render(source).mentioned == set()
