"""Several processes, with Redis and without, and what happens when one of them ends."""

import signal
import socket
import time
from contextlib import suppress

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session

from tests.realtime.servers import Daphne, Page, cookie_of, in_threads, wait_until

pytestmark = pytest.mark.django_db(transaction=True)


def took(work):
    began = time.monotonic()
    work()
    return time.monotonic() - began


def test_two_processes_tell_the_same_in_the_same_order_and_lose_access_alike(
    pair, member, lead, room, stream, say, group
):
    one, two = Page(pair[0], member), Page(pair[1], member)
    keeper = Page(pair[1], lead)
    for page in (one, two, keeper):
        page.follow(stream)
    place = member.affiliations.get()
    in_threads(
        lambda n: [room.__class__.objects.get(pk=room.pk).say(member, "Hi", f"{n}{t}", place) for t in range(4)], 4
    )
    assert one.numbers(16, 8) == two.numbers(16, 8) == keeper.numbers(16, 8) == list(range(1, 17))
    # Sooner than a look into the log could bring it: the bell was heard, though rung by a thread without a loop.
    wait_until(
        lambda: took(lambda: (say(str(time.monotonic())), one.next(), two.next())) < 0.6, 20, "no bell was heard"
    )
    group.remove(member)
    assert took(lambda: [page.next()["verb"] for page in (one, two)]) < 3  # promised: 1
    say("Among ourselves")
    assert keeper.next()["verb"] == "append"
    assert one.hears_nothing()
    assert two.hears_nothing(0.2)
    Session.objects.filter(session_key=keeper.cookie).delete()
    assert keeper.close_code() == 4401


def test_deeds_and_arrivals_go_on_while_redis_is_gone_and_after_it_is_back(redis, pair, member, stream, say):
    page = Page(pair[0], member)
    page.follow(stream)
    redis.stop()
    for n in range(3):
        assert took(lambda n=n: say(f"Without {n}")) < 4
    assert page.numbers(3) == [1, 2, 3]
    with Page(pair[1], member) as late:
        assert [frame.get("number") for frame in late.follow(stream, 1)] == [2, 3, None]
    redis.start()
    say("With")
    assert page.next(2)["number"] == 4
    wait_until(lambda: took(lambda: (say(str(time.monotonic())), page.next())) < 0.4, 40, "the bell never came back")


def test_a_server_ends_soon_with_sockets_open(transactional_db, member, stream):
    server = Daphne()
    pages = [Page(server, member) for _ in range(20)]
    for page in pages:
        page.follow(stream)
    assert server.stop(signal.SIGTERM) < 8, "it hangs"  # on a quiet machine under 3
    for page in pages:
        page.socket.close()


def test_a_reader_that_does_not_read_is_sent_away_and_others_go_on(transactional_db, member, lead, room, stream):
    server = Daphne(None, "", "--ping-interval", "1", "--ping-timeout", "2")
    with Page(server, lead) as good, deaf_reader(server, member) as deaf:
        good.follow(stream)
        place = lead.affiliations.get()
        for n in range(20):
            room.say(lead, "word " * 700, str(n), place)
        assert good.numbers(20) == list(range(1, 21))
        deaf.settimeout(8)
        received = b""
        with suppress(ConnectionError):
            time.sleep(4)
            while part := deaf.recv(65536):
                received += part
        assert good.follow(stream)[-1]["verb"] == "following"
    server.stop()


def deaf_reader(server, member):
    """A bare socket that shakes hands and then never answers a ping."""
    wire = socket.create_connection(("127.0.0.1", server.port))
    wire.sendall(
        f"GET /live/socket/ HTTP/1.1\r\nHost: 127.0.0.1:{server.port}\r\nOrigin: http://127.0.0.1:{server.port}\r\n"
        f"Cookie: {settings.SESSION_COOKIE_NAME}={cookie_of(member)}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n".encode()
    )
    assert b" 101 " in wire.recv(4096)
    return wire
