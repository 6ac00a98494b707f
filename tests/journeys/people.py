"""People at their browsers. Whatever goes wrong on any of their pages is written down."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urlsplit

from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from playwright.sync_api import Browser, BrowserContext, Page, Request

from tests.journeys.cast import PASSWORD, SECRET
from tests.journeys.site import Site


class People:
    """Call it with a handle for a page of that person's own, signed in; with "" for somebody who is not."""

    def __init__(self, site: Site, browser: Browser) -> None:
        self.site, self.browser = site, browser
        self.contexts: list[BrowserContext] = []
        self.problems: list[str] = []
        self.forgiven: list[str] = []

    def __call__(self, handle: str, process: int = 0, **options: Any) -> Page:
        """`process` says which of the site's processes serves the page: 0 the first, -1 the last."""
        context = self.browser.new_context(
            base_url=self.site.urls[process], locale="en-GB", reduced_motion="reduce", **options
        )
        self.contexts.append(context)
        if handle:
            context.add_cookies(self.site.cookies.get(handle) or self._sign_in(handle))
        self._watch(context)
        context.set_default_timeout(15_000)
        return context.new_page()

    def forgive(self, pattern: str) -> None:
        """The story brings this about on purpose."""
        self.forgiven.append(pattern)

    def leave(self) -> list[str]:
        """Everybody goes; returns what went wrong."""
        for context in self.contexts:
            context.close()
        return [each for each in self.problems if not any(re.search(known, each) for known in self.forgiven)]

    def _watch(self, context: BrowserContext) -> None:
        context.on("console", lambda said: said.type == "error" and self.problems.append(f"console: {said.text}"))
        context.on("weberror", lambda error: self.problems.append(f"page error: {error.error}"))
        context.on("request", self._asked)

    def _asked(self, request: Request) -> None:
        if urlsplit(request.url).netloc not in {urlsplit(url).netloc for url in self.site.urls}:
            self.problems.append(f"another host: {request.url}")

    def _sign_in(self, handle: str) -> list:
        """Through the pages, once; the session is the person's from then on."""
        context = self.browser.new_context(base_url=self.site.urls[0], locale="en-GB")
        self._watch(context)
        page = context.new_page()
        page.goto("/sign-in/password/")
        page.get_by_label("E-mail address").fill(f"{handle}@example.org")
        page.get_by_label("Password").fill(PASSWORD)
        page.get_by_role("button", name="Sign in", exact=True).click()
        if handle == "duty-moderator":
            page.get_by_label("Code").fill(
                format_hotp_value(hotp_value(SECRET, list(yield_hotp_counters_from_time())[1]))
            )
            page.get_by_role("button", name="Sign in", exact=True).click()
        page.get_by_text("Menu and your account").wait_for(state="attached")
        self.site.cookies[handle] = context.cookies()
        context.close()
        return self.site.cookies[handle]
