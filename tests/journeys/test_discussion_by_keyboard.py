"""A discussion read and written in without a mouse, from the first key to the last."""

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.deeds import has_stayed, reply, start_discussion, stays

pytestmark = pytest.mark.journey


@pytest.fixture
def page(person):
    writer = person("workforce-chair")
    address = start_discussion(writer, "Reeds and strings", "Which reeds do you buy?")
    reply(writer, "And which strings?")
    page = person("brass-peri")
    page.goto(address)
    page.wait_for_load_state("load")
    stays(page)
    return page


def body(page):
    return page.locator("#id_body")


def posts(page):
    return page.locator("#posts > li[data-number]")


def reaches(page, target, most=40):
    """By Tab alone."""
    for _ in range(most):
        if target.evaluate("node => node === document.activeElement"):
            return
        page.keyboard.press("Tab")
    expect(target).to_be_focused()


def test_one_replies_quotes_mentions_edits_saves_and_puts_back_by_keys(page):
    keys = page.keyboard
    keys.press("r")
    expect(body(page)).to_be_focused()
    expect(body(page)).to_have_attribute("role", "combobox")
    keys.type("Ask @stri")
    expect(page.get_by_role("option").first).to_contain_text("strings-peri")
    keys.press("ArrowDown")
    keys.press("ArrowUp")
    keys.press("Enter")
    expect(body(page)).to_have_value("Ask @strings-peri ")
    keys.type("rqesju?")  # no key does anything while one types
    keys.press("Control+Enter")
    expect(posts(page)).to_have_count(3)
    expect(body(page)).to_have_value("")
    expect(body(page)).to_be_focused()

    body(page).evaluate("field => field.blur()")
    for _ in range(4):
        keys.press("k")
    expect(posts(page).first).to_be_focused()
    keys.press("j")
    expect(posts(page).nth(1)).to_be_focused()
    keys.press("q")
    expect(page.locator("#answering")).to_contain_text("In reply to workforce-chair, post 2")
    expect(body(page)).to_be_focused()
    page.wait_for_timeout(500)
    assert body(page).input_value().count("And which strings?") == 1
    body(page).fill("")
    posts(page).first.locator(".prose p").evaluate(
        "words => { words.tabIndex = -1; words.focus(); getSelection().selectAllChildren(words); }"
    )
    keys.press("q")
    expect(body(page)).to_have_value(re.compile("^> Which reeds do you buy"))
    body(page).fill("")
    posts(page).nth(1).evaluate("post => { getSelection().removeAllRanges(); post.focus(); }")
    keys.press("q")
    expect(body(page)).to_have_value(re.compile("^> And which strings"))
    keys.press("Control+End")
    keys.type("Gut ones.")
    reaches(page, page.get_by_role("button", name="Reply", exact=True))
    keys.press("Enter")
    expect(posts(page)).to_have_count(4)
    expect(posts(page).last.locator("blockquote")).to_contain_text("And which strings?")
    assert has_stayed(page)

    posts(page).last.evaluate("post => { post.tabIndex = -1; post.focus(); }")
    keys.press("s")
    expect(posts(page).last.locator("button[data-key=s]")).to_have_attribute("aria-pressed", "true")
    keys.press("e")
    expect(page).to_have_url(re.compile("/edit/$"))
    expect(body(page)).to_have_value(re.compile(r"Gut ones\.$"))
    reaches(page, body(page))
    keys.press("Control+End")
    keys.type(" Or steel.")
    keys.press("Control+Enter")
    expect(posts(page).last).to_contain_text("Gut ones. Or steel.")
    expect(posts(page).last).to_contain_text("Edited")
    page.goto("/saved/")
    expect(page.get_by_role("link", name="Reeds and strings · post 4", exact=True).first).to_be_visible()


def test_another_ones_post_is_not_edited_by_key_and_is_marked_unread(page):
    keys = page.keyboard
    expect(page.locator("read-mark form")).to_be_hidden()  # what is on the screen has been read
    posts(page).first.evaluate("post => { post.tabIndex = -1; post.focus(); }")
    keys.press("e")
    page.wait_for_timeout(500)
    assert has_stayed(page)
    keys.press("j")
    expect(posts(page).nth(1)).to_be_focused()
    keys.press("Shift+U")
    page.wait_for_url(re.compile(r"/threads/$"))
    expect(page.locator(".thread-item", has_text="Reeds and strings").first.locator("> .new")).to_have_text("1 new")
    page.wait_for_load_state("load")
    keys.press("u")
    page.wait_for_url(re.compile(r"/threads/\d+-"))


def test_who_goes_on_while_a_reply_is_on_its_way_is_not_fetched_back(page):
    held = []
    page.route(
        re.compile("/reply/|/threads/"), lambda r: held.append(r) if r.request.method == "POST" else r.continue_()
    )
    body(page).fill("Gut ones.")
    body(page).press("Control+Enter")
    while not held:
        page.wait_for_timeout(50)
    posts(page).first.evaluate("post => { post.tabIndex = -1; post.focus(); }")
    held[0].continue_()
    expect(body(page)).to_have_value("")
    expect(posts(page)).to_have_count(3)
    expect(posts(page).first).to_be_focused()
    page.unroute_all(behavior="ignoreErrors")
