"""Where many report one thing at once, each report asks the database few things, and as they are now."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from community.moderation.models import Moderatable
from tests import make
from tests.community.moderation.deeds import send_report

MOST = 15  # questions of one report, from the session to the answer; two of them tell the desks, now and then


@pytest.fixture
def reporters(group):
    found = [make.person() for _n in range(4)]
    for each in found:
        make.place(group, each)
    return found


def test_a_report_asks_few_things_however_many_came_before(client, post, reporters):
    send_report(client, reporters[0], post, kind="spam")
    for each in reporters[1:]:
        client.force_login(each)
        with CaptureQueriesContext(connection) as caught:
            assert client.post(f"/report/{post.subject}/", {"kind": "spam"}).status_code == 302
        asked = [query["sql"] for query in caught if query["sql"].startswith(("SELECT", "INSERT", "UPDATE", "WITH"))]
        assert len(asked) <= MOST, "\n".join(each[:90] for each in asked)


def test_a_thing_is_found_as_its_own_page_reads_it_and_seen_as_its_own_rule_says(post, group, lead, outsider, staff):
    for _again in range(2):
        found, shown = Moderatable.find(post.subject), type(post).objects.to_show().get(pk=post.pk)
        assert found == shown
        assert (found.by_lead, found.body, found.author) == (shown.by_lead, shown.body, shown.author)
        assert list(found.files.all()) == list(shown.files.all())
        seen = [found.is_visible_to(each) for each in (lead, post.author, staff, outsider)]
        assert seen == [True, True, True, False]
    make.place(group, outsider)
    assert found.is_visible_to(outsider)
    assert Moderatable.find("post-999999") is None


def test_who_is_suspended_or_left_sees_it_no_longer(post, group, lead, member, staff):
    assert post.is_visible_to(member)
    group.remove(member, by=lead, reason="Left")
    assert not post.is_visible_to(member)
    lead.suspend(timezone.now() + dt.timedelta(days=1))
    assert not post.is_visible_to(lead)
