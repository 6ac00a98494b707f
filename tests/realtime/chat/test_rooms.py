"""Rooms that leads add: for a topic, a meeting, announcements; and what becomes of them."""

import datetime as dt

import pytest
from django.utils import timezone

from community import live
from community.models import Entry
from community.policy import Refused
from groups.models import Role
from groups.search.find import find
from realtime.chat.models import Message, Room
from realtime.chat.models.arranging import MOST
from realtime.chat.tasks import index_again, turn
from tests import make

HOUR = dt.timedelta(hours=1)
FACTS = {"name": "Agenda run-through", "purpose": "", "kind": "talk", "opens_at": "", "closes_at": "", "keep_days": ""}


def clock(moment):
    return timezone.localtime(moment).strftime("%Y-%m-%dT%H:%M")


@pytest.fixture
def add(url, as_, lead):
    def add(by=lead, **facts):
        return as_(by).post(f"{url}rooms/new/", {**FACTS, **facts})

    return add


@pytest.fixture
def other(group, lead):
    """A room for a topic."""
    return Room.add(lead, group, {"name": "Agenda run-through", "purpose": "Ten minutes before each meeting"})


@pytest.fixture
def write(as_):
    """Write in a room through its form."""

    def write(room, member, body="Hello", key="k1"):
        return as_(member).post(f"{room.get_absolute_url()}say/", {"body": body, "key": key})

    return write


def settings_of(room):
    return f"{room.get_absolute_url()}settings/"


def sent(room, **facts):
    kept = {name: getattr(room, name) or "" for name in FACTS}
    return {**kept, "opens_at": (room.opens_at and clock(room.opens_at)) or "", **facts}


# ── Adding ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_lead_adds_a_room_which_stands_in_the_list_and_the_ledger(add, url, as_, member, client):
    answer = add(purpose="Ten minutes before each meeting")
    room = Room.objects.get(name="Agenda run-through")
    assert answer.url == room.get_absolute_url() == f"{url}rooms/{room.pk}/"
    page = as_(member).get(f"{url}rooms/").text
    assert "Agenda run-through" in page and "Ten minutes before each meeting" in page and "Live room" in page
    entry = Entry.objects.get(act="add-room")
    assert (entry.subject, entry.details["name"]) == (room.subject, "Agenda run-through")


def test_only_leads_and_staff_add_and_arrange_rooms(add, url, as_, member, observer, outsider, staff, other):
    for who in (member, observer):
        assert add(by=who, name="Mine").status_code == 403
        assert as_(who).get(f"{url}rooms/new/").status_code == 403
        assert as_(who).post(settings_of(other), sent(other, name="Mine")).status_code == 403
        assert as_(who).post(f"{other.get_absolute_url()}archive/", {"on": "1"}).status_code == 403
    assert as_(outsider).post(settings_of(other), sent(other, name="Mine")).status_code == 404
    assert not Room.objects.filter(name="Mine").exists()
    assert add(by=staff, name="From staff").status_code == 302


@pytest.mark.parametrize("name", ["agenda RUN-THROUGH", "Agenda  run-through ", "AGENDA RUN-THROUGH"])
def test_a_name_is_given_once_in_a_group_without_regard_to_case(add, other, name, lead):
    answer = add(name=name)
    assert answer.status_code == 422 and "There is a room of that name" in answer.text
    assert Room.objects.filter(is_default=False).count() == 1
    Room.add(lead, make.group("Another"), {"name": name})


@pytest.mark.parametrize("name", ["Äußerungen", "ÄUSSERUNGEN"])
def test_names_are_compared_as_people_read_them(add, group, lead, name):
    Room.add(lead, group, {"name": "äusserungen"})
    assert add(name=name).status_code == 422


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": ""},
        {"name": "​ "},
        {"name": "x" * 81},
        {"purpose": "x" * 201},
        {"kind": "leads"},
        {"kind": "pair"},
        {"kind": "\x00"},
        {"opens_at": "soon"},
        {"opens_at": "0001-01-01T00:00"},
        {"closes_at": "9999-12-31T23:59"},
        {"opens_at": "2026-11-30T10:00", "closes_at": "2026-11-30T10:00"},
        {"keep_days": "0"},
        {"keep_days": "-3"},
        {"keep_days": "99999999999999999999"},
    ],
    ids=str,
)
def test_what_is_no_room_is_refused_with_a_reason_and_changes_nothing(add, other, as_, lead, wrong):
    answer = add(**{"name": "Fresh", **wrong})
    assert answer.status_code == 422 and 'role="alert"' in answer.text
    assert as_(lead).post(settings_of(other), sent(other, **{"name": "Fresh", **wrong})).status_code == 422
    assert list(Room.objects.filter(is_default=False).values_list("name", "keep_days")) == [(other.name, None)]


def test_a_name_is_kept_without_what_nobody_can_read(add):
    assert add(name="Age\x00nda\u202e\tat  noon").status_code == 302
    assert Room.objects.filter(name="Agenda at noon").exists()


def test_a_group_has_so_many_rooms_at_once_and_archiving_makes_room(add, group, lead, as_):
    rooms = [Room.add(lead, group, {"name": f"Room {n}"}) for n in range(MOST)]
    answer = add(name="One more")
    assert answer.status_code == 422 and "Archive one first" in answer.text
    rooms[0].archive(lead)
    assert add(name="One more").status_code == 302
    refused = as_(lead).post(f"{rooms[0].get_absolute_url()}archive/", {"on": "0"})
    assert refused.status_code == 403 and "Archive one first" in refused.text


def test_adding_rooms_has_a_limit(add, settings):
    settings.LIMITS = settings.LIMITS | {"room": "2/1h"}
    assert [add(name=f"Room {n}").status_code for n in range(3)] == [302, 302, 429]


# ── Changing ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_room_that_is_called_something_else_keeps_its_address_and_is_found_under_the_new_name(
    other, as_, lead, member
):
    other.say(member, "Who introduces item three?", "k", member.affiliations.get())
    before = other.get_absolute_url()
    assert as_(lead).post(settings_of(other), sent(other, name="Before the meeting")).status_code == 302
    index_again.call(other.pk)
    page = as_(member).get(before).text
    assert "Before the meeting" in page and "Agenda run-through" not in page
    assert [hit.title for hit in find(member, "introduces").hits] == [[("Message 1 in Before the meeting", False)]]
    told = live.since(live.stream_of(Room.objects.get(pk=other.pk)), 1)
    assert [(frame["verb"], frame["target"]) for frame in told] == [("refresh", "state")]


def test_what_was_not_changed_is_no_row_of_the_ledger(other, as_, lead):
    assert as_(lead).post(settings_of(other), sent(other)).status_code == 302
    assert not Entry.objects.filter(act="change-room").exists()


def test_the_groups_own_room_has_a_rule_but_no_other_name_and_is_never_archived(room, as_, lead):
    page = as_(lead).get(f"{room.get_absolute_url()}rooms/{room.pk}/settings/").text
    assert 'name="keep_days"' in page and 'name="name"' not in page and "Archive the room" not in page
    refused = as_(lead).post(f"{room.get_absolute_url()}rooms/{room.pk}/archive/", {"on": "1"})
    assert refused.status_code == 403
    room.refresh_from_db()
    assert room.archived_at is None


# ── Archive ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_an_archived_room_is_read_and_found_but_nobody_writes_until_it_is_put_back(other, as_, lead, member, write):
    write(other, member, "The biscuits are **here**")
    said = Message.objects.get()
    archive = f"{other.get_absolute_url()}archive/"
    assert as_(lead).post(archive, {"on": "1"}).status_code == 302
    page = as_(member).get(other.get_absolute_url())
    assert "biscuits" in page.text and "This room is archived" in page.text and "<textarea" not in page.text
    assert len(find(member, "biscuits").hits) == 1
    assert write(other, member, "Late", "k2").status_code == 403
    assert write(other, lead, "Late", "k3").status_code == 403
    edit = f"/groups/{other.group.slug}/live/{said.pk}/edit/"
    assert as_(member).post(edit, {"body": "Other words"}).status_code == 403
    assert as_(lead).post("/responses/", {"say": f"{said.subject}:helpful"}).status_code in {403, 404}
    assert Message.objects.count() == 1
    assert as_(lead).post(archive, {"on": "0"}).status_code == 302
    assert write(other, member, "Again", "k4").status_code == 302
    assert list(Entry.objects.filter(act__endswith="-room").values_list("act", flat=True)) == [
        "add-room",
        "archive-room",
        "put-back-room",
    ]


def test_archived_rooms_stand_below_in_pages_and_not_among_the_others(group, lead, as_, member, url):
    for n in range(23):
        Room.add(lead, group, {"name": f"Session {n:02}"}).archive(lead)
    page = as_(member).get(f"{url}rooms/").text
    assert page.index("Archive") < page.index("Session 22") and "Session 03" in page and "Session 02" not in page
    last = Room.objects.get(name="Session 03")
    older = as_(member).get(f"{url}rooms/?archived={last.pk}").text
    assert "Session 02" in older and "Session 03" not in older
    for odd in ("x", "99999999999999999999", "-1", "0", "%00"):
        assert as_(member).get(f"{url}rooms/?archived={odd}&earlier={odd}").status_code == 200


# ── Hours ────────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("opens", "closes", "takes", "says"),
    [(-1, 1, True, "Open until"), (1, 2, False, "This room opens on"), (-2, -1, False, "This room closed on")],
)
def test_a_room_with_hours_takes_words_only_then_and_says_so(other, write, as_, member, opens, closes, takes, says):
    now = timezone.now()
    Room.objects.filter(pk=other.pk).update(opens_at=now + opens * HOUR, closes_at=now + closes * HOUR)
    page = as_(member).get(other.get_absolute_url()).text
    assert says in page and ("<textarea" in page) == takes
    assert write(other, member).status_code == (302 if takes else 403)
    assert Message.objects.exists() == takes
    assert as_(member).post(f"{other.get_absolute_url()}typing/").status_code == (204 if takes else 403)


def test_when_it_is_time_whoever_looks_is_told(add, group):
    opens = timezone.now() + HOUR
    add(opens_at=clock(opens), closes_at=clock(opens + HOUR))
    room = Room.objects.get(is_default=False)
    from django_tasks_db.models import DBTaskResult

    due = DBTaskResult.objects.filter(task_path="realtime.chat.tasks.turn").values_list("run_after", flat=True)
    assert sorted(due) == [room.opens_at, room.closes_at]
    turn.call(room.pk)
    assert [frame["target"] for frame in live.since(live.stream_of(room), 0)] == ["state"]
    turn.call(10**9)


def test_a_message_never_lands_in_a_room_that_shut_meanwhile(other, lead, member):
    opened = Room.objects.get(pk=other.pk)
    other.archive(lead)
    with pytest.raises(Refused):
        opened.say(member, "Late", "k", member.affiliations.get())
    other.put_back(lead)
    Room.objects.filter(pk=other.pk).update(closes_at=timezone.now())
    with pytest.raises(Refused):
        opened.say(member, "Late", "k", member.affiliations.get())
    assert not other.messages.exists()


def test_what_was_said_in_time_is_still_the_answer_when_it_is_sent_again(other, lead, member):
    said = other.say(member, "In time", "k", member.affiliations.get())
    other.archive(lead)
    assert other.say(member, "In time", "k", member.affiliations.get()) == said


# ── Announcements ────────────────────────────────────────────────────────────────────────────────────────────────────


def test_in_a_room_for_announcements_leads_write_and_others_read_and_react(group, lead, member, observer, write, as_):
    room = Room.add(lead, group, {"name": "News", "kind": "news"})
    assert write(room, member).status_code == 403
    assert write(room, lead, "The hall is booked").status_code == 302
    page = as_(member).get(room.get_absolute_url()).text
    assert "The hall is booked" in page and "Only leads and staff write here. You can read and react." in page
    said = Message.objects.get()
    answer = as_(member).post("/responses/", {"say": f"{said.subject}:helpful"})
    assert answer.status_code == 302, answer
    said.refresh_from_db()
    assert said.reactions


def test_whoever_becomes_lead_writes_announcements_and_whoever_was_does_not(group, lead, member, write):
    room = Room.add(lead, group, {"name": "News", "kind": "news"})
    group.admit(member.affiliations.get(), Role.CO_LEAD)
    assert write(room, member).status_code == 302
    group.admit(member.affiliations.get(), Role.MEMBER)
    assert write(room, member, "More", "k2").status_code == 403


# ── The list ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_list_tells_each_what_is_new_to_them(other, room, write, as_, member, lead, url):
    for n in range(3):
        write(other, lead, f"Words {n}", f"k{n}")
    rows = {each.pk: each.unread for each in Room.objects.with_read_by(member)}
    assert rows == {other.pk: 3, room.pk: 0}
    as_(member).post(f"{other.get_absolute_url()}read/", {"number": "2"})
    assert '<span class="count">1<' in as_(member).get(f"{url}rooms/").text
    assert '<span class="count">' not in as_(lead).get(f"{url}rooms/").text


def test_the_list_costs_the_same_few_queries_however_many_rooms(
    group, lead, as_, member, url, django_assert_max_num_queries
):
    page = as_(member)
    page.get(f"{url}rooms/")
    for n in range(MOST):
        Room.add(lead, group, {"name": f"Room {n}"}).say(lead, "Hello", "k", lead.affiliations.get())
    for n in range(12):
        asker = make.person(f"asker-{n}")
        make.place(group, asker)
        Room.between(group, "leads", asker).say(asker, "May I?", "k", asker.affiliations.get())
    for who in (member, lead):
        as_(who).get(f"{url}rooms/")
        with django_assert_max_num_queries(17):
            assert as_(who).get(f"{url}rooms/").text.count('class="title"') == MOST + (13 if who == lead else 1)


def test_the_rooms_are_reached_from_the_live_tab(other, room, as_, member, url):
    page = as_(member).get(url).text
    assert f'href="{url}rooms/"' in page and f'href="{other.get_absolute_url()}"' in page
