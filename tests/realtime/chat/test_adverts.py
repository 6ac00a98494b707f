"""Adverts of somebody new are not taken in a room, where nothing can wait; the reason is said, the words are kept."""

from __future__ import annotations

import pytest
from django.core.cache import cache

from community.moderation.models import WatchWord
from groups.approval.models import Waiting
from realtime.chat.models import Message, Room
from tests import make

LINKS = "Look: https://a.example/1 https://b.example/2 www.c.example and http://d.example"
LONG = "We lend forty ukuleles to any school that asks before the end of term."


@pytest.fixture(params=[{}, {"Accept": "application/json"}], ids=["form", "live page"])
def say(request, as_):
    def say(who, room, body, key="k1"):
        url = f"{room.get_absolute_url()}say/"
        return as_(who).post(url, {"body": body, "key": key}, headers=request.param)

    return say


@pytest.fixture
def other(group, lead):
    return Room.add(lead, group, {"name": "Agenda run-through"})


def why(answer):
    return answer.json()["why"] if answer["Content-Type"] == "application/json" else answer.text


def test_many_links_of_somebody_new_are_refused_with_the_reason_and_few_are_taken(say, room, member):
    refused = say(member, room, LINKS)
    assert refused.status_code == 422
    assert "many links in it, and you are new here" in why(refused) and "write it as a post" in why(refused)
    if "html" in refused["Content-Type"]:
        assert f"{LINKS}</textarea>" in refused.text
    assert say(member, room, LINKS.replace("http://d.example", "that is all")).status_code in {200, 302}
    assert Message.objects.count() == 1


def test_the_same_words_go_to_one_room_within_the_hour_and_greetings_everywhere(say, room, other, member):
    assert say(member, room, LONG).status_code in {200, 302}
    refused = say(member, other, LONG.upper(), "k2")
    assert refused.status_code == 422 and "same words to another place within the hour" in why(refused)
    assert say(member, room, LONG, "k3").status_code in {200, 302}
    for number, place in enumerate([room, other]):
        assert say(member, place, "Good morning", f"morning-{number}").status_code in {200, 302}
    cache.clear()  # an hour later
    assert say(member, other, LONG, "k4").status_code in {200, 302}


def test_what_was_taken_back_may_go_to_the_room_it_was_meant_for(say, room, other, member):
    say(member, room, LONG)
    Message.objects.get().remove()
    assert say(member, other, LONG, "k2").status_code in {200, 302}


def test_whoever_is_known_and_whoever_leads_may(say, group, room, other, member, lead):
    thread = make.thread(group, lead)
    for number in range(3):
        thread.reply(member.affiliations.get(), f"Said {number}")
    for who in (member, lead):
        for number, place in enumerate([room, other]):
            assert say(who, place, f"{LONG} {LINKS}", f"{who.pk}-{number}").status_code in {200, 302}


def test_nor_is_it_put_into_a_message_that_is_there(as_, room, member, say):
    say(member, room, "Good morning")
    said = Message.objects.get()
    url = f"/groups/{room.group.slug}/live/{said.pk}/edit/"
    refused = as_(member).post(url, {"body": LINKS})
    assert refused.status_code == 422 and f"{LINKS}</textarea>" in refused.text
    assert as_(member).post(url, {"body": "Good evening"}).status_code == 302


def test_leads_of_several_groups_may_be_asked_the_same(as_, group, lead, member):
    second = make.group("Strings")
    make.place(second, lead, "lead")
    make.place(second, member)
    for each in (group, second):
        url = f"/groups/{each.slug}/live/ask/leads/"
        assert as_(member).post(url, {"body": LONG, "key": "k1"}).status_code == 302


def test_the_same_words_go_to_one_person_alone_and_the_others_get_no_room(settings, as_, member, outsider, lead):
    settings.ONE_TO_ONE = True
    make.group("All members", joining="automatic", visibility="open")
    url = "/people/{}/message/"
    assert as_(member).post(url.format(outsider.handle), {"body": LONG, "key": "k1"}).status_code == 302
    refused = as_(member).post(url.format(lead.handle), {"body": LONG, "key": "k2"})
    assert refused.status_code == 422 and f"{LONG}</textarea>" in refused.text and "within the hour" in refused.text
    assert Room.objects.filter(kind="pair").count() == 1
    assert as_(member).post(url.format(lead.handle), {"body": "Good morning", "key": "k3"}).status_code == 302


def test_what_a_room_did_not_take_waits_as_a_post_for_its_own_reason_alone(say, as_, group, room, member, lead, staff):
    word = WatchWord(words="second-hand", does="ask")
    word.full_clean()
    word.keep(staff)
    thread = make.thread(group, lead)
    reply = f"/groups/{group.slug}/threads/{thread.pk}/reply/"
    asked = f"{LONG} All of them second-hand."
    assert say(member, room, asked).status_code == say(member, room, f"{LONG} {LINKS}", "k2").status_code == 422
    as_(member).post(reply, {"body": asked, "key": "p1"})
    as_(member).post(reply, {"body": asked, "key": "p1", "anyway": "1"})
    assert thread.posts.filter(body=asked).exists()
    as_(member).post(reply, {"body": f"{LONG} {LINKS}", "key": "p2"})
    assert [each.why for each in Waiting.objects.all()] == ["links"]
