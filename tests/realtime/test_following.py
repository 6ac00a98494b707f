"""What a page that follows is told: everything, in order, once, and nothing it may not see."""

import datetime as dt
import json
import threading
import time

import pytest
from channels.layers import get_channel_layer
from django.db import transaction
from django.utils import timezone

from community import live
from community.bell import BELL
from community.members.models import GRACE
from community.models import Event
from realtime import connection, hub
from realtime.chat.models import Room
from realtime.connection import MOST_WAITING, Connection
from tests import make
from tests.realtime.servers import Page, in_threads, wait_until

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def page(server, member):
    with Page(server, member) as page:
        yield page


def test_a_message_arrives_with_its_partial(page, stream, say):
    page.follow(stream)
    message = say("Hello there")
    told = page.next()
    assert (told["stream"], told["number"], told["verb"], told["target"]) == (stream, 1, "append", "messages")
    assert told["id"] == f"message-{message.pk}"
    assert "Hello there" in told["html"]


def test_following_since_a_number_gives_what_was_missed_and_then_goes_on(page, stream, say):
    for word in ("one", "two", "three"):
        say(word)
    told = page.follow(stream, 1)
    assert [frame.get("number") for frame in told] == [2, 3, None]
    say("four")
    assert page.next()["number"] == 4


def test_whoever_missed_much_is_told_all_of_it_in_pages(page, stream, say, monkeypatch):
    monkeypatch.setattr(live, "PAGE", 3)
    for n in range(8):
        say(str(n))
    assert [frame.get("number") for frame in page.follow(stream, 0)] == [*range(1, 9), None]
    assert [frame["number"] for frame in live.since(stream, 3)] == [4, 5, 6]


def test_what_changed_often_is_told_once_where_it_changed_last(stream, say):
    first, second = say("one"), say("two")
    for n in range(5):
        first.edit(f"one, {n}")
    second.remove()
    told = live.since(stream, 1)
    assert [(frame["number"], frame["id"]) for frame in told] == [
        (2, f"message-{second.pk}"),
        (7, f"message-{first.pk}"),
        (8, f"message-{second.pk}"),
    ]
    assert "one, 4" in told[1]["html"]


def test_whom_the_log_does_not_reach_or_who_knows_the_future_is_told_to_load_again(page, stream, say):
    for n in range(5):
        say(str(n))
    refresh = {"stream": stream, "number": 5, "verb": "refresh"}
    assert page.follow(stream, 99)[0] == refresh
    Event.objects.filter(stream=stream, number__lt=4).delete()
    assert page.follow(stream, 2) == [refresh, {"verb": "following", "stream": stream}]
    assert [frame.get("number") for frame in page.follow(stream, 3)] == [4, 5, None]


def test_who_catches_up_on_more_than_a_queue_holds_is_not_sent_away(page, stream, say, monkeypatch):
    monkeypatch.setattr(live, "PAGE", 20)
    monkeypatch.setattr(connection, "MOST_WAITING", 25)
    for n in range(90):
        say(str(n))
    assert [frame.get("number") for frame in page.follow(stream, 0)] == [*range(1, 91), None]


def test_what_may_not_be_seen_is_lost_like_what_never_was(server, outsider, stream, say):
    say("Private")
    with Page(server, outsider) as page:
        for name in (stream, "room-999999", "room-", "nothing-1", "access", "ledger", "room-1-1", "room-٣", "member-1"):
            assert page.follow(name) == [{"verb": "lost", "stream": name}]
        say("More")
        assert page.hears_nothing()


def test_numbers_come_in_order_whoever_publishes_at_once(page, room, stream, lead, member):
    page.follow(stream)

    def talk(n):
        author = (lead, member)[n % 2]
        for turn in range(5):
            room.__class__.objects.get(pk=room.pk).say(author, "Hello", f"{n} {turn}", author.affiliations.get())

    in_threads(talk, 6)
    assert page.numbers(30, 8) == list(range(1, 31))
    assert sorted(room.messages.values_list("number", flat=True)) == list(range(1, 31))


def test_a_lost_bell_is_healed_within_a_second(page, stream, say, monkeypatch):
    page.follow(stream)

    async def drop(*_):
        raise ConnectionError("The layer is gone")

    monkeypatch.setattr(get_channel_layer(), "group_send", drop)
    began = time.monotonic()
    say("Nobody rang")
    assert page.next()["number"] == 1
    assert time.monotonic() - began < 4


def test_a_hub_that_its_layer_forgot_joins_again_though_it_hears_nothing(server, member, stream, settings, monkeypatch):
    settings.REDIS_URL = ""
    settings.CHANNEL_LAYERS = {"default": {"BACKEND": "channels.layers.InMemoryChannelLayer"}}
    monkeypatch.setattr(hub, "JOIN_AGAIN_EVERY", 0.1)
    with Page(server, member) as page:
        page.follow(stream)
        groups = get_channel_layer().groups
        wait_until(lambda: groups.get(BELL))
        groups[BELL].clear()  # as the layer does after a day
        wait_until(lambda: groups[BELL])


def test_a_deed_taken_back_tells_nothing_and_leaves_no_gap(page, stream, say, room):
    page.follow(stream)
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        say("Never said")
        raise ZeroDivisionError
    say("Said")
    told = page.next()
    assert told["number"] == 1
    assert "Never" not in told["html"]


def test_a_silent_line_gives_signs_of_life(server, member, stream, say, monkeypatch):
    monkeypatch.setattr(hub, "BEAT_EVERY", 0.5)
    with Page(server, member) as page:
        assert json.loads(page.socket.recv(timeout=3)) == {"verb": "beat", "at": {}}
        say("Hello")
        page.follow(stream)
        assert json.loads(page.socket.recv(timeout=3)) == {"verb": "beat", "at": {stream: 1}}  # up to where it was told


def test_a_reader_slower_than_its_queue_is_sent_away(member):
    slow = Connection(member, "key")
    for n in range(MOST_WAITING + 10):
        slow.send(str(n))
    assert slow.is_closed
    assert slow.outgoing.qsize() == 1
    assert slow.outgoing.get_nowait() == 4408


def test_leaving_ends_it_and_does_not_harm_others(server, page, stream, say, lead):
    with Page(server, lead) as neighbour:
        page.follow(stream)
        neighbour.follow(stream)
        for name in (stream, stream, "access", "room-999"):
            page.send({"leave": name})
        assert page.follow("member-0")[-1]["verb"] == "lost"
        say("Hello")
        assert neighbour.next()["verb"] == "append"
        assert page.hears_nothing()


def test_a_removed_member_loses_the_stream_at_once_and_hears_nothing_more(
    server, page, stream, say, group, member, lead
):
    page.send({"leave": "access"})
    with Page(server, lead) as neighbour:
        page.follow(stream)
        neighbour.follow(stream)
        began = time.monotonic()
        group.remove(member)
        assert page.next() == {"stream": stream, "verb": "lost"}
        assert time.monotonic() - began < 4
        say("Behind closed doors")
        assert neighbour.next()["verb"] == "append"
        assert page.hears_nothing()
        assert page.follow(stream) == [{"verb": "lost", "stream": stream}]


def test_a_removal_is_noticed_when_its_bell_is_lost(page, stream, say, group, member, monkeypatch):
    async def drop(*_):
        raise ConnectionError

    page.follow(stream)
    monkeypatch.setattr(get_channel_layer(), "group_send", drop)
    began = time.monotonic()
    group.remove(member)
    assert page.next(2)["verb"] == "lost"
    assert time.monotonic() - began < 4


def test_what_happened_while_the_hub_was_busy_comes_in_one_message_and_in_order(page, stream, say, lead, monkeypatch):
    def slowly(waiting):
        asks.set()
        busy.wait(5)
        return asked(waiting)

    page.follow(stream)
    asks, busy, asked = threading.Event(), threading.Event(), hub.lost
    monkeypatch.setattr(hub, "lost", slowly)
    live.recheck_everyone()
    assert asks.wait(5)
    for word in ("one", "two", "three"):
        say(word)
    busy.set()
    frames = [json.loads(line) for line in page.socket.recv(timeout=5).split("\n")]
    assert [frame["number"] for frame in frames] == [1, 2, 3]
    say("four")
    assert page.next()["number"] == 4


def test_lines_of_one_message_are_as_many_as_a_bound_allows(monkeypatch):
    monkeypatch.setattr(hub, "LONGEST_MESSAGE", 10)
    frames = ["a" * 6, "b" * 4, "c", "d" * 30, "e"]
    assert list(hub._joined(frames)) == ["aaaaaa\nbbbb", "c", "d" * 30, "e"]


def test_a_removal_in_one_group_leaves_the_streams_of_another(page, stream, group, member, lead):
    other = make.group()
    make.place(other, member)
    page.follow(stream)
    page.follow(live.stream_of(Room.of(other)))
    group.remove(member)
    assert page.next() == {"stream": stream, "verb": "lost"}
    Room.of(other).say(member, "Still here", "k", member.affiliations.get())
    assert page.next()["verb"] == "append"


def test_a_lapsed_organisation_closes_the_streams_of_all_its_people(page, stream, member):
    page.follow(stream)
    member.affiliations.get().organisation.end(on=timezone.localdate() - GRACE - dt.timedelta(days=1))
    assert page.close_code() == 4401


def test_a_hidden_message_is_replaced_without_its_text(page, stream, say, staff):
    message = say("Something awful")
    page.follow(stream, 1)
    message.hide(staff, "Against our rules")
    told = page.next()
    assert (told["verb"], told["target"]) == ("replace", f"message-{message.pk}")
    assert "awful" not in told["html"]
    assert all("awful" not in frame.get("html", "") for frame in page.follow(stream, 0))


def test_what_is_gone_meanwhile_is_told_as_removed_by_its_own_name(stream, say, room):
    message = say("Hello")
    pk = message.pk
    message.delete()
    [told] = live.since(stream, 0)
    assert (told["verb"], told["target"]) == ("remove", f"message-{pk}")


def test_an_open_page_follows_what_it_sees_at_most_twenty_times(page, group, member):
    others = [make.group() for _ in range(21)]
    for other in others:
        make.place(other, member)
    for other in others[:20]:
        assert page.follow(live.stream_of(other))[-1]["verb"] == "following"
    page.send({"follow": live.stream_of(others[20])})
    assert page.next()["verb"] == "error"
    page.send({"leave": live.stream_of(others[0])})
    assert page.follow(live.stream_of(others[20]))[-1]["verb"] == "following"


def test_an_observer_hears_until_the_last_day_is_over(server, observer, stream, say):
    with Page(server, observer) as page:
        page.follow(stream)
        say("Welcome")
        assert page.next()["verb"] == "append"
        observer.memberships.update(ends_on=timezone.localdate() - dt.timedelta(days=1))
        live.recheck(observer)
        assert page.next()["verb"] == "lost"
