"""The connection check answers anybody, says nothing about anybody, and does not go on for ever."""

import json

import pytest

from realtime import views_check
from tests.realtime.events import Door
from tests.realtime.servers import Page, wait_until

pytestmark = pytest.mark.django_db(transaction=True)
HTTP = "http://localhost:8010/live"
ADDRESSES = ["ws://localhost:8010/live/socket", f"{HTTP}/stream", f"{HTTP}/events"]


def test_the_page_names_the_host_and_the_port_to_let_through(client):
    page = client.get("/live/check/", headers={"host": "localhost:8010"}).text
    assert "<b>localhost</b>" in page
    assert "TCP 8010" in page


def test_the_addresses_are_those_that_are_asked(client):
    page = client.get("/live/check/", headers={"host": "localhost:8010"}).text
    assert all(f">{address}/<" in page for address in ADDRESSES)
    page = client.get("/live/check/", headers={"host": "localhost"}, secure=True).text
    assert ">wss://localhost/live/socket/<" in page and ">https://localhost/live/stream/<" in page


def test_anybody_may_try_the_three_doors(server):
    with Page(server, path="/live/check/socket/") as page:
        assert page.follow("room-1")[-1]["verb"] == "following"
        assert page.close_code() == 1000
    with Door(server) as door:
        answer = door.get("check/stream", {})
        frames = [json.loads(line[6:]) for line in (answer.readline() for _ in range(4)) if line.startswith(b"data: ")]
        assert [frame["verb"] for frame in frames] == ["hello", "following"]
        assert json.loads(door.get("check/events", {}).read()) == {"frames": [], "more": False}


def test_a_socket_that_says_nothing_is_closed(server, monkeypatch):
    monkeypatch.setattr(views_check, "LONGEST", 0.3)
    with Page(server, path="/live/check/socket/") as page:
        assert page.close_code() == 1000
    wait_until(lambda: views_check.CheckConsumer.open == 0)


def test_trying_too_often_is_refused(client, settings):
    settings.LIMITS = {**settings.LIMITS, "check": "2/1m"}
    assert [client.get("/live/check/events/").status_code for _ in range(3)] == [200, 200, 429]
