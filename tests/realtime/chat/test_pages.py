"""The room as a page: who may read, who may write, and its history."""

import pytest

from community import live
from community.models import Entry
from community.moderation.models import Decision, Report
from community.notifications.models import Notification
from groups.models import Group
from realtime.chat.models import Message, Room
from tests import make


@pytest.fixture
def say(url, as_):
    """Say something through the form, or as the live page does."""

    def say(member, body="Hello", key="k1", is_live=False):
        headers = {"accept": "application/json"} if is_live else {}
        return as_(member).post(f"{url}say/", {"body": body, "key": key}, headers=headers)

    return say


@pytest.fixture
def history(group, member, lead):
    """A room with 120 messages of two people."""
    room = Room.of(group)
    places = member.affiliations.get(), lead.affiliations.get()
    room.messages.bulk_create(message(room, n + 1, places[n // 3 % 2]) for n in range(120))
    Room.objects.update(last=120)
    return Room.of(group)


def message(room, number, place):
    words = f"Message number {number}."
    facts = {"body": words, "html": f"<p>{words}</p>", "renderer": 1, "client_key": str(number)}
    return Message(room=room, number=number, author=place.member, posted_as=place, **facts)


def test_a_member_says_something_and_is_led_back_to_the_room(say, member, url, client):
    response = say(member, "Hello **there**")
    assert response.status_code == 302
    assert "<strong>there</strong>" in client.get(response.url).text


def test_a_live_page_is_answered_with_the_message_and_its_number(say, member):
    answer = say(member, is_live=True).json()
    message = Message.objects.get()
    assert (answer["id"], answer["number"]) == (f"message-{message.pk}", 1)
    assert answer["html"] == live.render(message)


def test_a_double_send_makes_one_message(say, member):
    assert say(member, is_live=True).json() == say(member, is_live=True).json()
    assert Message.objects.count() == 1
    assert say(member, "Another text", is_live=True).status_code == 403
    assert Message.objects.count() == 1


def test_an_observer_may_read_but_not_write(say, observer, member, url, as_):
    say(member, "For all to read")
    page = as_(observer).get(url)
    assert "For all to read" in page.text
    assert "<textarea" not in page.text
    assert "You are an observer here" in page.text
    assert say(observer).status_code == 403
    assert say(observer, is_live=True).json()["why"].startswith("You are an observer here")
    assert Message.objects.count() == 1


def test_an_archived_group_is_read_only(say, group, member, url, as_):
    say(member, "Before")
    group.archive()
    page = as_(member).get(url)
    assert "Before" in page.text
    assert "This group is closed" in page.text
    assert say(member, key="k2").status_code == 403


def test_what_was_sent_is_answered_again_where_nobody_may_write_any_more(say, group, member, lead):
    first = say(member, "Did you hear me?", key="k1", is_live=True).json()
    group.archive()
    assert say(member, "Did you hear me?", key="k1", is_live=True).json() == first
    assert say(lead, "Did you hear me?", key="k1", is_live=True).status_code == 403
    assert Message.objects.count() == 1


@pytest.mark.parametrize("part", ["", "say/", "read/", "{pk}/edit/", "{pk}/remove/", "{pk}/pin/"])
def test_an_outsider_and_a_removed_member_find_nothing(say, group, member, lead, outsider, url, as_, part):
    say(lead)
    address = url + part.format(pk=Message.objects.get().pk)
    assert as_(lead).get(address).status_code in {200, 405}
    group.remove(member)
    for stranger in (outsider, member):
        assert as_(stranger).get(address).status_code in {404, 405}
        assert as_(stranger).post(address, {"body": "x", "key": "x"}).status_code in {404, 405}
    assert Message.objects.get().body == "Hello"


def test_a_message_is_not_found_through_another_group(say, member, as_):
    say(member)
    other = make.group()
    make.place(other, member)
    pk = Message.objects.get().pk
    assert as_(member).post(f"/groups/{other.slug}/live/{pk}/edit/", {"body": "Moved"}).status_code == 404


@pytest.mark.parametrize("body", ["", "   ", "​", "x" * 4001, "**"])
def test_nothing_to_read_or_too_much_is_handed_back(say, member, body):
    assert say(member, body).status_code == 422
    assert say(member, body, is_live=True).json()["why"]
    assert not Message.objects.exists()


@pytest.mark.parametrize("key", ["", "a b", "x" * 41, "<b>"])
def test_a_key_is_a_plain_short_word(say, member, key):
    assert say(member, key=key).status_code == 422


def test_fields_that_were_not_asked_for_change_nothing(as_, member, lead, url, group):
    other = Room.of(make.group())
    extra = {"author": lead.pk, "room": other.pk, "number": 99, "html": "<script>", "group": other.group_id}
    as_(member).post(f"{url}say/", {"body": "Hello", "key": "k", **extra})
    message = Message.objects.get()
    assert (message.author, message.room.group, message.number) == (member, group, 1)
    assert "script" not in message.html


def test_too_many_messages_are_refused_with_the_text_kept(say, member, settings):
    settings.LIMITS = {**settings.LIMITS, "message": "1/1m"}
    say(member)
    refused = say(member, "My long thought", "k2")
    assert refused.status_code == 429
    assert "My long thought" in refused.text
    assert say(member, key="k3", is_live=True).json()["wait"] > 0


def test_only_its_author_edits_a_message(say, member, lead, url, as_):
    say(member, "Helo")
    address = f"{url}{Message.objects.get().pk}/edit/"
    assert as_(lead).post(address, {"body": "Mine now"}).status_code == 403
    assert as_(member).post(address, {"body": "Hello"}).status_code == 302
    assert "Edited" in as_(lead).get(url).text
    assert Message.objects.get().body == "Hello"


def test_its_author_and_a_lead_remove_a_message_and_nobody_else(say, member, lead, observer, url, as_):
    for key in ("k1", "k2"):
        say(member, f"Words {key}", key)
    first, second = Message.objects.order_by("number")
    asked = as_(member).get(f"{url}{first.pk}/remove/").text
    assert "This cannot be taken back" in asked and "None" not in asked
    assert as_(observer).post(f"{url}{first.pk}/remove/").status_code == 403
    assert as_(member).post(f"{url}{first.pk}/remove/").status_code == 302
    assert as_(lead).post(f"{url}{second.pk}/remove/", {"reason": "Not for this room"}).status_code == 302
    page = as_(observer).get(url).text
    assert "Words" not in page
    assert page.count("This message was removed.") == 1
    assert as_(member).post(f"{url}{first.pk}/edit/", {"body": "Again"}).status_code == 403


def test_a_lead_who_takes_down_a_message_says_why_and_staff_can_bring_it_back(say, member, lead, staff, url, as_):
    say(member, "Words of mine")
    said = Message.objects.get()
    report = said.report(make.person("reporter"), "rules", "Look")
    address = f"{url}{said.pk}/remove/"
    refused = as_(lead).post(address, {"reason": " "})
    assert refused.status_code == 422
    assert "Words of mine" in as_(member).get(url).text
    assert as_(lead).post(address, {"reason": "It names a pupil"}).status_code == 302
    assert "Words of mine" not in as_(member).get(url).text
    decision = Decision.objects.visible_to(member).get()
    assert (decision.by, decision.reason) == (lead, "It names a pupil")
    statement = as_(member).get(decision.get_absolute_url()).text
    assert "It names a pupil" in statement
    assert "You can appeal until" in statement
    assert Entry.objects.filter(actor=lead, act="hide", subject=said.subject, reason="It names a pupil").exists()
    assert list(Report.objects.open()) == [report]  # what was reported still waits for staff
    Message.objects.get().restore(staff, "A pupil of 1850")
    assert "Words of mine" in as_(member).get(url).text


def test_who_pins_a_message_or_takes_it_down_is_in_the_ledger(say, member, lead, url, as_):
    say(member, "Hall 3")
    said = Message.objects.get()
    for on in ("1", "0"):
        assert as_(lead).post(f"{url}{said.pk}/pin/", {"on": on}).status_code == 302
    acts = Entry.objects.filter(actor=lead, subject=said.subject).values_list("act", flat=True)
    assert list(acts) == ["pin", "unpin"]


def test_who_is_mentioned_hears_of_it_if_they_may_read(say, member, lead, outsider):
    say(member, f"@{lead.handle} and @{outsider.handle} and @{member.handle}: look")
    assert list(Notification.objects.filter(kind="mentioned").values_list("member", flat=True)) == [lead.pk]
    Message.objects.get().edit(f"@{lead.handle}: look here")
    assert Notification.objects.filter(kind="mentioned").count() == 1


def test_whoever_left_the_organisation_spoke_for_it_then(say, member, lead, url, as_):
    say(member)
    place = member.affiliations.get()
    place.end()
    assert (
        f"formerly at <bdi>{place.organisation}" in as_(lead).get(url).text or "formerly at" in as_(lead).get(url).text
    )


def numbers(response):
    return [message.number for message, _follows in response.context["said"]]


def test_history_is_read_fifty_at_a_time_in_both_directions(history, as_, member, url):
    page = as_(member).get
    assert numbers(page(url)) == list(range(71, 121))
    assert f"{url}?before=71" in page(url).text
    assert 'id="earlier" hidden' not in page(url).text
    assert numbers(page(f"{url}?before=71")) == list(range(21, 71))
    assert f"{url}?after=70" in page(f"{url}?before=71").text
    assert numbers(page(f"{url}?before=21")) == list(range(1, 21))
    assert 'id="earlier" hidden' in page(f"{url}?before=21").text
    assert numbers(page(f"{url}?after=70")) == list(range(71, 121))
    assert "Later messages" not in page(f"{url}?after=70").text


def test_a_permalink_shows_the_message_among_its_neighbours(history, as_, member):
    message = history.messages.get(number=60)
    page = as_(member).get(message.get_absolute_url())
    assert numbers(page) == list(range(35, 85))
    assert f'id="message-{message.pk}"' in page.text
    assert 'data-last="false"' in page.text


@pytest.mark.parametrize("query", ["at=x", "at=-1", "at=" + "9" * 30, "before=", "after=٣", "at=0", "before=0"])
def test_odd_numbers_do_no_harm(history, as_, member, url, query):
    assert as_(member).get(f"{url}?{query}").status_code == 200


def test_the_room_takes_the_same_few_queries_however_long_it_is(
    history, as_, member, url, django_assert_max_num_queries
):
    page = as_(member).get
    with django_assert_max_num_queries(18):
        assert page(url).status_code == 200


def test_a_run_of_one_person_has_one_head(history, as_, member, url):
    assert as_(member).get(url).text.count('class="say first"') == 17


def test_days_are_divided(say, member, url, as_, monkeypatch):
    import datetime as dt

    say(member, key="k1")
    Message.objects.update(at=dt.datetime(2026, 3, 3, 12, tzinfo=dt.UTC))
    say(member, key="k2")
    page = as_(member).get(url).text
    assert page.count('class="divider day"') == 2
    assert "Tuesday 3 March" in page


def test_the_page_works_without_scripts(say, member, url, as_):
    page = as_(member).get(url).text
    assert f'action="{url}say/"' in page
    assert "Check for new" in page
    assert Group.objects.get().rooms.count() == 1
