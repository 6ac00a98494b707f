"""What changed between two texts."""

import random
import time

import pytest

from community.compare import LONG, changes


def test_words_that_were_added_and_removed_are_told_apart():
    parts = changes("Breath before sound, always.", "Breath before tone, nearly always.")
    assert parts == [
        ("same", "Breath before"),
        ("removed", " sound,"),
        ("added", " tone, nearly"),
        ("same", " always."),
    ]


def test_both_texts_can_be_read_from_the_parts():
    before, after = "One two\n\nthree four", "One\n\nthree five four six"
    parts = changes(before, after)
    assert "".join(part.text for part in parts if part.kind != "added") == before
    assert "".join(part.text for part in parts if part.kind != "removed") == after


def test_a_long_stretch_that_stayed_is_left_out():
    words = " ".join(f"w{number}" for number in range(LONG * 3))
    kinds = [part.kind for part in changes(words, f"{words} more")]
    assert kinds == ["same", "gap", "same", "added"]


@pytest.mark.parametrize(("before", "after"), [("", "New"), ("Old", ""), ("", ""), ("Same", "Same")])
def test_nothing_and_the_same_are_texts_too(before, after):
    assert {part.kind for part in changes(before, after)} <= {"same", "added", "removed"}


def test_no_two_texts_of_full_length_are_expensive():
    chance = random.Random(1)
    slowest = 0.0
    for size in (2, 50, 100, 400, 5000):
        words = [chr(97 + number % 26) + str(number) for number in range(size)]
        texts = [" ".join(chance.choice(words) for _ in range(5000))[:20_000] for _ in range(2)]
        for one, other in (texts, ("\n" * 20_000, "\n" * 19_999 + "a"), ("a " * 10_000, "a " * 9_999 + "b")):
            began = time.process_time()
            assert changes(one, other)
            slowest = max(slowest, time.process_time() - began)
    print(f"slowest comparison: {slowest:.2f} s")
