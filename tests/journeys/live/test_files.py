"""Pictures and files on a live page: chosen, pasted, described, sent; and what happens to them without a network."""

import pytest
from playwright.sync_api import expect

from realtime.chat.models import Message
from tests.journeys.deeds import PDF, picture
from tests.journeys.live.pages import deed, live, write

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

FIELD = "Message to Live room"
ROOM = {"name": "room.png", "mimeType": "image/png", "buffer": picture()}
TERMS = {"name": "terms.pdf", "mimeType": "application/pdf", "buffer": PDF}
PASTE = """async (field, bytes) => {
  const data = new DataTransfer();
  data.items.add(new File([Uint8Array.from(bytes)], "pasted.png", { type: "image/png" }));
  field.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
}"""


@pytest.fixture
def pair(open_page, url, member, lead):
    return live(open_page(member, url)), live(open_page(lead, url))


def choose(page, *files):
    page.locator("input[name=files]").set_input_files(list(files))
    expect(page.locator(".dock .waiting[data-kept]")).to_have_count(len(files))


def row(page):
    return page.locator(".dock .waiting")


def test_a_picture_goes_once_it_is_described_and_declared(pair):
    one, two = pair
    choose(one, ROOM)
    expect(row(one).get_by_label("Describe the picture")).to_be_focused()
    write(one, "The hall with its curtains")
    expect(one.locator(".composer-said")).to_contain_text("say what the picture shows")
    row(one).get_by_label("Describe the picture").fill("A hall")
    write(one, "The hall with its curtains")
    expect(one.locator(".composer-said")).to_contain_text("no child can be recognised")
    row(one).get_by_label("No child can be recognised").check()
    write(one, "The hall with its curtains")
    for page in pair:
        shown = page.locator("#messages .say img")
        expect(shown).to_have_attribute("alt", "A hall")
        assert shown.evaluate("async (image) => (await image.decode(), image.naturalWidth)") > 0
    expect(one.locator(".dock .waiting")).to_have_count(0)
    write(one, "And words alone")
    expect(two.locator("#messages .say")).to_have_count(2)
    expect(two.locator("#messages img")).to_have_count(1)
    deed(lambda: Message.objects.get(number=1).remove())
    expect(two.locator("#messages img")).to_have_count(0)


def test_a_picture_is_pasted_and_sent_without_words(pair):
    one, two = pair
    one.get_by_label(FIELD).evaluate(PASTE, list(picture()))
    expect(one.locator(".dock .waiting[data-kept]")).to_have_count(1)
    row(one).get_by_label("It only decorates").check()
    row(one).get_by_label("No child can be recognised").check()
    one.get_by_role("button", name="Send").click()
    expect(two.locator("#messages .say img")).to_have_count(1)


def test_a_message_with_files_waits_for_the_network_through_a_reload_and_goes_once(pair, server):
    one, two = pair
    choose(one, TERMS)
    one.context.route("**/say/", lambda route: route.abort())
    write(one, "The terms, from the train")
    expect(one.locator(".failed .why")).to_have_text("Not sent: no connection.")
    expect(one.locator(".failed .words")).to_contain_text("terms.pdf")
    one.reload()
    expect(one.locator(".failed .words")).to_contain_text("terms.pdf")
    one.context.unroute("**/say/")
    expect(
        two.locator("#messages .say", has_text="from the train").get_by_role("link", name="terms.pdf")
    ).to_be_visible()
    expect(one.locator(".failed, .pending")).to_have_count(0)
    assert Message.objects.count() == 1


def test_a_file_chosen_without_a_network_stays_and_is_tried_again(pair):
    one, two = pair
    one.context.set_offline(True)
    one.locator("input[name=files]").set_input_files([TERMS])
    expect(row(one)).to_contain_text("not uploaded, no connection")
    write(one, "The terms")
    expect(one.locator(".composer-said")).to_contain_text("a file did not arrive")
    one.context.set_offline(False)
    row(one).get_by_role("button", name="Try again").click()
    expect(one.locator(".dock .waiting[data-kept]")).to_have_count(1)
    write(one, "The terms")
    expect(two.get_by_role("link", name="terms.pdf")).to_be_visible()


def test_a_list_of_pupils_is_refused_where_it_was_chosen(pair):
    one, _two = pair
    rows = b"First name,Instrument,DOB\nZebedee,Cello,03/04/2014\nQuillon,Oboe,05/06/2015\n"
    one.locator("input[name=files]").set_input_files([{"name": "list.csv", "mimeType": "text/csv", "buffer": rows}])
    expect(row(one)).to_contain_text("single pupils")
    row(one).get_by_role("button", name="Take it out").click()
    expect(row(one)).to_have_count(0)


def test_without_scripts_a_picture_comes_with_the_form(open_page, url, member):
    page = open_page(member, url, java_script_enabled=False)
    page.get_by_label("Message to").fill("Look")
    page.get_by_text("Pictures and files", exact=True).click()
    page.get_by_label("Files", exact=True).set_input_files([ROOM])
    page.get_by_label("Describe the picture").fill("A hall")
    page.get_by_label("No child can be recognised").check()
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_alt_text("A hall")).to_be_visible()
