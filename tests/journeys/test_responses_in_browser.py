"""Reacting, saving for later and copying a link, in a browser; and reactions arriving in another window."""

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.deeds import has_stayed, start_discussion, stays

pytestmark = pytest.mark.journey


@pytest.fixture
def thread(person):
    return start_discussion(person("workforce-chair"), "Which mutes for a low hall?", "What has worked for you?")


def bar(page):
    return page.locator("#posts .reactions").first


def react(page, words):
    bar(page).locator("summary").click()
    bar(page).get_by_role("button", name=words).click()


def test_reacting_flips_at_once_arrives_elsewhere_and_can_be_taken_back(person, thread):
    mine, other = person("brass-peri"), person("strings-peri")
    for page in (mine, other):
        page.goto(thread)
        stays(page)
    react(mine, "Helpful")
    said = bar(mine).get_by_role("button", name="Helpful 1")
    expect(said).to_have_attribute("aria-pressed", "true")
    there = bar(other).get_by_role("button", name="Helpful 1")
    expect(there).to_have_attribute("aria-pressed", "false")
    there.click()
    expect(bar(mine).get_by_role("button", name="Helpful 2")).to_have_attribute("aria-pressed", "true")
    mine.reload()
    expect(bar(mine).get_by_role("button", name="Helpful 2")).to_have_attribute("aria-pressed", "true")
    bar(mine).get_by_role("button", name="Helpful 2").click()
    expect(bar(mine).get_by_role("button", name="Helpful 1")).to_have_attribute("aria-pressed", "false")
    expect(bar(other).get_by_role("button", name="Helpful 1")).to_have_attribute("aria-pressed", "true")
    assert has_stayed(other)


def test_a_reaction_that_is_not_taken_goes_back_and_says_why(person, thread):
    page = person("brass-peri")
    page.goto(thread)
    react(page, "Bravo")
    said = bar(page).get_by_role("button", name="Bravo 1")
    expect(said).to_have_attribute("aria-pressed", "true")
    person.forgive("ERR_INTERNET_DISCONNECTED")
    page.context.set_offline(True)
    said.click()
    expect(page.locator(".toast")).to_contain_text("No connection")
    expect(bar(page).get_by_role("button", name="Bravo 1")).to_have_attribute("aria-pressed", "true")


def test_without_scripts_reacting_and_saving_work_by_forms(person, thread):
    page = person("brass-peri", java_script_enabled=False)
    page.goto(thread)
    react(page, "Thank you")
    expect(page.get_by_text("You said: Thank you")).to_be_visible()
    bar(page).get_by_role("button", name="Thank you 1").click()
    expect(page.get_by_text("Taken back.")).to_be_visible()
    page.locator("#posts summary", has_text="More for this post").click()
    page.locator("#posts").get_by_role("button", name="Save for later").click()
    expect(page.get_by_role("heading", level=1, name="Saved for later")).to_be_visible()


def test_saving_for_later_with_a_reminder(person, thread):
    page = person("brass-peri")
    page.goto(thread)
    page.locator("#posts summary", has_text="More for this post").click()
    page.locator("#posts").get_by_role("button", name="Save for later").click()
    page.locator(".toast").get_by_role("link", name="Add a note or a reminder").click()
    page.get_by_label("Note to yourself").fill("Before the spring term")
    page.get_by_label("Next Monday").check()
    page.get_by_role("button", name="Save", exact=True).click()
    page.goto("/saved/")
    line = page.locator("#main .need", has_text="Which mutes for a low hall?").first
    expect(line).to_contain_text("Before the spring term")
    expect(line).to_contain_text("Reminder:")
    line.get_by_role("button", name="Remove").click()
    expect(page.get_by_text("No longer saved:")).to_be_visible()
    page.get_by_role("button", name="Undo").click()
    expect(page.locator("#main .need", has_text="Before the spring term")).to_be_visible()


def test_the_link_to_a_post_is_copied(person, thread):
    page = person("brass-peri")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(thread)
    page.locator("#posts summary", has_text="More for this post").click()
    page.locator("#posts").get_by_role("link", name="Link to this post").click()
    expect(page.locator(".toast")).to_have_text("Link copied.")
    assert re.search(r"/posts/\d+/$", page.evaluate("navigator.clipboard.readText()"))
