"""The server of `start`: pages, static files and live from one daphne.

Before anybody reads the body of a request, Twisted takes a form apart in memory, for arguments that nobody asks for,
and daphne queues all of it in small pieces: 200 MB take 2.4 GB. Here neither does, and the application reads the body
from where it was received to, which for anything large is a temporary file. On the way out daphne takes all that it is
given, however slowly it is read: here whoever sends waits until the line takes more.
"""

from __future__ import annotations

import asyncio
import io
from collections.abc import Awaitable, Callable
from typing import Any, BinaryIO

from daphne.server import Server

BODY = "ensemble.body"  # in the scope: where the body of the request is read from
PIECE = 65_536  # bytes
Receive = Callable[[], Awaitable[dict[str, Any]]]
Application = Callable[[dict[str, Any], Receive, Any], Awaitable[None]]


class Line:
    """Whether the line to a reader takes more. Twisted calls this a producer and says it in these words."""

    def __init__(self) -> None:
        self.is_free = asyncio.Event()
        self.resumeProducing()

    def pauseProducing(self) -> None:  # noqa: N802
        """What was sent has not gone out yet."""
        self.is_free.clear()

    def resumeProducing(self) -> None:  # noqa: N802
        """It has."""
        self.is_free.set()

    stopProducing = resumeProducing  # noqa: N815 - the reader has gone: nobody waits for that


class PieceByPiece(Server):
    """A daphne that hands on each body as the file it lies in, and what is sent no faster than it is read."""

    def protocol_connected(self, protocol: Any) -> None:
        protocol._parsePOSTFormSubmission = False
        super().protocol_connected(protocol)

    def create_application(self, protocol: Any, scope: dict[str, Any]) -> Any:
        if scope["type"] == "http":
            scope[BODY], protocol.content = protocol.content, io.BytesIO()
        return super().create_application(protocol, scope)

    async def handle_reply(self, protocol: Any, message: dict[str, Any]) -> None:
        known = self.connections.get(protocol, {})
        if message["type"] == "http.response.body" and "disconnected" not in known:
            if not message.get("more_body"):
                protocol.unregisterProducer()
            elif "line" not in known:
                known["line"] = Line()
                protocol.registerProducer(known["line"], True)
        await super().handle_reply(protocol, message)
        if "line" in known:
            await known["line"].is_free.wait()


def reading(application: Application) -> Application:
    """The application, which gets the body in pieces; what daphne says of it itself, that it is empty, is left out."""

    async def read(scope: dict[str, Any], receive: Receive, send: Any) -> None:
        body = scope.pop(BODY, None)
        if body is None:
            await application(scope, receive, send)
            return
        with body:
            await application(scope, _from(body, receive), send)

    return read


def serve(application: Application, bind: str, port: int) -> None:
    """Until a signal ends it."""
    PieceByPiece(
        application=reading(application),
        endpoints=[f"tcp:port={port}:interface={bind}"],
        signal_handlers=True,
        websocket_timeout=-1,
        websocket_handshake_timeout=10,
        application_close_timeout=3,
        server_name="ensemble",
        verbosity=0,
    ).run()


def _from(body: BinaryIO, receive: Receive) -> Receive:
    is_read = False

    async def piece() -> dict[str, Any]:
        nonlocal is_read
        if is_read:
            message = await receive()
            return await receive() if message["type"] == "http.request" else message
        some = body.read(PIECE)
        is_read = len(some) < PIECE
        return {"type": "http.request", "body": some, "more_body": not is_read}

    return piece
