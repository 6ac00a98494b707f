"""A report becomes a case, a decision and an appeal: by phone and without scripts."""

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.deeds import start_discussion
from tests.journeys.test_pages import GROUP

pytestmark = pytest.mark.journey
PHONE = {"viewport": {"width": 360, "height": 740}, "is_mobile": True, "has_touch": True, "java_script_enabled": False}


def test_from_a_report_to_an_appeal_on_a_phone_without_scripts(person):
    writer = person("workforce-chair")
    start_discussion(writer, "Two things to sell", "Ukuleles at half the price.", group=GROUP.rstrip("/"))
    address = writer.url

    reporter = person("brass-peri", **PHONE)
    reporter.goto(address)
    reporter.get_by_role("link", name="Report").first.click()
    reporter.get_by_label("Spam or selling").check()
    reporter.get_by_role("button", name="Send report").click()
    expect(reporter.get_by_text("Staff have your report")).to_be_visible()

    desk = person("duty-moderator", **PHONE)
    desk.goto("/desk/")
    row = desk.locator(".case-row", has_text="Two things to sell")
    row.get_by_role("link", name=re.compile("^Open")).click()
    desk.get_by_role("button", name="Claim this case").click()
    expect(desk.get_by_text("You work on this.")).to_be_visible()
    expect(desk.get_by_label("For how long")).to_be_hidden()
    desk.get_by_label("Suspend the author").check()
    expect(desk.get_by_label("For how long")).to_be_visible()
    desk.get_by_label("Hide it, keep it").check()
    desk.get_by_label("Under which rule").select_option("2.3")
    desk.get_by_role("button", name="Write the reasons and letters").click()
    desk.get_by_label("What was wrong").fill("It is an advert.")
    desk.get_by_role("button", name="Do it and send the letters").click()
    expect(desk.get_by_text("Letters leave after a minute")).to_be_visible()
    desk.locator(".note.ok").get_by_role("link").click()
    expect(desk.locator(".case-facts")).to_contain_text("Hidden")

    author = person("workforce-chair", **PHONE)
    author.goto("/account/standing/")
    author.get_by_role("link", name="Read it whole, or appeal").first.click()
    expect(author.get_by_text("It is an advert.")).to_be_visible()
    author.get_by_label("Why do you think this is wrong?").fill("They are a gift.")
    author.get_by_role("button", name="Send appeal").click()
    expect(author.get_by_text("We have your appeal")).to_be_visible()


def test_a_case_is_decided_by_keys_alone_and_the_next_one_opens(person):
    writer, reporter = person("workforce-chair"), person("brass-peri")
    start_discussion(writer, "Harps for less", "Two **harps** at half the price.", group=GROUP.rstrip("/"))
    reporter.goto(writer.url)
    reporter.get_by_role("link", name="Report").first.click()
    reporter.get_by_label("Spam or selling").check()
    reporter.get_by_role("button", name="Send report").click()

    desk = person("duty-moderator")
    desk.goto("/desk/")
    desk.wait_for_load_state("load")  # scripts hear keys from then on
    keys, row = desk.keyboard, desk.locator(".case-row", has_text="Harps for less")
    expect(row).to_contain_text("Two harps at half the price.")
    for _ in range(30):
        if row.locator("a.title:focus").count():
            break
        keys.press("j")
    keys.press("x")
    expect(row.get_by_role("checkbox")).to_be_checked()
    keys.press("c")
    expect(row).to_contain_text("Claimed by you")
    expect(row.locator("a.title")).to_be_focused()
    desk.wait_for_load_state("load")
    keys.press("o")
    expect(desk.get_by_text("You work on this.")).to_be_visible()
    desk.wait_for_load_state("load")
    keys.press("n")
    expect(desk.get_by_role("textbox", name="Note for colleagues")).to_be_focused()
    keys.type("c5jx?")  # no key does anything while one types
    expect(desk.get_by_role("textbox", name="Note for colleagues")).to_have_value("c5jx?")
    desk.get_by_role("textbox", name="Note for colleagues").fill("")
    desk.get_by_role("textbox", name="Note for colleagues").evaluate("field => field.blur()")
    keys.press("4")
    expect(desk.get_by_label("Warn the author")).to_be_checked()
    keys.press("5")
    expect(desk.get_by_label("Hide it, keep it")).to_be_checked()
    expect(desk.get_by_label("Hide it, keep it")).to_be_focused()
    keys.press("Enter")
    expect(desk.get_by_label("What was wrong")).to_be_visible()
    desk.wait_for_load_state("load")
    keys.press("r")
    keys.type("It is an advert.")
    keys.press("Control+Enter")
    expect(desk.get_by_text("Letters leave after a minute")).to_be_visible()
    desk.wait_for_load_state("load")
    here = desk.url
    if desk.locator("a[data-key=j]").count():
        keys.press("j")
        desk.wait_for_url(lambda url: url != here)
        keys.press("k")
        desk.wait_for_url(here)
    desk.wait_for_load_state("load")
    keys.press("?")
    expect(desk.get_by_role("dialog")).to_contain_text("Claim the case, or release it")


def test_a_worry_told_on_a_phone_without_scripts_reaches_the_safeguarding_lead_by_keyboard(person):
    writer = person("workforce-chair")
    start_discussion(writer, "A lift home", "I drive two of them home after band.", group=GROUP.rstrip("/"))
    address = writer.url

    reporter = person("brass-peri", **PHONE)
    reporter.goto(address)
    reporter.get_by_role("link", name="Report").first.click()
    reporter.get_by_label("A worry about a child or a colleague").check()
    reporter.get_by_label("What should we know?").fill("Alone, every week.")
    reporter.get_by_role("button", name="Send report").click()
    expect(reporter.get_by_text("NSPCC helpline")).to_be_visible()
    expect(reporter.get_by_label("in your own words")).to_have_value("Alone, every week.")
    reporter.get_by_role("button", name="Send to the safeguarding lead").click()
    expect(reporter.get_by_role("heading", name="We have your report")).to_be_visible()
    writer.goto(address)
    expect(writer.get_by_text("I drive two of them home")).to_have_count(0)

    keeper = person("duty-moderator", viewport={"width": 1280, "height": 800}, java_script_enabled=False)
    keeper.goto("/desk/sealed/")
    press(keeper, keeper.locator("li:has(.badge)").get_by_role("link", name=re.compile("^Sealed case")).last)
    expect(keeper.get_by_text("Alone, every week.")).to_have_count(0)
    press(keeper, keeper.get_by_role("button", name="Show what was told"))
    expect(keeper.get_by_text("Alone, every week.")).to_be_visible()
    expect(keeper.get_by_text("I drive two of them home")).to_have_count(0)
    press(keeper, keeper.get_by_role("button", name="Show its text"))
    expect(keeper.get_by_text("I drive two of them home")).to_be_visible()
    press(keeper, keeper.get_by_role("link", name="Back to the case"))
    keeper.get_by_role("textbox", name="Referred to").focus()
    keeper.keyboard.type("Harrowdale council")
    keeper.keyboard.press("Enter")
    expect(keeper.get_by_text("Harrowdale council").first).to_be_visible()
    press(keeper, keeper.get_by_role("button", name="Give it back"))
    expect(keeper.get_by_text("Given back")).to_be_visible()
    writer.goto(address)
    expect(writer.get_by_text("I drive two of them home")).to_be_visible()


def press(page, what):
    """Reached by the Tab key alone, and pressed."""
    for _ in range(60):
        page.keyboard.press("Tab")
        if what.evaluate("it => it === document.activeElement"):
            page.keyboard.press("Enter")
            return
    raise AssertionError("the keyboard does not get there")
