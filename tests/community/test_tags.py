"""Times in the design's words, portraits without photographs."""

import datetime as dt

from django.template import Context, Template
from django.utils import timezone

from community.members.models import Member


def drawn(template, **context):
    return Template("{% load ensemble %}" + template).render(Context(context))


def when(moment):
    return drawn("{% when moment %}", moment=moment)


def at(days_ago, hour=9, minute=30):
    day = timezone.localdate() - dt.timedelta(days=days_ago)
    return timezone.make_aware(dt.datetime.combine(day, dt.time(hour, minute)))


def test_today_and_yesterday_are_called_so():
    assert ">Today, 09:30<" in when(at(0))
    assert ">Yesterday, 16:40<" in when(at(1, 16, 40))


def test_inside_a_sentence_they_are_small():
    assert ">today, 09:30<" in drawn("{% when moment inside=True %}", moment=at(0))
    assert ">yesterday, 09:30<" in drawn("{% when moment inside=True %}", moment=at(1))


def test_other_days_are_named_and_older_years_too():
    day = at(5)
    assert f">{day.day} {day:%b}, 09:30<" in when(day)
    assert ">18 Nov 2019<" in when(dt.datetime(2019, 11, 18, 15, 20, tzinfo=dt.UTC))


def test_the_clock_is_londons_whoever_looks():
    with timezone.override("Asia/Tokyo"):
        assert 'title="Monday 1 July 2019, 12:00"' in when(dt.datetime(2019, 7, 1, 11, 0, tzinfo=dt.UTC))


def test_a_date_has_no_clock_and_nothing_draws_nothing():
    assert ">1 Jul 2019<" in when(dt.date(2019, 7, 1))
    assert when(None) == ""


def test_a_portrait_is_initials_and_never_markup():
    person = Member(pk=5, name="<b> Hostile")
    face = drawn("{% portrait person 's' %}", person=person)
    assert 'class="face s" data-member="5"' in face
    assert "<b>" not in face
