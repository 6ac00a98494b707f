"""Letters that could not go at once, over real SMTP: when they go, they tell what may be told then."""

import datetime as dt

import pytest
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from community.mail.models import Letter
from community.notifications.letters import write_all
from community.notifications.models import Notification
from tests import make
from tests.community.notifications.test_letters import follow, letters, reply, wishes
from tests.letterbox import deliver


@pytest.fixture
def away(server, settings, unused_tcp_port_factory):
    """The server is not there when letters are written. `away()`: it is back, and the worker tries again."""
    there, settings.EMAIL_PORT = settings.EMAIL_PORT, unused_tcp_port_factory()

    def comes_back():
        settings.EMAIL_PORT = there
        Letter.objects.update(at=timezone.now() - dt.timedelta(minutes=1))
        DBTaskResult.objects.update(run_after=timezone.now())
        deliver()
        return {got["To"]: got.get_body(["plain"]).get_content() for got in server.got}

    return comes_back


@pytest.fixture
def talk(transactional_db, group, member, lead, away):
    """A thread in which two who follow it were written to, and neither letter could go."""
    group.mail_privacy = "full"
    group.save()
    other = make.person("strings-peri")
    make.place(group, other)
    thread = make.thread(group, member, "Brass in a low hall", body="What helps?")
    for person in (member, other):
        follow(person, thread)
        wishes(person, followed="now")
    reply(thread, lead)
    Notification.objects.update(at=timezone.now() - dt.timedelta(minutes=2))
    write_all()
    deliver()
    assert len(letters(member)) == len(letters(other)) == 1
    assert not Letter.objects.exclude(sent_at=None).exists()
    return thread, other


def test_a_letter_that_could_not_go_at_once_goes_later(talk, member, away):
    _thread, other = talk
    got = away()
    assert got.keys() == {member.email, other.email}
    assert all("Practice mutes." in text for text in got.values())


@pytest.mark.parametrize("how", ["removed", "suspended", "ended", "hidden", "stopped", "read"])
def test_what_may_not_be_told_any_more_does_not_go_later(talk, group, member, staff, away, how):
    thread, other = talk
    post = thread.posts.get(number=2)
    if how == "removed":
        group.remove(member)
    elif how == "suspended":
        member.suspend(timezone.now() + dt.timedelta(days=3))
    elif how == "ended":
        member.affiliations.get().end()
    elif how == "hidden":
        post.hide(staff, "Reason")
    elif how == "stopped":
        wishes(member, direct="never", followed="never")
    else:
        thread.mark_read(member, 2)
    got = away()
    assert member.email not in got or "mutes" not in got[member.email]
    assert (other.email in got) is (how != "hidden")


def test_what_goes_later_says_what_is_so_then(talk, group, member, lead, away):
    thread, _other = talk
    thread.posts.get(number=2).edit(lead, "Practice curtains.", 1)
    got = away()
    assert "Practice curtains." in got[member.email] and "mutes" not in got[member.email]


def test_what_goes_later_says_no_more_than_the_group_lets_out_then(talk, group, member, away):
    group.mail_privacy = "link"
    group.save()
    got = away()
    assert "There is something new in Workforce" in got[member.email]
    assert "mutes" not in got[member.email] and "Brass" not in got[member.email]
