"""A room to talk in, and servers that carry it."""

import pytest

from community import live
from realtime.chat.models import Room
from tests.realtime.servers import Thread


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
