"""Letters about decisions leave a minute later; a slip that is undone in it is not written about."""

import datetime as dt

import pytest
from django.core import mail
from django.db.models import F
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from community.mail.models import Letter, deliver
from community.moderation.models import Appeal, Decision
from tests.community.moderation.deeds import decide, page


@pytest.fixture(autouse=True)
def _out(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"


def later(minutes):
    """So much time passes: what was decided, written and put off is older by it, and what is due is handed on."""
    by = dt.timedelta(minutes=minutes)
    Decision.objects.update(at=F("at") - by)
    Letter.objects.update(at=F("at") - by)
    queued = DBTaskResult.objects.filter(task_path=deliver.module_path)
    queued.update(run_after=F("run_after") - by)
    for each in queued.filter(run_after__lte=timezone.now()):
        deliver.call(*each.args_kwargs["args"])


def written(member):
    return [letter for letter in mail.outbox if letter.to == [member.email]]


def test_the_letter_leaves_after_a_minute_and_leads_to_the_reasons(client, staff, member, post):
    decide(client, staff, post, "hide", rule="3.2")
    later(0)
    assert written(member) == []
    later(2)
    (letter,) = written(member)
    link = next(line for line in letter.body.splitlines() if "/appeals/" in line).partition("8000")[2]
    client.logout()
    assert "It could tell who the pupil is." in client.get(link).text


def test_a_slip_that_is_undone_within_the_minute_is_not_written_about(client, staff, member, post):
    decide(client, staff, post, "hide", rule="3.2")
    decide(client, staff, post, "restore")
    later(2)
    assert written(member) == []
    post.refresh_from_db()
    assert not post.is_hidden


def test_what_is_undone_later_is_written_about_twice(client, staff, member, post):
    decide(client, staff, post, "hide", rule="3.2")
    later(2)
    decide(client, staff, post, "restore")
    later(2)
    assert len(written(member)) == 2


def test_what_is_undone_on_appeal_is_always_written_about(client, staff, colleague, member, post):
    decide(client, staff, post, "hide", rule="3.2")
    Appeal.lodge(post.undoable, member, "It names no one").uphold(colleague, "They are right")
    later(2)
    assert len(written(member)) == 2


def test_the_author_sees_at_once_on_the_site_what_was_decided(client, staff, member, post):
    decide(client, staff, post, "hide", rule="3.2")
    assert "It could tell who the pupil is." in page(client, member, Decision.objects.get().get_absolute_url()).text
    assert timezone.now() - Decision.objects.get().at < dt.timedelta(minutes=1)
