"""What is done on the page of a room, and what is read there."""

from playwright.sync_api import expect

from tests.realtime.servers import in_threads


def deed(work):
    """Do something on the server's side, in a thread of its own: this one belongs to Playwright's loop."""
    in_threads(lambda _: work(), 1)


def live(page):
    expect(page.locator("link-state")).to_have_text("Live")
    return page


def write(page, text):
    page.get_by_label("Message to Live room").fill(text)
    page.keyboard.press("Enter")


def texts(page):
    return [text.strip() for text in page.locator("#messages .say .prose").all_inner_texts()]


def cut_off(page):
    """Without a network, and only then: a browser on a busy machine lets a request or two through."""
    page.context.set_offline(True)
    while page.evaluate("fetch('/live/check/').then(() => true, () => false)"):
        page.wait_for_timeout(50)
