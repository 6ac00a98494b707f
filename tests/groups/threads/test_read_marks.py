"""What one has read: ranges of posts, so that a jump to the end leaves the middle new."""

import pytest

from groups.threads.models import ReadMark, Thread
from tests import make
from tests.groups.threads.test_reading import fill

pytestmark = pytest.mark.django_db


@pytest.fixture
def long(thread):
    fill(thread, thread.author, 119)
    return thread


def unread(thread, member):
    return Thread.objects.with_news_for(member).get(pk=thread.pk).unread


def test_what_is_read_in_several_places_grows_together(long, member):
    long.mark_read(member, 10)
    long.mark_read(member, 60, 51)
    long.mark_read(member, 30, 21)
    mark = long.mark_of(member)
    assert (mark.number, mark.beyond, mark.count) == (10, [[21, 30], [51, 60]], 30)
    assert unread(long, member) == 90
    long.mark_read(member, 50, 11)
    mark = long.mark_of(member)
    assert (mark.number, mark.beyond, mark.count) == (60, [], 60)


def test_a_mark_never_goes_back_by_reading(long, member):
    long.mark_read(member, 60)
    long.mark_read(member, 10)
    assert long.mark_of(member).count == 60


@pytest.mark.parametrize(("number", "left"), [(1, 0), (5, 4), (11, 10), (25, 14), (26, 15), (200, 20)])
def test_marked_unread_from_a_post_on(long, member, number, left):
    long.mark_read(member, 10)
    long.mark_read(member, 30, 21)
    long.mark_unread(member, number)
    assert long.mark_of(member).count == left
    assert unread(long, member) == 120 - left


def test_who_reads_in_too_many_places_meets_the_shortest_again():
    mark = ReadMark()
    for start in range(10, 1000, 4):
        mark.add(start, start)
    mark.add(2000, 2999)
    assert len(mark.beyond) == 200
    assert mark.beyond[-1] == [2000, 2999] and mark.count == 1199


def test_a_jump_to_the_end_leaves_the_middle_new(enter, long, member):
    reader = enter(member)
    reader.does("read", long, seen="1-10")
    reader.does("read", long, seen="101-118,120")
    assert unread(long, member) == 120 - 29
    page = reader.reads(long).text
    assert page.index("Words 10<") < page.index('id="new"') < page.index("Words 11<")


def test_who_replies_has_read_the_own_post_and_no_other(enter, long, member):
    reader = enter(member)
    reader.does("read", long, number=10)
    reader.replies(long)
    assert unread(long, member) == 110


@pytest.mark.parametrize("seen", ["", "x", "9-3", "0-0", "-", "5-", "-5", "1e3", "٣", "1-2-3", "9" * 40])
def test_a_report_that_makes_no_sense_changes_nothing(enter, long, member, seen):
    reader = enter(member)
    reader.does("read", long, seen="1-4")
    assert reader.does("read", long, seen=seen).status_code == 302
    assert long.mark_of(member).count <= 5  # "5-" is post 5


def test_a_report_ends_with_the_thread(enter, long, member):
    enter(member).does("read", long, seen="3-999999")
    assert long.mark_of(member).beyond == [[3, 120]]


def test_from_a_post_s_menu_all_is_new_again(enter, long, member, outsider):
    reader = enter(member)
    reader.does("read", long, number=120)
    page = reader.reads(long, at=60).text
    assert f'action="/groups/workforce/threads/{long.pk}/unread/"' in page
    assert 'form="unread" data-key="Shift+U" name="number" value="60"' in page
    reader.does("unread", long, number=60)
    assert unread(long, member) == 61
    assert enter(outsider).does("unread", long, number=1).status_code == 404
    assert unread(long, member) == 61


def test_only_what_was_read_goes_out_of_the_tray(enter, long, member, lead):
    enter(member).replies(long)
    for number in (1, 2):
        enter(lead).replies(long, f"@brass-peri {number}", key=f"k{number}")
    assert member.notifications.unread().count() == 2
    long.refresh_from_db()
    long.mark_read(member, long.last_number, long.last_number)
    assert member.notifications.unread().count() == 1


def test_a_mark_is_of_one_member(long, member):
    other = make.person()
    long.mark_read(member, 5)
    assert long.mark_of(other).count == 0
    assert not ReadMark.objects.filter(member=other).exists()
