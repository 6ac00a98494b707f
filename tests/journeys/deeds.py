"""What people do on the pages, and what they see there."""

import io
import re
from urllib.parse import urlsplit

from PIL import Image
from playwright.sync_api import expect

WORKFORCE = "/groups/workforce"
PDF = b"%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


def start_discussion(page, title, body, picture=None, group=WORKFORCE):
    """Leaves the page on the new thread; returns its address."""
    page.goto(f"{group}/threads/new/")
    page.get_by_label("Title").fill(title)
    page.locator("#id_body").fill(body)
    if picture:
        file = {"name": "room.png", "mimeType": "image/png", "buffer": picture}
        page.locator("#id_files").set_input_files(file)
        page.get_by_label("Describe the picture, for those who cannot see it").fill(
            "The room with its chairs in a circle"
        )
        page.get_by_label("No child can be recognised in it").check()
    page.get_by_role("button", name="Start discussion").click()
    expect(page.get_by_role("heading", level=1, name=title)).to_be_visible()
    return urlsplit(page.url).path


def reply(page, text):
    page.locator("#id_body").fill(text)
    page.get_by_role("button", name="Reply", exact=True).click()
    expect(page.locator("#posts .prose", has_text=text)).to_be_visible()


def share_document(page, title, content=PDF):
    """Leaves the page on the new document; returns its address."""
    page.goto(f"{WORKFORCE}/documents/")
    page.get_by_role("link", name=re.compile("^Add (a|the first) document$")).first.click()
    page.get_by_label("Title").fill(title)
    page.get_by_label("Summary").fill("Whom to ask, and when.")
    page.get_by_label("Kind").select_option("guidance")
    choose(page, content)
    page.get_by_label("Our own work").check()
    page.get_by_label("Review by").fill("2031-05-01")
    page.get_by_role("button", name="Share document").click()
    expect(page.get_by_role("heading", level=1, name=title)).to_be_visible()
    return urlsplit(page.url).path


def choose(page, content, label="File"):
    page.get_by_label(label, exact=True).set_input_files(
        {"name": "terms.pdf", "mimeType": "application/pdf", "buffer": content}
    )


def say(page, text):
    page.get_by_label("Message to").fill(text)
    page.get_by_label("Message to").press("Enter")


def said(page):
    """What the room shows, in its order: number and words."""
    return page.locator("#messages .say").evaluate_all(
        "all => all.map(one => [Number(one.dataset.number), one.querySelector('.prose')?.innerText])"
    )


def hears(page, text, **how):
    expect(page.locator("#messages .say:not(.pending)", has_text=text)).to_have_count(1, **how)


def stays(page):
    """Marks the page, so that `has_stayed` can tell whether it was loaded again."""
    page.evaluate("window.same = true")
    return page


def has_stayed(page):
    return page.evaluate("window.same === true")


def picture():
    kept = io.BytesIO()
    Image.new("RGB", (320, 200), "#4a6a8a").save(kept, "PNG")
    return kept.getvalue()
