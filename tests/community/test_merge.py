"""Two changed texts of one origin become one: what both did is kept, and where they clash both are said."""

from hypothesis import given
from hypothesis import strategies as st

from community.merge import Piece, merge

SENTENCES = [
    "Breath before sound. ",
    "One note, many rhythms.\n",
    "- mutes\n",
    "- bells\n",
    "\n",
    "Who books the hall? ",
]
texts = st.lists(st.sampled_from(SENTENCES), max_size=12).map("".join)
any_texts = st.text(st.sampled_from(["a", "B", ".", " ", "\n", "é"]), max_size=40)
PLAN = "The aim.\n\nOne lesson a week. In the hall. Bring mutes.\n\nWho: all.\n"


def said(pieces: list[Piece]) -> str:
    return "".join(piece.text for piece in pieces)


def is_clean(pieces: list[Piece]) -> bool:
    return not any(piece.is_clash for piece in pieces)


def test_changes_in_different_places_are_put_together():
    theirs = PLAN.replace("The aim", "Our aim")
    mine = PLAN.replace("Bring mutes.", "Bring practice mutes.")
    merged = merge(PLAN, theirs, mine)
    assert is_clean(merged)
    assert said(merged) == PLAN.replace("The aim", "Our aim").replace("Bring mutes.", "Bring practice mutes.")


def test_two_sentences_of_one_paragraph_are_different_places():
    mine = PLAN.replace("Bring mutes.", "Bring bells.")
    merged = merge(PLAN, PLAN.replace("One lesson", "Two lessons"), mine)
    assert is_clean(merged)
    assert "Two lessons a week. In the hall. Bring bells." in said(merged)


def test_changes_of_the_same_sentence_clash_and_both_are_said():
    merged = merge(PLAN, PLAN.replace("One lesson", "Two lessons"), PLAN.replace("One lesson", "Three lessons"))
    (clash,) = [piece for piece in merged if piece.is_clash]
    assert (clash.theirs, clash.mine) == ("Two lessons a week. ", "Three lessons a week. ")
    assert said(merged) == PLAN.replace("One lesson a week. ", "")


def test_what_one_took_away_and_the_other_changed_clashes():
    merged = merge("a\nb\nc\n", "a\nc\n", "a\nB\nc\n")
    assert [piece for piece in merged if piece.is_clash] == [Piece(mine="B\n")]


def test_the_number_of_an_item_stays_with_its_words():
    (clash,) = merge("1. Ten minutes\n", "1. Five minutes\n", "1. Seven minutes\n")
    assert (clash.theirs, clash.mine) == ("1. Five minutes\n", "1. Seven minutes\n")


def test_both_going_on_at_the_end_clashes():
    assert not is_clean(merge("a\n", "a\nb\n", "a\nc\n"))


def test_very_long_texts_of_much_the_same_clash_as_a_whole():
    long = "- the same\n" * 9_000
    assert merge(long, f"{long}- theirs\n", f"- mine\n{long}") == [
        Piece(theirs=f"{long}- theirs\n", mine=f"- mine\n{long}")
    ]


@given(texts, texts)
def test_whoever_changed_alone_is_followed(origin, changed):
    for merged in (merge(origin, changed, origin), merge(origin, origin, changed), merge(origin, changed, changed)):
        assert is_clean(merged)
        assert said(merged).rstrip() == changed.rstrip()


@given(texts, texts, texts)
def test_whoever_is_asked_first_the_same_comes_out(origin, one, other):
    there, here = merge(origin, one, other), merge(origin, other, one)
    assert [(piece.text, piece.mine, piece.theirs) for piece in there] == [tuple(piece) for piece in here]


@given(any_texts, any_texts, any_texts)
def test_no_sentence_that_somebody_wrote_is_lost(origin, theirs, mine):
    merged = merge(origin, theirs, mine)
    for text, whole in (
        (theirs, "".join(each.text + each.theirs for each in merged)),
        (mine, "".join(each.text + each.mine for each in merged)),
    ):
        for sentence in set(text.rstrip().split("\n")) - set(origin.rstrip().split("\n")):
            assert sentence.rstrip() in whole
