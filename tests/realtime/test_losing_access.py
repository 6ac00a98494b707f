"""Losing access closes every open door within a second, on every process, however many people it concerns."""

import datetime as dt
import time

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from community import live
from community.members.models import GRACE
from realtime.chat.models import Room
from realtime.connection import Connection, lost
from tests import make
from tests.realtime.endings import (
    accept_nothing,
    change_password,
    close_account,
    expire,
    lose_affiliation,
    sign_out,
    suspend,
)
from tests.realtime.events import Asking, Streaming
from tests.realtime.servers import Page, cookie_of

pytestmark = pytest.mark.django_db(transaction=True)

SOON = 3  # seconds on a busy machine; promised: 1


class Open:
    """Everything that a member has open: all three doors of both processes, with one session."""

    def __init__(self, servers, member, stream):
        self.servers, self.stream, self.cookie = servers, stream, cookie_of(member)
        self.pages = [Page(server, cookie=self.cookie) for server in servers]
        self.events = [Streaming(server, cookie=self.cookie, wanted={stream: 0}) for server in servers]
        for page in self.pages:
            page.follow(stream)
        for events in self.events:
            events.until_followed()

    def end(self):
        """The codes with which they end, and what asking answers."""
        codes = {each.close_code() for each in [*self.pages, *self.events]}
        asked = {Asking(server, cookie=self.cookie).get("events", {self.stream: 0}).status for server in self.servers}
        return codes, asked

    def lose(self):
        """What they are told when only the stream is gone, and what asking answers."""
        told = [each.next() for each in [*self.pages, *self.events]]
        told += [Asking(server, cookie=self.cookie).ask({self.stream: 0})[0] for server in self.servers]
        return {(frame["verb"], frame["stream"]) for frame in told}

    def close(self):
        for page in self.pages:
            page.socket.close()
        for events in self.events:
            events.line.close()


def end_organisation(member, cookie):
    member.affiliations.get().organisation.end(on=timezone.localdate() - GRACE - dt.timedelta(days=1))


ENDS = [sign_out, expire, change_password, suspend, close_account, lose_affiliation, end_organisation, accept_nothing]


def test_all_doors_of_both_processes_end_within_a_second(pair, group, lead, stream, say):
    keeper = Open(pair, lead, stream)
    for happen in ENDS:
        member = make.person()
        make.place(group, member)
        there = Open(pair, member, stream)
        began = time.monotonic()
        happen(member, there.cookie)
        codes, asked = there.end()
        assert codes == {4401}, happen
        assert asked <= {302, 403}, happen
        assert time.monotonic() - began < SOON, happen
        there.close()
    removed = make.person()
    make.place(group, removed)
    there = Open(pair, removed, stream)
    began = time.monotonic()
    group.remove(removed)
    assert there.lose() == {("lost", stream)}
    assert time.monotonic() - began < SOON
    say("Among ourselves")
    for each in [*keeper.pages, *keeper.events]:
        assert each.next()["verb"] == "append"
    assert there.pages[0].hears_nothing()
    assert there.events[1].hears_nothing(0.2)
    for each in (there, keeper):
        each.close()


def test_whom_it_concerns_is_asked_about_together_however_many_they_are(db, group):
    other, room = make.group(), Room.of(group)
    streams = [live.stream_of(room), live.stream_of(group), live.stream_of(other)]

    def crowd(count):
        people = [make.person() for _ in range(count)]
        for person in people:
            make.place(group, person)
        found = [Connection(person, cookie_of(person)) for person in people]
        for each in found:
            each.streams = dict.fromkeys(streams, 0) | {f"member-{each.member.pk}": 0, "room-0": 0}
        return found

    few, many = crowd(3), crowd(30)
    lost(few)
    asked = {}
    for connections in (few, many):
        with CaptureQueriesContext(connection) as caught:
            answers = lost(connections)
        asked[len(connections)] = len(caught)
        assert [each for each, _streams in answers] == connections
        assert all(set(streams) == {live.stream_of(other), "room-0"} for _each, streams in answers)
    assert asked[3] == asked[30]
    many[0].member.suspend(timezone.now() + dt.timedelta(hours=1))
    sign_out(None, many[1].session_key)
    group.remove(many[2].member)
    many[3].member.affiliations.get().end()
    accept_nothing(many[4].member, None)
    answers = [None if streams is None else set(streams) for _each, streams in lost(many)]
    assert answers[:5] == [None, None, {*streams, "room-0"}, None, None]
    assert answers[5:] == [{live.stream_of(other), "room-0"}] * 25


def test_a_page_stays_open_for_a_day_without_accepting_the_texts_and_none_opens_after_it(db, member):
    key = cookie_of(member)
    for hours, is_open in ((23, True), (25, False)):
        since = timezone.now() - dt.timedelta(hours=hours)
        type(member).objects.filter(pk=member.pk).update(must_accept_from=since)
        assert bool(Connection.open(key)) == is_open
