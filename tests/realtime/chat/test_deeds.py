"""What can be done in a room, by its deeds."""

import pytest

from community import live
from community.policy import Refused
from groups.search.find import find
from groups.search.models import Record
from realtime.chat.models import Message, Room


def test_a_group_has_one_room_however_often_it_is_asked_for(group, room):
    assert Room.of(group) == room


def test_messages_are_numbered_without_gaps(say, lead):
    assert [say("One", "a").number, say("Two", "b").number, say("Three", "a", lead).number] == [1, 2, 3]


def test_a_repeated_send_is_the_same_message(say, room):
    first = say("Hello", "key")
    assert say("Hello", "key") == first
    assert room.messages.count() == 1
    assert say("Next", "other").number == 2


def test_the_same_key_with_another_text_is_refused(say, room):
    say("Hello", "key")
    with pytest.raises(Refused):
        say("Something else", "key")
    assert room.messages.count() == 1


def test_two_people_may_choose_the_same_key(say, lead):
    assert say("Hello", "key") != say("Hello", "key", lead)


def test_saying_editing_and_removing_are_told_in_order(say, room):
    message = say("Helo", "a")
    message.edit("Hello")
    message.remove()
    told = live.since(live.stream_of(room), 0)
    assert [(frame["number"], frame["verb"]) for frame in told] == [(1, "append"), (3, "replace")]
    assert not any("Hel" in frame["html"] for frame in told)


def test_a_hidden_message_loses_its_text_everywhere_and_restore_brings_it_back(say, room, staff):
    message = say("Secret word", "a")
    message.hide(staff, "Against our rules")
    assert "Secret" not in live.render(message)
    assert not Record.objects.filter(text__contains="Secret").exists()
    message.restore(staff, "On second thoughts")
    assert "Secret word" in live.render(message)
    assert Record.objects.filter(text__contains="Secret").exists()
    assert message.evidence == "Secret word"


def test_a_report_sees_five_before_and_five_after(say):
    said = [say(f"Message {n}", str(n)) for n in range(20)]
    assert [near.number for near in said[9].surroundings()] == list(range(5, 16))


def test_an_outsider_sees_no_room_and_no_message(say, outsider, observer, room):
    message = say("Hello", "a")
    assert message in Message.objects.visible_to(observer)
    assert message not in Message.objects.visible_to(outsider)
    assert not live.may_follow(outsider, live.stream_of(room))


def test_a_message_hidden_while_its_author_changes_it_stays_hidden_and_unfound(group, member, staff):
    said = Room.of(group).say(member, "Hushed words", "key-9", member.affiliations.get())
    opened = Message.objects.get(pk=said.pk)
    said.hide(staff, "A reason")
    with pytest.raises(Refused):
        opened.edit("Hushed words again")
    assert find(member, "hushed").hits == []
