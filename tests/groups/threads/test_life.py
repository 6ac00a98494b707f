"""The life of a discussion: closed by somebody, pinned until a day, in the archive and back."""

import datetime as dt

import pytest
from django.utils import timezone

from groups.search.models import Record
from groups.threads.models import Thread


def now(thread):
    return Thread.objects.get(pk=thread.pk)


def page_of(thread):
    return f"/groups/{thread.group.slug}/threads/{thread.pk}/life/"


def test_who_closed_it_is_said(enter, thread, lead, member):
    assert enter(lead).does("close", thread).status_code == 302
    assert f"Closed by <bdi>{lead.name}</bdi>" in enter(member).reads(thread).content.decode()
    assert enter(lead).does("close", thread, open="1").status_code == 302
    assert "Closed by" not in enter(member).reads(thread).content.decode()
    page = enter(lead).get(page_of(thread)).content.decode()
    assert "Open again" in page and lead.name in page


def test_it_is_pinned_until_a_day(enter, thread, lead, member):
    until = timezone.localdate() + dt.timedelta(days=7)
    assert enter(lead).does("pin", thread, until=until.isoformat()).status_code == 302
    assert (now(thread).is_pinned, now(thread).pinned_until) == (True, until)
    assert "Pinned until" in enter(member).reads(thread).content.decode()
    assert enter(lead).does("pin", thread, down="1").status_code == 302
    assert (now(thread).is_pinned, now(thread).pinned_until) == (False, None)


@pytest.mark.parametrize("until", ["2001-01-01", "9999-12-31", "soon", "2030-02-31"])
def test_a_day_that_cannot_be_is_handed_back(enter, thread, lead, until):
    answer = enter(lead).does("pin", thread, until=until)
    assert answer.status_code == 422 and until in answer.content.decode()
    assert not now(thread).is_pinned


def test_the_archive_is_out_of_the_lists_and_can_be_read_and_found(enter, thread, group, lead, member):
    assert enter(lead).does("archive", thread).status_code == 302
    reader = enter(member)
    assert f'id="thread-{thread.pk}"' not in reader.lists(group).content.decode()
    assert f'id="thread-{thread.pk}"' in reader.lists(group, show="archived").content.decode()
    page = reader.reads(thread).content.decode()
    assert "Archived" in page and "in the archive. You can read it, but not reply." in page
    assert reader.replies(thread).status_code == 403
    assert Record.objects.exists()
    assert enter(lead).does("pin", thread).status_code == 403
    assert enter(lead).does("archive", thread, back="1").status_code == 302
    assert f'id="thread-{thread.pk}"' in reader.lists(group).content.decode()
    assert reader.replies(thread).status_code == 302


@pytest.mark.parametrize("deed", ["close", "pin", "archive"])
def test_only_leads_and_staff(enter, thread, member, outsider, staff, deed):
    assert enter(member).does(deed, thread).status_code == 403
    assert enter(outsider).does(deed, thread).status_code == 404
    found = now(thread)
    assert not (found.is_closed or found.is_pinned or found.is_archived)
    assert enter(staff).does(deed, thread).status_code == 302


def test_the_page_of_its_life_is_for_leads(enter, thread, lead, member, outsider):
    codes = [enter(who).get(page_of(thread)).status_code for who in (lead, member, outsider)]
    assert codes == [200, 403, 404]
