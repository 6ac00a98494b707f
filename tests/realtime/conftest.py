"""A room to talk in, and servers that carry it."""

import pytest
from channels.layers import get_channel_layer

from community import live
from realtime.chat.models import Room
from tests.realtime.servers import Daphne, Thread
from tests.torture.services import Redis


@pytest.fixture
def room(group):
    return Room.of(group)


@pytest.fixture
def stream(room):
    return live.stream_of(room)


@pytest.fixture
def say(room, lead):
    """The lead says something in the room; each text is a message of its own."""
    place = lead.affiliations.get()
    return lambda body: room.say(lead, body, f"key {body}", place)


@pytest.fixture
def server(transactional_db):
    server = Thread()
    yield server
    server.stop()


@pytest.fixture
def redis(settings):
    redis = Redis()
    backend = "channels_redis.pubsub.RedisPubSubChannelLayer"
    settings.CHANNEL_LAYERS = {
        "default": {"BACKEND": backend, "CONFIG": {"hosts": [redis.url], "prefix": settings.REDIS_PREFIX}}
    }
    assert type(get_channel_layer()).__name__ == "RedisPubSubChannelLayer"
    yield redis
    redis.stop()


@pytest.fixture
def pair(redis, transactional_db):
    servers = [Daphne(redis=redis.url), Daphne(redis=redis.url)]
    yield servers
    for server in servers:
        server.stop()
