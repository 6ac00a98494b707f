"""Who is here, away, writing: of this moment only, through all doors, for nobody outside, and never in the database."""

import re
import time

import pytest

from community import live
from community.models import Event
from realtime import presence
from tests import make
from tests.realtime.events import Asking, Streaming
from tests.realtime.servers import Page

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _quick(monkeypatch):
    monkeypatch.setattr(presence, "EVERY", 0.2)
    monkeypatch.setattr(presence, "HELD", 1.0)
    monkeypatch.setattr(Page, "unheard", frozenset({"beat"}))


def next_here(page, seconds=5.0):
    """The next frame about who is here: {name: is away}."""
    while (frame := page.next(seconds))["verb"] != "here":
        pass
    return {name: away == "away" for name, away in re.findall(r"<bdi>([^<]+)</bdi>(?: <small>(\w+))?", frame["html"])}


def until(page, wanted, seconds=6.0):
    end = time.monotonic() + seconds
    while (now := next_here(page, seconds)) != wanted:
        assert time.monotonic() < end, now
    return True


def test_who_follows_is_here_away_and_gone_again_whatever_the_door(server, stream, member, lead, observer):
    with Page(server, lead) as watching:
        watching.follow(stream)
        assert until(watching, {lead.name: False})
        with Page(server, member) as page:
            page.follow(stream)
            assert until(watching, {lead.name: False, member.name: False})
            page.send({"away": True})
            assert until(watching, {lead.name: False, member.name: True})
        assert until(watching, {lead.name: False})
        with Streaming(server, member, {stream: 0}):
            assert until(watching, {lead.name: False, member.name: False})
        assert until(watching, {lead.name: False})
        asking = Asking(server, observer)
        asking.ask({stream: 0})
        assert until(watching, {lead.name: False, observer.name: False})
        assert until(watching, {lead.name: False})


def test_whoever_may_not_see_the_room_is_neither_shown_nor_told(server, stream, outsider, lead):
    with Page(server, lead) as watching, Page(server, outsider) as page:
        watching.follow(stream)
        assert page.follow(stream) == [{"verb": "lost", "stream": stream}]
        assert Asking(server, outsider).ask({stream: 0})[0]["verb"] == "lost"
        assert until(watching, {lead.name: False})
        with pytest.raises(TimeoutError):
            page.next(1.2)


def test_the_page_shows_who_is_here(client, room, stream, member, lead):
    presence.note({stream: {lead.pk: False}})
    client.force_login(member)
    url = room.get_absolute_url()
    assert "Here now, 1" in client.get(url).text
    time.sleep(1.1)
    assert "Here now, 1" not in client.get(url).text


def test_of_a_crowd_some_are_named_and_all_are_counted(stream, member):
    presence.note({stream: {member.pk: False, **dict.fromkeys(range(10**9, 10**9 + 100), False)}})
    shown = presence.shown(presence.here(stream))
    assert shown["here_count"] == 101
    assert [person.name for person, _away in shown["people"]] == [member.name]


def test_writing_is_told_to_who_follows_and_kept_nowhere(
    server, client, room, stream, member, lead, observer, outsider
):
    url = f"{room.get_absolute_url()}typing/"
    with Page(server, lead) as page:
        page.follow(stream)
        client.force_login(member)
        before = Event.objects.count()
        assert client.post(url).status_code == 204
        while (told := page.next())["verb"] != "typing":
            pass
        assert told == {"stream": stream, "verb": "typing", "member": member.pk, "name": member.name}
        assert Event.objects.count() == before
        for who, status in ((observer, 403), (outsider, 404)):
            client.force_login(who)
            assert client.post(url).status_code == status


def test_of_many_who_write_at_once_two_are_told_for_a_page_then_says_several(server, client, room, stream, lead):
    writers = [make.person(f"writer-{n}") for n in range(6)]
    with Page(server, lead) as page:
        page.follow(stream)
        for writer in writers:
            make.place(room.group, writer)
            client.force_login(writer)
            assert client.post(f"{room.get_absolute_url()}typing/").status_code == 204
        live.whisper(room, "last")
        told = []
        while (frame := page.next())["verb"] != "last":
            told += [frame["member"]] if frame["verb"] == "typing" else []
    assert told == [writers[0].pk, writers[1].pk]
