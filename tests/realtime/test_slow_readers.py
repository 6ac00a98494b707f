"""Who reads slowly, or not at all, costs little, is sent away, and finds everything again, on every server."""

import asyncio
import itertools
import socket
import time
from contextlib import suppress
from pathlib import Path

import pytest
from django.conf import settings
from django.db import transaction
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol

from community import live
from realtime import connection, consumers, hub, streaming
from tests.realtime.events import Asking, Streaming
from tests.realtime.servers import Daphne, Page, Thread, cookie_of, in_threads, wait_until

pytestmark = pytest.mark.django_db(transaction=True)

MEGABYTE = 1_000_000
MUCH = 150  # messages of nearly 4,000 characters
SMALL = 4096  # bytes that the network keeps for a client that does not read


@pytest.fixture(params=["uvicorn", "daphne"])
def server(request, transactional_db):
    server = Thread() if request.param == "uvicorn" else Daphne()
    yield server
    server.stop()


@pytest.fixture
def daphne(transactional_db):
    server = Daphne()
    yield server
    server.stop()


@pytest.fixture
def uvicorn(transactional_db):
    server = Thread()
    yield server
    server.stop()


@pytest.fixture
def much(room, lead):
    """More than half a megabyte to be told."""
    place = lead.affiliations.get()
    with transaction.atomic():
        for n in range(MUCH):
            room.say(lead, f"{n} {'word ' * 780}", f"much {n}", place)


class Deaf:
    """A bare socket that asks and never reads."""

    def __init__(self, server, cookie, path, *headers):
        self.wire = socket.socket()
        self.wire.settimeout(3)
        self.wire.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, SMALL)
        self.wire.connect(("127.0.0.1", server.port))
        host = f"127.0.0.1:{server.port}"
        session = f"Cookie: {settings.SESSION_COOKIE_NAME}={cookie}"
        lines = [f"GET {path} HTTP/1.1", f"Host: {host}", f"Origin: http://{host}", session, *headers]
        self.wire.sendall("\r\n".join([*lines, "", ""]).encode())

    def ask(self, stream, times=1):
        text = f'{{"follow": "{stream}", "since": 0}}'.encode()
        frame = bytes([0x81, 0x80 | len(text), 0, 0, 0, 0]) + text
        with suppress(OSError):
            self.wire.sendall(frame * times)

    def close(self):
        self.wire.close()


def deaf_socket(server, cookie):
    key = "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=="
    upgrade = ["Upgrade: websocket", "Connection: Upgrade", key, "Sec-WebSocket-Version: 13"]
    deaf = Deaf(server, cookie, "/live/socket/", *upgrade)
    assert b" 101 " in deaf.wire.recv(200)
    return deaf


def after_asking(server, stream, deaf, seconds):
    """The server's memory after the sockets have asked again and again for so long."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        for each in deaf[:3]:
            each.ask(stream, 2)
        time.sleep(0.3)
    return int(Path(f"/proc/{server.process.pid}/statm").read_text().split()[1]) * 4096


def test_pages_that_ask_for_everything_and_never_read_cost_little(daphne, member, lead, stream, much):
    cookie = cookie_of(member)
    with Page(daphne, lead) as neighbour:
        neighbour.follow(stream)
        deaf = [deaf_socket(daphne, cookie) for _ in range(3)]
        deaf += [Deaf(daphne, cookie, f"/live/stream/?{stream}=0") for _ in range(3)]
        warm = after_asking(daphne, stream, deaf, 4)
        assert (
            after_asking(daphne, stream, deaf, 6) - warm < 12 * MEGABYTE
        )  # each could be told 0.6 MB, again and again
        assert neighbour.follow(stream, live.head(stream))[-1]["verb"] == "following"
    for each in deaf:
        each.close()


def test_a_page_that_reads_on_is_told_everything_however_much_it_is(server, member, stream, much):
    with Page(server, member) as page, Streaming(server, member, {stream: 0}) as events:
        assert [frame.get("number") for frame in page.follow(stream, 0)] == [*range(1, MUCH + 1), None]
        told = []
        while (frame := events.next())["verb"] == "append":
            told.append(frame["number"])
        assert (frame["verb"], frame["code"]) == ("closed", 1001)  # enough for one answer: the page asks for the rest
    assert told == list(range(1, len(told) + 1))
    assert len(told) < MUCH - 5
    with Streaming(server, member, {stream: told[-1]}) as events:
        assert events.next()["number"] == told[-1] + 1
    assert [frame["number"] for frame in Asking(server, member).ask({stream: 0})] == list(range(1, MUCH + 1))


def test_whoever_stops_reading_while_catching_up_is_sent_away_and_forgotten(uvicorn, member, stream, much, monkeypatch):
    monkeypatch.setattr(connection, "PATIENCE", 0.5)
    monkeypatch.setattr(connection, "LONGEST_WAITING", 50_000)
    deaf = deaf_socket(uvicorn, cookie_of(member))
    deaf.ask(stream)
    wait_until(lambda: hub._hubs and next(iter(hub._hubs.values())).connections)
    [there] = next(iter(hub._hubs.values())).connections
    wait_until(lambda: there.is_closed, 10, "it is still waited for")
    deaf.close()
    wait_until(lambda: not next(iter(hub._hubs.values())).connections, 10, "it was never forgotten")


def test_a_page_that_does_not_say_it_has_read_is_sent_nothing_more(uvicorn, member, lead, room, stream, monkeypatch):
    place = lead.affiliations.get()
    monkeypatch.setattr(consumers, "SURE", 2_000)
    monkeypatch.setattr(connection, "MOST_WAITING", 10)
    with Page(uvicorn, member) as page, Page(uvicorn, lead) as neighbour:
        page.follow(stream)
        neighbour.follow(stream)
        monkeypatch.setattr(Page, "unheard", Page.unheard | {"heard?"})
        page.send = lambda frame: None  # says nothing any more
        for n in range(40):
            room.say(lead, f"{n} {'word ' * 100}", str(n), place)
            assert neighbour.next()["number"] == n + 1
        assert page.close_code() == 4408


def test_an_answer_with_enough_in_it_ends_and_keeps_its_place_until_it_is_read(
    uvicorn, member, lead, room, stream, monkeypatch
):
    place = lead.affiliations.get()
    monkeypatch.setattr(streaming, "LARGEST", 3_000)
    monkeypatch.setattr(hub, "MOST_OPEN", 1)
    with Streaming(uvicorn, member, {stream: 0}) as page:
        page.until_followed()
        for n in range(10):
            room.say(lead, f"{n} {'word ' * 100}", str(n), place)
        assert page.close_code() == 1001
        assert Streaming(uvicorn, member, {stream: 0}, greeted=False).close_code() == 4429
    wait_until(lambda: not next(iter(hub._hubs.values())).connections, 10)
    with Streaming(uvicorn, member, {stream: 0}) as page:
        assert page.next()["number"] == 1


def test_whoever_asks_again_while_much_happens_hears_all_of_it_in_order(
    uvicorn, room, lead, member, stream, monkeypatch
):
    monkeypatch.setattr(live, "PAGE", 3)
    place = lead.affiliations.get()
    for n in range(40):
        room.say(lead, str(n), str(n), place)
    with Page(uvicorn, member) as page:
        page.follow(stream, 40)
        known = []

        def hear(count):
            while count:
                frame = page.next()
                if frame["verb"] == "append":
                    known.append(frame["number"])
                    count -= 1

        def ask_again(_n):
            page.send({"follow": stream, "since": 0})
            hear(20)  # of what it follows, then of what it asked for

        def both(n):
            if n:
                return ask_again(n)
            return [room.__class__.objects.get(pk=room.pk).say(lead, f"{n}", f"more {n}", place) for n in range(20)]

        in_threads(both, 2)
        hear(60 - len(known) + known.index(1))
        assert known[known.index(1) :] == list(range(1, 61))


def test_a_server_that_has_to_wait_for_its_readers_now_and_then_keeps_the_order(
    uvicorn, room, lead, member, stream, monkeypatch
):
    plain, turn = WebSocketsSansIOProtocol.send, itertools.count()

    async def waiting(self, event):
        if next(turn) % 4 == 1:
            await asyncio.sleep(0.5)
        await plain(self, event)

    monkeypatch.setattr(WebSocketsSansIOProtocol, "send", waiting)
    place = lead.affiliations.get()
    with Page(uvicorn, member) as page, Page(uvicorn, lead) as neighbour:
        page.follow(stream)
        neighbour.follow(stream)
        for n in range(12):
            room.say(lead, str(n), str(n), place)
        assert page.numbers(12) == neighbour.numbers(12) == list(range(1, 13))


def test_a_page_that_is_lost_while_it_is_told_something_is_forgotten_and_costs_nobody_else(
    uvicorn, room, lead, member, stream, monkeypatch
):
    plain, lost = WebSocketsSansIOProtocol.send, []

    async def failing(self, event):
        if "lost on the way" in event.get("text", "") and (not lost or lost == [self]):
            lost[:] = [self]
            raise OSError("The line is dead")
        await plain(self, event)

    monkeypatch.setattr(WebSocketsSansIOProtocol, "send", failing)
    place = lead.affiliations.get()
    with Page(uvicorn, member) as one, Page(uvicorn, member) as other:
        one.follow(stream)
        other.follow(stream)
        [each] = hub._hubs.values()
        assert len(each.connections) == 2
        room.say(lead, "lost on the way", "k1", place)
        wait_until(lambda: len(each.connections) == 1, 10, "it was never forgotten")
        room.say(lead, "heard", "k2", place)
        remaining = next(iter(each.connections))
        wait_until(lambda: remaining.streams[stream] == 2)
