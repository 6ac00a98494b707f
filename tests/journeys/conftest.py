"""A site of its own, a browser, and people who come and go."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from community.bootstrap import browser as path_of_browser
from tests.journeys.people import People
from tests.journeys.site import Site

expect.set_options(timeout=15_000)


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    path = path_of_browser()
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=path, args=["--no-sandbox", "--disable-gpu"])
        yield launched
        launched.close()


@pytest.fixture(scope="package")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    started = Site(tmp_path_factory.mktemp("site"))
    yield started
    started.stop()


@pytest.fixture
def person(site: Site, browser: Browser) -> Iterator[People]:
    """`person("brass-peri")` is a page of theirs. The test fails on anything that went wrong on any page."""
    people = People(site, browser)
    yield people
    problems = people.leave()
    assert not problems, "\n".join(problems)


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """An empty page that belongs to nobody."""
    context = browser.new_context()
    yield context.new_page()
    context.close()
