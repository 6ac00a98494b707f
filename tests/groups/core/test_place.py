"""Someone is taken out of a group while their form is on its way: what is not done by then is not done."""

from __future__ import annotations

import datetime as dt
import threading
import time
from collections.abc import Callable

import pytest
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from community.responses.models import Reaction
from groups.documents.models import Document
from groups.models import Role
from groups.threads.models import Post, Thread
from realtime.chat.models import Message
from tests import make
from tests.groups.documents.door import send_new

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _rows_of_their_own():
    if connection.vendor == "sqlite" and connection.is_in_memory_db():
        pytest.skip("needs connections of their own, which an in-memory database does not have")


def while_deciding(decide: Callable[[], None], send: Callable[[], object]) -> object:
    """Send while a decision is made and not yet committed; what the sender was answered."""
    begun = threading.Event()

    def other() -> None:
        try:
            with transaction.atomic():
                decide()
                begun.set()
                time.sleep(0.6)
        finally:
            connection.close()

    deciding = threading.Thread(target=other)
    deciding.start()
    begun.wait(5)
    try:
        return send()
    finally:
        deciding.join()


def writes(group, thread):
    """Each way to write into the group: its address, what is sent, and what would be there afterwards."""
    say = f"{thread.posts.get().subject}:helpful"
    return [
        (reverse("responses:respond"), {"say": say, "on": "1"}, Reaction.objects.all()),
        (reverse("threads:reply", args=[group.slug, thread.pk]), {"body": "In time?"}, Post.objects.filter(number=2)),
        (
            reverse("threads:new", args=[group.slug]),
            {"title": "In time?", "kind": "discussion", "body": "In time?"},
            Thread.objects.exclude(pk=thread.pk),
        ),
        (reverse("chat:say", args=[group.slug]), {"body": "In time?", "key": "k1"}, Message.objects.all()),
    ]


@pytest.mark.parametrize("way", range(4), ids=["react", "reply", "new", "say"])
@pytest.mark.parametrize("loss", ["removed", "suspended", "left the organisation", "made an observer"])
def test_whoever_loses_their_place_meanwhile_writes_nothing(group, lead, member, way, loss):
    thread = make.thread(group, lead)
    client = Client()
    client.force_login(member)
    url, fields, written = writes(group, thread)[way]
    client.get(group.get_absolute_url())
    tie = member.affiliations.get()
    decisions = {
        "removed": lambda: group.remove(member, by=lead),
        "suspended": lambda: member.suspend(timezone.now() + dt.timedelta(days=1)),
        "left the organisation": tie.end,
        "made an observer": lambda: group.admit(tie, Role.OBSERVER, dt.date(2099, 1, 1), by=lead),
    }
    answer = while_deciding(decisions[loss], lambda: client.post(url, fields))
    assert answer.status_code in {403, 404}
    assert not written.exists()


@pytest.mark.parametrize("way", range(4), ids=["react", "reply", "new", "say"])
def test_whoever_keeps_their_place_writes(group, lead, member, way):
    thread = make.thread(group, lead)
    client = Client()
    client.force_login(member)
    url, fields, written = writes(group, thread)[way]
    answer = while_deciding(lambda: group.remove(make_other(group), by=lead), lambda: client.post(url, fields))
    assert answer.status_code == 302
    assert written.count() == 1


def test_a_lead_who_is_taken_down_meanwhile_shares_no_document(group, lead, member):
    make.place(group, make.person("second-lead"), Role.LEAD)
    client = Client()
    client.force_login(lead)
    tie = lead.affiliations.get()
    answer = while_deciding(lambda: group.admit(tie, Role.MEMBER), lambda: send_new(client, group))
    assert (answer.status_code, Document.objects.count()) == (403, 0)


@pytest.mark.parametrize("deed", ["close", "pin", "archive", "accept", "mark"])
def test_a_lead_who_is_taken_down_meanwhile_looks_after_nothing(group, lead, member, deed):
    make.place(group, make.person("second-lead"), Role.LEAD)
    thread = make.thread(group, member, kind="question")
    post = thread.reply(member.affiliations.get(), "An answer")
    place = [group.slug, thread.pk, *([post.number] if deed in {"accept", "mark"} else [])]
    url, fields, client = reverse(f"threads:{deed}", args=place), {"mark": "decision"}, Client()
    client.force_login(lead)
    before = facts(thread)
    answer = while_deciding(lambda: group.admit(lead.affiliations.get(), Role.MEMBER), lambda: client.post(url, fields))
    assert (answer.status_code, facts(thread)) == (403, before)
    group.admit(lead.affiliations.get(), Role.LEAD)
    assert client.post(url, fields).status_code == 302
    assert facts(thread) != before


def facts(thread):
    now, posts = Thread.objects.get(pk=thread.pk), thread.posts.order_by("number")
    return now.is_closed, now.is_pinned, now.archived_at, [(post.accepted_at, post.mark) for post in posts]


def make_other(group):
    other = make.person()
    make.place(group, other)
    return other
