"""What stands between a school and the world: hands requests on, except for what it does not like."""

from __future__ import annotations

import asyncio
import threading

PAGE = b"<!doctype html><title>Blocked</title><h1>This site is blocked by your school</h1>"
ANSWERS = {
    "redirect": b"HTTP/1.1 302 Found\r\nLocation: http://filter.example/blocked\r\nContent-Length: 0\r\n\r\n",
    "page": b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: %d\r\n\r\n%b" % (len(PAGE), PAGE),
    "refuse": b"HTTP/1.1 403 Forbidden\r\nContent-Type: text/html\r\nContent-Length: %d\r\n\r\n%b" % (len(PAGE), PAGE),
}
LOSSES = 8  # frames until the weather is better


class Proxy:
    """Listens on a port of its own in front of a server. `socket` and `stream` say what it does to those two doors.

    redirect, page, refuse: answers itself · hang: never answers · close: lets the socket open, then closes it
    · buffer: keeps what an answer says until it has ended · deaf: lets the socket open and loses every frame
    · lossy: of the first numbered frames, some are lost, some come twice, some in another order
    """

    def __init__(self, server, *, socket="", stream=""):
        self.behind, self.socket, self.stream = server.port, socket, stream
        self.seen: list[str] = []
        self.turns = iter(range(1, LOSSES + 1))
        self.loop = asyncio.new_event_loop()
        started = threading.Event()
        self.thread = threading.Thread(target=self._run, args=(started,), daemon=True)
        self.thread.start()
        started.wait(10)

    def stop(self):
        self.loop.call_soon_threadsafe(self.loop.stop)
        self.thread.join(10)

    def _run(self, started):
        asyncio.set_event_loop(self.loop)
        listening = self.loop.run_until_complete(asyncio.start_server(self._serve, "127.0.0.1", 0))
        self.port = listening.sockets[0].getsockname()[1]
        started.set()
        self.loop.run_forever()
        listening.close()
        tasks = asyncio.all_tasks(self.loop)
        for task in tasks:
            task.cancel()
        self.loop.run_until_complete(asyncio.gather(*tasks, return_exceptions=True))
        self.loop.close()

    async def _serve(self, reader, writer):
        try:
            head = await reader.readuntil(b"\r\n\r\n")
            self.seen.append(head.split(b" ", 2)[1].decode().partition("?")[0])
            is_socket = b"\r\nupgrade: websocket" in head.lower()
            what = self.socket if is_socket else self.stream if b"/stream/" in head.split(b"\r\n", 1)[0] else ""
            if what in ANSWERS:
                writer.write(ANSWERS[what])
                await writer.drain()
            elif what == "hang":
                await asyncio.sleep(600)
            else:
                head = head if is_socket else _once(head)
                await self._hand_on(_plain(head) if what == "lossy" else head, reader, writer, what)
        except (OSError, asyncio.IncompleteReadError, asyncio.LimitOverrunError):
            pass
        finally:
            writer.close()

    async def _hand_on(self, head, reader, writer, what):
        answers, asks = await asyncio.open_connection("127.0.0.1", self.behind)
        asks.write(head)
        there = asyncio.create_task(_pour(reader, asks))
        try:
            if what == "close":
                writer.write(await answers.readuntil(b"\r\n\r\n"))
                await writer.drain()
            elif what == "deaf":
                writer.write(await answers.readuntil(b"\r\n\r\n"))
                await asyncio.sleep(600)
            elif what == "buffer":
                writer.write(await answers.read())
            elif what == "lossy":
                writer.write(await answers.readuntil(b"\r\n\r\n"))
                frames = _socket_frames(answers) if b"/live/socket/" in head else _events(answers)
                async for frame in _lossy(frames, self.turns):
                    writer.write(frame)
                    await writer.drain()
            else:
                await _pour(answers, writer)
        finally:
            there.cancel()
            asks.close()


def _once(head):
    """The server closes after its answer, so that the end of each answer is known without reading it."""
    lines = [line for line in head.split(b"\r\n") if not line.lower().startswith((b"connection:", b"host:"))]
    host = next(line for line in head.split(b"\r\n") if line.lower().startswith(b"host:"))
    return b"\r\n".join([lines[0], host, b"Connection: close", *lines[1:]])


def _plain(head):
    """An answer is not cut into chunks where HTTP/1.0 was spoken."""
    return head if b"/live/socket/" in head else head.replace(b" HTTP/1.1", b" HTTP/1.0", 1)


async def _lossy(frames, turns):
    late = b""
    async for frame in frames:
        turn = next(turns, 0) if b'"number"' in frame else 0
        if turn % 4 == 3:
            late = frame
        elif turn % 4 != 1:  # that one is lost
            yield frame + late + (frame if turn % 4 == 2 else b"")
            late = b""


async def _socket_frames(reader):
    while True:
        head = await reader.readexactly(2)
        length = head[1]
        if length > 125:
            more = await reader.readexactly(2 if length == 126 else 8)
            head, length = head + more, int.from_bytes(more)
        yield head + await reader.readexactly(length)


async def _events(reader):
    while True:
        yield await reader.readuntil(b"\n\n")


async def _pour(reader, writer):
    while part := await reader.read(65536):
        writer.write(part)
        await writer.drain()
