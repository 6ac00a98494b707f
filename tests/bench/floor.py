"""The floor: what the same server can do without any product. A text that comes by Redis is handed to every socket."""

from __future__ import annotations

import asyncio
import os

from redis.asyncio import Redis

CHANNEL = "floor"
writers: set = set()
listening: list[asyncio.Task] = []


async def application(scope, receive, send) -> None:
    """GET /health/ answers, POST /say/ tells everybody what it was given, anything else is a socket."""
    if scope["type"] == "http":
        event = await receive()
        if scope["method"] == "POST":
            await redis().publish(CHANNEL, event["body"])
        await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"0")]})
        await send({"type": "http.response.body", "body": b""})
    elif scope["type"] == "websocket":
        if not listening:
            listening.append(asyncio.create_task(hand_on()))
        await receive()
        await send({"type": "websocket.accept"})
        writers.add(send)
        try:
            while (await receive())["type"] != "websocket.disconnect":
                pass
        finally:
            writers.discard(send)


async def hand_on() -> None:
    """Nothing is numbered, bounded, guarded or healed here."""
    async with redis().pubsub() as heard:
        await heard.subscribe(CHANNEL)
        async for message in heard.listen():
            if message["type"] == "message":
                event = {"type": "websocket.send", "text": message["data"].decode()}
                for send in list(writers):
                    await send(event)


_redis: list[Redis] = []


def redis() -> Redis:
    if not _redis:
        _redis.append(Redis.from_url(os.environ["REDIS_URL"]))
    return _redis[0]
