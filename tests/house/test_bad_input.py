"""What no page of ours ever sends, sent to every address: a clear answer each time, never a crash."""

from __future__ import annotations

import re
from urllib.parse import urljoin, urlsplit

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client

from groups.threads.models import Post, Thread
from realtime.chat.models import Room
from tests import make
from tests.house import world
from tests.house.test_every_door import DOORS, PARTS

DEEP = "> " * 2000 + "- " * 2000 + "[" * 4000
HOSTILE = [
    "\0",
    "a\0b\x01\x1b[31m\x7f",
    "\u202egnp.exe\u2066",
    "-1",
    "9" * 30,
    "9" * 5000,
    "\u0663",
    "1e9",
    "[]",
    "x" * 100_000,
    DEEP,
    "\u200b\u2060\ufeff",
    "**",
    "   ",
    "//evil.example.org",
    "javascript:alert(1)",
]
ASKED = [
    "from",
    "at",
    "quote",
    "to",
    "after",
    "before",
    "page",
    "q",
    "group",
    "kind",
    "sort",
    "show",
    "about",
    "next",
    "tag",
    "template",
    *["folder", "nation", "part", "with"],
]


def ascii_start(value: str) -> str:
    return ascii(value[:4])


TYPED = [
    *["body", "title", "summary", "note", "reason", "words", "key", "posted_as", "kind", "edition", "number", "alt"],
    *["name", "email", "who", "role", "ends_on", "affiliation", "act", "rule", "slug", "mark", "purpose", "welcome"],
    *["rights", "review_on", "language", "nation", "url", "seats", "login", "password", "code", "theme", "next"],
    *["tags", "nations", "retire", "back"],
    *["kept", "to", "anyway", "preview", "alt-1", "decoration-1"],
    *["other", "files", "file", "visibility", "joining", "hue", "lead", "organisation", "category", "sponsor"],
    *[
        "template",
        "adopt",
        "up",
        "say",
        "on",
        "thing",
        "off",
        "remind",
        "day",
        "back",
        "reactions",
        "sure",
        "refuses_pupil_data",
    ],
]
NUMBERS = ["0", "9" * 18, "9" * 19, "9" * 30, "9" * 5000]
URLENCODED = "application/x-www-form-urlencoded"
LEAVING = {"members:end_sessions", "members:sessions", "account_logout"}


@pytest.fixture
def built(db):
    found = world.build()
    for member in (found.lead, found.staff):
        Authenticator.objects.create(user=member, type=Authenticator.Type.TOTP, data={"secret": "unused"})
    return found


@pytest.fixture(autouse=True)
def _no_limits(settings):
    settings.LIMITS = dict.fromkeys(settings.LIMITS, "1000000/1s")


@pytest.fixture
def inside(built, client):
    client.force_login(built.lead)
    return client


def addresses(built, client):
    """Every address, each with whoever gets furthest there signed in: the group's lead, or staff."""
    for name in DOORS:
        if name not in LEAVING:
            is_for_staff = name.startswith(("members:", "moderation:")) or name == "groups:create"
            client.force_login(built.staff if is_for_staff else built.lead)
            yield name, built.address(name, PARTS[name])


def dealt(names, turn):
    """A hostile value for each name, another one at each turn."""
    return {name: HOSTILE[(place * 5 + turn) % len(HOSTILE)] for place, name in enumerate(names)}


@pytest.mark.parametrize("turn", range(3))
def test_no_parameter_breaks_a_page(client, built, turn):
    asked = {name: value[:3000] for name, value in dealt(ASKED, turn).items()}
    for name, url in addresses(built, client):
        assert client.get(url, asked).status_code < 500, name


@pytest.mark.parametrize("turn", range(3))
def test_no_form_breaks_on_what_is_typed(client, built, turn):
    for name, url in addresses(built, client):
        assert client.post(url, dealt(TYPED, turn)).status_code < 500, name


@pytest.mark.parametrize("text", ["\0", "x" * 100_000, DEEP, "\u200b\u2060", "**", "   "], ids=ascii_start)
@pytest.mark.parametrize("name", ["threads:new", "threads:reply", "chat:say"])
def test_a_text_is_taken_whole_or_handed_back(inside, built, name, text):
    answer = inside.post(
        built.address(name, PARTS[name]), {"title": "T", "kind": "discussion", "body": text, "key": "k"}
    )
    if answer.status_code == 422:
        kept = text.strip("\0 \u200b\u2060")[:50]
        assert kept.replace(">", "&gt;") in answer.content.decode()
    else:
        assert answer.status_code == 302


def test_no_form_breaks_on_lists_or_nothing(client, built):
    for name, url in addresses(built, client):
        for sent in ({name: ["", "2", "\0"] for name in TYPED}, {}):
            assert client.post(url, sent).status_code < 500, name


@pytest.mark.parametrize("number", NUMBERS, ids=lambda value: f"{len(value)}-digits")
def test_no_number_in_an_address_breaks_it(inside, built, number):
    for name in DOORS:
        for part in PARTS[name] & {"pk", "number", "file"}:
            url = built.address(name, PARTS[name])
            there = built.address(name, PARTS[name] - {part} | {part}) if part == "pk" else url
            value = str(built.things.get(f"{name}/{part}", built.things.get(f"{name.partition(':')[0]}/{part}")))
            asked = there.replace(f"/{value}/", f"/{number}/", 1).replace(f"/{value}-", f"/{number}-", 1)
            for call in (inside.get, inside.post):
                assert call(asked).status_code in {302, 403, 404, 405}, f"{name} {part}"


def test_a_subject_that_is_too_large_was_never_there(inside, built):
    for number in NUMBERS:
        for address in ("report", "desk"):
            assert inside.get(f"/{address}/post-{number}/").status_code == 404


def test_no_sign_in_an_address_breaks_it(inside, built):
    for sign in ("%00", "%FF%FE", "%0d%0aX-Bad:1", "%E2%80%AE", "..%2f..%2fetc", ";.css", "'\"", "%25", "a" * 3000):
        for base in (
            "/",
            "/groups/",
            "/groups/inner-circle/threads/",
            "/people/",
            "/invitation/",
            "/report/",
            "/desk/",
        ):
            for end in ("", "/"):
                answer = inside.get(f"{base}{sign}{end}")
                assert answer.status_code in {301, 400, 404, 414}, f"{base}{sign}{end}"
                assert "X-Bad" not in answer.headers
    document = built.things["documents/pk"]
    assert inside.get(f"/groups/inner-circle/documents/{document}/versions/1/pa%00per.pdf").status_code == 404


def test_a_cookie_that_holds_nonsense_is_nobodys(client, built):
    for value in ('"\\000\\000\\000\\000\\000\\000\\000\\000\\000"', "\u00ff" * 40, "x" * 4000, "' or 1=1 --"):
        answer = client.get("/", headers={"cookie": f"sessionid={value}; csrftoken={value}; messages={value}"})
        assert answer.status_code == 302


BODIES = [
    ("application/json", b'{"body": ["x"], "title": {"a": 1}}'),
    ("multipart/form-data; boundary=x", b"--x\r\nContent-Disposition: form-data; name=body\r\n\r\ncut"),
    ("multipart/form-data", b"no boundary"),
    ("multipart/form-data; boundary=" + "x" * 5000, b"--x"),
    ("application/x-www-form-urlencoded", b"body=%ff%fe&title=%c3%28&key=%00"),
    ("application/x-www-form-urlencoded; charset=utf-16", b"body=\xff\xfe"),
    ("application/x-www-form-urlencoded; charset=never-was", b"body=x"),
    ("application/x-www-form-urlencoded", b"&".join(b"a%d=1" % number for number in range(1001))),
    ("text/xml", b"<?xml version='1.0'?><!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>"),
    ("", b"\x00\x01\x02"),
]


@pytest.mark.parametrize(("kind", "body"), BODIES, ids=lambda value: str(value)[:30])
def test_no_body_of_the_wrong_kind_breaks_a_form(inside, built, kind, body):
    writings = ["threads:new", "threads:reply", "threads:edit", "chat:say", "chat:edit", "documents:new"]
    for name in [*writings, "groups:settings", "groups:invite", "members:profile", "account_login", "account_signup"]:
        url = built.address(name, PARTS.get(name, set()))
        assert inside.generic("POST", url, body, content_type=kind).status_code < 500, name


def test_a_body_over_the_limit_is_413_with_a_sentence(inside, built):
    url = built.address("threads:reply", PARTS["threads:reply"])
    answer = inside.post(url, "body=" + "x" * 1_100_000, content_type=URLENCODED)
    assert answer.status_code == 413
    assert "too long" in answer.content.decode()
    assert Post.objects.count() == 1


@pytest.mark.parametrize("method", ["DELETE", "TRACE", "BREW"])
def test_no_unknown_method_does_anything(inside, built, method):
    before = built.count()
    for name, url in addresses(built, inside):
        answer = inside.generic(method, url, b"body=x", content_type=URLENCODED)
        assert answer.status_code < 500, name
    assert built.count() == before


def test_a_method_cannot_be_put_on_by_a_header_or_a_field(inside, built):
    before = built.count()
    url = built.address("threads:close", PARTS["threads:close"])
    for headers in ({"X-HTTP-Method-Override": "POST"}, {"X-HTTP-Method": "POST"}):
        assert inside.get(url, {"_method": "POST"}, headers=headers).status_code == 405
    assert built.count() == before
    assert not Thread.objects.filter(is_closed=True).exists()


@pytest.mark.parametrize(
    "host", ["evil.example.org", "localhost.evil.example.org", "localhost:99999x", "a b", "", "\x00"]
)
def test_a_forged_host_is_refused(client, built, host):
    answer = client.get("/sign-in/", headers={"host": host})
    assert answer.status_code == 400
    assert b"evil" not in answer.content


def test_a_forwarded_host_is_ignored(client, built):
    answer = client.get("/", headers={"x-forwarded-host": "evil.example.org", "forwarded": "host=evil.example.org"})
    assert "evil" not in answer.get("Location", "") + answer.content.decode()


TARGETS = [
    *["//evil.example.org", "https://evil.example.org", "https:evil.example.org", "/\\evil.example.org", "\\\\evil"],
    *["javascript:alert(1)", "data:text/html,x", "///evil.example.org", "http:///evil.example.org", "\tjavascript:x"],
    *[
        "https://localhost@evil.example.org",
        "https://evil.example.org#localhost",
        "//evil.example.org/%2f..",
        "\0//evil",
    ],
    *[
        "https://localhost.evil.example.org",
        "%2f%2fevil.example.org",
        "ftp://evil.example.org",
        "/%09/evil.example.org",
    ],
]


@pytest.mark.parametrize("target", TARGETS)
def test_nobody_is_sent_elsewhere(inside, target):
    answers = [
        inside.post("/account/theme/", {"theme": "dark"}, headers={"Referer": target}),
        inside.post("/account/theme/", {"theme": "dark"}, headers={"Referer": f"http://localhost{target}"}),
        inside.get("/sign-in/", {"next": target}),
        inside.post("/sign-out/", {"next": target}),
    ]
    for answer in answers:
        led = answer.get("Location", "/")
        assert urlsplit(urljoin("http://localhost/a/b/", led.replace("\\", "/"))).netloc == "localhost", led


def test_a_stale_token_does_nothing_and_hands_the_text_back(built):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(built.lead)
    for name, field in (("threads:reply", "body"), ("threads:new", "title"), ("chat:say", "body")):
        for token in ({}, {"csrfmiddlewaretoken": "stale"}, {"csrfmiddlewaretoken": "x" * 64}):
            url = built.address(name, PARTS[name])
            answer = strict.post(url, {field: "A thought of an hour <b>", **token})
            assert answer.status_code == 403, name
            assert "A thought of an hour &lt;b&gt;" in answer.content.decode(), name
    assert Post.objects.count() == 1


def test_a_name_that_runs_backwards_stays_in_its_place(client, group, member, lead):
    backwards = {"name": "\u202eesrever", "title": "\u202eeltit"}
    member.name = backwards["name"]
    member.save()
    thread = make.thread(group, member, title=backwards["title"])
    make.document(group, member, title=backwards["title"])
    Room.of(group).say(member, "Said", "key", member.affiliations.get())
    base = group.get_absolute_url()
    addresses = [
        "/",
        base,
        f"{base}people/",
        f"{base}threads/",
        f"{base}documents/",
        f"{base}live/",
        "/search/?q=breath",
    ]
    bare = set()
    for person in (lead, member):
        client.force_login(person)
        for url in [*addresses, thread.get_absolute_url(), member.get_absolute_url()]:
            page = re.sub(r"<title>.*?</title>|<[^>]*\u202e[^>]*>", "", client.get(url).content.decode(), flags=re.S)
            for found in re.finditer("\u202e", page):
                before = page[: found.start()]
                if re.search('<(h1|textarea|span class="(face|vh))[^<]*$', before):
                    continue  # in a box of its own
                if before.rfind("<bdi") <= before.rfind("</bdi"):
                    bare.add(f"{url}: {before[-60:]!r}")
    assert sorted(bare) == []


def test_a_refusal_is_kept_by_no_cache(inside, built):
    """It carries the header of whoever was refused."""
    for answer in (
        inside.get("/never-was/"),
        inside.get("/groups/never-was/"),
        inside.post(built.address("threads:reply", PARTS["threads:reply"]), "body=" + "x" * 1_100_000, URLENCODED),
        inside.get(built.address("threads:edit", PARTS["threads:edit"])),
    ):
        assert answer.status_code >= 400
        assert "no-store" in answer["Cache-Control"]


def test_a_public_page_that_names_its_reader_is_kept_by_no_cache(inside):
    for url in ("/about/privacy/", "/report/"):
        assert "no-store" in inside.get(url)["Cache-Control"]
