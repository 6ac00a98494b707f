"""Who gets a socket at all, and when it ends."""

import datetime as dt

import pytest
from django.contrib.sessions.models import Session
from django.utils import timezone
from websockets.exceptions import InvalidStatus

from tests import make
from tests.realtime.endings import change_password, close_account, expire, lose_affiliation, sign_out, suspend
from tests.realtime.servers import Page

pytestmark = pytest.mark.django_db(transaction=True)


def refused(server, *args, **how):
    with pytest.raises(InvalidStatus) as answer:
        Page(server, *args, **how)
    return answer.value.response.status_code == 403


def test_a_member_is_greeted(server, member):
    with Page(server, member) as page:
        assert page.follow(f"member-{member.pk}") == [{"verb": "following", "stream": f"member-{member.pk}"}]


def test_nobody_else_gets_in(server):
    assert refused(server)
    assert refused(server, cookie="no-such-session-key-at-all-000000")
    assert refused(server, cookie="x")


@pytest.mark.parametrize("origin", [None, "https://elsewhere.example", "null", "http://127.0.0.1.elsewhere.example"])
def test_a_page_of_another_site_is_refused(server, member, origin):
    assert refused(server, member, origin=origin)


def test_another_address_is_refused_and_no_error(server, member, caplog):
    assert refused(server, member, path="/live/other/")
    assert not caplog.records


def test_suspended_ended_and_unaffiliated_members_are_refused(server):
    suspended = make.person(suspended_until=timezone.now() + dt.timedelta(hours=1))
    assert refused(server, suspended)
    assert refused(server, make.person(is_active=False))
    alone = make.person()
    alone.affiliations.get().end()
    assert refused(server, alone)
    suspended.suspend(timezone.now() - dt.timedelta(seconds=1))
    Page(server, suspended).socket.close()


def test_staff_without_a_second_step_are_refused(server, staff):
    assert refused(server, make.person(is_staff=True))
    Page(server, staff).socket.close()


@pytest.mark.parametrize("happen", [sign_out, expire, change_password, suspend, close_account, lose_affiliation])
def test_an_open_socket_ends_within_a_second(server, member, lead, stream, say, happen):
    with Page(server, member) as page, Page(server, lead) as neighbour:
        page.follow(stream)
        neighbour.follow(stream)
        happen(member, page.cookie)
        began = timezone.now()
        assert page.close_code() == 4401
        assert timezone.now() - began < dt.timedelta(seconds=1.2)
        say("Hello")
        assert neighbour.next()["verb"] == "append"


def test_another_session_of_the_same_member_goes_on(server, member):
    with Page(server, member) as first, Page(server, member) as second:
        sign_out(member, first.cookie)
        assert first.close_code() == 4401
        assert second.follow(f"member-{member.pk}")[-1]["verb"] == "following"


def test_a_session_that_is_prolonged_while_a_page_is_open_goes_on(server, member):
    page = Page(server, member)
    Session.objects.filter(session_key=page.cookie).update(expire_date=timezone.now() + dt.timedelta(seconds=1.5))
    assert page.hears_nothing(0.8)
    Session.objects.filter(session_key=page.cookie).update(expire_date=timezone.now() + dt.timedelta(hours=1))
    assert page.hears_nothing(2)
    page.socket.close()
