"""A question whose SQL was made once gives what its queryset gives, each time as the rows are now."""

import datetime as dt
from threading import Thread

import pytest
from django.db import connection
from django.db.models import Exists
from django.test.utils import CaptureQueriesContext

from community.asked import Asked
from community.members.models import Affiliation, Member
from tests import make

pytestmark = pytest.mark.django_db


def in_force(member, name="Northmoor"):
    return Affiliation.objects.in_force().filter(member=member, organisation__name=name).select_related("organisation")


@pytest.fixture
def people():
    northmoor = make.organisation("Northmoor")
    return [make.person(of=northmoor), make.person(of=northmoor), make.person()]


def test_each_gets_their_own_rows_as_the_queryset_would_give_them(people):
    asked = Asked(in_force)
    for _again in range(2):
        for person in people:
            for name in ("Northmoor", "Elsewhere", people[2].ties()[0].organisation.name):
                assert asked(member=person.pk, name=name) == list(in_force(person.pk, name))
    assert not asked(member=2**62, name="Northmoor")


def test_it_is_one_question_with_what_belongs_to_the_row(people):
    asked = Asked(in_force)
    asked(member=people[0].pk, name="Northmoor")
    with CaptureQueriesContext(connection) as caught:
        (row,) = asked(member=people[1].pk, name="Northmoor")
        assert (row.member_id, row.organisation.name, row.starts_on) == (people[1].pk, "Northmoor", dt.date(2020, 1, 1))
    assert len(caught) == 1


def test_what_changed_is_seen_at_once(people):
    asked, person = Asked(in_force), people[0]
    assert asked(member=person.pk, name="Northmoor")
    person.affiliations.get().end()
    assert not asked(member=person.pk, name="Northmoor")


def test_today_is_today(people, time_machine):
    asked, person = Asked(in_force), people[0]
    person.affiliations.get().end(last_day=dt.date(2027, 1, 4))
    time_machine.move_to(dt.datetime(2027, 1, 4, 12, tzinfo=dt.UTC))
    assert asked(member=person.pk, name="Northmoor")
    time_machine.move_to(dt.datetime(2027, 1, 5, 12, tzinfo=dt.UTC))
    assert not asked(member=person.pk, name="Northmoor")


def test_a_word_stays_a_word(people):
    asked = Asked(lambda handle: Member.objects.filter(handle=handle))
    assert asked(handle=people[0].handle) == [people[0]]
    for word in ("' OR 1=1 --", "%s", "%", "stand-in-for-handle", "1"):
        assert asked(handle=word) == []


@pytest.mark.django_db(transaction=True)
def test_another_thread_asks_over_its_own_connection(people):
    asked, found = Asked(in_force), []
    asked(member=people[0].pk, name="Northmoor")

    def ask():
        found.extend(asked(member=people[1].pk, name="Northmoor"))
        connection.close()

    thread = Thread(target=ask)
    thread.start()
    thread.join()
    assert [row.member_id for row in found] == [people[1].pk]


def test_of_many_values_those_with_an_answer_are_found_in_one_question(people):
    asked = Asked(in_force)
    keys = [person.pk for person in people]
    for _again in range(2):
        with CaptureQueriesContext(connection) as caught:
            assert asked.among("member", [*keys, 2**62], name="Northmoor") == set(keys[:2])
        assert len(caught) == 1
        assert asked.among("member", keys, name="Elsewhere") == set()
    assert asked.among("member", [], name="Northmoor") == set()
    people[0].affiliations.get().end()
    assert asked.among("member", keys, name="Northmoor") == {keys[1]}


def test_what_is_said_of_a_row_besides_and_read_with_it_is_there_too(people):
    def ask(handle):
        told = Member.objects.filter(handle=handle).annotate(is_there=Exists(Affiliation.objects.in_force()))
        return told.prefetch_related("affiliations")

    asked = Asked(ask)
    for person in people:
        (row,) = asked(handle=person.handle)
        assert row.is_there is True
        with CaptureQueriesContext(connection) as caught:
            assert [each.member_id for each in row.affiliations.all()] == [person.pk]
        assert len(caught) == 0
    assert asked(handle="nobody") == []
