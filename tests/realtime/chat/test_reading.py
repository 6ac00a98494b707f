"""How far one has read a room: the line before what is new, and that nobody else is shown it."""

import pytest

from realtime.chat.models import ReadMark


@pytest.fixture
def read(as_, url):
    return lambda who, number: as_(who).post(f"{url}read/", {"number": number})


def test_whoever_was_here_before_finds_a_line_before_what_is_new(say, read, as_, lead, url):
    for n in range(5):
        say(f"Line {n}")
    assert 'id="new"' not in as_(lead).get(url).text
    read(lead, 2)
    page = as_(lead).get(url).text
    assert "New, 3 messages" in page
    assert page.index("Line 1") < page.index('id="new"') < page.index("Line 2")
    read(lead, 5)
    assert 'id="new"' not in as_(lead).get(url).text


def test_a_mark_never_goes_back_and_never_ahead_of_what_there_is(say, read, lead, room):
    for n in range(5):
        say(f"Line {n}")
    for number, mark in ((3, 3), (2, 3), ("x", 3), (99, 5), (0, 5)):
        read(lead, number)
        assert room.read_by(lead) == mark


def test_what_one_says_oneself_is_read_if_nothing_new_stands_before_it(say, read, room, lead, member):
    say("One", author=lead)
    read(member, 1)
    say("Two")
    assert room.read_by(member) == 2
    say("Three", author=lead)
    say("Four")
    assert room.read_by(member) == 2


def test_who_missed_more_than_a_page_is_shown_the_way_back(say, read, as_, lead, url):
    for n in range(70):
        say(f"Line {n}")
    read(lead, 5)
    page = as_(lead).get(url)
    assert "65 messages since you were here" in page.text
    assert f'href="{url}?at=6#new"' in page.text
    assert 'id="new"' in as_(lead).get(f"{url}?at=6").text


def test_a_mark_is_ones_own_and_asks_for_the_room(say, read, outsider, lead, member, as_, url):
    say("One")
    assert read(outsider, 1).status_code == 404
    assert as_(lead).get(f"{url}read/").status_code == 405
    read(lead, 1)
    marks = ReadMark.objects.order_by("pk").values_list("member", "number")
    assert list(marks) == [(member.pk, 1), (lead.pk, 1)]  # whoever said the first words has read them
    assert lead.name not in as_(member).get(url).text
