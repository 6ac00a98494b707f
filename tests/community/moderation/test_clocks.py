"""By when staff must have acted: the clocks of the law and of the house, on the desk and for whoever reported."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse

from community.moderation import clocks
from community.moderation.models import Measure, Report
from community.moderation.models.target import clock_of
from groups.threads.models import Thread
from tests.community.moderation.deeds import case_page, decide, first, page, send_report

pytestmark = pytest.mark.django_db
LONDON = ZoneInfo("Europe/London")


def at(day, month, year, hour, minute=0):
    return dt.datetime(year, month, day, hour, minute, tzinfo=LONDON)


# Received, 48 hours of a notice of defamation, 48 hours of an intimate image (computed in the domain research).
VECTORS = [
    (at(18, 12, 2026, 16), at(22, 12, 2026, 16), at(20, 12, 2026, 16)),
    (at(23, 12, 2026, 10), at(29, 12, 2026, 10), at(25, 12, 2026, 10)),
    (at(25, 3, 2027, 9), at(31, 3, 2027, 9), at(27, 3, 2027, 9)),
    (at(26, 3, 2027, 12), at(1, 4, 2027, 0), at(28, 3, 2027, 13)),
    (at(29, 10, 2027, 12), at(2, 11, 2027, 12), at(31, 10, 2027, 11)),
]


@pytest.mark.parametrize(("received", "defamation", "intimate"), VECTORS)
def test_48_hours_with_and_without_days_off_and_over_changes_of_the_clock(received, defamation, intimate):
    assert clock_of("defamation").due(received) == defamation
    assert clock_of("intimate").due(received) == intimate


@pytest.mark.parametrize(
    ("written", "answer"),
    [
        (at(18, 12, 2026, 16), at(23, 12, 2026, 23, 59)),
        (at(23, 12, 2026, 10), at(28, 12, 2026, 23, 59)),  # a bank holiday: they are calendar days
        (at(25, 3, 2027, 9), at(30, 3, 2027, 23, 59)),  # over a change of the clock
        (at(29, 10, 2027, 12), at(3, 11, 2027, 23, 59)),
    ],
)
def test_the_author_of_what_is_said_to_defame_has_five_days_to_answer(written, answer):
    assert clocks.REPLY.due(written) == answer


def test_working_days_skip_christmas_new_year_and_easter_and_keep_the_hour_over_changes_of_the_clock():
    assert clock_of("appeal").due(at(23, 12, 2026, 10)) == at(4, 1, 2027, 10)
    assert clock_of("appeal").due(at(25, 3, 2027, 9)) == at(5, 4, 2027, 9)
    assert clock_of("rules").due(at(25, 3, 2027, 9)) == at(31, 3, 2027, 9)
    assert clock_of("worry").due(at(29, 10, 2027, 12)) == at(1, 11, 2027, 12)
    assert clock_of("worry").due(at(24, 12, 2026, 15)) == at(29, 12, 2026, 15)


def test_thirty_days_roll_on_to_a_working_day():
    assert clock_of("personal").due(at(31, 1, 2027, 9)) == at(2, 3, 2027, 23, 59)
    assert clock_of("personal").due(at(1, 12, 2026, 9)) == at(31, 12, 2026, 23, 59)
    assert clock_of("personal").due(at(2, 12, 2026, 9)) == at(4, 1, 2027, 23, 59), "New Year's Day, then a weekend"


def test_a_time_said_in_another_zone_is_the_same_time():
    received = at(18, 12, 2026, 16).astimezone(ZoneInfo("Asia/Tokyo"))
    assert clock_of("defamation").due(received) == at(22, 12, 2026, 16)


@pytest.fixture
def posts(group, lead, member):
    thread = Thread(group=group, title="Induction checklist")
    thread.start(first(lead), "What do you give to new tutors?")
    return [thread.reply(first(member), words) for words in ("Zero", "One", "Two", "Three")]


@pytest.fixture
def desk(client, staff):
    def look(**asked):
        client.force_login(staff)
        return client.get(reverse("moderation:desk"), asked).content.decode()

    return look


def test_that_comes_first_whose_time_runs_out_first(client, posts, lead, desk, time_machine):
    time_machine.move_to(at(4, 12, 2026, 10), tick=False)  # a Friday
    send_report(client, lead, posts[3], kind="defamation")
    assert "Due Tuesday 8 December, 10:00" in desk(), "96 hours away, of 48: those of a weekend do not count"
    kinds, posts = ("personal", "rules", "intimate"), posts[:3]
    for post, kind in zip(posts, kinds, strict=True):
        assert send_report(client, lead, post, kind=kind).status_code == 302
    text = desk()
    order = [text.index(f"/desk/{post.subject}/") for post in posts]
    assert sorted(order) == [order[2], order[1], order[0]]
    assert "48 hours left" in text and "48 hours, weekends included, set by law" in text
    assert "Due Tuesday 8 December" in text and "Due Monday 4 January" in text


def test_the_desk_says_what_is_due_today_and_what_is_late(client, posts, lead, desk, time_machine):
    time_machine.move_to(at(7, 12, 2026, 10), tick=False)
    send_report(client, lead, posts[0], kind="rules")
    assert 'class="clock-left "' in desk()
    time_machine.move_to(at(9, 12, 2026, 9), tick=False)
    text = desk()
    assert "Due today, 10:00" in text and 'class="clock-left bad"' in text
    time_machine.move_to(at(9, 12, 2026, 14), tick=False)
    assert "4 hours late" in desk()


def test_whoever_reported_is_told_by_when_and_more_words_do_not_change_it(client, posts, lead, time_machine):
    time_machine.move_to(at(4, 12, 2026, 10), tick=False)
    receipt = send_report(client, lead, posts[0], kind="rules").url
    assert "Tuesday 8 December, 10:00" in page(client, lead, receipt).content.decode()
    time_machine.move_to(at(7, 12, 2026, 10), tick=False)
    send_report(client, lead, posts[0], kind="intimate", words="More")
    assert Report.objects.get().due_at == at(8, 12, 2026, 10)


def test_what_was_decided_shows_whether_it_was_in_time(client, posts, lead, staff, desk, time_machine):
    time_machine.move_to(at(7, 12, 2026, 10), tick=False)
    for post in posts[:2]:
        send_report(client, lead, post, kind="rules")
    decide(client, staff, posts[0], "nothing")
    assert "<small>in time</small>" in desk(show="closed") and "<small>late</small>" not in desk(show="closed")
    time_machine.move_to(at(14, 12, 2026, 10), tick=False)
    decide(client, staff, posts[1], "nothing")
    assert "<small>late</small>" in desk(show="closed")


def test_the_case_of_a_notice_of_defamation_says_by_when_its_author_must_answer(
    client, posts, lead, member, staff, time_machine
):
    time_machine.move_to(at(18, 12, 2026, 16), tick=False)
    send_report(client, lead, posts[0], kind="defamation")
    send_report(client, lead, posts[1], kind="rules")
    shown = case_page(client, staff, posts[0]).text
    assert "Wednesday 23 December, 23:59" in shown and "within 5 days" in shown
    assert "within 5 days" not in case_page(client, staff, posts[1]).text
    decide(client, staff, posts[0], "edit", rule="2.2")
    assert Measure.objects.get().until == at(23, 12, 2026, 23, 59)
