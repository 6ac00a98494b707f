"""Nothing typed is lost, and nothing that was sent comes back: closed tabs, two tabs, a shared computer."""

import pytest
from playwright.sync_api import expect

from tests.journeys.cast import PASSWORD
from tests.journeys.deeds import WORKFORCE, start_discussion

pytestmark = pytest.mark.journey


@pytest.fixture
def thread(person):
    return start_discussion(person("workforce-chair"), "A hall with a low ceiling", "What has worked for you?")


def types(page, text):
    page.locator("#id_body").press_sequentially(text)


def body(page):
    return page.locator("#id_body")


def is_saved(page):
    expect(page.locator("draft-keeper .saved")).to_contain_text("Draft saved")


def copies(page):
    return page.evaluate("Object.keys(localStorage).filter((key) => key.startsWith('draft '))")


def sends(page, text):
    page.get_by_role("button", name="Reply", exact=True).click()
    expect(page.locator("#posts .prose", has_text=text)).to_be_visible()


def test_what_was_typed_is_there_again_when_the_tab_was_closed(person, thread):
    page = person("brass-peri")
    page.goto(thread)
    types(page, "Practice mutes help")
    is_saved(page)
    assert copies(page) == []
    types(page, " a lot")
    page.close(run_before_unload=False)
    elsewhere = person("brass-peri", -1)
    elsewhere.goto(thread)
    expect(body(elsewhere)).to_have_value("Practice mutes help a lot")
    elsewhere.goto("/drafts/")
    elsewhere.get_by_role("link", name="Reply in A hall with a low ceiling").click()
    expect(body(elsewhere)).to_have_value("Practice mutes help a lot")


def test_who_loads_the_page_again_while_typing_goes_on_with_the_same_text(person, thread):
    page = person("brass-peri")
    page.goto(thread)
    text = "Practice mutes help"
    types(page, text)
    for words in (" a lot", " in small halls"):
        page.wait_for_timeout(500)  # it is kept in this browser, and perhaps not on the server yet
        page.reload()
        expect(body(page)).to_have_value(text)
        body(page).press("Control+End")
        types(page, words)
        text += words
    is_saved(page)
    expect(page.get_by_text("A newer draft of this was saved elsewhere")).to_have_count(0)
    sends(page, "Practice mutes help a lot in small halls")
    page.reload()
    expect(body(page)).to_have_value("")


def test_a_stale_tab_does_not_overwrite_and_shows_both(person, thread):
    person.forgive("409")
    first = person("strings-peri")
    second = first.context.new_page()
    for page in (first, second):
        page.goto(thread)
    types(second, "Newer, from the second tab")
    is_saved(second)
    types(first, "Older, from the first")
    first.get_by_text("A newer draft of this was saved elsewhere").wait_for()
    first.get_by_text("Show it").click()
    expect(first.get_by_label("The other text")).to_have_value("Newer, from the second tab")
    first.get_by_role("button", name="Use that one").click()
    expect(body(first)).to_have_value("Newer, from the second tab")
    expect(first.get_by_label("The other text")).to_have_value("Older, from the first")
    first.reload()
    expect(body(first)).to_have_value("Newer, from the second tab")


def test_what_was_sent_does_not_come_back(person, thread):
    person.forgive("409")
    page = person("cello-peri")
    stale = page.context.new_page()
    page.goto(thread)
    types(page, "Curtains help")
    is_saved(page)
    stale.goto(thread)
    expect(body(stale)).to_have_value("Curtains help")
    sends(page, "Curtains help")
    expect(body(page)).to_have_value("")
    types(stale, ", said again")
    stale.get_by_text("This was sent or discarded elsewhere").wait_for()
    page.reload()
    expect(body(page)).to_have_value("")
    types(page, "The next thought")
    is_saved(page)
    sends(page, "The next thought")
    types(page, "And a third")
    is_saved(page)


def test_undo_takes_it_back_and_gives_the_text_again(person, thread):
    page, reader = person("brass-peri"), person("strings-peri", -1)
    reader.goto(thread)
    page.goto(thread)
    body(page).fill("Sent too soon")
    sends(page, "Sent too soon")
    expect(reader.locator("#posts .prose", has_text="Sent too soon")).to_be_visible()
    page.get_by_role("button", name="Undo").click()
    expect(body(page)).to_have_value("Sent too soon")
    expect(reader.locator("#posts")).to_contain_text("Removed by its author")
    expect(reader.locator("#posts .prose", has_text="Sent too soon")).to_have_count(0)
    body(page).fill("Sent in time")
    sends(page, "Sent in time")


def test_on_a_shared_computer_nothing_stays_in_the_browser(person, thread):
    page = person("")
    page.goto("/sign-in/password/")
    page.get_by_label("E-mail address").fill("cello-peri@example.org")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_label("This is a shared computer").check()
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.get_by_text("Menu and your account").wait_for(state="attached")
    page.goto(thread)
    types(page, "Nobody else shall read this")
    assert page.evaluate("document.documentElement.hasAttribute('data-shared')")
    assert "Nobody else" not in page.evaluate("JSON.stringify([{ ...localStorage }, { ...sessionStorage }])")
    is_saved(page)
    assert "Nobody else" not in page.evaluate("JSON.stringify([{ ...localStorage }, { ...sessionStorage }])")


def test_while_the_server_is_away_the_text_stays_in_this_browser(person, thread):
    page = person("strings-peri")
    person.forgive("Failed to load resource|ERR_|WebSocket")
    page.goto(thread)
    page.route("**/drafts/save/", lambda route: route.abort())
    body(page).fill("Typed while the server was away")
    expect(page.locator("draft-keeper .saved")).to_contain_text("Kept on this device")
    assert len(copies(page)) == 1
    page.unroute("**/drafts/save/")
    context = page.context
    page.evaluate("navigator.sendBeacon = () => false")
    page.close()
    again = context.new_page()
    again.goto(thread)
    expect(body(again)).to_have_value("Typed while the server was away")
    is_saved(again)
    assert copies(again) == []


def test_who_replied_meanwhile_is_told_before_sending(person, thread):
    writer, other = person("brass-peri"), person("strings-peri", -1)
    writer.goto(thread)
    types(writer, "While I write this")
    other.goto(thread)
    body(other).fill("Somebody was quicker")
    sends(other, "Somebody was quicker")
    expect(writer.get_by_role("link", name="1 person replied while you write")).to_be_visible()
    sends(writer, "While I write this")


def test_similar_discussions_appear_while_a_title_is_typed(person, thread):
    page = person("brass-peri")
    page.goto(f"{WORKFORCE}/threads/new/")
    page.get_by_label("Title").press_sequentially("Our hall has a low ceiling")
    expect(page.get_by_role("link", name="A hall with a low ceiling").first).to_be_visible()


def test_without_script_a_draft_is_saved_by_a_button_and_undo_is_on_the_next_page(person, thread):
    page = person("cello-peri", java_script_enabled=False)
    page.goto(thread)
    body(page).fill("No script here")
    page.get_by_role("button", name="Save draft").click()
    expect(page.get_by_text("Your draft is saved")).to_be_visible()
    page.get_by_role("link", name="Reply in A hall with a low ceiling").first.click()
    expect(body(page)).to_have_value("No script here")
    page.get_by_role("button", name="Reply", exact=True).click()
    page.get_by_role("button", name="Undo").click()
    expect(body(page)).to_have_value("No script here")
