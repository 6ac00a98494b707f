"""A lead whose words staff approve first puts none before readers in another way, and approves nobody else's."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from community.moderation.models import Act, Ruling
from groups.approval.models import Waiting
from groups.threads.models import Post, Summary, Thread
from tests import make
from tests.groups.approval.deeds import reply
from tests.groups.approval.test_approval import _in_a_week

pytestmark = pytest.mark.django_db


def browser(member: Any) -> Client:
    client = Client()
    client.force_login(member)
    return client


@pytest.fixture(params=[False, True], ids=["trusted", "vetted"])
def is_vetted(request) -> bool:
    return bool(request.param)


@pytest.fixture
def thread(group, lead, staff, is_vetted) -> Thread:
    thread = make.thread(group, lead)
    if is_vetted:
        thread.posts.get().decide(staff, Ruling(Act.VET, "Unkind", "2.1", _in_a_week()))
    return thread


def test_their_words_stand_over_no_discussion_and_in_no_document(group, thread, member, lead, is_vetted):
    client = browser(type(lead).objects.get(pk=lead.pk))
    where = [group.slug, thread.pk]
    document = make.document(group, member)
    thread.reply(member.affiliations.get(), "To be moved")
    doors = [
        (reverse("threads:summary", args=where), {"body": "All agree.", "number": "0"}),
        (reverse("threads:tidy", args=where), {"post": "2", "title": "Mine alone"}),
        (reverse("templates:list", args=[group.slug]), {}),
        (reverse("documents:new_page", args=[group.slug]), {}),
        (reverse("documents:edit", args=[group.slug, document.pk]), {}),
    ]
    answers = [client.post(url, said).status_code for url, said in doors]
    assert answers == ([403, 422, 403, 403, 403] if is_vetted else [302, 302, 422, 422, 422])
    assert Summary.objects.exists() is Thread.objects.filter(title="Mine alone").exists() is not is_vetted


def test_the_library_tells_them_why_they_propose_and_the_others_who_shares(group, thread, member, lead, is_vetted):
    url, others = reverse("documents:list", args=[group.slug]), "Leads and staff share documents here"
    page = browser(lead).get(url).text
    assert others not in page
    assert ("is approved before it is shown, until" in page) is is_vetted
    assert (reverse("documents:propose", args=[group.slug]) in page) is is_vetted
    assert others in browser(member).get(url).text


@pytest.mark.parametrize("is_vetted", [True], indirect=True)
def test_what_a_lead_of_announcements_sent_is_refused_in_words_for_whoever_answers(
    group, thread, lead, staff, is_vetted
):
    group.kind = "announcement"
    group.save()
    sent = {"title": "Survey", "kind": "announcement", "body": "Please answer it.", "key": "k1"}
    waits = browser(lead).post(reverse("threads:new", args=[group.slug]), sent, follow=True).text
    assert "What you write is approved first for a while" in waits and "Only leads" not in waits
    waiting = Waiting.objects.get()
    group.memberships.update(role="member")
    answered = browser(staff).post(waiting.get_absolute_url(), {"approve": "1"}, follow=True).text
    assert "Its writer starts no discussions here any more" in answered and "You can reply" not in answered
    group.memberships.update(role="lead")
    browser(staff).post(waiting.get_absolute_url(), {"approve": "1"})
    assert Thread.objects.filter(title="Survey").exists()


def test_they_approve_nobody_elses(group, thread, member, lead, is_vetted):
    group.approves_first = 1
    group.save()
    reply(member, thread)
    browser(lead).post(Waiting.objects.get().get_absolute_url(), {"approve": "1"})
    assert Post.objects.filter(author=member).exists() is not is_vetted
