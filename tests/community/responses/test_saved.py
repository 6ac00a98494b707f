"""What one saves for later: for oneself alone, with a note and a reminder that comes once."""

from __future__ import annotations

import datetime as dt
import re

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from community.jobs import Worker
from community.notifications.models import Notification
from community.responses.models import Bookmark
from community.responses.tasks import forget
from tests import make

URL = reverse("responses:saved")


@pytest.fixture
def thread(group, lead):
    return make.thread(group, lead)


def save(client, thing, person=None, **more):
    if person:
        client.force_login(person)
    return client.post(URL, {"thing": thing.subject, **more})


def lines(client, **asked):
    return re.findall(r'id="bookmark-(\d+)"', client.get(URL, asked).content.decode())


def test_a_post_and_a_thread_are_saved_and_listed_for_oneself_alone(client, thread, member, lead):
    for thing in (thread, thread.posts.get()):
        answer = save(client, thing, member)
        assert answer.status_code == 302 and client.get(answer.url).status_code == 200
    assert len(lines(client)) == 2
    assert f"thread-{thread.pk}:saved" in client.get(thread.get_absolute_url()).content.decode()
    client.force_login(lead)
    assert lines(client) == []
    assert client.get(answer.url).status_code == 404
    assert client.post(f"{answer.url}remove/").status_code == 404


def test_saving_twice_is_saving_once(client, thread, member):
    first, second = save(client, thread, member), save(client, thread)
    assert first.url == second.url and Bookmark.objects.count() == 1


def test_what_one_may_not_see_cannot_be_saved(client, thread, outsider):
    assert save(client, thread, outsider).status_code == 404
    assert client.post(URL, {"thing": "member-1"}).status_code == 404
    assert client.post(URL).status_code == 404
    assert not Bookmark.objects.exists()


def test_what_one_may_see_no_more_leaves_no_line(client, thread, member, group):
    pk = save(client, thread, member).url
    group.remove(member)
    assert lines(client) == []
    assert client.get(pk).status_code == 404
    group.admit(member.affiliations.get())
    assert len(lines(client)) == 1


def test_removing_can_be_undone_with_note_and_reminder(client, thread, member):
    kept = Bookmark.keep(member, thread)
    kept.change("Ask about mutes", timezone.now() + dt.timedelta(days=2))
    client.force_login(member)
    answer = client.post(reverse("responses:remove", args=[kept.pk]))
    page = client.get(answer.url).content.decode()
    assert lines(client) == [] and "No longer saved:" in page
    client.post(reverse("responses:remove", args=[kept.pk]), {"back": "1"})
    assert len(lines(client)) == 1 and "Ask about mutes" in client.get(URL).content.decode()
    assert Bookmark.objects.get().remind_at is not None


def test_what_was_removed_is_forgotten_after_a_while(thread, member):
    Bookmark.keep(member, thread).remove()
    forget.func()
    assert Bookmark.objects.exists()
    Bookmark.objects.update(removed_at=timezone.now() - dt.timedelta(days=2))
    forget.func()
    assert not Bookmark.objects.exists()


@pytest.mark.parametrize(
    ("chosen", "expected"),
    [
        ({"remind": "never"}, None),
        ({"remind": "tonight"}, "2026-11-25 18:00"),
        ({"remind": "tomorrow"}, "2026-11-26 08:00"),
        ({"remind": "monday"}, "2026-11-30 08:00"),
        ({"remind": "day", "day": "2027-07-01"}, "2027-07-01 08:00"),
    ],
)
def test_reminders_come_at_times_people_mean(client, thread, member, chosen, expected):
    with time_machine.travel(dt.datetime(2026, 11, 25, 10, tzinfo=dt.UTC)):
        kept = Bookmark.keep(member, thread)
        client.force_login(member)
        assert client.post(kept.get_absolute_url(), {"note": "n", **chosen}).status_code == 302
    kept.refresh_from_db()
    at = kept.remind_at and timezone.localtime(kept.remind_at).strftime("%Y-%m-%d %H:%M")
    assert at == expected


@pytest.mark.parametrize(
    "chosen",
    [
        {"remind": "day"},
        {"remind": "day", "day": "2020-01-01"},
        {"remind": "day", "day": "9999-01-01"},
        {"remind": "day", "day": "x"},
        {"remind": "x"},
        {},
        {"remind": "never", "note": "x" * 301},
    ],
)
def test_what_makes_no_sense_comes_back_with_a_sentence(client, thread, member, chosen):
    kept = Bookmark.keep(member, thread)
    client.force_login(member)
    answer = client.post(kept.get_absolute_url(), {"note": "My words", **chosen})
    assert answer.status_code == 422 and "error-summary" in answer.content.decode()
    kept.refresh_from_db()
    assert (kept.note, kept.remind_at) == ("", None)


def work():
    DBTaskResult.objects.update(run_after=timezone.now() - dt.timedelta(minutes=1))
    Worker("test", batch=True).run()


def reminders(member):
    return Notification.objects.filter(member=member, kind="reminder").count()


@pytest.mark.django_db(transaction=True)
def test_a_reminder_comes_once_and_not_before_its_time(thread, member):
    kept = Bookmark.keep(member, thread)
    kept.change("", timezone.now() + dt.timedelta(hours=1))
    work()
    assert reminders(member) == 0
    with time_machine.travel(timezone.now() + dt.timedelta(hours=2)):
        for _ in range(3):
            Bookmark.remind(kept.pk)
    assert reminders(member) == 1


@pytest.mark.django_db(transaction=True)
def test_a_reminder_that_was_put_off_comes_at_the_later_time(thread, member):
    kept = Bookmark.keep(member, thread)
    kept.change("", timezone.now() + dt.timedelta(minutes=1))
    kept.change("", timezone.now() + dt.timedelta(hours=5))
    with time_machine.travel(timezone.now() + dt.timedelta(hours=1)):
        work()
        assert reminders(member) == 0
    with time_machine.travel(timezone.now() + dt.timedelta(hours=6)):
        Bookmark.remind(kept.pk)
    assert reminders(member) == 1


@pytest.mark.django_db(transaction=True)
def test_no_reminder_of_what_was_removed_or_may_not_be_seen(thread, member, group):
    kept = Bookmark.keep(member, thread)
    kept.change("", timezone.now() - dt.timedelta(minutes=1))
    kept.remove()
    work()
    assert reminders(member) == 0
    kept.put_back()
    group.remove(member)
    work()
    assert reminders(member) == 0


def test_the_list_has_pages_and_costs_the_same_for_many(client, group, lead, member):
    def keep(count):
        for _ in range(count):
            Bookmark.keep(member, make.thread(group, lead))

    keep(2)
    client.force_login(member)
    client.get(URL)
    with CaptureQueriesContext(connection) as few:
        client.get(URL)
    keep(28)
    with CaptureQueriesContext(connection) as many:
        page = client.get(URL).content.decode()
    assert len(many) <= len(few)
    older = page.split('href="?before=')[1].split('"')[0]
    assert (len(lines(client)), len(lines(client, before=older))) == (20, 10)


def test_a_script_is_told_where_the_bookmark_is_and_can_let_go(client, thread, member):
    client.force_login(member)
    fragment = {"Accept": "text/html; fragment"}
    answer = client.post(URL, {"thing": thread.subject}, headers=fragment)
    assert answer.status_code == 201 and client.get(answer["Location"]).status_code == 200
    assert client.post(URL, {"thing": thread.subject, "off": "1"}, headers=fragment).status_code == 204
    assert lines(client) == []
