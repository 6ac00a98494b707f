"""What is unread, told live wherever it stands; and the discussions by keyboard alone."""

import re

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.journey
GROUP = "/groups/data-and-impact/"
QUIET = "/groups/workforce/"  # where other journeys say nothing


def write(page, title):
    page.goto(f"{GROUP}threads/new/")
    page.get_by_label("Title").fill(title)
    page.locator("#id_body").fill("What do you say?")
    page.get_by_role("button", name="Start discussion").click()
    page.wait_for_url(re.compile(r"/threads/\d+-"))
    return page.url


def unread(page):
    return page.locator(".tabs [data-unread-in]")


def number(page):
    return int("".join(filter(str.isdigit, unread(page).text_content() or "")) or 0)


def test_counts_rise_when_somebody_writes_and_fall_when_one_reads_on_another_tab(person):
    reader, writer = person("brass-peri"), person("workforce-chair")
    reader.goto(f"{GROUP}documents/")
    expect(unread(reader).locator(".vh")).to_be_attached()  # it has been told
    before = number(reader)
    url = write(writer, "Counted at once")
    expect(unread(reader)).to_have_text(f"{before + 1} unread", timeout=15_000)

    tab = reader.context.new_page()
    tab.goto(url)
    expect(unread(reader)).not_to_have_text(f"{before + 1} unread", timeout=15_000)


def test_a_row_says_how_many_are_new_as_they_come(person):
    reader, writer = person("brass-peri"), person("workforce-chair")
    url = write(writer, "A row that counts")
    reader.goto(f"{GROUP}threads/")
    row = reader.locator(".thread-item", has_text="A row that counts")
    expect(row.locator("> .new")).to_have_text("1 new")
    reader.wait_for_timeout(4000)  # until the page is quiet and follows
    writer.goto(url)
    writer.locator("#id_body").fill("And one more")
    writer.get_by_role("button", name="Reply", exact=True).click()
    expect(row.locator("> .new")).to_have_text("2 new")


def test_a_jump_to_the_end_leaves_the_middle_new(person):
    reader, writer = person("brass-peri"), person("workforce-chair")
    url = write(writer, "A long one")
    for n in range(3):
        writer.locator("#id_body").fill(f"Part {n}\n\n" + "A line of many.\n\n" * 60)
        writer.get_by_role("button", name="Reply", exact=True).click()
        expect(writer.locator("#posts > li[data-number]")).to_have_count(n + 2)
    reader.goto(url)
    reader.locator(".timeline").get_by_role("link", name="Latest").click()
    reader.wait_for_url(re.compile(r"#post-"))
    rows = reader.context.new_page()
    new = rows.locator(".thread-item", has_text="A long one").locator("> .new").first  # of a second try, the newest
    for _ in range(20):
        reader.bring_to_front()
        reader.wait_for_timeout(2500)
        rows.goto(f"{GROUP}threads/")
        if new.text_content().startswith("3 new"):
            break
    expect(new).to_contain_text("3 new")


def test_what_comes_while_one_looks_is_read_also_when_the_page_was_drawn_anew(person):
    reader = person("brass-peri", viewport={"width": 1280, "height": 1400})
    writer = person("workforce-chair")
    url = write(writer, "Read as it comes")
    for _ in range(2):  # the second time there is nothing new when the page opens
        reader.goto(url)
        reader.wait_for_timeout(4000)
    for words in ("The small hall", "And on Friday"):
        writer.goto(url)
        writer.locator("#id_body").fill(words)
        writer.get_by_role("button", name="Reply", exact=True).click()
        expect(reader.locator("#posts > li", has_text=words)).to_be_in_viewport()
        for press in ("Pin", "Unpin"):
            writer.locator("#thread-head").get_by_role("button", name=press, exact=True).click()
    reader.wait_for_timeout(4000)
    rows = reader.context.new_page()
    rows.goto(f"{GROUP}threads/")
    expect(rows.locator(".thread-item", has_text="Read as it comes")).to_be_visible()
    expect(rows.locator(".thread-item", has_text="Read as it comes").locator("> .new")).to_be_hidden()


def test_the_discussions_by_keyboard_alone(person):
    page, writer = person("brass-peri"), person("workforce-chair")
    write(writer, "One to go through"), write(writer, "Another one")
    page.goto(f"{GROUP}threads/")
    first = page.locator("#threads a.title").first.text_content()
    page.keyboard.press("j")
    expect(page.locator("#threads a.title").first).to_be_focused()
    page.keyboard.press("j")
    expect(page.locator("#threads a.title").nth(1)).to_be_focused()
    page.keyboard.press("k")
    page.keyboard.press("o")
    expect(page.get_by_role("heading", level=1, name=first)).to_be_visible()
    page.wait_for_load_state("load")  # scripts hear keys from then on
    page.keyboard.press("j")
    expect(page.locator("#posts > li[data-number]:focus")).to_have_count(1)
    page.keyboard.press("?")
    expect(page.locator("dialog")).to_be_visible()
    page.keyboard.press("u")
    page.keyboard.press("Escape")
    expect(page.locator("dialog")).to_have_count(0)
    expect(page.locator("#posts > li[data-number]:focus")).to_have_count(1)
    page.keyboard.press("/")
    expect(page.locator("#find")).to_be_focused()
    page.keyboard.type("gj?")
    expect(page.locator("#find")).to_have_value("gj?")
    page.locator("#find").evaluate("field => field.blur()")
    page.keyboard.press("g")
    page.keyboard.press("p")
    page.wait_for_url("**/people/")


def test_keys_that_are_switched_off_do_nothing(person):
    page = person("strings-peri")
    page.goto("/account/keys/")
    page.get_by_label("Single keys do things").uncheck()
    page.get_by_role("button", name="Save").click()
    page.goto("/")
    page.keyboard.press("/")
    page.keyboard.press("?")
    page.wait_for_timeout(500)
    expect(page.locator("dialog")).to_have_count(0)
    expect(page.locator("#find")).not_to_be_focused()
    page.goto("/account/keys/")
    page.get_by_label("Single keys do things").check()
    page.get_by_role("button", name="Save").click()
    page.goto("/")
    page.keyboard.press("/")
    expect(page.locator("#find")).to_be_focused()


def test_whoever_leaves_one_group_goes_on_writing_in_another(person):
    lead, writer = person("workforce-chair"), person("cello-peri")
    writer.goto(f"{GROUP}threads/new/")
    writer.locator("#id_body").fill("Half a thought")
    expect(unread(writer).locator(".vh")).to_be_attached()
    writer.wait_for_timeout(2000)  # until the other groups are followed
    lead.goto("/groups/diversity-equity-and-inclusion/people/")
    lead.get_by_role("link", name=re.compile(r"^Remove\W+cello-peri$")).click()
    lead.get_by_label("Reason").fill("Moved on")
    lead.get_by_role("button", name="Remove", exact=True).click()
    expect(writer.locator('.site-nav [data-unread-in="2"]')).to_be_hidden()
    writer.wait_for_timeout(3000)
    expect(writer.locator("#id_body")).to_be_editable()
    expect(writer.locator("#id_body")).to_have_value("Half a thought")


def said(page):
    return page.locator(".tabs [data-said-in] b")


def test_what_is_said_in_the_room_is_counted_on_other_pages_until_it_is_read(person):
    reader, writer = person("brass-peri"), person("workforce-chair")
    reader.goto(f"{QUIET}live/")
    expect(said(reader)).to_have_text("0", timeout=15_000)  # all that was said is on the screen, and has been read
    reader.goto(f"{QUIET}documents/")
    expect(said(reader)).to_have_text("0")
    expect(said(reader)).to_be_hidden()
    writer.goto(f"{QUIET}live/")
    for words in ("Is anybody there?", "Hello?"):
        writer.get_by_label("Message to").fill(words)
        writer.keyboard.press("Enter")
    expect(said(reader)).to_have_text("2", timeout=15_000)
    tab = reader.context.new_page()
    tab.goto(f"{QUIET}live/")
    expect(said(reader)).to_be_hidden(timeout=15_000)
