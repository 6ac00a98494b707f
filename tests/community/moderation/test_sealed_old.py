"""Worries that were reported before there was a sealed lane move into it, once."""

import pytest
from django.utils import timezone

from community import ledger
from community.moderation import tasks
from community.moderation.models import Case, Report, SealedCase
from tests import make
from tests.community.moderation.deeds import page
from tests.community.moderation.sealed import TOLD, named, read


@pytest.fixture
def old(post, lead):
    """As an earlier version took it: an ordinary report in an ordinary case."""
    now = timezone.now()
    case = Case.objects.create(subject=post.subject, kind="worry", at=now, due_at=now)
    facts = {"reporter": lead, "kind": "worry", "words": TOLD, "evidence": "As it was then", "due_at": now}
    return case.reports.create(subject=post.subject, **facts)


def test_it_leaves_the_desk_and_reaches_the_keepers_alone(client, old, staff, colleague, post):
    assert post.subject in page(client, colleague, "/desk/").text
    named(staff)
    tasks.seal_old_worries.call()
    assert post.subject not in page(client, colleague, "/desk/").text
    assert page(client, colleague, f"/desk/{post.subject}/").status_code == 404
    case = SealedCase.objects.get()
    assert TOLD in read(client, staff, case).text and "As it was then" in read(client, staff, case, "text").text
    assert not Report.objects.exists() and not Case.objects.open().exists()
    post.refresh_from_db()
    assert post.is_withheld and ledger.first_broken() is None


def test_what_others_reported_of_the_same_waits_until_it_is_given_back(client, old, staff, colleague, post):
    named(staff)
    make.place(post.thread.group, other := make.person())
    post.report(other, "rules", "Breaks a rule")
    tasks.seal_old_worries.call()
    assert post.subject not in page(client, colleague, "/desk/").text
    SealedCase.objects.get().give_back(staff)
    told = page(client, colleague, f"/desk/{post.subject}/").text
    assert "Breaks a rule" in told and TOLD not in told
    assert Case.objects.open().get().kind == "rules"


def test_run_again_it_finds_nothing_and_leaves_ordinary_reports_alone(client, old, staff, lead, post, group, member):
    named(staff)
    other = make.thread(group, member).posts.get()
    other.report(lead, "spam", "An advert")
    tasks.seal_old_worries.call()
    tasks.seal_old_worries.call()
    assert SealedCase.objects.count() == 1 and Report.objects.get().kind == "spam"
