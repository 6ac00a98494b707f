"""Whatever a page sends: an error frame or an end with a code of ours, never a crash, and nobody else notices."""

import json
import time
from contextlib import suppress

import pytest
from websockets.exceptions import ConnectionClosed

from tests.realtime.servers import Daphne, Page

pytestmark = pytest.mark.django_db(transaction=True)

NONSENSE = [
    "",
    "{",
    "null",
    "[]",
    "0",
    '"follow"',
    "{}",
    "[" * 1000,
    '{"a":' * 400,
    "x" * 100_000,
    json.dumps({"follow": "room-1", "since": "x" * 3000}),
    '{"follow": 1}',
    '{"follow": null, "since": 0}',
    '{"follow": ["room-1"]}',
    '{"follow": {"room": 1}}',
    '{"follow": "room-1", "since": -1}',
    '{"follow": "room-1", "since": true}',
    '{"follow": "room-1", "since": 1.5}',
    '{"follow": "room-1", "since": NaN}',
    '{"follow": "room-1", "since": 1e999}',
    '{"follow": "room-1", "since": 99999999999999999999999999}',
    '{"follow": "room-1", "since": "0"}',
    '{"follow": "' + "a" * 100 + '"}',
    '{"leave": 1}',
    '{"leave": ["room-1"]}',
    '{"type": "bell", "stream": "access", "number": 1}',
    '{"type": "websocket.disconnect", "code": 1000}',
    '{"type": "disconnect"}',
    '{"type": "close", "follow": []}',
    '{"verb": "append", "html": "<b>x</b>"}',
    '{"__class__": "x", "constructor": {"prototype": 1}}',
    b"\x00\xff",
    b"",
    json.dumps({"follow": "room-1", "since": 0}).encode(),
]
ODD_NAMES = [
    "\ud800-1",
    "room-\x00",
    "room-1\n",
    "room-1' OR 1=1",
    "../room-1",
    "room-9223372036854775808",
    "-",
    "-1",
    "",
]


@pytest.fixture(params=["uvicorn", "daphne"])
def server(request, transactional_db):
    from tests.realtime.servers import Thread

    server = Thread() if request.param == "uvicorn" else Daphne()
    yield server
    server.stop()


def test_nonsense_is_answered_with_an_error_and_harms_nobody(server, member, lead, stream, say):
    with Page(server, member) as page, Page(server, lead) as neighbour:
        neighbour.follow(stream)
        for frame in NONSENSE:
            page.send(frame)
            assert page.next()["verb"] == "error", frame
        for name in ODD_NAMES:
            assert page.follow(name) == [{"verb": "lost", "stream": name}]
        assert page.follow(stream)[-1]["verb"] == "following"
        say("Hello")
        assert page.next()["verb"] == neighbour.next()["verb"] == "append"


def test_a_flood_is_told_and_then_ended_and_a_neighbour_does_not_wait(server, member, lead, stream, say):
    with Page(server, member) as page, Page(server, lead) as neighbour:
        neighbour.follow(stream)
        with suppress(ConnectionClosed):  # A quick server ends the flood before all of it is sent.
            for _ in range(500):
                page.send('{"follow": "room-0", "since": 0}')
        began = time.monotonic()
        say("Hello")
        assert neighbour.next()["verb"] == "append"
        assert time.monotonic() - began < 5
        told = []
        code = None
        try:
            while True:
                told.append(json.loads(page.socket.recv(timeout=5))["verb"])
        except ConnectionClosed as ended:
            code = ended.rcvd.code
        assert code == 4429
        assert told.count("error") <= 1
        assert told.count("lost") <= 60
