"""Channel layers as they are on their worst day."""

from __future__ import annotations

import asyncio
import random
import threading
from typing import Any

from channels.layers import InMemoryChannelLayer
from channels_redis.pubsub import RedisPubSubChannelLayer


class Chaos:
    """Of ten messages, one is lost, one comes twice, two come late and so in another order."""

    async def group_send(self, group: str, message: dict[str, Any]) -> None:
        chance = random.random()
        if chance < 0.1:
            return
        if chance < 0.3:
            threading.Timer(random.random(), lambda: asyncio.run(self._late(group, message))).start()
            return
        await super().group_send(group, message)  # type: ignore[misc]
        if chance < 0.4:
            await super().group_send(group, message)  # type: ignore[misc]

    async def _late(self, group: str, message: dict[str, Any]) -> None:
        await super().group_send(group, message)  # type: ignore[misc]


class Memory(Chaos, InMemoryChannelLayer):
    """One process."""


class Redis(Chaos, RedisPubSubChannelLayer):
    """Several processes."""
