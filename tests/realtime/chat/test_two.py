"""Messages between two people: off unless the site switches them on; either may leave or mute."""

import pytest

from community import live
from community.members.models import Distance
from community.notifications.models import Notification
from groups.search.find import find
from realtime.chat.models import Message, Room
from tests import make


@pytest.fixture(autouse=True)
def everyone(db):
    return make.group("All members", joining="automatic", visibility="open")


@pytest.fixture
def on(settings):
    settings.ONE_TO_ONE = True


@pytest.fixture
def write(as_):
    def write(who, to, body="Have you a spare euphonium?", key="k1"):
        return as_(who).post(f"/people/{to.handle}/message/", {"body": body, "key": key})

    return write


def test_whoever_is_blocked_begins_no_room_and_is_not_told_why(on, write, as_, member, outsider, lead):
    Distance.keep(outsider, member, "block")
    refused = write(member, outsider)
    assert refused.status_code == 403 and "takes no messages here" in refused.text and "block" not in refused.text
    assert "euphonium" in refused.text, "what was typed is handed back"
    assert not Room.objects.filter(kind="pair").exists()
    assert write(member, lead).status_code == 302, "others are reached as before"
    hers = write(outsider, member)
    assert hers.status_code == 403 and "You have blocked" in hers.text
    Distance.objects.all().delete()
    assert write(member, outsider).status_code == 302


def test_whoever_is_muted_writes_all_the_same(on, write, member, outsider):
    Distance.keep(outsider, member, "mute")
    assert write(member, outsider).status_code == 302


@pytest.mark.parametrize("live", [{}, {"Accept": "application/json"}], ids=["form", "live page"])
def test_in_a_room_that_is_there_neither_writes_after_a_block_and_both_read(on, write, as_, member, outsider, live):
    write(member, outsider)
    room = Room.objects.get(kind="pair")

    def say(who, key):
        data = {"body": "And a tuba?", "key": key}
        return as_(who).post(f"{room.get_absolute_url()}say/", data, headers=live)

    Distance.keep(outsider, member, "block")
    his, hers = say(member, "k2"), say(outsider, "k3")
    assert his.status_code == hers.status_code == 403
    assert "takes no messages here" in (his.json()["why"] if live else his.text) and "blocked" not in his.text
    assert "You have blocked" in (hers.json()["why"] if live else hers.text)
    assert live or "And a tuba?" in his.text, "what was typed is handed back"
    assert write(member, outsider, "And a tuba?", "k4").status_code == 403
    said = Message.objects.get()
    edit = f"/groups/{room.group.slug}/live/{said.pk}/edit/"
    assert as_(member).post(edit, {"body": "A tuba, then?"}).status_code == 403
    for who in (member, outsider):
        page = as_(who).get(room.get_absolute_url()).text
        assert "euphonium" in page and 'name="body"' not in page
    Distance.objects.all().delete()
    assert say(member, "k5").status_code == (200 if live else 302)


def own(as_, who, room, **wish):
    return as_(who).post(f"{room.get_absolute_url()}own/", wish).status_code


def test_by_default_there_is_no_such_thing(write, as_, member, outsider):
    assert write(member, outsider).status_code == 404
    assert as_(member).get(f"/people/{outsider.handle}/message/").status_code == 404
    assert "/message/" not in as_(member).get(f"/people/{outsider.handle}/").text
    assert not Room.objects.exists()


def test_where_it_is_on_two_write_to_each_other_and_nobody_else_sees_it(on, write, as_, member, outsider, lead, staff):
    assert f"/people/{outsider.handle}/message/" in as_(member).get(f"/people/{outsider.handle}/").text
    assert "/message/" not in as_(member).get(f"/people/{member.handle}/").text
    answer = write(member, outsider)
    room = Room.objects.get(kind="pair")
    assert answer.url == room.get_absolute_url()
    assert Notification.objects.get(member=outsider).kind == "wrote-to-you"
    assert write(outsider, member, "Two.", "k2").url == answer.url
    assert as_(outsider).get(f"/people/{member.handle}/message/").url == answer.url
    for who in (member, outsider):
        page = as_(who).get(room.get_absolute_url()).text
        assert "euphonium" in page and "Two." in page and "Only the two of you read this." in page
        assert len(find(who, "euphonium").hits) == 1
    for who in (lead, staff):
        assert as_(who).get(room.get_absolute_url()).status_code == 404
        assert find(who, "euphonium").hits == []
        assert not live.may_follow(who, live.stream_of(room))
        assert own(as_, who, room, left="1") == 404


def test_nobody_writes_to_themselves_or_to_who_is_not_here(on, write, as_, member, outsider, staff):
    assert write(member, member).status_code == 403
    outsider.end()
    assert write(member, outsider).status_code == 404
    refused = write(staff, outsider)
    assert refused.status_code == 403 and "cannot be reached" in refused.text
    assert as_(member).post("/people/nobody-at-all/message/", {"body": "x", "key": "k"}).status_code == 404
    assert not Room.objects.exists()


def test_whoever_goes_away_is_written_to_no_more(on, write, as_, member, outsider):
    write(member, outsider)
    room = Room.objects.get()
    outsider.end()
    say = as_(member).post(f"{room.get_absolute_url()}say/", {"body": "Still there?", "key": "k2"})
    assert say.status_code == 403
    assert "cannot be reached" in as_(member).get(room.get_absolute_url()).text


def test_either_may_leave_and_come_back_and_nobody_writes_meanwhile(on, write, as_, member, outsider):
    write(member, outsider)
    room = Room.objects.get()
    assert own(as_, outsider, room, left="1") == 302
    assert write(member, outsider, "Hello?", "k2").status_code == 403
    assert write(outsider, member, "No", "k3").status_code == 403
    assert "strings-peri left this conversation" in as_(member).get(room.get_absolute_url()).text
    assert "You left this conversation" in as_(outsider).get(room.get_absolute_url()).text
    assert own(as_, member, room, left="0") == 302
    assert write(member, outsider, "Hello?", "k4").status_code == 403
    assert own(as_, outsider, room, left="0") == 302
    assert write(member, outsider, "Hello again", "k5").status_code == 302
    assert Message.objects.count() == 2


def test_whoever_mutes_it_is_told_nothing_and_still_reads_it(on, write, as_, member, outsider):
    write(member, outsider)
    room = Room.objects.get()
    as_(outsider).post(f"{room.get_absolute_url()}read/", {"number": "1"})
    own(as_, outsider, room, muted="1")
    write(member, outsider, "And a mouthpiece?", "k2")
    assert not Notification.objects.filter(member=outsider).unread().exists()
    assert "mouthpiece" in as_(outsider).get(room.get_absolute_url()).text
    own(as_, outsider, room, muted="0")
    write(member, outsider, "And a stand?", "k3")
    assert Notification.objects.filter(member=outsider).unread().count() == 1


def test_a_report_reaches_staff_with_that_message_alone(on, write, as_, member, outsider, staff):
    write(member, outsider)
    write(member, outsider, "Something unkind", "k2")
    said = Message.objects.get(number=2)
    answer = as_(outsider).post(f"/report/{said.subject}/", {"kind": "harassment", "words": "Look"})
    assert answer.status_code == 302
    case = as_(staff).get(f"/desk/{said.subject}/").text
    assert "Something unkind" in case and "euphonium" not in case


def test_switched_off_again_what_was_said_is_read_but_nobody_writes(on, write, as_, member, outsider, settings):
    write(member, outsider)
    room = Room.objects.get()
    settings.ONE_TO_ONE = False
    page = as_(member).get(room.get_absolute_url()).text
    assert "euphonium" in page and "switched off" in page
    assert as_(member).post(f"{room.get_absolute_url()}say/", {"body": "x", "key": "k2"}).status_code == 403


def test_without_a_group_for_everyone_it_says_so(on, write, member, outsider, everyone):
    everyone.delete()
    answer = write(member, outsider)
    assert answer.status_code == 403 and "no group for everyone" in answer.text
