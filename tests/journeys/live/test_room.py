"""Two people in a live room, each in a browser of their own, against a real server."""

import re
import signal

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from playwright.sync_api import expect

from community.members.sessions import SessionStore
from realtime.chat.models import Message, Room
from tests.journeys.live.pages import cut_off, deed, live, texts, write
from tests.realtime.servers import Daphne, cookie_of, wait_until

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


def test_what_one_says_the_other_sees_at_once_and_both_in_one_order(open_page, url, member, lead):
    one, two = live(open_page(member, url)), live(open_page(lead, url))
    for turn in range(3):
        write(one, f"One {turn}")
        write(two, f"Two {turn}")
    for page in (one, two):
        expect(page.locator("#messages .say[data-number]")).to_have_count(6)
        expect(page.locator("#messages .pending")).to_have_count(0)
    assert texts(one) == texts(two)
    expect(one.get_by_label("Message to Live room")).to_be_focused()
    one.reload()
    assert texts(one) == texts(two)


def test_it_survives_a_crash_of_the_server_with_nothing_lost_and_nothing_twice(open_page, url, member, lead, server):
    one, two = live(open_page(member, url)), live(open_page(lead, url))
    write(one, "Before")
    expect(two.get_by_text("Before", exact=True)).to_be_visible()
    server.stop(signal.SIGKILL)
    write(one, "While it was down")
    expect(one.locator(".failed .why")).to_have_text("Not sent: no connection.")
    one.get_by_label("Message to Live room").fill("Half a thought")
    again = Daphne(server.port)
    try:
        one.reload()
        expect(one.get_by_label("Message to Live room")).to_have_value("Half a thought")
        expect(two.get_by_text("While it was down")).to_be_visible(timeout=15_000)
        write(two, "After")
        expect(one.get_by_text("After", exact=True)).to_be_visible(timeout=15_000)
        assert texts(one) == texts(two) == ["Before", "While it was down", "After"]
    finally:
        again.stop()


def test_a_removed_member_keeps_nothing_on_the_page_but_what_they_typed(open_page, url, group, member, lead):
    one, two = live(open_page(member, url)), live(open_page(lead, url))
    write(two, "Among ourselves")
    expect(one.get_by_text("Among ourselves")).to_be_visible()
    one.get_by_label("Message to Live room").fill("My draft")
    deed(lambda: group.remove(member))
    expect(one.get_by_text("Among ourselves")).to_have_count(0, timeout=3000)
    expect(one.locator("#main textarea")).to_have_value("My draft")
    expect(one.locator("h1")).not_to_have_text("Live room")
    write(two, "Later")
    one.wait_for_timeout(1500)
    assert "Later" not in one.content()
    assert "Later" in texts(two)


def test_hiding_and_restoring_change_open_pages(open_page, url, group, member, staff, lead):
    deed(lambda: Room.of(group).say(lead, "Something awful", "k", lead.affiliations.get()))
    message = Message.objects.get()
    page = live(open_page(member, url))
    deed(lambda: message.hide(staff, "Against our rules"))
    expect(page.get_by_text("This message was hidden.")).to_be_visible(timeout=3000)
    assert "awful" not in page.content()
    deed(lambda: message.restore(staff, "It was fine"))
    expect(page.get_by_text("Something awful")).to_be_visible(timeout=3000)


def test_who_reads_further_up_is_not_moved_but_told(open_page, url, group, member, lead):
    room, place = Room.of(group), lead.affiliations.get()
    deed(lambda: [room.say(lead, f"Line {n}", str(n), place) for n in range(40)])
    page = live(open_page(member, url))
    expect(page.get_by_text("Line 39")).to_be_in_viewport()
    page.evaluate("scrollTo(0, 0)")
    deed(lambda: room.say(lead, "Newest of all", "new", place))
    expect(page.locator(".pill")).to_have_text("1 new message")
    assert page.evaluate("scrollY") == 0
    page.locator(".pill").click()
    expect(page.get_by_text("Newest of all")).to_be_in_viewport()
    expect(page.locator(".pill")).to_have_count(0)


def test_without_scripts_one_reads_writes_and_looks_for_new(open_page, url, group, member, lead):
    room, place = Room.of(group), lead.affiliations.get()
    deed(lambda: [room.say(lead, f"Line {n}", str(n), place) for n in range(30)])
    page = open_page(member, url, java_script_enabled=False)
    page.get_by_label("Message to Live room").fill("By hand")
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_text("By hand")).to_be_in_viewport()
    page.evaluate("scrollTo(0, 0)")
    page.get_by_role("link", name="Check for new").click()
    expect(page).to_have_url(re.compile(url))
    expect(page.get_by_text("By hand")).to_be_in_viewport()
    wait_until(lambda: Room.objects.get().messages.count() == 31)


def test_signing_out_elsewhere_empties_the_page(open_page, url, member, lead):
    one = live(open_page(member, url))
    write(one, "Private to us")
    expect(one.get_by_text("Private to us")).to_be_visible()
    Session.objects.all().delete()
    expect(one.get_by_text("Private to us")).to_have_count(0, timeout=5000)


def test_who_reads_in_peace_is_neither_moved_nor_read_to_and_it_is_remembered(open_page, url, group, member, lead):
    room, place = Room.of(group), lead.affiliations.get()
    deed(lambda: [room.say(lead, f"Line {n}", str(n), place) for n in range(30)])
    page = live(open_page(member, url))
    button = page.get_by_role("button", name="Read in peace")
    expect(page.locator("#messages")).to_have_attribute("aria-live", "polite")
    button.click()
    expect(button).to_have_attribute("aria-pressed", "true")
    page.reload()
    live(page)
    expect(button).to_have_attribute("aria-pressed", "true")
    expect(page.locator("#messages")).to_have_attribute("aria-live", "off")
    before = page.evaluate("scrollY")
    deed(lambda: room.say(lead, "And one more", "more", place))
    expect(page.get_by_role("link", name="1 new message")).to_be_visible()
    assert page.evaluate("scrollY") == before
    write(page, "My own words")
    expect(page.locator("#messages .say", has_text="My own words")).to_be_in_viewport()
    button.click()
    expect(page.locator("#messages")).to_have_attribute("aria-live", "polite")


def test_what_one_left_unsent_is_neither_sent_nor_shown_when_another_signs_in(open_page, url, member, lead, server):
    page = live(open_page(member, url))
    site = f"http://127.0.0.1:{server.port}"
    cut_off(page)
    write(page, "Meant to be said by me")
    expect(page.locator(".failed .why")).to_have_text("Not sent: no connection.")
    page.get_by_label("Message to Live room").fill("Half a thought of mine")
    key = key_of(page)
    deed(lambda: SessionStore(key).delete())  # signed out, so that a page on its way out sends nothing more
    page.goto("about:blank")
    page.context.clear_cookies()
    page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie_of(lead), "url": site}])
    page.context.set_offline(False)
    page.goto(url)
    live(page)
    expect(page.get_by_label("Message to Live room")).to_have_value("")
    write(page, "Said by the other")
    expect(page.locator("#messages .say[data-number]")).to_have_count(1)
    expect(page.locator(".failed, .pending")).to_have_count(0)
    assert texts(page) == ["Said by the other"]
    kept = page.evaluate("JSON.stringify(sessionStorage)")
    assert "by me" not in kept
    assert "of mine" not in kept


def test_whose_session_ended_while_away_reads_so_and_has_their_words(open_page, url, member):
    page = live(open_page(member, url))
    page.get_by_label("Message to Live room").fill("Half a thought")
    key = key_of(page)
    cut_off(page)
    deed(lambda: SessionStore(key).delete())
    page.context.set_offline(False)
    expect(page.locator("#main .note")).to_have_text("You are signed out. Sign in again to go on.")
    expect(page.get_by_label("What you wrote, to copy")).to_have_value("Half a thought")
    page.locator("#main").get_by_role("link", name="Sign in").click()
    expect(page).to_have_url(re.compile("/sign-in/"))


def test_on_a_shared_computer_what_is_not_sent_is_said_and_kept_nowhere(open_page, url, member):
    page = open_page(member, url)
    key = key_of(page)
    deed(lambda: _is_shared(key))
    page.reload()
    live(page)
    cut_off(page)
    write(page, "Said to nobody yet")
    expect(page.locator(".failed .why")).to_have_text("Not sent: no connection.")
    page.get_by_label("Message to Live room").fill("Half a thought")
    assert "thought" not in (kept := page.evaluate("JSON.stringify([sessionStorage, localStorage])"))
    assert "nobody" not in kept
    page.context.set_offline(False)
    page.evaluate("dispatchEvent(new Event('online'))")
    expect(page.locator("#messages .say[data-number]")).to_have_count(1)


def key_of(page):
    [key] = [each["value"] for each in page.context.cookies() if each["name"] == settings.SESSION_COOKIE_NAME]
    return key


def _is_shared(key):
    session = SessionStore(key)
    session["shared"] = True
    session.save()
