"""Replies: what they are in reply to, and that they never show more of it than can be read now."""

import pytest

from community import live
from realtime.chat.models import Message, Room
from tests import make


@pytest.fixture
def answer(say, lead):
    """The lead answers a message."""
    return lambda to, body="Yes, I do": say(body, author=lead, reply_to=to.number)


def shown(message):
    return live.render(Message.objects.to_show().get(pk=message.pk))


def test_a_reply_shows_whom_it_answers_and_how_that_begins(say, answer, as_, member, url):
    question = say("Who repairs **ukuleles**?")
    reply = answer(question)
    page = as_(member).get(url).text
    assert f"In reply to <bdi>{member.name}</bdi>" in page
    assert "<bdi>Who repairs ukuleles?</bdi>" in page
    assert f'href="{question.get_absolute_url()}"' in shown(reply)


def test_the_form_takes_the_number_it_is_in_reply_to(say, as_, lead, url):
    question = say("Who repairs ukuleles?")
    page = as_(lead).get(f"{url}?to={question.number}").text
    assert f'name="to" value="{question.number}"' in page
    as_(lead).post(f"{url}say/", {"body": "I do", "key": "k", "to": question.number})
    assert Message.objects.get(number=2).reply_to == question


def test_who_replies_is_answered_with_what_everybody_is_shown(say, as_, lead, url, django_capture_on_commit_callbacks):
    say("Who repairs ukuleles?")
    sent = {"body": "I do", "key": "k", "to": 1}
    with django_capture_on_commit_callbacks(execute=True):
        told = as_(lead).post(f"{url}say/", sent, headers={"accept": "application/json"}).json()
    assert "Who repairs ukuleles?" in told["html"]
    assert told["html"] == shown(Message.objects.get(number=2))


@pytest.mark.parametrize("to", ["", "0", "99", "x", "-1", "9" * 30, "\0"])
def test_a_number_that_is_not_there_is_in_reply_to_nothing(say, as_, lead, url, to):
    say("Hello")
    assert as_(lead).post(f"{url}say/", {"body": "I do", "key": "k", "to": to}).status_code == 302
    assert Message.objects.get(number=2).reply_to is None


def test_a_message_of_another_room_cannot_be_quoted(say, as_, lead, member, url):
    other = make.group()
    make.place(other, member)
    elsewhere = [Room.of(other).say(member, f"Secret {n}", f"k{n}", member.affiliations.get()) for n in range(3)]
    say("Hello")
    as_(lead).post(f"{url}say/", {"body": "I do", "key": "k", "to": elsewhere[2].number})
    assert "Secret" not in as_(lead).get(url).text
    assert "Secret" not in as_(lead).get(f"{url}?to={elsewhere[2].number}").text


@pytest.mark.parametrize("way", ["remove", "hide"])
def test_what_goes_out_of_sight_goes_from_its_replies_too(say, answer, room, staff, way):
    question = say("Something awful")
    reply = answer(question)
    before = live.head(live.stream_of(room))
    question.remove() if way == "remove" else question.hide(staff, "Against our rules")
    assert "awful" not in shown(reply)
    assert "In reply to a message that is not here any more" in shown(reply)
    told = live.since(live.stream_of(room), before)
    assert {frame["id"] for frame in told} == {f"message-{question.pk}", f"message-{reply.pk}"}
    assert not any("awful" in frame["html"] for frame in told)


def test_a_reply_follows_when_other_words_are_put(say, answer, room):
    question = say("Who repars ukuleles?")
    reply = answer(question)
    question.edit("Who repairs ukuleles?")
    assert "repairs ukuleles" in shown(reply)
    assert live.since(live.stream_of(room), 2)[-1]["id"] == f"message-{reply.pk}"


def test_of_many_replies_pages_are_told_at_once(say, answer, room):
    question = say("Who?")
    for n in range(21):
        answer(question, f"Me {n}")
    before = live.head(live.stream_of(room))
    question.remove()
    assert [frame["verb"] for frame in live.since(live.stream_of(room), before)] == ["replace", "refresh"]


def test_replies_cost_a_page_no_query_each(say, answer, as_, member, url, django_assert_max_num_queries):
    question = say("Who?")
    for n in range(12):
        answer(question, f"Me {n}")
    page = as_(member).get
    with django_assert_max_num_queries(18):
        assert page(url).text.count("In reply to <bdi>") == 12
