"""Server-sent events and asking: the same frames by the same numbers, under the same rule as over the socket."""

import datetime as dt
import time

import pytest
from django.contrib.sessions.models import Session
from django.utils import timezone

from community import live
from realtime import connection, hub, streaming
from tests import make
from tests.realtime.events import Asking, Streaming
from tests.realtime.servers import Daphne, Page, in_threads, wait_until

pytestmark = pytest.mark.django_db(transaction=True)


def test_events_tell_what_was_missed_and_then_what_happens(server, member, stream, say):
    for word in ("one", "two", "three"):
        say(word)
    with Streaming(server, member, {stream: 1}) as page:
        assert [frame.get("number") for frame in page.until_followed()] == [2, 3, None]
        message = say("four")
        told = page.next()
        assert (told["number"], told["id"]) == (4, f"message-{message.pk}")
        assert "four" in told["html"]


def test_all_doors_tell_the_same(server, member, stream, say, monkeypatch):
    monkeypatch.setattr(live, "PAGE", 4)
    said = [say(str(n)) for n in range(10)]
    said[3].edit("three and a bit")
    said[5].remove()
    with Page(server, member) as socket, Streaming(server, member, {stream: 2}) as events:
        told = socket.follow(stream, 2)
        assert told == events.until_followed()
        assert told[:-1] == Asking(server, member).ask({stream: 2})


def test_numbers_come_in_order_over_events_whoever_publishes_at_once(server, room, stream, member, lead):
    with Streaming(server, member, {stream: 0}) as page:
        page.until_followed()
        place = lead.affiliations.get()
        in_threads(
            lambda n: [room.__class__.objects.get(pk=room.pk).say(lead, "Hi", f"{n}{t}", place) for t in range(5)], 4
        )
        assert [page.next()["number"] for _ in range(20)] == list(range(1, 21))


def test_asking_again_when_nothing_happened_costs_no_answer(server, member, stream, say):
    say("one")
    page = Asking(server, member)
    assert [frame["number"] for frame in page.ask({stream: 0})] == [1]
    assert page.ask({stream: 1}) == []
    assert page.ask({stream: 1}) is None
    say("two")
    assert [frame["number"] for frame in page.ask({stream: 1})] == [2]


def test_nobody_and_whoever_may_not_see_it_hear_nothing(server, outsider, stream, say):
    say("Private")
    for someone in (Streaming(server), Streaming(server, cookie="no-such-session-key-at-all-000000")):
        assert someone.status in {302, 403}
    names = {stream: 0, "room-999999": 0, "access": 0, "room-x": 0, "member-1": 0, "room-1": "x"}
    with Streaming(server, outsider, names) as page:
        assert [page.next() for _ in names] == [{"verb": "lost", "stream": name} for name in names]
        say("More")
        assert page.hears_nothing()
    assert Asking(server, outsider).ask(names) == [{"verb": "lost", "stream": name} for name in names]


def test_a_removed_member_loses_events_at_once_and_is_told_so_when_asking(server, member, lead, stream, group, say):
    asking = Asking(server, member)
    assert asking.ask({stream: 0}) == []
    with Streaming(server, member, {stream: 0}) as page, Streaming(server, lead, {stream: 0}) as neighbour:
        page.until_followed()
        neighbour.until_followed()
        began = time.monotonic()
        group.remove(member)
        assert page.next() == {"stream": stream, "verb": "lost"}
        assert time.monotonic() - began < 1.2
        say("Behind closed doors")
        assert neighbour.next()["verb"] == "append"
        assert page.hears_nothing()
    assert asking.ask({stream: 0}) == [{"stream": stream, "verb": "lost"}]


def sign_out(member, cookie):
    Session.objects.filter(session_key=cookie).delete()


def suspend(member, cookie):
    member.suspend(timezone.now() + dt.timedelta(hours=1))


def lose_affiliation(member, cookie):
    member.affiliations.get().end()


@pytest.mark.parametrize("happen", [sign_out, suspend, lose_affiliation])
def test_open_events_end_within_a_second(server, member, stream, happen):
    with Streaming(server, member, {stream: 0}) as page:
        page.until_followed()
        began = time.monotonic()
        happen(member, page.cookie)
        assert page.close_code() == 4401
        assert time.monotonic() - began < 1.2
    assert Asking(server, cookie=page.cookie).get("events", {stream: 0}).status in {302, 403}


def test_events_follow_at_most_twenty_things(server, member, stream):
    groups = [make.group() for _ in range(21)]
    for one in groups:
        make.place(one, member)
    wanted = {live.stream_of(one): 0 for one in groups}
    with Streaming(server, member, wanted) as page:
        assert [page.next()["verb"] for _ in range(20)] == ["following"] * 20
        assert page.hears_nothing()


def test_events_end_after_a_while_so_that_the_page_asks_anew(server, member, stream, say, monkeypatch):
    monkeypatch.setattr(streaming, "LONGEST", 0.5)
    with Streaming(server, member, {stream: 0}) as page:
        page.until_followed()
        assert page.close_code() == 1001
        assert page.hears_nothing()


def test_a_page_that_goes_away_is_forgotten(server, member, stream, say):
    page = Streaming(server, member, {stream: 0})
    page.until_followed()
    [there] = hub._hubs.values()
    assert len(there.connections) == 1
    page.answer.close()
    page.line.sock and page.line.sock.close()
    say("Is anybody there?")
    wait_until(lambda: not there.connections, 10)


def test_who_does_not_read_events_is_sent_away(member):
    slow = connection.Connection(member, "key")
    for n in range(connection.MOST_WAITING + 1):
        slow.send(str(n))
    assert slow.is_closed


def test_events_work_in_one_daphne_process_too(transactional_db, member, stream, say):
    server = Daphne()
    try:
        with Streaming(server, member, {stream: 0}) as page:
            page.until_followed()
            say("Hello")
            assert page.next()["number"] == 1
    finally:
        took = server.stop()
    assert took < 8


def test_whoever_has_too_many_pages_open_is_sent_to_asking(server, member, lead, stream, say, monkeypatch):
    monkeypatch.setattr(hub, "MOST_OPEN", 2)
    with Page(server, member) as first, Streaming(server, member, {stream: 0}) as second, Page(server, lead) as other:
        second.until_followed()
        for page in (first, other):
            page.follow(stream)
        assert Streaming(server, member, {stream: 0}, greeted=False).close_code() == 4429
        assert Page(server, member, greeted=False).close_code() == 4429
        say("Hello")
        assert first.next()["number"] == second.next()["number"] == other.next()["number"] == 1
        assert Asking(server, member).ask({stream: 0})[0]["number"] == 1
    wait_until(lambda: all(not each.open for each in hub._hubs.values()), 10)
    with Streaming(server, member, {stream: 1}) as page:
        assert page.until_followed()[-1]["verb"] == "following"
