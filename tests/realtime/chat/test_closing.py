"""A lead closes a room: it goes into the archive, and all that was said into a discussion that sums it up."""

import datetime as dt

import pytest
from django.utils import timezone
from django.utils.html import escape

from community.models import Entry
from groups.threads.models import Post, Quotation, Thread
from realtime.chat.models import Room
from realtime.chat.models import taken_up as bounds
from tests import make

WORDS = "We agreed on wooden mutes."


@pytest.fixture
def session(group, lead):
    return Room.add(lead, group, {"name": "Agenda run-through"})


@pytest.fixture
def talk(session, member):
    """So many messages in that room."""

    def talk(count):
        place = member.affiliations.get()
        return [session.say(member, f"Line {n}", f"k{n}", place) for n in range(count)]

    return talk


@pytest.fixture
def close(as_, session):
    def close(who, **more):
        facts = {"title": "Run-through, 26 November", "body": WORDS, "key": "key-1"}
        return as_(who).post(f"{session.get_absolute_url()}close/", facts | more)

    return close


def test_the_room_is_archived_and_the_discussion_carries_what_was_said(talk, close, session, as_, lead, member, staff):
    said = talk(3)
    said[1].hide(staff, "Against our rules")
    answer = close(lead)
    post = Post.objects.get()
    assert answer.url == post.page_url
    assert [each.body for each in post.carried] == ["Line 0", "Line 2"]
    session.refresh_from_db()
    assert session.archived_at
    assert Entry.objects.filter(act="archive-room", subject=session.subject).exists()
    page = as_(member).get(session.get_absolute_url()).text
    assert page.count("Taken up in <bdi>Run-through, 26 November</bdi>") == 2
    assert 'name="body"' not in page


def test_a_long_session_goes_into_several_posts(talk, close, lead, monkeypatch):
    monkeypatch.setattr(bounds, "MOST", 4)
    talk(10)
    close(lead)
    thread = Thread.objects.get()
    assert [post.quoted for post in thread.posts.order_by("number")] == [4, 4, 2]
    assert "part 2" in thread.posts.get(number=2).body
    close(lead)
    assert (Post.objects.count(), Quotation.objects.count()) == (3, 10)


def test_more_than_can_be_carried_is_refused_with_the_way_out(talk, close, session, lead, monkeypatch):
    monkeypatch.setattr(bounds, "MOST_IN_ALL", 4)
    talk(5)
    answer = close(lead)
    assert answer.status_code == 422
    assert "Select those that matter" in answer.text
    assert not Thread.objects.exists()
    session.refresh_from_db()
    assert session.archived_at is None


@pytest.mark.parametrize(("who", "status"), [("lead", 302), ("member", 403), ("observer", 403), ("outsider", 404)])
def test_only_leads_close_a_room(talk, close, session, request, who, status):
    talk(1)
    assert close(request.getfixturevalue(who)).status_code == status
    session.refresh_from_db()
    assert bool(session.archived_at) == (status == 302)


def test_the_groups_own_room_is_not_closed(as_, room, lead, url):
    facts = {"title": "A title", "body": WORDS, "key": "k"}
    assert as_(lead).post(f"{url}rooms/{room.pk}/close/", facts).status_code == 403
    room.refresh_from_db()
    assert room.archived_at is None


def test_a_room_in_which_nothing_was_said_makes_no_discussion(close, lead):
    answer = close(lead)
    assert answer.status_code == 422
    assert "Nothing was said here" in answer.text
    assert not Thread.objects.exists()


def test_where_nothing_was_said_the_page_says_so_at_once_and_archives(as_, session, lead, talk):
    page = as_(lead).get(f"{session.get_absolute_url()}close/").text
    assert "nothing to sum up" in page and 'name="title"' not in page
    assert as_(lead).post(f"{session.get_absolute_url()}archive/", {"on": "1"}).status_code == 302
    session.refresh_from_db()
    assert session.archived_at


def test_a_form_without_words_closes_nothing(talk, close, session, lead):
    talk(1)
    assert close(lead, body=" ").status_code == 422
    session.refresh_from_db()
    assert session.archived_at is None


def test_where_nothing_may_be_added_the_room_is_not_archived_either(talk, close, session, group, member, lead):
    talk(1)
    other = make.thread(group, member)
    other.close(lead)
    where = {"title": "", "link": other.get_absolute_url()}
    answer = close(lead, **where)
    assert answer.status_code == 422
    assert escape(str(other.why_shut)) in answer.text
    session.refresh_from_db()
    assert session.archived_at is None
    other.reopen(lead)
    assert close(lead, **where).status_code == 302
    session.refresh_from_db()
    assert session.archived_at
    assert other.posts.get(number=2).quoted == 1


def test_a_room_is_archived_with_its_discussion_or_not_at_all(talk, close, session, lead, monkeypatch):
    talk(1)
    monkeypatch.setattr(Post, "carry", _broken)
    with pytest.raises(OSError):
        close(lead)
    session.refresh_from_db()
    assert session.archived_at is None
    assert not Thread.objects.exists()
    assert not Entry.objects.filter(act="archive-room").exists()


def _broken(*_):
    raise OSError("The disk is full")


def test_staff_who_cannot_write_in_the_group_do_not_archive_its_room_on_the_way(
    talk, close, session, group, member, staff
):
    talk(1)
    assert close(staff, title="", link=make.thread(group, member).get_absolute_url()).status_code == 422
    session.refresh_from_db()
    assert session.archived_at is None


def test_what_the_room_forgets_the_discussion_keeps(talk, close, session, as_, lead, member):
    talk(2)
    close(lead)
    session.messages.update(at=timezone.now() - dt.timedelta(days=9))
    Room.objects.filter(pk=session.pk).update(keep_days=7)
    session.refresh_from_db()
    assert session.forget() == 2
    assert "Line 1" in as_(member).get(Thread.objects.get().get_absolute_url()).text
