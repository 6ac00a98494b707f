"""Every address, tried by nobody and by an outsider, GET and POST. A new one is tried without anyone remembering."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests.house import world

# Addresses of the library that signs people in have tests of their own: tests/community/members.
LIBRARY = "allauth."


def walk(patterns, namespace="", route="") -> Iterator[tuple[str, str, URLPattern]]:
    for pattern in patterns:
        path = route + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from walk(
                pattern.url_patterns, namespace + (f"{pattern.namespace}:" if pattern.namespace else ""), path
            )
        elif LIBRARY not in pattern.callback.__module__:
            yield namespace + (pattern.name or f"?{path}"), path, pattern


FOUND = list(walk(get_resolver().url_patterns))
DOORS = {
    name: getattr(pattern.callback, "door", None)
    for name, route, pattern in FOUND
    if not route.startswith("account/social/")
}
PARTS = {name: set(re.findall(r"<(?:\w+:)?(\w+)>", route)) for name, route, _pattern in FOUND}
IN_A_GROUP = [name for name, route, _pattern in FOUND if route.startswith("groups/<slug:slug>/")]
SHUT = [name for name, who in DOORS.items() if who == "members"]
METHODS = ["get", "post", "head", "put"]


@pytest.mark.parametrize("name", DOORS)
def test_every_address_says_who_may_call_it(name):
    assert not name.rpartition(":")[2].startswith("?"), "it needs a name"
    assert DOORS[name] in {"members", "public"}, "put @members_only or @public on its view"


@pytest.fixture
def built(db):
    return world.build()


def test_nobody_gets_in(client, built):
    before = built.count()
    for name, url in ((name, built.address(name, PARTS[name])) for name in SHUT):
        for method in (client.get, client.post):
            answer = method(url)
            if answer.status_code == 302:
                assert answer.url.startswith(reverse("account_login")), f"{name} sends nobody to {answer.url}"
            else:
                assert answer.status_code in {403, 404, 405}, name
    assert built.count() == before


@pytest.mark.parametrize("method", METHODS)
def test_for_an_outsider_a_private_group_was_never_there(client, outsider, built, method):
    client.force_login(outsider)
    call, before = getattr(client, method), built.count()
    for name in IN_A_GROUP:
        there = call(built.address(name, PARTS[name]))
        never = call(built.address(name, PARTS[name], slug=world.NEVER_WAS))
        assert there.status_code == never.status_code, name
        assert there.status_code in {404, 405}, name
        assert without_chance(there) == without_chance(never), f"{name}: not the answer for a group that never was"
    assert built.count() == before


@pytest.mark.parametrize("method", METHODS)
def test_outside_of_groups_an_outsider_learns_nothing_of_what_is_inside(client, outsider, built, method):
    for name in SHUT:
        if name not in IN_A_GROUP:
            client.force_login(outsider)  # each time: one of the addresses ends sessions
            told = getattr(client, method)(built.address(name, PARTS[name])).content
            for secret in ("Inner circle", "inner-circle", "Sealed", "Words for us alone", "Said among us"):
                assert secret.encode() not in told, f"{name} tells {secret!r}"


def without_chance(answer) -> tuple[bytes, dict[str, str]]:
    """Body and headers without what differs each time or only repeats the address asked for."""
    body = re.sub(rb'name="csrfmiddlewaretoken" value="\w+"', b"", answer.content)
    headers = {key: value for key, value in answer.headers.items() if key not in {"Set-Cookie", "Expires"}}
    return body.replace(world.NEVER_WAS.encode(), world.SLUG.encode()), headers
