"""What is kept of messages for all: pins of leads, reactions."""

import pytest

from community import live
from community.responses.models import Reaction


@pytest.fixture
def pin(as_, url):
    return lambda who, message, on="1": as_(who).post(f"{url}{message.pk}/pin/", {"on": on})


def test_a_lead_pins_a_message_for_everyone_and_takes_it_back(say, pin, lead, observer, as_, url):
    message = say("The call is at 14:30")
    assert pin(lead, message).status_code == 302
    page = as_(observer).get(url).text
    assert page.count("The call is at 14:30") == 2
    assert page.index('id="pinned"') < page.rindex("The call is at 14:30")
    pin(lead, message, "0")
    assert as_(observer).get(url).text.count("The call is at 14:30") == 1


def test_others_do_not_pin(say, pin, member, observer, outsider, lead):
    message = say("Look at me")
    for who, status in ((member, 403), (observer, 403), (outsider, 404)):
        assert pin(who, message).status_code == status
    message.refresh_from_db()
    assert message.pinned_at is None
    message.remove()
    assert pin(lead, message).status_code == 403


def test_what_is_out_of_sight_is_not_among_the_pinned(say, pin, lead, staff, as_, url):
    message = say("Something awful")
    pin(lead, message)
    message.hide(staff, "Against our rules")
    assert "awful" not in as_(lead).get(url).text
    message.restore(staff, "It was fine")
    assert as_(lead).get(url).text.count("awful") == 2


def test_open_pages_are_told_of_a_pin(say, pin, lead, room):
    message = say("The call is at 14:30")
    pin(lead, message)
    told = live.since(live.stream_of(room), 1)
    assert [(frame["verb"], frame["target"]) for frame in told] == [
        ("replace", message.subject),
        ("refresh", "pinned"),
    ]
    assert "Pinned" in told[0]["html"]


def test_a_reaction_is_counted_shown_and_told(say, as_, lead, room, url):
    message = say("I will find the card")
    answer = as_(lead).post("/responses/", {"say": f"{message.subject}:thanks", "on": "1"})
    assert answer.status_code == 302
    assert "Thank you <b>1</b>" in as_(lead).get(url).text
    assert live.since(live.stream_of(room), 1)[0]["target"] == f"reactions-{message.subject}"
    as_(lead).post("/responses/", {"say": f"{message.subject}:thanks", "on": "0"})
    assert "Thank you <b>" not in as_(lead).get(url).text


def test_nobody_reacts_to_their_own_or_to_what_they_may_not_see(say, as_, member, outsider, observer, staff, lead):
    message = say("Hello")
    react = {"say": f"{message.subject}:thanks", "on": "1"}
    for who, status in ((member, 403), (observer, 403), (outsider, 404)):
        assert as_(who).post("/responses/", react).status_code == status
    message.hide(staff, "A reason")
    assert as_(lead).post("/responses/", react).status_code == 403
    assert not Reaction.objects.exists()
