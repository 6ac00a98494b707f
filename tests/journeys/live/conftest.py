"""A room, a real server, and people who open it in browsers of their own."""

import pytest
from django.conf import settings
from django.core.management import call_command
from playwright.sync_api import sync_playwright

from community import bootstrap
from realtime.chat.models import Room
from tests.realtime.servers import Daphne, cookie_of


@pytest.fixture(scope="module", autouse=True)
def _static_files():
    call_command("collectstatic", verbosity=0, interactive=False)


@pytest.fixture(autouse=True)
def _async_orm(monkeypatch):
    """Playwright's loop runs in this thread; the rows are still ours to make."""
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")


@pytest.fixture
def server(transactional_db):
    server = Daphne()
    yield server
    server.stop()


@pytest.fixture
def browser(server):
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=bootstrap.browser(), args=["--no-sandbox"])
        yield browser
        browser.close()


def is_wrong(said):
    """Our pages never break their own policy; a filter that leads elsewhere does."""
    return "Content Security" in said and "filter.example" not in said


@pytest.fixture
def open_page(browser, server):
    """Open an address as a member, in a browser context of its own; what went wrong there fails the test."""
    wrong = []

    def open_page(member, path, port=server.port, **how):
        base = f"http://127.0.0.1:{port}"
        context = browser.new_context(base_url=base, **how)
        context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie_of(member), "url": base}])
        page = context.new_page()
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on("console", lambda said: is_wrong(said.text) and wrong.append(said.text))
        page.goto(path)
        return page

    yield open_page
    assert not wrong


@pytest.fixture
def url(group):
    Room.of(group)
    return f"/groups/{group.slug}/live/"


@pytest.fixture
def nobody(browser):
    """A page of somebody who is not signed in."""
    return browser.new_context().new_page()
