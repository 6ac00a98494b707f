"""The server of `start` hands on a body in pieces, from where it was received to, and sends as fast as is read."""

from __future__ import annotations

import asyncio
import contextlib
import io
import socket
import subprocess
import sys
import time
from typing import Any
from urllib.request import urlopen

import pytest
from django.conf import settings

from community.one_process import BODY, PIECE, reading

QUEUED = [{"type": "http.request", "body": b"", "more_body": False}, {"type": "http.disconnect"}]  # what daphne says


async def heard(scope: dict[str, Any], how_many: int) -> list[dict[str, Any]]:
    """What an application hears that asks so often."""
    queue: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
    for message in QUEUED:
        queue.put_nowait(message)
    told: list[dict[str, Any]] = []

    async def application(scope: dict[str, Any], receive: Any, send: Any) -> None:
        assert BODY not in scope
        told.extend([await receive() for _each in range(how_many)])

    await reading(application)(scope, queue.get, None)
    return told


def test_a_body_comes_in_pieces_to_its_end_and_then_that_the_client_has_gone():
    body = io.BytesIO(b"x" * (PIECE + 5))
    told = asyncio.run(heard({"type": "http", BODY: body}, 3))
    assert [len(each.get("body", b"")) for each in told] == [PIECE, 5, 0]
    assert [each.get("more_body") for each in told] == [True, False, None]
    assert told[-1]["type"] == "http.disconnect"
    assert body.closed


def test_no_body_is_one_empty_piece():
    told = asyncio.run(heard({"type": "http", BODY: io.BytesIO()}, 2))
    assert told == QUEUED


def test_a_socket_hears_what_it_would_hear_without_it():
    assert asyncio.run(heard({"type": "websocket"}, 2)) == QUEUED


SERVER = """
import sys
from community.one_process import serve

sent = 0

async def application(scope, receive, send):
    global sent
    await send({"type": "http.response.start", "status": 200})
    if scope["path"] == "/sent":
        return await send({"type": "http.response.body", "body": str(sent).encode()})
    for _each in range(600):
        await send({"type": "http.response.body", "body": b"x" * 65_536, "more_body": True})
        sent += 1
    await send({"type": "http.response.body"})

serve(application, "127.0.0.1", int(sys.argv[1]))
"""


@pytest.fixture
def address():
    """Where a server of ours answers that has much to send."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    server = subprocess.Popen([sys.executable, "-c", SERVER, str(port)], cwd=settings.BASE_DIR)
    try:
        for _each in range(100):
            with contextlib.suppress(OSError):
                socket.create_connection(("127.0.0.1", port), 1).close()
                break
            time.sleep(0.1)
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(10)


def sent(address):
    with urlopen(f"{address}/sent") as answer:
        return int(answer.read())


def test_whoever_reads_slowly_is_sent_no_more_than_the_line_takes_and_gets_all_in_the_end(address):
    with urlopen(address) as answer:
        answer.read(10)
        time.sleep(2)
        assert sent(address) < 300, "the server holds what nobody has read"
        assert len(answer.read()) == 600 * 65_536 - 10


def test_whoever_leaves_while_it_is_sent_ends_the_sending_and_another_gets_all(address):
    urlopen(address).close()
    with urlopen(address) as answer:
        assert len(answer.read()) == 600 * 65_536
