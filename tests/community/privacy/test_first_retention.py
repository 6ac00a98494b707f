"""Before things go by themselves for the first time, staff know what would go, and have time."""

import datetime as dt

import pytest
import time_machine
from django.utils import timezone

from community.mail.models import Letter
from community.models import Entry
from community.moderation.models import LegalHold
from community.privacy import retention
from community.privacy.tasks import keep_periods
from groups.threads.models import Post
from tests import make

URL = "/figures/retention/"


def on(day):
    return time_machine.travel(START + dt.timedelta(days=day, minutes=day), tick=False)


START = timezone.now()


@pytest.fixture
def post(group, lead, member):
    """Removed so long ago that it would go from day 0 on."""
    with time_machine.travel(START - dt.timedelta(days=100), tick=False):
        post = make.thread(group, lead).reply(member.affiliations.get(), "We lend ukuleles.")
        post.remove(member)
    return post


def body(post):
    return Post.objects.get(pk=post.pk).body


def test_staff_are_told_with_counts_and_it_goes_14_days_later(client, post, staff, lead):
    with on(0):
        keep_periods.call()
        assert body(post) and retention.first_run_at() == timezone.now() + retention.WAIT
        letter = Letter.objects.get(template="retention_first")
        assert letter.to == staff.email and "Removed posts: 1" in letter.text and URL in letter.text
        assert "ukuleles" not in letter.text and post.author.name not in letter.text
        client.force_login(staff)
        assert "for the first time here" in client.get(URL).text
    with on(13):
        keep_periods.call()
        assert body(post) and Letter.objects.filter(template="retention_first").count() == 1, "once"
    with on(14):
        keep_periods.call()
        assert not body(post) and retention.first_run_at() is None
        assert "for the first time here" not in client.get(URL).text
    assert Entry.objects.filter(act=retention.WARNED).get().details["would"]["posts"] == 1


def test_what_gets_a_hold_in_that_time_stays(post, staff):
    with on(0):
        keep_periods.call()
        LegalHold.place(post.subject, staff, "A claim", timezone.localdate() + dt.timedelta(days=60))
    with on(14):
        keep_periods.call()
    assert body(post) and Entry.objects.filter(act=retention.ACT).exists()


def test_where_nothing_would_go_nobody_is_troubled_and_it_is_not_the_first_time_yet(staff, client, db):
    keep_periods.call()
    assert not Letter.objects.exists() and not Entry.objects.filter(act__startswith="retention").exists()
    client.force_login(staff)
    assert "for the first time here" not in client.get(URL).text


def test_an_installation_where_it_went_before_goes_on_as_it_did(post, staff):
    retention.ledger.record(None, retention.ACT, retention.ACT, went={})
    with on(0):
        keep_periods.call()
    assert not body(post) and not Letter.objects.filter(template="retention_first").exists()
