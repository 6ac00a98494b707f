"""A legal hold placed while things go: it says "kept" of what is kept alone."""

import pytest
from django.db import connection

from community.members.models import Member
from community.moderation.models import LegalHold
from community.policy import Refused
from community.privacy import due, erasure, retention
from groups.documents.models import Document
from groups.threads.models import Post
from tests import make
from tests.community.moderation.deeds import meanwhile
from tests.community.moderation.test_legal_holds import WORDS, after, soon

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _rows_of_their_own():
    if connection.vendor == "sqlite":
        pytest.skip("on SQLite one writes after the other")


@pytest.fixture
def post(group, member, lead):
    return make.thread(group, lead).reply(member.affiliations.get(), "We lend ukuleles.")


def placed_meanwhile(deed, subject, staff):
    """The hold is asked for when the deed is done and not yet committed. What came of it."""
    return meanwhile(deed, lambda: LegalHold.place(subject, staff, WORDS, soon()))


@pytest.mark.parametrize("on", ["person", "post", "whole"])
def test_who_is_just_being_erased_is_not_said_to_be_kept(member, staff, post, on):
    subject = {"person": member, "post": post, "whole": post.thread}[on].subject
    done = []
    outcome = placed_meanwhile(
        lambda: done.append(erasure.erase(member, staff, "Asked", erasure.Way.REMOVE)), subject, staff
    )
    assert done == [True] and Post.objects.get(pk=post.pk).body == ""
    assert isinstance(outcome, Refused) and not LegalHold.objects.exists()


def test_and_is_not_erased_where_the_hold_came_first(member, staff, post):
    LegalHold.place(post.subject, staff, WORDS, soon())
    assert not erasure.erase(member, staff, "Asked", erasure.Way.REMOVE)
    assert Post.objects.get(pk=post.pk).body and Member.objects.get(pk=member.pk).is_active


@pytest.mark.parametrize("on", ["person", "post"])
def test_what_goes_with_its_time_is_asked_about_again_when_its_turn_comes(member, staff, post, on):
    post.remove(member)
    with after(400):
        time = retention.period("posts")
        found = due.removed("threads.post", time)
        assert found.exists()
        LegalHold.place((member if on == "person" else post).subject, staff, WORDS, soon())
        due.wipe(found, time)
        assert Post.objects.get(pk=post.pk).body, "the hold came after what is due was looked up"
        LegalHold.objects.get().lift(staff, "Settled")
        due.wipe(due.removed("threads.post", time), time)
        assert not Post.objects.get(pk=post.pk).body


@pytest.mark.parametrize("on", ["person", "document"])
def test_a_document_that_is_just_being_deleted_for_good_is_waited_for(group, member, lead, staff, on):
    document = make.document(group, member)
    document.remove(member, "Mine")
    with after(400):
        found = Document.objects.removed().get(pk=document.pk)
        outcome = placed_meanwhile(lambda: found.purge(lead), (member if on == "person" else document).subject, staff)
    if on == "person":
        assert outcome.subject == member.subject, "it stands for what there still is"
    else:
        assert isinstance(outcome, Refused)
