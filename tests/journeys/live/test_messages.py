"""What is done with messages on a live page: answering, changing, pinning, reacting, and knowing what is new."""

import pytest
from playwright.sync_api import expect

from realtime.chat.models import Message, ReadMark, Room
from tests.journeys.live.pages import deed, live, texts, write
from tests.realtime.servers import wait_until

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

FIELD = "Message to Live room"


@pytest.fixture
def pair(open_page, url, member, lead):
    return live(open_page(member, url)), live(open_page(lead, url))


def menu(page, text, item):
    message = page.locator(".say", has_text=text).last
    message.hover()
    message.locator(":scope > details > summary").click()
    message.get_by_role("link", name=item).or_(message.get_by_role("button", name=item)).click()


def test_the_arrow_up_changes_ones_last_message_on_all_pages(pair):
    one, two = pair
    write(one, "Helo")
    expect(two.get_by_text("Helo", exact=True)).to_be_visible()
    write(two, "Good morning")
    expect(one.get_by_text("Good morning")).to_be_visible()
    one.get_by_label(FIELD).press("ArrowUp")
    expect(one.get_by_label(FIELD)).to_have_value("Helo")
    write(one, "Hello **all**")
    for page in pair:
        expect(page.locator("#messages strong", has_text="all")).to_be_visible()
        expect(page.get_by_text("Edited")).to_be_visible()
        expect(page.locator("#messages .say")).to_have_count(2)
    expect(one.get_by_label(FIELD)).to_have_value("")
    assert texts(one) == texts(two) == ["Hello all", "Good morning"]


def test_escape_leaves_a_change_and_brings_back_what_was_begun(pair):
    one, _two = pair
    write(one, "Said")
    expect(one.locator(".say[data-number]")).to_have_count(1)
    one.get_by_label(FIELD).fill("Half a thought")
    menu(one, "Said", "Edit")
    expect(one.get_by_label(FIELD)).to_have_value("Said")
    one.get_by_label(FIELD).press("Escape")
    expect(one.get_by_label(FIELD)).to_have_value("Half a thought")


def test_a_change_that_leaves_nothing_says_what_to_do(pair):
    one, _two = pair
    write(one, "Said")
    expect(one.locator(".say[data-number]")).to_have_count(1)
    menu(one, "Said", "Edit")
    expect(one.get_by_label(FIELD)).to_have_value("Said")
    write(one, "")
    expect(one.locator("#answering")).to_contain_text("Nothing is left of your message")
    one.get_by_role("link", name="Cancel").click()
    assert texts(one) == ["Said"]


def test_an_answer_shows_what_it_answers_and_where_that_stands(pair):
    one, two = pair
    write(one, "Who repairs ukuleles?")
    expect(two.get_by_text("Who repairs ukuleles?")).to_be_visible()
    menu(two, "Who repairs", "Reply")
    expect(two.locator("#answering")).to_contain_text("In reply to brass-peri")
    expect(two.get_by_label(FIELD)).to_be_focused()
    write(two, "I do")
    for page in pair:
        expect(page.locator("#messages .in-reply")).to_contain_text("In reply to brass-peri: Who repairs ukuleles?")
    expect(two.locator("#answering")).to_be_hidden()
    write(two, "Something else")
    for page in pair:
        expect(page.get_by_text("Something else")).to_be_visible()
        expect(page.locator("#messages .in-reply")).to_have_count(1)
    deed(lambda: Message.objects.get(number=1).remove())
    for page in pair:
        expect(page.locator("#messages .in-reply")).to_have_text("In reply to a message that is not here any more")


def test_a_pin_is_there_for_everyone_at_once(pair):
    one, two = pair
    write(one, "The call is at 14:30")
    expect(two.get_by_text("The call is at 14:30")).to_be_visible()
    menu(two, "The call", "Pin for everyone")
    expect(one.locator("#pinned")).to_contain_text("The call is at 14:30")
    expect(one.locator("#messages .kept")).to_have_text("Pinned")


def test_a_reaction_arrives_and_is_ones_own(pair):
    one, two = pair
    write(one, "I will find the card")
    expect(two.get_by_text("I will find the card")).to_be_visible()
    bar = two.locator("#messages .reactions")
    two.locator("#messages .say").hover()
    bar.locator("summary").click()
    bar.get_by_role("button", name="Thank you").click()
    expect(bar.get_by_role("button", name="Thank you 1")).to_have_attribute("aria-pressed", "true")
    expect(one.locator("#messages").get_by_role("button", name="Thank you 1")).to_have_attribute(
        "aria-pressed", "false"
    )


def test_what_was_on_screen_is_read_and_the_rest_stands_below_a_line(open_page, url, group, member, lead):
    room, place = Room.of(group), lead.affiliations.get()
    deed(lambda: [room.say(lead, f"Line {n}", str(n), place) for n in range(5)])
    before = live(open_page(member, url))
    wait_until(lambda: ReadMark.objects.filter(member=member, number=5).exists())
    before.close()
    deed(lambda: [room.say(lead, f"More {n}", f"m{n}", place) for n in range(60)])
    page = open_page(member, "/")
    page.goto(url)
    expect(page.get_by_role("link", name="60 messages since you were here")).to_be_visible()
    page.get_by_role("link", name="60 messages since you were here").click()
    expect(page.locator("#new")).to_be_in_viewport()
    expect(page.locator("#new")).to_have_text("New, 60 messages")


def test_what_the_network_kept_back_goes_out_by_itself_once_and_in_order(pair):
    one, two = pair
    one.context.set_offline(True)
    for turn in range(3):
        write(one, f"From the train {turn}")
    expect(one.locator(".failed .why").first).to_have_text("Not sent: no connection.")
    one.context.set_offline(False)
    expect(two.locator("#messages .say")).to_have_count(3)
    assert texts(two) == [f"From the train {turn}" for turn in range(3)]
    expect(one.locator(".failed, .pending")).to_have_count(0)


def test_a_refusal_keeps_the_text_and_says_why(pair):
    one, _two = pair
    write(one, "**")
    expect(one.locator(".failed .why")).to_have_text("Write something that can be read.")
    expect(one.locator(".failed .words")).to_have_text("**")


def test_one_sees_who_is_here_and_who_is_writing(pair):
    one, two = pair
    expect(one.locator("#here")).to_contain_text("Here now, 2")
    two.get_by_label(FIELD).press_sequentially("Good m")
    expect(one.locator(".typing")).to_have_text("workforce-chair is writing")
    expect(two.locator(".typing")).to_be_empty()
    two.get_by_label(FIELD).press("Enter")
    expect(one.locator(".typing")).to_be_empty()
    two.close()
    expect(one.locator("#here")).to_contain_text("Here now, 1", timeout=20_000)


def test_what_was_said_is_taken_up_by_keyboard_and_all_pages_follow(pair):
    one, two = pair
    for words in ("Which mutes are quiet?", "The wooden ones"):
        write(one, words)
        expect(two.get_by_text(words)).to_be_visible()
    menu(two, "Which mutes", "Take up in a discussion")
    expect(two.get_by_role("checkbox", name="Which mutes")).to_be_checked()
    two.get_by_role("checkbox", name="The wooden ones").focus()
    two.keyboard.press("Space")
    two.get_by_role("button", name="Go on").press("Enter")
    two.get_by_label("A new discussion, called").fill("Practice mutes")
    two.get_by_label("Your words above it").fill("For the library.")
    two.get_by_role("button", name="Take it up").press("Enter")
    expect(two.get_by_role("heading", name="Practice mutes")).to_be_visible()
    expect(two.locator(".carried li")).to_have_count(2)
    expect(one.get_by_role("link", name="Taken up in Practice mutes")).to_have_count(2)
    deed(lambda: Message.objects.get(number=2).edit("The *new* wooden ones"))
    expect(two.locator(".carried em", has_text="new")).to_be_visible()
    deed(lambda: Message.objects.get(number=2).remove())
    expect(two.locator(".carried")).to_contain_text("This message was removed.")
    expect(two.locator(".carried")).not_to_contain_text("wooden")
    expect(one.get_by_role("link", name="Taken up in Practice mutes")).to_have_count(1)
    two.locator(".carried").get_by_role("link").first.click()
    expect(two.locator(".say:target")).to_contain_text("Which mutes are quiet?")
