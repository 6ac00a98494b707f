"""Rendered attempts in a real browser: none runs, none loads, none leaves the place it was put in."""

import json

import pytest
from playwright.sync_api import Page, Request

from community.richtext import render
from tests.hostile_markup import attempts

pytestmark = pytest.mark.journey

PAGE = "http://ensemble.test/"
FRAME = "<!doctype html><html><body><form id=theirs></form><main>{}</main><p id=end>end</p></body></html>"


def show(page: Page, bodies: list[str]) -> list[str]:
    """Put bodies on a page without any content policy, press everything in them, and tell what was asked for."""
    asked: list[str] = []

    def answer(route, request: Request) -> None:
        if request.url == PAGE:
            articles = "".join(f"<article id=n{number}>{body}</article>" for number, body in enumerate(bodies))
            route.fulfill(content_type="text/html", body=FRAME.format(articles))
        else:
            asked.append(request.url)
            route.abort()

    page.route("**/*", answer)
    page.goto(PAGE)
    page.evaluate(TRY_EVERYTHING)
    page.wait_for_timeout(500)
    return asked


TRY_EVERYTHING = """() => {
  document.addEventListener("click", event => event.preventDefault());
  for (const element of document.querySelectorAll("main *")) {
    for (const kind of ["mouseover", "pointerenter", "focus", "toggle", "error", "load", "animationstart"]) {
      element.dispatchEvent(new Event(kind, { bubbles: true }));
    }
    element.click();
  }
  for (const link of document.querySelectorAll("main a[href]")) {
    if (!["http:", "https:", "mailto:"].includes(link.protocol)) window.ran = link.href;
  }
}"""


def test_no_attempt_runs_loads_or_breaks_out(page):
    tried = attempts()
    bodies = [render(source).html for source in tried]
    asked = show(page, bodies)
    assert page.evaluate("window.ran") is None
    assert [url for url in asked if not url.startswith(PAGE)] == [], "only pictures of our own may be asked for"
    assert page.locator("main > article").count() == len(tried)
    assert page.locator("article article, article form, article [style], article [id], article [name]").count() == 0
    assert page.evaluate("document.querySelector('main').nextElementSibling.id") == "end"


def test_the_browser_reads_the_html_as_we_wrote_it(page):
    """What was cleaned must still mean the same after a browser has parsed it and written it out again."""
    bodies = [str(render(source).html) for source in attempts()[::3]]
    page.set_content("<main></main>")
    read = page.evaluate(
        """bodies => bodies.map(body => {
          const place = document.createElement('template');
          place.innerHTML = body;
          const once = place.innerHTML;
          place.innerHTML = once;
          return [once, place.innerHTML];
        })""",
        bodies,
    )
    assert [json.dumps(once) for once, _ in read] == [json.dumps(twice) for _, twice in read]


def test_the_page_would_notice_a_script_and_a_picture(page):
    asked = show(page, ["<img src='http://outside.test/x' onerror='window.ran=1'>"])
    assert asked == ["http://outside.test/x"]
    assert page.evaluate("window.ran") == 1
