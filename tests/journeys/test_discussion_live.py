"""A discussion that changes while one reads and writes in it: all of it in place, nothing jumps, nothing is lost."""

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.deeds import has_stayed, reply, start_discussion, stays
from tests.journeys.test_main_job import decide

pytestmark = pytest.mark.journey
LONG = "A line of many.\n\n" * 60
DAY = 86_400_000  # ms
FORGIVEN = r"ERR_INTERNET_DISCONNECTED|WebSocket|ERR_CONNECTION|ERR_NETWORK|403|404|409"


@pytest.fixture
def thread(person):
    return start_discussion(person("workforce-chair"), "Which hall, and when?", LONG)


def post(page, text):
    return page.locator("#posts > li", has_text=text)


def body(page):
    return page.locator("#id_body")


def status(page):
    return page.locator("#thread > [role=status]")


def top_of_first(page):
    return page.locator("#posts > li").first.evaluate("post => post.getBoundingClientRect().top")


def presses(page, name):
    page.locator("#thread-head").get_by_role("button", name=name).click()


def test_what_comes_while_one_reads_moves_nothing_and_is_told_once(person, thread):
    reader, writer = person("brass-peri"), person("workforce-chair")
    reader.goto(thread)
    stays(reader)
    reader.wait_for_timeout(3000)  # until the page is quiet and follows
    reader.evaluate("scrollTo(0, 300)")
    before = top_of_first(reader)
    writer.goto(thread)
    reply(writer, "The small hall")
    reply(writer, "On Friday")
    pill = reader.locator("a.live-new")
    expect(pill).to_have_text("2 new posts")
    expect(status(reader)).to_have_text(re.compile("new post"))
    assert abs(top_of_first(reader) - before) < 1
    pill.click()
    expect(pill).to_have_count(0)
    expect(post(reader, "The small hall")).to_be_in_viewport()
    reader.evaluate("scrollTo(0, 300)")
    reply(writer, "Bring chairs")
    expect(pill).to_have_text("1 new post")
    reader.evaluate("scrollTo(0, document.body.scrollHeight)")
    expect(pill).to_have_count(0)  # whoever scrolls there needs it no more
    latest = reader.locator("#timeline li").last.get_by_role("link")
    expect(latest).to_have_attribute("href", f"#{post(reader, 'Bring chairs').get_attribute('id')}")

    said = post(writer, "On Friday")
    said.locator("summary.tool").last.click()
    said.get_by_role("link", name="Edit", exact=True).click()
    body(writer).fill("On Saturday")
    writer.get_by_role("button", name="Save").click()
    expect(post(reader, "On Saturday")).to_contain_text("Edited")
    expect(post(reader, "On Friday")).to_have_count(0)
    post(writer, "The small hall").locator("summary.tool").last.click()
    post(writer, "The small hall").get_by_role("link", name="Remove").click()
    writer.get_by_role("button", name=re.compile("Remove")).click()
    expect(post(reader, "The small hall")).to_have_count(0)
    expect(reader.locator("#posts")).to_contain_text("Removed by its author")
    assert has_stayed(reader)


def test_who_writes_when_it_closes_or_is_hidden_loses_nothing_and_goes_on_when_it_opens(person, thread):
    person.forgive(FORGIVEN)
    writer, lead, staff = person("brass-peri"), person("workforce-chair"), person("duty-moderator", -1)
    writer.goto(thread)
    stays(writer)
    writer.wait_for_timeout(3000)
    body(writer).press_sequentially("Half a thought")
    lead.goto(thread)
    presses(lead, "Close")
    expect(writer.locator("#reply .shut .note")).to_contain_text("This discussion is closed")
    expect(writer.locator("#reply .shut")).to_be_focused()
    expect(writer.locator("#reply")).to_contain_text("What you began to write is kept")
    expect(writer.locator(".reply-said")).to_contain_text("This discussion is closed")
    expect(body(writer)).to_be_hidden()
    drafts = writer.context.new_page()
    drafts.wait_for_timeout(2500)
    drafts.goto("/drafts/")
    expect(drafts.locator("main")).to_contain_text("Half a thought")
    late = person("strings-peri")
    late.goto(thread)
    expect(body(late)).to_have_count(0)
    late.wait_for_timeout(3000)

    presses(lead, "Open again")
    for page in (writer, late):
        expect(body(page)).to_be_visible()
        expect(page.locator(".reply-said")).to_have_text("Replies are taken again.")
        expect(page.locator("#reply .shut")).to_have_count(0)
    expect(body(writer)).to_have_value("Half a thought")
    expect(body(writer)).to_be_focused()
    reply(late, "Mine came later")

    number = re.search(r"/threads/(\d+)-", thread)[1]
    staff.goto(f"/desk/thread-{number}/")
    decide(staff, "Hide it", "It is about one pupil.", rule="3.2")
    expect(writer.get_by_role("heading", level=1)).to_have_text("A hidden discussion")
    expect(writer).to_have_title(re.compile("^A hidden discussion"))
    assert "Which hall" not in writer.locator("main").inner_text()
    expect(body(writer)).to_be_hidden()
    expect(writer.locator("#reply .shut .note")).to_contain_text("hidden by staff")
    staff.goto(f"/desk/thread-{number}/")
    decide(staff, "Undo “", "The pupil is invented.")
    expect(body(writer)).to_have_value("Half a thought")
    body(writer).press("End")
    body(writer).press_sequentially(", and its end")
    body(writer).press("Control+Enter")
    expect(post(writer, "Half a thought, and its end")).to_have_count(1)
    assert has_stayed(writer)


def test_a_page_that_slept_for_a_day_shows_what_there_is_now(person, site, thread):
    person.forgive(FORGIVEN)
    sleeper, writer = person("brass-peri"), person("workforce-chair")
    writer.goto(thread)
    reply(writer, "To be changed")
    reply(writer, "To be taken away")
    sleeper.clock.install()
    sleeper.goto(thread)
    stays(sleeper)
    sleeper.clock.run_for(3000)
    expect(post(sleeper, "To be taken away")).to_have_count(1)
    sleeper.context.set_offline(True)
    for port in site.ports:  # sockets that are open stay so while a browser plays that it is offline
        site.kill(port)
        site.start(port)

    writer.goto(thread)
    for n in range(6):
        reply(writer, f"While you slept {n}")
    changed = post(writer, "To be changed")
    changed.locator("summary.tool").last.click()
    changed.get_by_role("link", name="Edit", exact=True).click()
    body(writer).fill("Changed in the night")
    writer.get_by_role("button", name="Save").click()
    gone = post(writer, "To be taken away")
    gone.locator("summary.tool").last.click()
    gone.get_by_role("link", name="Remove").click()
    writer.get_by_role("button", name=re.compile("Remove")).click()
    presses(writer, "Close")
    expect(body(writer)).to_have_count(0)

    sleeper.clock.fast_forward(DAY)
    sleeper.context.set_offline(False)
    sleeper.clock.resume()
    expect(body(sleeper)).to_be_hidden(timeout=60_000)
    expect(post(sleeper, "While you slept 5")).to_have_count(1)
    shown = sleeper.locator("#posts > li").all_inner_texts()
    assert has_stayed(sleeper)
    sleeper.reload()
    assert [each.split("\n")[0] for each in shown] == [
        each.split("\n")[0] for each in sleeper.locator("#posts > li:not(.divider)").all_inner_texts()
    ]
    assert "Changed in the night" in "".join(shown) and "To be" not in "".join(shown)


def test_a_line_that_breaks_while_a_page_still_fetches_what_listens_is_tried_again(person, thread):
    person.forgive("ERR_FAILED")
    reader, writer = person("brass-peri"), person("workforce-chair")
    asked = []

    def breaks_once(route):
        asked.append(route.request.url)
        return route.abort() if len(asked) == 1 else route.continue_()

    reader.route("**/js/live.js", breaks_once)
    reader.goto(thread)
    writer.goto(thread)
    reply(writer, "Heard all the same")
    expect(post(reader, "Heard all the same")).to_have_count(1, timeout=20_000)
    assert len(asked) == 2


def test_who_answers_what_is_taken_back_meanwhile_gets_their_words_to_copy(person):
    person.forgive(FORGIVEN)
    starter, writer = person("workforce-chair"), person("brass-peri")
    address = start_discussion(starter, "Begun too soon", "What do you think?")
    writer.goto(address)
    writer.wait_for_timeout(3000)
    body(writer).press_sequentially("My answer, half done")
    starter.get_by_role("button", name="Undo").click()
    expect(writer.get_by_label("What you wrote, to copy")).to_have_value("My answer, half done")
    expect(writer.locator("main")).not_to_contain_text("Begun too soon")


def test_a_draft_from_before_is_handed_over_as_well_when_its_discussion_is_taken_back(person):
    person.forgive(FORGIVEN)
    starter, writer = person("workforce-chair"), person("brass-peri")
    address = start_discussion(starter, "Begun too soon again", "What do you think?")
    writer.goto(address)
    body(writer).press_sequentially("My answer, kept")
    expect(writer.locator("draft-keeper .saved")).to_contain_text("Draft saved")
    writer.reload()
    expect(body(writer)).to_have_value("My answer, kept")
    writer.wait_for_timeout(3000)
    starter.get_by_role("button", name="Undo").click()
    expect(writer.get_by_label("What you wrote, to copy")).to_have_value("My answer, kept")
