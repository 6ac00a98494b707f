"""Writing, in a real browser under the strict policy: tools, quotes, mentions, files, pastes, and what goes wrong."""

import base64
import re

import pytest
from playwright.sync_api import expect

from tests.journeys.deeds import WORKFORCE, has_stayed, picture, stays

pytestmark = pytest.mark.journey

ITEM = """<p class=MsoListParagraph style='text-indent:-18pt;mso-list:l0 level1 lfo1'>
<span style='mso-list:Ignore'>·<span>&nbsp; </span></span>{}</p>"""
WORD = f"""<html><head><style>p.Mso {{margin:0}}</style></head><body><h1 style='margin:0'>Minutes</h1>
<p class=MsoNormal>We <b style='mso-bidi-font-weight:normal'>agreed</b> on
<i style='mso-bidi-font-style:normal'>one</i> thing: <a href="https://example.org/">this</a>.</p>
{ITEM.format("Breath")}{ITEM.format("Sound")}
<table><tr><td><p>Week</p></td><td><p>Aim</p></td></tr><tr><td><p>1</p></td><td><p>Pulse</p></td></tr></table></body>"""
POINT = "<p class=MsoListParagraph style='mso-list:l1 level1 lfo2'><span style='mso-list:Ignore'>{}&nbsp; </span>{}</p>"
POINTS = f"""{POINT.format("1.", "Apologies")}<p class=MsoNormal>None.</p>{POINT.format("2.", "Dates")}
<dl><dt>Friday</dt><dd>See <a href="https://example.org/a_(b">there</a></dd></dl>
<figure><figcaption>A hall</figcaption></figure>"""
MARKDOWN = """## Minutes

We **agreed** on _one_ thing: [this](https://example.org/).

- Breath
- Sound

| Week | Aim |
|---|---|
| 1 | Pulse |"""


@pytest.fixture
def page(person, site):
    person.forgive("422")  # the answer to a form that is not taken yet
    page = person("brass-peri")
    page.goto(site.places["thread"])
    return page


def test_the_tools_work_on_the_page_of_a_section_as_well(person, site):
    page = person("singing-lead")
    page.goto(site.places["section"])
    box(page).fill("Daily")
    box(page).select_text()
    page.get_by_role("button", name="Bold").click()
    expect(box(page)).to_have_value("**Daily**")


def box(page):
    return page.locator("#id_body")


def paste(page, **kinds):
    box(page).evaluate(
        """(field, kinds) => {
            const data = new DataTransfer();
            for (const [kind, text] of Object.entries(kinds)) data.setData(kind.replace("_", "/"), text);
            field.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
        }""",
        kinds,
    )


def write(page, text):
    box(page).focus()
    expect(box(page)).to_have_attribute("role", "combobox")  # what helps to write has been loaded
    box(page).fill(text)


def test_tools_mark_what_is_selected_and_can_be_undone(page):
    write(page, "breath before sound")
    box(page).select_text()
    page.get_by_role("button", name="Bold").click()
    expect(box(page)).to_have_value("**breath before sound**")
    box(page).press("Control+i")
    expect(box(page)).to_have_value("**_breath before sound_**")
    box(page).press("Control+z")
    box(page).press("Control+z")
    expect(box(page)).to_have_value("breath before sound")
    page.get_by_role("button", name="Bold").focus()
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("button", name="Italic")).to_be_focused()
    expect(page.get_by_role("button", name="Bold")).to_have_attribute("tabindex", "-1")


def test_a_table_is_walked_by_tab_and_left_by_esc(page):
    write(page, "")
    page.get_by_role("button", name="Table").click()
    for word in ("Week", "Aim", "1", "Pulse", "2", "Notes", "3"):
        page.keyboard.type(word)
        page.keyboard.press("Tab")
    lines = box(page).input_value().strip().split("\n")
    assert lines[0].replace(" ", "") == "|Week|Aim|"
    assert lines[-1].replace(" ", "") == "|3||"
    page.keyboard.press("Escape")
    page.keyboard.press("Tab")
    expect(box(page)).not_to_be_focused()


def test_a_preview_does_not_leave_the_page(page):
    stays(page)
    write(page, "It is **so**")
    page.get_by_role("button", name="Preview").click()
    expect(page.locator(".preview strong", has_text="so")).to_be_visible()
    assert has_stayed(page)
    expect(box(page)).to_have_value("It is **so**")


def test_a_selection_is_quoted_into_what_is_typed(page):
    stays(page)
    write(page, "First thoughts")
    page.evaluate(
        """() => {
            const words = document.querySelector("#posts .prose p");
            getSelection().selectAllChildren(words);
        }"""
    )
    page.locator(".quote-this").click()
    expect(box(page)).to_have_value(re.compile(r"^First thoughts\n\n> A first term on whole-class brass"))
    expect(page.locator("#answering")).to_contain_text("In reply to brass-peri, post 1")
    box(page).press("Control+End")
    box(page).press_sequentially("I agree with this.")
    page.get_by_role("button", name="Reply", exact=True).click()
    expect(page.locator("#posts > li").last.locator(".in-reply")).to_contain_text("In reply to brass-peri, post 1")
    assert has_stayed(page)


def test_a_mention_is_completed(page):
    write(page, "")
    box(page).press_sequentially("Ask @stri")
    expect(page.get_by_role("option").first).to_contain_text("strings-peri")
    box(page).press("Enter")
    expect(box(page)).to_have_value("Ask @strings-peri ")
    box(page).press_sequentially("or @cel")
    expect(page.get_by_role("option").first).to_contain_text("cello-peri")
    box(page).press("Escape")
    expect(page.get_by_role("listbox")).to_be_hidden()
    expect(box(page)).to_have_value("Ask @strings-peri or @cel")


def test_a_dropped_picture_is_described_and_sent(page):
    write(page, "Our room")
    page.locator("text-box").evaluate(
        """(box, bytes) => {
            const data = new DataTransfer();
            const content = Uint8Array.from(atob(bytes), (letter) => letter.charCodeAt(0));
            data.items.add(new File([content], "room.png", { type: "image/png" }));
            box.dispatchEvent(new DragEvent("drop", { dataTransfer: data, bubbles: true, cancelable: true }));
        }""",
        base64.b64encode(picture()).decode(),
    )
    described = page.get_by_label("Describe the picture, for those who cannot see it")
    expect(described).to_be_focused()
    page.get_by_role("button", name="Reply", exact=True).click()
    expect(page.get_by_text("Say what room.png shows").first).to_be_visible()
    described.fill("Chairs in a circle")
    page.get_by_role("button", name="Reply", exact=True).click()
    expect(page.get_by_text("no child can be recognised in it, or that you").first).to_be_visible()
    page.get_by_label("No child can be recognised in it").check()
    page.get_by_role("button", name="Reply", exact=True).click()
    expect(page.get_by_role("img", name="Chairs in a circle")).to_be_visible()


def test_on_a_telephone_whom_one_may_mention_and_what_a_picture_asks_lie_over_nothing(person, site):
    page = person("brass-peri", viewport={"width": 360, "height": 740})
    page.goto(site.places["thread"])
    write(page, "")
    box(page).press_sequentially("Ask @w")
    expect(page.get_by_role("option").last).to_be_in_viewport(ratio=0.9)
    box(page).fill("")
    with page.expect_file_chooser() as choosing:
        page.get_by_role("button", name="Attach pictures and files").click()
    choosing.value.set_files({"name": "room.png", "mimeType": "image/png", "buffer": picture()})
    asked = page.locator(".waiting :is(.input, .check)")
    expect(asked).to_have_count(3)
    field = asked.first.evaluate("field => field.getBoundingClientRect().toJSON()")
    words = page.locator(".waiting .check").evaluate_all(
        "all => all.map(one => { const range = document.createRange(); range.selectNodeContents(one);"
        " return range.getBoundingClientRect().toJSON(); })"
    )
    assert field["bottom"] <= words[0]["top"] and words[0]["bottom"] <= words[1]["top"]


def test_what_word_copies_becomes_markdown(page):
    write(page, "")
    paste(page, text_html=WORD, text_plain="Minutes We agreed")
    assert box(page).input_value().strip() == MARKDOWN
    page.get_by_role("button", name="Paste without formatting").click()
    expect(box(page)).to_have_value("Minutes We agreed")


def test_points_keep_their_numbers_and_what_stands_apart_stays_apart(page):
    write(page, "")
    paste(page, text_html=POINTS, text_plain="1. Apologies")
    points = ["1. Apologies", "None.", "2. Dates", "Friday", "See [there](https://example.org/a_%28b)", "A hall"]
    assert box(page).input_value().strip().split("\n\n") == points


def test_a_range_of_a_spreadsheet_is_a_table_and_a_flood_is_refused(page):
    write(page, "")
    paste(page, text_plain="Week\tAim\n1\tPulse\n")
    assert box(page).input_value().strip() == "| Week | Aim |\n|---|---|\n| 1 | Pulse |"
    before = box(page).input_value()
    box(page).evaluate(
        """(field) => {
            const data = new DataTransfer();
            data.setData("text/plain", "x".repeat(20_000_000));
            field.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
        }"""
    )
    expect(page.get_by_text("that text has 20,000,000 characters")).to_be_visible()
    expect(box(page)).to_have_value(before)


def test_two_presses_send_once_and_offline_keeps_the_text(page, person):
    person.forgive(r"ERR_INTERNET_DISCONNECTED|WebSocket")
    write(page, "Written on a train")
    page.context.set_offline(True)
    page.get_by_role("button", name="Reply", exact=True).click()
    expect(page.get_by_text("Not sent: no connection")).to_be_visible()
    expect(box(page)).to_have_value("Written on a train")
    page.context.set_offline(False)
    page.get_by_role("button", name="Reply", exact=True).dblclick()
    expect(page.locator("#posts .prose", has_text="Written on a train")).to_have_count(1)
    expect(box(page)).to_have_value("")


def test_a_new_discussion_has_the_same_tools(person):
    page = person("brass-peri")
    page.goto(f"{WORKFORCE}/threads/new/")
    write(page, "Who repairs them?")
    box(page).select_text()
    page.get_by_role("button", name="Quote", exact=True).click()
    expect(box(page)).to_have_value("> Who repairs them?")
    page.get_by_label("Title").fill("Ukuleles by the hundred")
    page.get_by_role("button", name="Start discussion").click()
    expect(page.get_by_role("heading", level=1, name="Ukuleles by the hundred")).to_be_visible()
