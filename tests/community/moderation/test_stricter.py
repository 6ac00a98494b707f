"""What is hidden can be removed without a moment in sight: each step has its own reasons, and its own appeal."""

import pytest
from django.urls import reverse

from community.mail.models import Letter
from community.models import Entry
from community.moderation.models import Appeal, Decision, Measure, Ruling
from community.notifications.models import Notification
from groups.threads.models import Post
from realtime.chat.models import Message, Room
from tests.community.moderation.deeds import case_page, decide, page

pytestmark = pytest.mark.django_db


@pytest.fixture
def hidden(client, post, staff):
    decide(client, staff, post, "hide", rule="3.2")
    return Decision.objects.get()


@pytest.fixture
def removed(client, post, hidden, staff):
    decide(client, staff, post, "remove", rule="2.1", reason="It is worse than we thought.")
    return Decision.objects.get(act="remove")


def now(post):
    return Post.objects.to_show().get(pk=post.pk)


def test_it_is_offered_and_done_without_showing_it(client, post, hidden, lead, member, staff):
    assert 'value="remove"' in case_page(client, staff, post).text
    done = decide(client, staff, post, "remove", rule="2.1", reason="It is worse than we thought.")
    assert done.status_code == 302 and now(post).hidden.act == "remove"
    assert "front row" not in page(client, lead, post.thread.get_absolute_url()).text
    statement = page(client, member, now(post).hidden.get_absolute_url()).text
    assert "It is worse than we thought." in statement and "2.1" in statement
    standing = page(client, member, reverse("moderation:standing")).text
    assert "It is worse than we thought." in standing and "It could tell who the pupil is." in standing


def test_nothing_milder_follows(client, post, removed, staff):
    assert decide(client, staff, post, "hide", rule="3.2").status_code == 403
    assert decide(client, staff, post, "remove", rule="3.2").status_code == 403
    assert now(post).hidden == removed


def test_undone_it_is_hidden_as_before_and_its_author_reads_that(client, post, hidden, removed, lead, member, staff):
    now(post).undo(removed, staff, "It was not worse.")
    assert now(post).hidden == hidden
    back = Decision.objects.get(act="restore")
    assert "it stays out of sight" in page(client, member, back.get_absolute_url()).text
    assert "front row" not in page(client, lead, post.thread.get_absolute_url()).text
    now(post).undo(hidden, staff, "It was harmless.")
    assert not now(post).is_hidden and not Measure.objects.in_force().exists()
    assert "front row" in page(client, lead, post.thread.get_absolute_url()).text


def test_an_appeal_against_the_first_is_heard_and_leaves_the_second(client, post, hidden, member, colleague, keeper):
    appeal = Appeal.lodge(hidden, member, "It tells nobody")
    decide(client, colleague, post, "remove", rule="2.1", reason="It is worse than we thought.")
    assert now(post).hidden.act == "remove"
    appeal.uphold(keeper, "It does not.")
    assert now(post).hidden.act == "remove" and hidden.stands is None
    now(post).restore(keeper, "Nor is it worse.")
    assert not now(post).is_hidden


def test_restored_at_once_nothing_keeps_it_out_of_sight(post, removed, staff):
    now(post).restore(staff, "It was harmless.")
    assert not now(post).is_hidden and not Measure.objects.in_force().exists()


@pytest.fixture
def both(client, lead, member, staff, keeper):
    """A lead takes down what was reported; staff remove it in the same case."""
    said = Room.of(lead.memberships.get().group).say(member, "Front row", "k", member.affiliations.get())
    said.report(keeper, "rules", "Look")
    said.hide(lead, "Not here", "2.3")
    Message.objects.to_show().get(pk=said.pk).decide(staff, Ruling("remove", "Worse", "2.1"))
    assert Decision.objects.values("case").distinct().count() == 1
    return Message.objects.to_show().get(pk=said.pk)


def test_upheld_against_the_removal_the_first_step_of_the_same_case_goes_too(both, client, member, colleague):
    appeal = Appeal.lodge(both.hidden, member, "It tells nobody")
    client.force_login(colleague)
    client.post(appeal.get_absolute_url(), {"is_upheld": "yes", "reason": "It does not."})
    thing = Message.objects.to_show().get(pk=both.pk)
    assert not thing.is_hidden and not Measure.objects.in_force().exists()
    assert Decision.objects.filter(act="restore").count() == 2, "each is undone by a row of its own"


def test_and_its_author_is_told_once_that_it_is_back(client, both, member, colleague):
    appeal = Appeal.lodge(both.hidden, member, "It tells nobody")
    before = Letter.objects.filter(to=member.email, template="decision").count()
    client.force_login(colleague)
    client.post(appeal.get_absolute_url(), {"is_upheld": "yes", "reason": "It does not."})
    assert Letter.objects.filter(to=member.email, template="decision").count() == before + 1
    told = Notification.objects.get(member=member, kind="restore")
    back = Decision.objects.get(pk=told.thing_id)
    assert back.undoes == appeal.decision
    assert "it stays out of sight" not in page(client, member, back.get_absolute_url()).text
    assert Entry.objects.filter(act="restore", subject=both.subject).count() == 2, "each is in the ledger"


def test_upheld_against_the_removal_it_is_as_before_where_another_case_hid_it(post, hidden, removed, member, keeper):
    Appeal.lodge(removed, member, "It is not worse").uphold(keeper, "It is not.")
    assert now(post).hidden == hidden and hidden.stands and removed.stands is None


def test_refused_both_stand(both, member, colleague):
    Appeal.lodge(both.hidden, member, "It tells nobody").refuse(colleague, "It does.")
    assert Measure.objects.in_force().count() == 2
