"""How much was said that one has not read, as every page shows it beside the names of one's groups."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from groups.models import Group
from realtime.chat.models import Room
from tests import make


@pytest.fixture
def unread(as_):
    return lambda who: as_(who).get("/messages/unread/").json()["rooms"]


def test_what_was_said_is_unread_until_it_was_read(say, unread, as_, url, room, member, lead):
    for n in range(3):
        say(f"Message {n}", author=lead)
    assert unread(member) == {str(room.pk): {"group": room.group_id, "last": 3, "read": 0}}
    as_(member).post(f"{url}read/", {"number": 2})
    assert unread(member)[str(room.pk)]["read"] == 2


def test_only_rooms_of_ones_own_groups_are_counted(say, unread, outsider, staff, member):
    say("Hello")
    elsewhere = Room.of(make.group("Elsewhere", visibility=Group.Visibility.OPEN))
    make.place(elsewhere.group, outsider)
    elsewhere.say(outsider, "Hello", "k", outsider.affiliations.get())
    assert set(unread(outsider)) == {str(elsewhere.pk)}
    assert set(unread(staff)) == set()
    assert str(elsewhere.pk) not in unread(member)


def test_many_rooms_cost_as_much_as_one(as_, member, lead, say, django_assert_num_queries):
    say("Hello")
    as_(member).get("/messages/unread/")
    with CaptureQueriesContext(connection) as few:
        as_(member).get("/messages/unread/")
        count = len(few)
    for n in range(30):
        other = make.group(f"Group number {n}")
        make.place(other, member)
        Room.of(other)
    with django_assert_num_queries(count):
        assert len(as_(member).get("/messages/unread/").json()["rooms"]) == 31
