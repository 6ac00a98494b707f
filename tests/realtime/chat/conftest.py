"""A room, and people who say something in it."""

from itertools import count

import pytest

from realtime.chat.models import Room


@pytest.fixture
def room(group):
    return Room.of(group)


@pytest.fixture
def say(room, member):
    """Somebody (the member) says something; each time it is a message of its own, unless a key is given."""
    fresh = count(1)

    def say(body, key="", author=member, **how):
        return room.say(author, body, key or f"key-{next(fresh)}", author.affiliations.get(), **how)

    return say


@pytest.fixture
def as_(client):
    def sign_in(member):
        client.force_login(member)
        return client

    return sign_in


@pytest.fixture
def url(group):
    return f"/groups/{group.slug}/live/"
