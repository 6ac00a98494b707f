"""Whoever asks about their data is answered within a month, and the register says whether they were."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from community.mail.models import Letter
from community.models import Entry
from community.moderation import tasks
from community.moderation.models import DataRequest
from community.moderation.models.target import DATA
from community.notifications.models import Notification
from community.privacy.erasure import erase
from tests import make
from tests.community.moderation.deeds import page

LONDON = ZoneInfo("Europe/London")
ASK = "/account/data/ask/"


def ask(client, who, kind="access", words="Also what staff noted"):
    client.force_login(who)
    return client.post(ASK, {"kind": kind, "words": words})


def answer(client, who, asked, words="You have it by letter"):
    client.force_login(who)
    return client.post(asked.get_absolute_url(), {"answer": words})


@pytest.mark.parametrize(
    ("received", "due"),
    [
        (dt.date(2027, 1, 31), dt.date(2027, 3, 1)),  # 28 February is a Sunday
        (dt.date(2027, 1, 15), dt.date(2027, 2, 15)),
        (dt.date(2026, 11, 25), dt.date(2026, 12, 29)),  # Christmas, a weekend and the Monday instead of Boxing Day
        (dt.date(2028, 1, 30), dt.date(2028, 2, 29)),
        (dt.date(2027, 9, 30), dt.date(2027, 11, 1)),  # over the change of the clock, from a Saturday to the Monday
    ],
)
def test_a_month_ends_on_a_working_day(db, received, due):
    found = DATA.due(dt.datetime.combine(received, dt.time(10, 30), LONDON)).astimezone(LONDON)
    assert (found.date(), found.hour, found.minute) == (due, 23, 59)


def test_a_member_asks_staff_answer_and_a_letter_leads_to_it(client, member, staff):
    assert ask(client, member).status_code == 302
    asked = DataRequest.objects.get()
    assert "answered by" in client.get(ASK).content.decode()
    assert "Also what staff noted" in page(client, staff, asked.get_absolute_url()).content.decode()
    assert answer(client, staff, asked).status_code == 302
    letter = Letter.objects.get(to=member.email, template="data_answered")
    assert ASK in letter.text and "by letter" not in letter.text
    assert "You have it by letter" in page(client, member, ASK).content.decode()


def test_asking_twice_is_one_request_and_the_month_does_not_begin_again(client, member):
    ask(client, member)
    first = DataRequest.objects.get().due_at
    ask(client, member, words="Please")
    ask(client, member, words="Please")
    found = DataRequest.objects.get()
    assert found.due_at == first
    assert found.words == "Also what staff noted\n\nPlease", "nothing that was typed is lost"
    ask(client, member, kind="correct")
    assert DataRequest.objects.count() == 2


def test_more_than_fits_into_one_request_is_refused_and_can_be_copied(client, member):
    ask(client, member, words="a" * 1500)
    sent = ask(client, member, words="b" * 600)
    assert sent.status_code == 403
    assert "b" * 600 in sent.content.decode()
    assert DataRequest.objects.get().words == "a" * 1500


def test_nothing_chosen_is_not_sent_and_what_was_typed_stays(client, member):
    sent = ask(client, member, kind="", words="My long story")
    assert sent.status_code == 422 and "My long story</textarea>" in sent.content.decode()


def test_others_see_nothing_of_it(client, member, lead, staff):
    ask(client, member, words="A private matter")
    asked = DataRequest.objects.get()
    for url in ("/desk/data/", asked.get_absolute_url()):
        assert page(client, lead, url).status_code == 404
    assert "A private matter" not in page(client, lead, ASK).content.decode()
    assert answer(client, lead, asked).status_code == 404
    assert page(client, staff, asked.get_absolute_url()).status_code == 200


def test_nobody_answers_their_own(client, staff, colleague):
    ask(client, staff)
    asked = DataRequest.objects.get()
    assert answer(client, staff, asked).status_code == 403
    assert answer(client, colleague, asked).status_code == 302


def test_it_is_answered_once(client, member, staff, colleague):
    ask(client, member)
    asked = DataRequest.objects.get()
    answer(client, staff, asked)
    assert answer(client, colleague, asked, "Something else").status_code == 403
    assert DataRequest.objects.get().answer == "You have it by letter"


def test_staff_are_warned_once_before_the_month_is_over(client, member, staff):
    ask(client, member)
    tasks.keep_time.call()
    assert not Notification.objects.filter(kind="due").exists()
    DataRequest.objects.update(at=timezone.now() - dt.timedelta(days=27), due_at=timezone.now() + dt.timedelta(days=4))
    tasks.keep_time.call()
    tasks.keep_time.call()
    assert Notification.objects.get(kind="due").member == staff
    assert "Data request" in page(client, staff, "/needs-you/").content.decode()


def test_the_register_and_the_figures_say_what_was_in_time(client, member, lead, staff):
    ask(client, member)
    ask(client, lead, kind="correct")
    late = DataRequest.objects.get(kind="correct")
    DataRequest.objects.filter(pk=late.pk).update(due_at=timezone.now() - dt.timedelta(days=1))
    late.refresh_from_db()
    answer(client, staff, DataRequest.objects.get(kind="access"))
    answer(client, staff, late)
    told = page(client, staff, "/desk/register/").content.decode()
    assert "Requests about personal data: 2. Answered: 2, of them in time: 1." in told
    assert "Requests about personal data\r\nReceived,Answered,Of these in time\r\n2,2,1" in (
        page(client, staff, "/figures/?as=csv").content.decode()
    )
    assert {entry.details["in_time"] for entry in Entry.objects.filter(act="answer-about-data")} == {True, False}


def test_whoever_cannot_come_in_any_more_asks_all_the_same(client, member, staff):
    member.affiliations.update(ends_on=timezone.localdate() - dt.timedelta(days=1))
    assert ask(client, member, kind="erase").status_code == 302
    assert "Close my account" in page(client, staff, "/desk/data/").content.decode()


def test_erasing_somebody_answers_it_and_forgets_their_words(client, staff):
    person = make.person("Goes away")
    ask(client, person, kind="erase", words="My name is Rumpelstiltskin")
    assert erase(person, staff, "Asked")
    asked = DataRequest.objects.get()
    assert asked.answered_at and asked.words == "" and asked.answered_by == staff


def test_many_that_wait_cost_no_more(client, staff):
    def cost(more):
        for _ in range(more):
            DataRequest.ask(make.person(), "access", "")
        page(client, staff, "/desk/data/")
        with CaptureQueriesContext(connection) as asked:
            client.get("/desk/data/")
        return len(asked)

    assert cost(2) == cost(30)
