"""A form that is sent again with other words, while something waits or was declined: none of them are lost."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from community.drafts.models import Draft
from groups.approval.models import Waiting
from groups.documents.models import Comment, Document
from groups.models import EVERY_POST
from groups.threads.models import Post, Thread
from tests import make

pytestmark = pytest.mark.django_db
KEY = "7f6f4b1e-63f5-4c3a-93c8-0a7a3f0f8f11"


@pytest.fixture
def home(group) -> Any:
    group.approves_first = EVERY_POST
    group.save()
    return group


@pytest.fixture(params=["post", "comment"])
def into(request, home, lead) -> Thread | Document:
    return make.thread(home, lead) if request.param == "post" else make.document(home, lead)


def browser(member: Any) -> Client:
    client = Client()
    client.force_login(member)
    return client


def send(member: Any, into: Thread | Document, body: str, key: str = KEY) -> Any:
    door = "threads:reply" if isinstance(into, Thread) else "documents:say"
    place = f"reply:threads.thread-{into.pk}" if isinstance(into, Thread) else f"comment:documents.document-{into.pk}"
    said = {"body": body, "key": key, "place": place, "sequence": "0"}
    return browser(member).post(reverse(door, args=[into.group.slug, into.pk]), said)


def bodies() -> list[str]:
    return [waiting.body for waiting in Waiting.objects.order_by("pk")]


def test_other_words_come_back_with_a_key_of_their_own_and_wait_when_sent_again(into, member):
    send(member, into, "The first text")
    refused = send(member, into, "Another text")
    page = refused.content.decode()
    assert (refused.status_code, "Another text" in page, KEY in page) == (422, True, False)
    assert bodies() == ["The first text"]
    assert send(member, into, "The first text").url == Waiting.objects.get().get_absolute_url()


def test_of_what_was_declined_other_words_wait_anew_and_a_second_click_adds_nothing(into, member, lead):
    send(member, into, "The first text")
    declined = Waiting.objects.get()
    browser(lead).post(declined.get_absolute_url(), {"decline": "1", "reason": "Please name no school."})
    assert send(member, into, "The first text").url == declined.get_absolute_url()
    for _click in range(2):
        answered = send(member, into, "A better text")
        assert answered.url == Waiting.objects.get(declined_at=None).get_absolute_url()
    assert bodies() == ["The first text", "A better text"]
    browser(lead).post(Waiting.objects.get(declined_at=None).get_absolute_url(), {"approve": "1"})
    send(member, into, "A better text")
    assert bodies() == ["The first text"]
    made = Post.objects.filter(author=member) if isinstance(into, Thread) else Comment.objects.filter(author=member)
    assert [each.body for each in made] == ["A better text"]


def test_a_draft_ends_with_the_words_that_were_taken_and_with_no_others(into, member):
    place = f"reply:threads.thread-{into.pk}" if isinstance(into, Thread) else f"comment:documents.document-{into.pk}"
    send(member, into, "The first text")
    Draft.bring_back(member, place, {"body": "Another text"})
    send(member, into, "Another text")
    assert Draft.of(member, place).fields["body"] == "Another text"


def test_a_key_in_its_long_writing_is_the_same_key(home, member, lead):
    document = make.document(home, lead)
    for key in (f"urn:uuid:{KEY}", KEY, KEY.replace("-", "")):
        send(member, document, "The same text", key)
    assert Waiting.objects.get().client_key == KEY
