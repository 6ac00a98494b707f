"""Staff decide about somebody while their form is on its way: what is not written by then is not written any more."""

from __future__ import annotations

import datetime as dt
import uuid
from itertools import product
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from community.moderation.models import Act, Ruling
from groups.documents.models import Comment, Proposal
from groups.threads.models import Post
from realtime.chat.models import Message, Room
from tests import make
from tests.groups.core.test_place import while_deciding
from tests.groups.documents.door import NEW, pdf

pytestmark = pytest.mark.django_db(transaction=True)
WAYS = ["reply", "new", "edit", "put back", "comment", "edit comment", "put comment back", "propose"]
WAYS += ["say", "say live", "edit message", "ask the leads", "take up"]
WAIT = {"reply", "new", "comment", "propose"}  # what is approved first waits; else it is refused

REFUSED = {"take up": 422}  # with the form, and why


@pytest.fixture(autouse=True)
def _rows_of_their_own():
    if connection.vendor == "sqlite" and connection.is_in_memory_db():
        pytest.skip("needs connections of their own, which an in-memory database does not have")


@pytest.fixture
def doors(group, lead, member) -> dict[str, tuple[str, dict[str, Any], Any]]:
    """Each way to put words before others: its address, what is sent, and how often it would stand there after."""
    thread, tie = make.thread(group, lead), member.affiliations.get()
    own, gone = thread.reply(tie, "As it was"), thread.reply(tie, "In time?")
    gone.remove(member)
    document = make.document(group, lead)
    remark, taken_back = Comment.say(document, member, "As it was"), Comment.say(document, member, "In time?")
    taken_back.remove()
    said = Room.of(group).say(member, "As it was", "k0", tie)
    posts = Post.objects.filter(body="In time?", deleted_at=None)
    comments, messages = (
        Comment.objects.filter(body="In time?", deleted_at=None),
        Message.objects.filter(body="In time?"),
    )
    words, key = {"body": "In time?"}, {"key": str(uuid.uuid4())}
    at = [group.slug, document.pk]
    new = {"title": "In time?", "kind": "discussion", **words}
    return {
        "reply": (reverse("threads:reply", args=[group.slug, thread.pk]), words, posts),
        "new": (reverse("threads:new", args=[group.slug]), new, posts),
        "edit": (f"{own.deeds_url}edit/", {**words, "edition": own.edition}, posts),
        "put back": (f"{gone.deeds_url}remove/", {"back": "1"}, posts),
        "comment": (reverse("documents:say", args=at), {**words, **key}, comments),
        "edit comment": (reverse("documents:edit_comment", args=[*at, remark.pk]), {**words, "edition": 1}, comments),
        "put comment back": (reverse("documents:remove_comment", args=[*at, taken_back.pk]), {"back": "1"}, comments),
        "propose": (
            reverse("documents:propose", args=[group.slug]),
            {**NEW, **key, "file": pdf()},
            Proposal.objects.all(),
        ),
        "say": (reverse("chat:say", args=[group.slug]), {**words, "key": "k1"}, messages),
        "say live": (reverse("chat:say", args=[group.slug]), {**words, "key": "k1"}, messages),
        "edit message": (reverse("chat:edit", args=[group.slug, said.pk]), words, messages),
        "ask the leads": (reverse("chat:ask", args=[group.slug, "leads"]), {**words, "key": "k1"}, messages),
        "take up": (
            reverse("chat:take-up", args=[group.slug]),
            {"m": said.pk, "title": "T", **words, "key": "k1"},
            posts,
        ),
    }


def browser(member: Any, way: str) -> Client:
    client = Client(headers={"Accept": "application/json"} if way == "say live" else {})
    client.force_login(member)
    return client


def decide(act: Act, member: Any, group: Any, staff: Any) -> None:
    about = make.thread(group, member, "Unkind").posts.get()
    about.decide(staff, Ruling(act, "Unkind", "2.1", timezone.now() + dt.timedelta(days=7)))


@pytest.mark.parametrize(
    "act, way", [*product([Act.SILENCE, Act.VET], WAYS), (Act.RESTRICT, "reply"), (Act.RESTRICT, "say")]
)
def test_whoever_is_kept_from_writing_meanwhile_puts_nothing_before_others(doors, group, member, staff, way, act):
    url, fields, there = doors[way]
    client, before = browser(member, way), there.count()
    answer = while_deciding(lambda: decide(act, member, group, staff), lambda: client.post(url, fields))
    if act == Act.VET and way in {"propose", "ask the leads", "put back", "put comment back"}:
        return  # read by leads first, or seen by others before
    assert there.count() == before
    assert answer.status_code == (302 if act == Act.VET and way in WAIT else REFUSED.get(way, 403))


@pytest.mark.parametrize("way", WAYS)
def test_whoever_is_warned_meanwhile_writes(doors, group, member, staff, way):
    url, fields, there = doors[way]
    client, before = browser(member, way), there.count()
    answer = while_deciding(lambda: decide(Act.WARN, member, group, staff), lambda: client.post(url, fields))
    assert answer.status_code in {200, 302}, answer.content.decode()[-2500:]
    assert there.count() == before + 1
