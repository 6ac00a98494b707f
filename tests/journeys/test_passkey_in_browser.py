"""A passkey, made and used in a real browser under the real content policy, on a shared computer too."""

from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from playwright.sync_api import Page, expect, sync_playwright

from community import bootstrap
from community.members.models import Member
from tests.community.members import letters
from tests.realtime.servers import Thread

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
KEY = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True}
PRESENT = {"isUserVerified": True, "automaticPresenceSimulation": True}


@pytest.fixture
def page(monkeypatch: pytest.MonkeyPatch) -> Iterator[Page]:
    """A page of a browser whose device can keep passkeys. They need a name, so the site is at localhost."""
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")  # Playwright keeps a loop of its own in this thread
    server = Thread()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=bootstrap.browser(), args=["--no-sandbox"])
        context = browser.new_context(base_url=f"http://localhost:{server.port}")
        context.route("**/static/**", lambda route: route.fulfill(path=finders.find(asset(route.request.url))))
        page = context.new_page()
        device = context.new_cdp_session(page)
        device.send("WebAuthn.enable")
        device.send("WebAuthn.addVirtualAuthenticator", {"options": {**KEY, **PRESENT}})
        yield page
        browser.close()
    server.stop()


def asset(url: str) -> str:
    return urlsplit(url).path.removeprefix(settings.STATIC_URL)


def sign_in_by_code(page: Page, member: Member) -> None:
    page.goto("/sign-in/")
    page.get_by_label("E-mail address").fill(member.email)
    page.get_by_role("button", name="Send me a code").click()
    page.get_by_label("Six-figure code").fill(letters.code(member.email))
    page.get_by_role("button", name="Sign in").click()


def sign_out(page: Page) -> None:
    page.goto("/sign-out/")
    page.get_by_role("main").get_by_role("button", name="Sign out").click()


def test_a_passkey_is_made_signs_in_and_is_the_second_step(page: Page, outsider: Member) -> None:
    problems: list[str] = []
    page.on("console", lambda message: problems.append(message.text) if message.type == "error" else None)
    sign_in_by_code(page, outsider)
    page.goto("/account/second-step/passkeys/add/")
    page.get_by_role("button", name="Make the passkey").click()
    expect(page.get_by_role("heading", name="Recovery codes")).to_be_visible()
    sign_out(page)

    page.goto("/sign-in/")
    page.get_by_label("This is a shared computer").check()
    page.get_by_role("button", name="Use a passkey").click()
    page.wait_for_url(lambda url: "sign-in" not in url)
    page.goto("/account/")
    expect(page.get_by_role("heading", name="Your profile")).to_be_visible()
    assert page.locator("html[data-shared]").count() == 1
    assert {each["name"]: each["expires"] for each in page.context.cookies()}["sessionid"] == -1
    sign_out(page)

    sign_in_by_code(page, outsider)
    expect(page.get_by_role("heading", name="The second step")).to_be_visible()
    page.get_by_role("button", name="Use a passkey").click()
    page.wait_for_url(lambda url: "second-step" not in url)
    page.goto("/account/")
    expect(page.get_by_role("heading", name="Your profile")).to_be_visible()
    assert problems == []


def test_without_a_passkey_the_page_says_so_and_stays(page: Page, outsider: Member) -> None:
    page.goto("/sign-in/")
    page.get_by_role("button", name="Use a passkey").click()
    expect(page.get_by_role("alert")).to_contain_text("No passkey was used")
    expect(page.get_by_role("button", name="Send me a code")).to_be_enabled()
