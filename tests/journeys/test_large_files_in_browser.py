"""Large files in a real browser over a bad line: they go on from where they were, and are kept byte for byte."""

import hashlib
import re
import signal
from collections.abc import Callable

import pytest
from django.conf import settings
from django.urls import reverse
from playwright.sync_api import Page, Route, expect, sync_playwright

from community import bootstrap
from community.files.models import Arriving, StoredFile, arriving
from groups.documents.models import Document
from tests import make
from tests.groups.documents.door import PDF
from tests.journeys.test_many_files_in_browser import describe, drop
from tests.journeys.test_sharing_in_browser import browser, seat, site  # noqa: F401 - fixtures
from tests.realtime.servers import Daphne, wait_until

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
LARGE = PDF + bytes(range(65, 91)) * 4_000 + b"\n%%EOF\n"  # 104 kB
PIECE = 10_000


@pytest.fixture
def _small_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(arriving, "PIECE", PIECE)


def fill(page: Page, content: bytes = LARGE) -> None:
    page.get_by_label("Title").fill("Scores of the year")
    describe(page)
    page.get_by_label("File").set_input_files({"name": "a.pdf", "mimeType": "application/pdf", "buffer": content})


def break_at(page: Page, *numbers: int) -> list[int]:
    """Let the line break at these of what is sent to the form; how much was sent so far."""
    sent: list[int] = []

    def go(route):
        if route.request.method != "POST":
            return route.continue_()
        sent.append(len(route.request.post_data_buffer or b""))
        return route.abort("connectionreset") if len(sent) in numbers else route.continue_()

    page.route(re.compile("/documents/"), go)
    return sent


def stop_after(page: Page, sent: list[int], number: int) -> list[Route]:
    """Let the line stand still after so many, until the route given here falls back: to read what is there briefly."""
    stopped: list[Route] = []

    def go(route):
        if route.request.method == "POST" and len(sent) == number and not stopped:
            return stopped.append(route)
        return route.fallback()

    page.route(re.compile("/documents/"), go)
    return stopped


def until(page: Page, fact: Callable[[], object], skip: int = 0) -> None:
    """Wait with the page, whose line we hold; the page's own clock runs on by so many milliseconds at each look."""
    for _look in range(200):
        if fact():
            return
        page.wait_for_timeout(50)
        if skip:
            page.clock.fast_forward(skip)
    raise AssertionError("it did not happen in time")


def kept() -> str:
    return StoredFile.objects.get().sha256


@pytest.mark.usefixtures("_small_pieces")
def test_a_broken_line_costs_one_piece_and_the_bytes_are_the_same(browser, site, group, lead):  # noqa: F811
    desk = seat(browser, site, lead)
    desk.goto(reverse("documents:new", args=[group.slug]))
    sent = break_at(desk, 6)
    stopped = stop_after(desk, sent, 7)
    fill(desk)
    desk.get_by_role("button", name="Share document").click()
    expect(desk.get_by_text("The line broke. It is tried again by itself.")).to_be_visible()
    expect(desk.get_by_text("It goes on where it stopped: 38% was here already.")).to_be_attached(timeout=10_000)
    stopped[0].fallback()
    expect(desk.get_by_role("heading", name="Scores of the year")).to_be_visible()
    assert kept() == hashlib.sha256(LARGE).hexdigest()
    assert sum(each >= PIECE for each in sent) <= len(LARGE) // PIECE + 2
    assert not Arriving.objects.exists()


@pytest.mark.usefixtures("_small_pieces")
def test_a_line_that_stays_broken_offers_to_go_on_and_a_page_loaded_anew_does(browser, site, group, lead):  # noqa: F811
    desk = seat(browser, site, lead)
    desk.goto(reverse("documents:new", args=[group.slug]))
    desk.clock.install()
    sent = break_at(desk, *range(5, 10))
    fill(desk)
    desk.get_by_role("button", name="Share document").click()
    until(desk, lambda: len(sent) >= 5)  # only then: a piece on its way would be given up with the page's clock
    until(desk, lambda: len(sent) == 9, skip=20_000)
    expect(desk.get_by_role("alert")).to_contain_text("no connection")
    expect(desk.get_by_role("button", name="Go on")).to_be_visible()
    arrived = Arriving.objects.get().arrived
    assert arrived == 3 * PIECE
    desk.unroute(re.compile("/documents/"))
    desk.get_by_role("button", name="Go on").click()
    expect(desk.get_by_role("heading", name="Scores of the year")).to_be_visible()
    assert kept() == hashlib.sha256(LARGE).hexdigest()


@pytest.mark.usefixtures("_small_pieces")
def test_the_same_file_chosen_on_a_new_page_goes_on(browser, site, group, lead, tmp_path):  # noqa: F811
    file = tmp_path / "a.pdf"
    file.write_bytes(LARGE)
    desk = seat(browser, site, lead)

    def share() -> None:
        desk.goto(reverse("documents:new", args=[group.slug]))
        fill(desk)
        desk.get_by_label("File").set_input_files(file)
        desk.get_by_role("button", name="Share document").click()

    sent = break_at(desk, *range(5, 99))
    share()
    until(desk, lambda: len(sent) >= 5)
    assert Arriving.objects.get().arrived == 3 * PIECE
    desk.unroute(re.compile("/documents/"))
    sent = break_at(desk)
    share()
    expect(desk.get_by_role("heading", name="Scores of the year")).to_be_visible()
    assert sum(each >= PIECE for each in sent) == len(LARGE) // PIECE - 3
    assert kept() == hashlib.sha256(LARGE).hexdigest()


@pytest.mark.usefixtures("_small_pieces")
def test_a_version_dropped_on_a_document_goes_in_pieces_too(browser, site, group, lead):  # noqa: F811
    document = make.document(group, lead)
    desk = seat(browser, site, lead)
    desk.goto(reverse("documents:list", args=[group.slug]))
    sent = break_at(desk, 4)
    drop(desk, f"#{document.subject}", new_pdf=LARGE)
    desk.get_by_role("dialog").get_by_role("button", name="Share version").click()
    expect(desk.get_by_role("link", name="new.pdf")).to_be_visible(timeout=10_000)
    document.refresh_from_db()
    assert document.current.file.sha256 == hashlib.sha256(LARGE).hexdigest()
    assert len(sent) > len(LARGE) // PIECE


@pytest.mark.usefixtures("_small_pieces")
def test_of_many_each_goes_on_and_what_is_left_out_leaves_nothing(browser, site, group, lead):  # noqa: F811
    desk = seat(browser, site, lead)
    desk.goto(reverse("documents:list", args=[group.slug]))
    drop(desk, "h1", one_pdf=LARGE, two_pdf=PDF, bad_pdf=b"<html>" + LARGE)
    dialog = desk.get_by_role("dialog")
    describe(desk)
    break_at(desk, 4)
    dialog.get_by_role("button", name="Share the files").click()
    expect(dialog.get_by_text("2 of 3 shared.")).to_be_visible(timeout=15_000)
    assert sorted(Document.objects.values_list("title", flat=True)) == ["one", "two"]
    dialog.get_by_role("button", name="Leave it out: bad.pdf").click()
    until(desk, lambda: not Arriving.objects.exists())


@pytest.mark.usefixtures("_small_pieces")
def test_whoever_is_signed_out_on_the_way_signs_in_elsewhere_and_goes_on(browser, site, group, lead):  # noqa: F811
    desk = seat(browser, site, lead)
    desk.goto(reverse("documents:new", args=[group.slug]))
    fill(desk)
    came = [each for each in desk.context.cookies() if each["name"] == settings.SESSION_COOKIE_NAME]
    desk.context.clear_cookies(name=settings.SESSION_COOKIE_NAME)
    desk.get_by_role("button", name="Share document").click()
    expect(desk.get_by_role("alert")).to_contain_text("you are signed out")
    new_token = {"name": settings.CSRF_COOKIE_NAME, "value": "n" * 32, "url": site}  # each sign-in brings one
    desk.context.add_cookies([*came, new_token])
    desk.get_by_role("button", name="Share document").click()
    expect(desk.get_by_role("heading", name="Scores of the year")).to_be_visible()
    assert kept() == hashlib.sha256(LARGE).hexdigest()


def test_too_large_is_told_before_anything_is_sent(browser, site, group, lead, monkeypatch):  # noqa: F811
    monkeypatch.setattr(settings, "FILE_LIMIT", 50_000)
    desk = seat(browser, site, lead)
    sent = break_at(desk)
    desk.goto(reverse("documents:new", args=[group.slug]))
    fill(desk)
    expect(desk.get_by_role("alert")).to_contain_text("The most is 48.8 KB")
    desk.get_by_role("button", name="Share document").click()
    expect(desk.get_by_role("alert")).to_contain_text("Make it smaller")
    desk.goto(reverse("documents:many", args=[group.slug]))
    describe(desk)
    desk.get_by_label("Files").set_input_files({"name": "a.pdf", "mimeType": "application/pdf", "buffer": LARGE})
    expect(desk.get_by_text("The most is 48.8 KB. Make it smaller")).to_be_visible()
    desk.get_by_role("button", name="Share the files").click()
    expect(desk.get_by_text("0 of 1 shared.")).to_be_visible()
    assert not sent


def test_a_file_of_a_post_that_is_too_large_is_told_before_it_is_sent(browser, site, group, member, monkeypatch):  # noqa: F811
    monkeypatch.setattr(settings, "FILE_LIMIT", 50_000)
    thread = make.thread(group, member)
    desk = seat(browser, site, member)
    sent: list[str] = []
    desk.on("request", lambda request: sent.append(request.url) if request.method == "POST" else None)
    desk.goto(thread.get_absolute_url())
    large = {"name": "large.pdf", "mimeType": "application/pdf", "buffer": LARGE}
    desk.locator("#id_files").set_input_files(large)
    expect(desk.get_by_role("alert")).to_contain_text("large.pdf: not uploaded, it is too large. The most is 48.8 KB")
    assert not [url for url in sent if "upload" in url]


def test_a_server_that_is_killed_and_comes_back_gets_the_rest(monkeypatch, tmp_path, group, lead):
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
    monkeypatch.setenv("ENSEMBLE_DATA", str(tmp_path))  # where the server keeps files; the test looks there too
    content = PDF + b"abcdefgh" * 1_300_000 + b"\n%%EOF\n"
    server = Daphne()
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=bootstrap.browser(), args=["--no-sandbox"])
        desk = seat(chromium, f"http://127.0.0.1:{server.port}", lead)
        desk.goto(reverse("documents:new", args=[group.slug]))
        fill(desk, content)
        desk.get_by_role("button", name="Share document").click()
        wait_until(lambda: Arriving.objects.filter(arrived__gte=arriving.PIECE).exists())
        server.stop(signal.SIGKILL)
        there = Arriving.objects.get().arrived
        server = Daphne(server.port)
        try:
            expect(desk.get_by_role("heading", name="Scores of the year")).to_be_visible(timeout=40_000)
        finally:
            server.stop()
            chromium.close()
    assert 0 < there < len(content)
    assert kept() == hashlib.sha256(content).hexdigest()
    assert hashlib.sha256(StoredFile.objects.get().blob.read()).hexdigest() == kept()
