"""Rooms are archived, closed and asked for while messages are on their way: what is shut takes none."""

import threading

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from groups.models import Group, Role
from realtime.chat.models import Message, Room
from tests import make
from tests.groups.core.test_place import while_deciding
from tests.realtime.servers import in_threads

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _rows_of_their_own():
    if connection.vendor == "sqlite" and connection.is_in_memory_db():
        pytest.skip("needs connections of their own, which an in-memory database does not have")


@pytest.fixture
def other(group, lead):
    return Room.add(lead, group, {"name": "Agenda run-through"})


def browser(member):
    client = Client()
    client.force_login(member)
    return client


def say(client, room, key, body="In time?"):
    return client.post(f"{room.get_absolute_url()}say/", {"body": body, "key": key}).status_code


def test_what_arrives_while_a_lead_archives_the_room_is_not_said(other, lead, member):
    client = browser(member)
    assert while_deciding(lambda: other.archive(lead), lambda: say(client, other, "k1")) == 403
    other.put_back(lead)
    assert say(client, other, "k1") == 302
    assert Message.objects.count() == 1


def test_what_arrives_while_the_hours_are_set_to_be_over_is_not_said(other, lead, member):
    client, over = browser(member), {"closes_at": timezone.now()}
    assert while_deciding(lambda: other.change(lead, over), lambda: say(client, other, "k1")) == 403
    assert not Message.objects.exists()


def test_an_edit_that_arrives_while_a_lead_archives_the_room_changes_nothing(other, lead, member):
    client = browser(member)
    say(client, other, "k1", "As it was")
    url = f"/groups/{other.group.slug}/live/{Message.objects.get().pk}/edit/"
    assert while_deciding(lambda: other.archive(lead), lambda: client.post(url, {"body": "New"}).status_code) == 403
    assert Message.objects.get().body == "As it was"


def test_whoever_is_a_lead_no_more_answers_no_question(group, lead, member):
    second = make.person("deputy")
    make.place(group, second, Role.CO_LEAD)
    room = Room.between(group, "leads", member)
    room.say(member, "May I?", "k", member.affiliations.get())
    client, place = browser(second), second.affiliations.get()
    demote = lambda: Group.objects.get(pk=group.pk).admit(place, Role.MEMBER, by=lead)  # noqa: E731
    assert while_deciding(demote, lambda: say(client, room, "k1")) in {403, 404}
    assert Message.objects.count() == 1


def test_two_leads_archive_and_put_back_while_three_people_write_and_nobody_waits_for_ever(
    group, other, lead, settings
):
    settings.LIMITS = dict.fromkeys(settings.LIMITS, "100000/1s")
    second = make.person("deputy")
    make.place(group, second, Role.CO_LEAD)
    writers = [make.person(f"writer-{n}") for n in range(3)]
    for writer in writers:
        make.place(group, writer)
    answers, lock = [], threading.Lock()

    def work(n):
        client = browser([lead, second, *writers][n])
        for turn in range(12):
            if n < 2:
                url = f"{other.get_absolute_url()}archive/"
                answer = client.post(url, {"on": str((n + turn) % 2)}).status_code
            else:
                answer = say(client, other, f"{n}-{turn}", f"{n} {turn}")
            with lock:
                answers.append((n, answer))

    in_threads(work, 5)
    assert {answer for n, answer in answers if n < 2} == {302}
    said = [answer for n, answer in answers if n >= 2]
    assert len(said) == 36 and set(said) <= {302, 403}
    numbers = list(Message.objects.order_by("number").values_list("number", flat=True))
    assert numbers == list(range(1, said.count(302) + 1))


def test_a_question_sent_twice_at_once_opens_one_room(group, lead, member):
    clients = [browser(member) for _ in range(4)]
    url = f"/groups/{group.slug}/live/ask/leads/"
    in_threads(lambda n: clients[n].post(url, {"body": f"Question {n % 2}", "key": f"k{n % 2}"}), 4)
    assert Room.objects.filter(kind="leads").count() == 1
    assert sorted(Message.objects.values_list("body", flat=True)) == ["Question 0", "Question 1"]


def test_two_leads_who_choose_one_name_at_once_add_one_room(group, lead):
    second = make.person("deputy")
    make.place(group, second, Role.CO_LEAD)
    clients, answers = [browser(who) for who in (lead, second)], {}
    facts = {"name": "Agenda", "kind": "talk"}

    def add(n):
        answers[n] = clients[n].post(f"/groups/{group.slug}/live/rooms/new/", facts).status_code

    in_threads(add, 2)
    assert sorted(answers.values()) == [302, 422]
    assert Room.objects.filter(name="Agenda").count() == 1


def test_what_is_reported_while_old_messages_go_stays_or_was_gone_before(group, lead, member):
    room = Room.of(group)
    room.say(member, "Old words", "k", member.affiliations.get())
    Message.objects.update(at=timezone.now() - timezone.timedelta(days=40))
    Room.objects.update(keep_days=30)
    said = Message.objects.get()
    client = browser(lead)
    room.refresh_from_db()
    while_deciding(lambda: said.report(lead, "other", "Look"), lambda: room.forget())
    assert Message.objects.filter(pk=said.pk).exists()
    assert client.get(said.get_absolute_url()).status_code == 200
