"""The second step of a report: on a phone, without scripts, with the keys alone."""

import pytest
from playwright.sync_api import expect

from tests.journeys.deeds import start_discussion
from tests.journeys.test_desk_in_browser import PHONE
from tests.journeys.test_pages import GROUP

pytestmark = pytest.mark.journey


def test_a_complaint_on_a_phone_without_scripts_says_what_is_missing_and_is_made_whole(person):
    writer = person("workforce-chair")
    start_discussion(writer, "Who pays late", "The service next door pays nobody.", group=GROUP.rstrip("/"))

    reporter = person("brass-peri", **PHONE)
    reporter.goto(writer.url)
    reporter.get_by_role("link", name="Report").first.click()
    reporter.get_by_label("It harms my good name and is not true").check()
    reporter.get_by_role("button", name="Send report").click()
    expect(reporter.get_by_text("We have your report")).to_be_visible()
    reporter.get_by_label("The words that you complain of").fill("pays nobody")
    reporter.get_by_label("Where exactly they stand").fill("The first line")
    reporter.get_by_role("button", name="Save").click()
    expect(reporter.get_by_text("Missing for a notice under section 5")).to_be_visible()
    expect(reporter.get_by_label("The words that you complain of")).to_have_value("pays nobody")
    reporter.get_by_label("What you take them to mean").fill("That we cheat")
    reporter.get_by_label("Why that harms your good name").fill("Schools leave")
    reporter.get_by_label("What in them is not true").fill("We pay in ten days")
    reporter.get_by_label("I do not know enough about the author").check()
    for question in ("your name?", "your e-mail address?"):
        reporter.get_by_role("group", name=question).get_by_label("No").check()
    reporter.get_by_role("button", name="Save").click()
    expect(reporter.get_by_role("heading", name="Your report, number")).to_be_visible()
    expect(reporter.get_by_text("Missing for a notice")).to_have_count(0)


def test_which_kind_of_illegal_content_is_said_by_keys_alone(person):
    reporter = person("brass-peri")
    reporter.goto("/report/without-account/")
    reporter.get_by_label("Illegal content").focus()
    reporter.keyboard.press("Space")
    reporter.get_by_label("in your own words").focus()
    reporter.keyboard.type("It sells diplomas")
    reporter.get_by_role("button", name="Send report").focus()
    reporter.keyboard.press("Enter")
    expect(reporter.get_by_role("heading", name="A little more about your report")).to_be_visible()
    reporter.get_by_label("Fraud and scams").focus()
    reporter.keyboard.press("Space")
    reporter.get_by_role("button", name="Save").focus()
    reporter.keyboard.press("Enter")
    expect(reporter.get_by_text("Illegal content: Fraud and scams")).to_be_visible()
