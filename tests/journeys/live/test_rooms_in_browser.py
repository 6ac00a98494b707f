"""Rooms as people use them: a lead adds one, it opens and closes before their eyes, somebody asks the leads."""

import datetime as dt

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from community import live as streams
from realtime.chat.models import Room
from realtime.chat.tasks import turn
from tests.journeys.live.pages import deed, live, texts
from tests.realtime.servers import wait_until

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
HOUR = dt.timedelta(hours=1)


def field(page):
    return page.locator(".dock textarea")


def say(page, text):
    field(page).fill(text)
    page.keyboard.press("Enter")
    expect(page.locator("#messages .say[data-number]").filter(has_text=text)).to_be_visible()


def at(room, **hours):
    """Its hours are these now, and it is time."""
    Room.objects.filter(pk=room.pk).update(**hours)
    turn.call(room.pk)


def test_a_lead_adds_a_room_others_see_it_appear_and_archives_it_under_them(open_page, url, member, lead):
    rooms = open_page(member, f"{url}rooms/")
    expect(rooms.get_by_role("heading", name="Rooms")).to_be_visible()
    desk = open_page(lead, url)
    desk.get_by_role("link", name="All rooms and questions").click()
    desk.get_by_role("link", name="Add a room").click()
    desk.get_by_label("Name", exact=True).fill("Agenda run-through")
    desk.get_by_role("button", name="Add the room").click()
    expect(desk.get_by_role("heading", name="Agenda run-through")).to_be_visible()
    rooms.get_by_role("link", name="Agenda run-through").click()
    say(live(rooms), "Who takes item three?")
    field(rooms).fill("Half a thought")
    desk.get_by_role("link", name="Settings of this room").click()
    desk.get_by_role("button", name="Archive the room").click()
    expect(rooms.locator(".dock .note")).to_contain_text("This room is archived")
    expect(rooms.get_by_role("button", name="Send")).to_be_disabled()
    expect(field(rooms)).to_have_value("Half a thought")
    desk.get_by_role("link", name="Settings of this room").click()
    desk.get_by_role("button", name="Put the room back").click()
    expect(rooms.locator(".dock .note")).to_have_count(0)
    say(rooms, "Half a thought, and the other half")


def test_a_meetings_room_opens_and_closes_before_the_eyes_of_who_looks(open_page, group, lead, member):
    now = timezone.now()
    room = Room.add(lead, group, {"name": "Drop-in", "opens_at": now + HOUR, "closes_at": now + 2 * HOUR})
    one, two = live(open_page(member, room.get_absolute_url())), live(open_page(lead, room.get_absolute_url()))
    for page in (one, two):
        expect(page.locator(".dock")).to_contain_text("This room opens on")
        expect(field(page)).to_have_count(0)
    deed(lambda: at(room, opens_at=now))
    for page in (one, two):
        expect(field(page)).to_be_visible()
        expect(page.locator("#room-head")).to_contain_text("Open until")
    say(one, "Good morning")
    say(two, "Good morning to you")
    expect(one.locator("#messages .say[data-number]")).to_have_count(2)
    deed(lambda: at(room, closes_at=now))
    for page in (one, two):
        expect(page.locator(".dock")).to_contain_text("This room closed on")
        expect(field(page)).to_be_hidden()
    deed(lambda: at(room, closes_at=now + HOUR))
    say(one, "One more thing")


def test_somebody_asks_the_leads_and_hears_the_answer_while_nobody_else_sees_either(
    open_page, url, group, member, lead, observer
):
    asking = open_page(member, f"{url}rooms/")
    asking.get_by_role("link", name="Message the leads").click()
    asking.get_by_label("Message", exact=True).fill("May I ask this here first?")
    asking.get_by_role("button", name="Send").click()
    expect(asking.get_by_role("heading", name="brass-peri and the leads")).to_be_visible()
    live(asking)
    desk = open_page(lead, "/needs-you/")
    expect(desk.get_by_text("brass-peri asks the leads")).to_be_visible()
    desk.get_by_role("button", name="Open").click()
    say(live(desk), "Of course.")
    expect(asking.get_by_text("Of course.", exact=True)).to_be_visible()
    other = open_page(observer, f"{url}rooms/")
    expect(other.get_by_role("heading", name="Rooms")).to_be_visible()
    expect(other.get_by_text("and the leads")).to_have_count(0)


def test_the_replies_to_a_message_are_read_together_and_go_on_there(open_page, url, group, member, lead):
    room = Room.of(group)
    tie = lead.affiliations.get()
    deed(lambda: [room.say(lead, f"Topic {n}", f"k{n}", tie, to) for n, to in enumerate([None, None, 1])])
    page, whole = live(open_page(member, url)), live(open_page(lead, url))
    page.get_by_role("link", name="1 reply").click()
    expect(page.get_by_role("heading", name="Replies")).to_be_visible()
    assert texts(live(page)) == ["Topic 0", "Topic 2"]
    say(whole, "Something else")
    say(page, "In reply too")
    expect(whole.get_by_role("link", name="2 replies")).to_be_visible()
    say(page, "And again")
    expect(whole.get_by_role("link", name="3 replies")).to_be_visible()
    assert texts(page) == ["Topic 0", "Topic 2", "In reply too", "And again"]
    page.reload()
    assert texts(page) == ["Topic 0", "Topic 2", "In reply too", "And again"]


def test_what_is_said_while_the_log_is_fetched_anew_is_there_and_so_is_the_way_to_what_was_earlier(
    open_page, url, group, member, lead
):
    room, place = Room.of(group), lead.affiliations.get()
    deed(lambda: [room.say(lead, f"Line {n}", str(n), place) for n in range(60)])
    one, two = live(open_page(member, url)), live(open_page(lead, url))
    deed(lambda: [room.say(lead, f"More {n}", f"more {n}", place) for n in range(5)])
    expect(one.get_by_text("More 4")).to_be_visible()
    one.locator("#messages .say").last.evaluate("node => node.classList.add('as-before')")
    asked = []
    one.route(f"**{url}", lambda route: asked.append((route, route.fetch())))
    deed(lambda: streams.publish(room, "refresh"))
    wait_until(lambda: one.wait_for_timeout(50) or asked)
    deed(lambda: room.say(lead, "Meanwhile", "meanwhile", place))
    expect(two.get_by_text("Meanwhile")).to_be_visible()
    asked[0][0].fulfill(response=asked[0][1])
    one.unroute(f"**{url}")
    expect(one.locator(".as-before")).to_have_count(0)
    expect(one.get_by_text("Meanwhile")).to_be_visible()
    first = one.locator("#messages .say").first.get_attribute("data-number")
    one.get_by_role("link", name="Earlier messages").click()
    expect(one.locator("#messages .say").last).to_have_attribute("data-number", str(int(first) - 1))
