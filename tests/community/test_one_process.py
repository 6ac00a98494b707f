"""The server of `start` hands on a body in pieces, from where it was received to."""

from __future__ import annotations

import asyncio
import io
from typing import Any

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
