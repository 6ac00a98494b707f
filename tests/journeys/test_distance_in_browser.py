"""What a muted person writes is folded, and opens for whoever goes to it; nobody else's pages change."""

import pytest
from playwright.sync_api import expect

from tests.journeys.deeds import start_discussion
from tests.journeys.test_pages import GROUP

pytestmark = pytest.mark.journey
WORDS = "I shall say this in every thread."


def test_muted_words_are_folded_until_one_goes_to_them(person):
    writer = person("cello-peri")
    start_discussion(writer, "Once more about bows", WORDS, group=GROUP.rstrip("/"))
    reader = person("brass-peri")
    reader.goto(writer.url)
    expect(reader.get_by_text(WORDS)).to_be_visible()

    reader.goto("/people/cello-peri/")
    reader.get_by_role("button", name="Mute").click()
    expect(reader.get_by_role("button", name="Hear them again")).to_be_visible()
    reader.goto(writer.url)
    expect(reader.get_by_text(WORDS)).to_be_hidden()
    reader.locator("#post-head, .post-head .when a").first.focus()
    expect(reader.get_by_text(WORDS)).to_be_visible()

    writer.reload()
    expect(writer.get_by_text(WORDS)).to_be_visible()
    reader.goto("/account/distance/")
    reader.get_by_role("button", name="Hear them again").click()
    expect(reader.get_by_text("You have muted and blocked nobody")).to_be_visible()
