"""A lead shares a document in a real browser: a refusal keeps everything, and others see what happens at once."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.urls import reverse
from playwright.sync_api import Browser, Page, expect, sync_playwright

from community import bootstrap
from community.members.models import Member
from groups.documents.models import Document
from tests import make
from tests.groups.documents.door import PDF
from tests.realtime.servers import Thread, cookie_of

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def site(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")  # Playwright keeps a loop of its own in this thread
    server = Thread()
    yield f"http://127.0.0.1:{server.port}"
    server.stop()


@pytest.fixture
def browser(site: str) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=bootstrap.browser(), args=["--no-sandbox"])
        yield browser
        browser.close()


def seat(browser: Browser, site: str, member: Member, **how: Any) -> Page:
    """The member, signed in, at a page of their own."""
    context = browser.new_context(base_url=site, **how)
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie_of(member), "url": site}])
    context.route("**/static/**", lambda route: route.fulfill(path=finders.find(asset(route.request.url))))
    return context.new_page()


def asset(url: str) -> str:
    return urlsplit(url).path.removeprefix(settings.STATIC_URL)


def test_a_lead_shares_and_members_see_it_come_change_and_go(browser, site, group, lead, member, staff):
    desk, table = seat(browser, site, lead), seat(browser, site, member)
    table.goto(reverse("documents:list", args=[group.slug]))
    expect(table.get_by_text("No documents yet")).to_be_visible()

    desk.goto(reverse("documents:new", args=[group.slug]))
    desk.get_by_label("Title").fill("Instrument loan agreement")
    desk.get_by_label("Kind").select_option("template")
    desk.get_by_label("Our own work").check()
    desk.get_by_label("File").set_input_files({"name": "loan.pdf", "mimeType": "application/pdf", "buffer": b"<html>"})
    desk.get_by_role("button", name="Share document").click()
    expect(desk.get_by_role("alert")).to_be_focused()
    expect(desk.get_by_label("Title")).to_have_value("Instrument loan agreement")
    assert desk.get_by_label("File").evaluate("field => field.files[0].name") == "loan.pdf"
    assert not Document.objects.exists()

    desk.get_by_label("File").set_input_files({"name": "loan.pdf", "mimeType": "application/pdf", "buffer": PDF})
    desk.get_by_role("button", name="Share document").click()
    expect(desk.get_by_role("heading", name="Instrument loan agreement")).to_be_visible()
    document = Document.objects.get()

    table.get_by_role("link", name="1 new document").click()
    table.get_by_role("link", name="Instrument loan agreement").click()
    expect(table.get_by_role("link", name="loan.pdf")).to_have_count(1)
    document.add_version(lead, make.stored(lead, "loan-2.pdf"))
    expect(table.get_by_role("link", name="loan-2.pdf")).to_be_visible()
    document.hold(lead)
    expect(table.get_by_text("works on the next version")).to_be_visible()
    document.let_go(lead)
    expect(table.get_by_text("works on the next version")).to_have_count(0)
    document.hide(staff, "Copied from a book")
    expect(table.get_by_text("Hidden by staff")).to_be_visible()
    assert "Copied from a book" not in table.content()
    expect(table.get_by_text("Instrument loan agreement")).to_have_count(0)
    document.restore(staff, "It was our own")
    expect(table.get_by_role("heading", name="Instrument loan agreement")).to_be_visible()


def test_without_scripts_the_form_posts_as_it_is(browser, site, group, lead):
    desk = seat(browser, site, lead, java_script_enabled=False)
    desk.goto(reverse("documents:new", args=[group.slug]))
    desk.get_by_label("Title").fill("Agenda, autumn")
    desk.get_by_label("Kind").select_option("agenda")
    desk.get_by_label("Our own work").check()
    desk.get_by_label("File").set_input_files({"name": "agenda.pdf", "mimeType": "application/pdf", "buffer": PDF})
    desk.get_by_role("button", name="Share document").click()
    expect(desk.get_by_role("heading", name="Agenda, autumn")).to_be_visible()
