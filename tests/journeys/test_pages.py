"""What every page owes its reader, measured in a real browser: on a phone and a desk, light and dark."""

import gzip
import re
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import expect

from tests.journeys.deeds import PDF, choose, start_discussion

pytestmark = pytest.mark.journey

BRIEFLY = {"resultTypes": ["violations"], "preload": False}
STANDARD = BRIEFLY | {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}}
COLOURS = BRIEFLY | {"runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}}
WIDEST = """() => Math.max(...[null, ...document.querySelectorAll("main details.drop")].map((menu) => {
  for (const each of document.querySelectorAll("main details.drop")) each.open = each === menu;
  return document.documentElement.scrollWidth - innerWidth;
}))"""
THINGS = "main :is(a[href], button, summary, select, textarea, input), main label:has(input)"
SMALL = (
    f"""(least) => [...document.querySelectorAll("{THINGS}")]"""
    + """.filter((each) => {
    const box = each.getBoundingClientRect(), words = each.closest(".prose, p, small");
    const isAlone = !words || words.textContent.trim() === each.textContent.trim();
    const isWithin = !isAlone && getComputedStyle(each).display === "inline";
    if (!box.width || !box.height || each.closest(".vh") || each.matches("label input") || isWithin) return false;
    return box.height < least - 0.5 || box.width < 23.5;
  }).map((each) => `${each.outerHTML.slice(0, 120)} ${JSON.stringify(each.getBoundingClientRect())}`)"""
)
GROUP = "/groups/data-and-impact/"
PAGES = {  # name: who looks, and where; a name alone is one of the site's places
    "sign in": ("", "/sign-in/"),
    "sign in with a password": ("", "/sign-in/password/"),
    "ask to join": ("", "/ask-to-join/"),
    "rules": ("", "/about/rules/"),
    "terms": ("", "/about/terms/"),
    "who runs it": ("", "/about/contact/"),
    "saying who runs it": ("duty-moderator", "/about/contact/edit/"),
    "versions of the rules": ("", "/about/rules/versions/"),
    "what changed in the rules": ("", "/about/rules/versions/2/?since=1"),
    "to accept": ("not-yet", "/about/accept/"),
    "the site's texts": ("duty-moderator", "/about/texts/"),
    "writing a text": ("duty-moderator", "/about/texts/terms/"),
    "a text to publish": ("duty-moderator", "/about/texts/terms/publish/"),
    "who has not accepted": ("duty-moderator", "/about/texts/rules/not-accepted/"),
    "home": ("brass-peri", "/"),
    "directory": ("brass-peri", "/groups/"),
    "group": ("brass-peri", GROUP),
    "people": ("workforce-chair", f"{GROUP}people/"),
    "settings": ("workforce-chair", f"{GROUP}settings/"),
    "threads": ("brass-peri", f"{GROUP}threads/"),
    "all discussions": ("brass-peri", "/discussions/"),
    "tags of a group": ("workforce-chair", f"{GROUP}settings/tags/"),
    "shared tags": ("duty-moderator", "/tags/"),
    "nations": ("brass-peri", "/account/nations/"),
    "keyboard": ("brass-peri", "/account/keys/"),
    "new thread": ("brass-peri", f"{GROUP}threads/new/"),
    "thread": ("brass-peri", "thread"),
    "thread, for its lead": ("workforce-chair", "thread"),
    "announcement": ("singing-lead", "announcement"),
    "who has read it": ("workforce-chair", "acknowledgements"),
    "consultation": ("singing-lead", "consultation"),
    "section": ("singing-lead", "section"),
    "new section": ("workforce-chair", "new section"),
    "look after": ("workforce-chair", "life"),
    "what changed": ("singing-lead", "history"),
    "versions of a summary": ("singing-lead", "versions"),
    "what happened": ("singing-lead", "moments"),
    "who wrote this": ("duty-moderator", "writer"),
    "not open yet": ("workforce-chair", "waiting"),
    "answered": ("singing-lead", "answered"),
    "unread": ("brass-peri", "/discussions/?show=unread"),
    "drafts": ("brass-peri", "/drafts/"),
    "saved for later": ("brass-peri", "/saved/"),
    "move posts": ("workforce-chair", "tidy"),
    "merge": ("workforce-chair", "merge"),
    "move to a group": ("workforce-chair", "move"),
    "tags of a thread": ("workforce-chair", "tags of a thread"),
    "mark a post": ("workforce-chair", "mark"),
    "summary": ("workforce-chair", "summary"),
    "documents": ("workforce-chair", f"{GROUP}documents/"),
    "document": ("workforce-chair", "document"),
    "page": ("workforce-chair", "page"),
    "comment to edit": ("workforce-chair", "comment to edit"),
    "page to edit": ("workforce-chair", "page to edit"),
    "removed documents": ("workforce-chair", f"{GROUP}documents/bin/"),
    "to be deleted for good": ("workforce-chair", f"{GROUP}documents/bin/purge/"),
    "replaced by": ("workforce-chair", "replace"),
    "new page": ("workforce-chair", f"{GROUP}documents/new-page/"),
    "in review": ("strings-peri", "in review"),
    "collection": ("workforce-chair", "collection"),
    "collection to change": ("workforce-chair", "collection to change"),
    "adding to a collection": ("workforce-chair", "adding to a collection"),
    "answer to a review": ("strings-peri", "answer to a review"),
    "asking for a review": ("workforce-chair", "asking for a review"),
    "new document": ("workforce-chair", f"{GROUP}documents/new/"),
    "tags of a document": ("workforce-chair", "tags of a document"),
    "activity of a document": ("workforce-chair", "activity of a document"),
    "handing a document over": ("workforce-chair", "owner of a document"),
    "asking for a format": ("strings-peri", "asking for a format"),
    "answer about a format": ("workforce-chair", "answer about a format"),
    "propose a document": ("strings-peri", f"{GROUP}documents/propose/"),
    "proposed documents": ("workforce-chair", f"{GROUP}documents/proposals/"),
    "proposal": ("workforce-chair", "proposal"),
    "who may what with documents": ("workforce-chair", f"{GROUP}documents/who/"),
    "several documents": ("workforce-chair", f"{GROUP}documents/many/"),
    "live room": ("brass-peri", f"{GROUP}live/"),
    "rooms": ("workforce-chair", f"{GROUP}live/rooms/"),
    "new room": ("workforce-chair", f"{GROUP}live/rooms/new/"),
    "settings of a room": ("workforce-chair", "arrange"),
    "room for a topic": ("workforce-chair", "topic"),
    "replies to a message": ("brass-peri", "replies"),
    "side room": ("brass-peri", "side room"),
    "close a room": ("workforce-chair", "close a room"),
    "question to the leads": ("strings-peri", "asked"),
    "message the leads": ("brass-peri", f"{GROUP}live/ask/leads/"),
    "select messages": ("brass-peri", f"{GROUP}live/select/"),
    "take up messages": ("workforce-chair", "take up"),
    "a discussion from the room": ("brass-peri", "taken up"),
    "search": ("brass-peri", "/search/?q=brass"),
    "tray": ("strings-peri", "/needs-you/"),
    "what reaches me": ("brass-peri", "/account/what-reaches-me/"),
    "report": ("brass-peri", "report"),
    "receipt": ("workforce-chair", "receipt"),
    "decision": ("strings-peri", "decision"),
    "desk": ("duty-moderator", "/desk/"),
    "case": ("duty-moderator", "case"),
    "reporting a profile": ("brass-peri", "reporting a profile"),
    "reporting a group": ("strings-peri", "reporting a group"),
    "reporting a version": ("brass-peri", "reporting a version"),
    "case of a profile": ("duty-moderator", "case of a profile"),
    "case of a version": ("duty-moderator", "case of a version"),
    "a report from outside": ("duty-moderator", "a report from outside"),
    "answered from outside": ("", "answered from outside"),
    "report without an account": ("brass-peri", "/report/without-account/"),
    "reports from outside": ("duty-moderator", "/desk/from-outside/"),
    "ledger": ("duty-moderator", "/desk/ledger/"),
    "a worry": ("brass-peri", "worry"),
    "child abuse material": ("", "/report/without-account/?kind=abuse"),
    "receipt of a worry": ("", "receipt of a worry"),
    "sealed cases": ("duty-moderator", "/desk/sealed/"),
    "sealed case": ("duty-moderator", "sealed case"),
    "contacts": ("duty-moderator", "/desk/contacts/"),
    "contact": ("duty-moderator", "/desk/contacts/1/"),
    "deciding": ("duty-moderator", "deciding"),
    "asking to edit": ("duty-moderator", "asking to edit"),
    "a statement with a complaint": ("strings-peri", "a statement with a complaint"),
    "an intimate picture": ("", "an intimate picture"),
    "spam": ("duty-moderator", "spam"),
    "appeals": ("duty-moderator", "/desk/?show=appeals"),
    "an appeal": ("duty-moderator", "hearing"),
    "figures": ("duty-moderator", "/figures/?check=1"),
    "who is on duty": ("duty-moderator", "/desk/rota/"),
    "legal holds": ("duty-moderator", "/desk/holds/"),
    "a legal hold": ("duty-moderator", "/desk/holds/1/"),
    "placing a legal hold": ("duty-moderator", "/desk/people/outsider/hold/"),
    "files that are not taken again": ("duty-moderator", "/desk/barred/"),
    "a file that is not taken again": ("duty-moderator", "a file that is not taken again"),
    "words to watch for": ("duty-moderator", "/desk/words/"),
    "kinds of illegal content": ("duty-moderator", "/desk/illegal/"),
    "a kind of illegal content": ("duty-moderator", "/desk/illegal/1/"),
    "which kind of illegal content": ("brass-peri", "illegal"),
    "a notice of defamation": ("brass-peri", "defamation"),
    "bank holidays": ("duty-moderator", "/desk/holidays/"),
    "a bank holiday": ("duty-moderator", "/desk/holidays/1/"),
    "targets": ("duty-moderator", "/desk/targets/"),
    "a target": ("duty-moderator", "/desk/targets/intimate/"),
    "passing it to staff": ("workforce-chair", "passing it to staff"),
    "passed to staff": ("duty-moderator", "passed to staff"),
    "waiting for approval": ("workforce-chair", f"{GROUP}approval/"),
    "sent and not shown yet": ("strings-peri", "sent and not shown yet"),
    "data requests": ("duty-moderator", "/desk/data/"),
    "a data request": ("duty-moderator", "/desk/data/1/"),
    "asking about data": ("brass-peri", "/account/data/ask/"),
    "duties": ("duty-moderator", "/figures/duties/?check=1"),
    "a duty": ("duty-moderator", "/figures/duties/1/"),
    "retention": ("duty-moderator", "/figures/retention/"),
    "a period": ("duty-moderator", "/figures/retention/letters/"),
    "periods": ("", "/how-long/"),
    "register": ("duty-moderator", "/desk/register/"),
    "appealing": ("", "appeal"),
    "standing": ("strings-peri", "/account/standing/"),
    "person at the desk": ("duty-moderator", "/desk/people/strings-peri/"),
    "profile": ("brass-peri", "/account/"),
    "sessions": ("brass-peri", "/account/sessions/"),
    "muted and blocked": ("brass-peri", "/account/distance/"),
    "own data": ("brass-peri", "/account/data/"),
    "data of a person": ("duty-moderator", "/people/strings-peri/data/"),
    "erase a person": ("duty-moderator", "/people/strings-peri/erase/"),
    "being erased": ("duty-moderator", "/people/former-0a1b/erase/"),
    "person": ("brass-peri", "/people/strings-peri/"),
    "organisations": ("duty-moderator", "/organisations/"),
    "second step": ("duty-moderator", "/account/second-step/"),
}

SHIFTS = """window.moved = [];
const told = each => [each.value, String(each.sources[0]?.node?.outerHTML).slice(0, 90)];
new PerformanceObserver(list => moved.push(...list.getEntries().map(told)))
  .observe({ type: "layout-shift", buffered: true });"""

PAINTED = "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done, 100))))"


@pytest.fixture(params=PAGES, ids=str)
def looked_at(request, person, site):
    handle, place = PAGES[request.param]
    page = person(handle)
    assert page.goto(site.places.get(place, place)).status == 200
    return page


def test_a_page_is_accessible_narrow_enough_and_well_formed(looked_at):
    assert violations(looked_at) == []
    assert sideways(looked_at) <= 0, "scrolls sideways at 320 px"
    ids = looked_at.evaluate("[...document.querySelectorAll('[id]')].map(each => each.id)")
    assert sorted(ids) == sorted(set(ids)), "an id stands twice"
    assert {cookie["name"] for cookie in looked_at.context.cookies()} <= {"sessionid", "csrftoken"}


def test_what_is_told_under_seal_is_accessible_where_a_button_leads_to_it(person, site):
    page = person("duty-moderator")
    page.goto(site.places["sealed with a file"])
    page.get_by_role("button", name="Show what was told").click()
    expect(page.get_by_text("I heard more.")).to_be_visible()
    assert (violations(page), sideways(page)) == ([], 0)
    page.get_by_role("button", name="Show its text").click()
    expect(page.get_by_role("button", name="Open seen.png")).to_be_visible()
    assert (violations(page), sideways(page)) == ([], 0)


def test_the_measures_would_notice(page):
    page.set_content("<html lang=en><title>Bad</title><p style='color:#999;width:330px'>Pale and wide<img src='x'>")
    page.evaluate(SHIFTS)
    page.evaluate(PAINTED)  # what was never painted cannot move
    page.evaluate(
        "document.body.prepend(Object.assign(document.createElement('main'), { innerHTML: '<button>No</button>' }))"
    )
    page.wait_for_function("moved.length")
    assert len(page.evaluate(SMALL, 44)) == 1
    found = " ".join(violations(page))
    assert "360 light image-alt" in found
    assert "1280 dark color-contrast" in found
    assert sideways(page) > 0


def violations(page):
    """Of the accessibility standard, on a phone and a desk, light and dark, with all that unfolds in place unfolded."""
    found = []
    page.evaluate(AXE_SCRIPT)
    page.evaluate("document.querySelectorAll('details:not(.drop)').forEach(each => { each.open = true; })")
    for width in (360, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        for scheme, rules in (("light", STANDARD), ("dark", COLOURS)):
            page.emulate_media(color_scheme=scheme)
            told = page.evaluate("rules => axe.run(rules)", rules)["violations"]
            found += [said(each, width, scheme) for each in told]
    return found


def sideways(page):
    """By how much it is wider than the smallest screen, with all menus shut, or with any of them open."""
    page.set_viewport_size({"width": 320, "height": 800})
    return page.evaluate(WIDEST)


def said(violation, width, scheme):
    nodes = [f"{node['target']} {node['failureSummary']}" for node in violation["nodes"][:3]]
    return f"{width} {scheme} {violation['id']}: {nodes}"


def test_fingers_find_everything_and_so_do_mice(person, site):
    """44 pixels on a phone, 24 at a desk. A link inside a sentence is as high as its line."""
    found = []
    places = [(who, place) for who, place in PAGES.values() if who in {"brass-peri", "workforce-chair", "singing-lead"}]
    for least, width, is_mobile in ((44, 360, True), (24, 1280, False)):
        screen = {"viewport": {"width": width, "height": 800}, "is_mobile": is_mobile, "has_touch": is_mobile}
        pages = {who: person(who, **screen) for who in {who for who, _place in places}}
        for who, place in places:
            pages[who].goto(site.places.get(place, place))
            found += [(place, width, each) for each in pages[who].evaluate(SMALL, least)]
    assert found == []


def test_who_writes_on_a_phone_still_sees_what_they_answer(person, site):
    page = person("brass-peri", viewport={"width": 360, "height": 800}, is_mobile=True, has_touch=True)
    page.goto(site.places["thread"])
    page.locator("#id_body").focus()
    form = page.locator(".reply.docked")
    expect(form).to_be_visible()
    assert form.bounding_box()["height"] < 800 / 3


def test_the_first_view_of_a_thread_is_light(person, site):
    page, answers = person("brass-peri"), []
    page.on("response", lambda answer: answers.append(answer))
    page.goto(site.places["thread"], wait_until="load")  # the rest comes once the page is quiet
    size = {urlsplit(each.url).path: len(gzip.compress(each.body(), 6)) for each in answers if each.ok}
    assert len(answers) <= 15, sorted(size)
    assert sum(size.values()) <= 50_000, size


def test_nothing_moves_while_a_thread_opens_nor_when_its_counts_come(person, site):
    page, writer = person("brass-peri"), person("workforce-chair")
    page.add_init_script(SHIFTS)
    for title in ("Something new", "One thread more"):
        start_discussion(writer, title, "What do you say?", group=GROUP.rstrip("/"))
    for width in (360, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        page.goto(site.places["thread"])
        expect(page.locator(".tabs [data-unread-in]")).to_be_visible()
        assert page.evaluate("moved") == []


def test_everything_can_be_done_without_scripts(person, site):
    page = person("brass-peri", java_script_enabled=False)
    page.goto(site.places["thread"])
    expect(page.get_by_text("one note, many rhythms")).to_be_visible()
    page.locator("#id_body").fill("Written without scripts, with a *file*.")
    choose(page, PDF, "Pictures and files")
    page.get_by_role("button", name="Reply", exact=True).click()
    post = page.locator("#posts > li", has_text="Written without scripts")
    expect(post.locator("em", has_text="file")).to_be_visible()
    expect(post.get_by_role("link", name="terms.pdf")).to_be_visible()

    page.goto(f"{GROUP}live/")
    page.get_by_label("Message to").fill("Said without scripts")
    page.get_by_role("button", name="Send").click()
    expect(page.locator("#messages .say", has_text="Said without scripts")).to_be_visible()

    page.goto("/search/")
    page.locator("main input[name=q]").fill("rhythms")
    page.locator("main input[name=q]").press("Enter")
    expect(page.locator("main").get_by_role("link", name=re.compile("Whole-class brass")).first).to_be_visible()

    page.goto(site.places["document"])
    page.get_by_role("link", name="Report this document").click()
    page.get_by_label("My personal data").check()
    page.get_by_role("button", name="Send report").click()
    expect(page.get_by_text("Thank you.")).to_be_visible()


def test_a_lead_shares_a_document_without_scripts(person):
    page = person("workforce-chair", java_script_enabled=False)
    page.goto(f"{GROUP}documents/new/")
    page.get_by_label("Title").fill("Shared without scripts")
    page.get_by_label("Kind").select_option("guidance")
    choose(page, PDF)
    page.get_by_label("Our own work").check()
    page.get_by_role("button", name="Share document").click()
    expect(page.get_by_role("heading", level=1, name="Shared without scripts")).to_be_visible()
