"""The library in a real browser without scripts: a version, a review, a comment, a download; a page by its address."""

import re

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from community.jobs import Worker
from groups.models import Role
from tests import make, written
from tests.journeys.test_sharing_in_browser import browser, seat, site  # noqa: F401

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
PAGES = [f"Page {number} of the handbook. {'Padding words. ' * 300}" for number in range(1, 31)]
PAGES[24] += "Ask the quintolet first."


def put(page, name, content):
    page.get_by_label("File").set_input_files({"name": name, "mimeType": "application/pdf", "buffer": content})


def test_without_scripts_a_version_is_added_reviewed_talked_about_and_taken(browser, site, group, lead, member):  # noqa: F811
    deputy = make.person("deputy")
    make.place(group, deputy, Role.CO_LEAD)
    document = make.document(group, lead, "Agenda, autumn")
    desk, table, chair = (seat(browser, site, each, java_script_enabled=False) for each in (lead, member, deputy))
    desk.goto(document.get_absolute_url())
    desk.get_by_role("link", name="Add a version").click()
    put(desk, "agenda-2.pdf", written.pdf("Item one."))
    desk.get_by_label("What changed").fill("One more item")
    desk.get_by_role("button", name="Share version").click()
    expect(desk.get_by_text("One more item")).to_be_visible()
    desk.get_by_role("link", name="Ask for a review").click()
    desk.get_by_label("deputy").check()
    desk.get_by_role("button", name="Ask them").click()
    expect(desk.get_by_text("In review").first).to_be_visible()

    chair.goto(document.get_absolute_url())
    chair.get_by_role("link", name="Approve or ask for changes").click()
    chair.get_by_label("Approve").check()
    chair.get_by_role("button", name="Send your answer").click()
    expect(chair.get_by_text("Agreed").first).to_be_visible()

    table.goto(document.get_absolute_url())
    table.get_by_label("Your comment").fill("Thank you for item one")
    table.get_by_role("button", name="Comment", exact=True).click()
    expect(table.locator("#comments .prose", has_text="Thank you for item one")).to_be_visible()
    with table.expect_download() as taken:
        table.get_by_role("link", name="Download").first.click()
    assert taken.value.suggested_filename == "agenda-2.pdf"


@pytest.mark.parametrize("with_scripts", [True, False])
def test_a_page_and_what_is_found_are_in_sight_by_their_address(browser, site, group, lead, member, with_scripts):  # noqa: F811
    document = make.document(group, lead, "Handbook", content=make.stored(lead, "handbook.pdf", written.pdf(*PAGES)))
    Worker("test", interval=0, batch=True).run()
    table = seat(browser, site, member, java_script_enabled=with_scripts)
    table.goto(f"{document.get_absolute_url()}?page=24")
    expect(table.get_by_role("link", name="Page 24", exact=True)).to_be_in_viewport()
    table.get_by_label("Page", exact=True).fill("7")
    table.get_by_role("button", name="Go", exact=True).click()
    expect(table.get_by_role("link", name="Page 7", exact=True)).to_be_in_viewport()

    table.goto(reverse("documents:list", args=[group.slug]))
    table.get_by_label("Words of the title or the text").fill("quintolet")
    table.get_by_role("button", name="Find", exact=True).click()
    table.get_by_role("link", name="Handbook").click()
    expect(table.locator("mark", has_text="quintolet")).to_be_visible()
    link = table.get_by_role("link", name=re.compile("laid out.*Page 25"))
    expect(link).to_have_attribute("href", f"{document.current.content_url}?show#page=25")
