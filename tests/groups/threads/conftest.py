"""One thread, started by the group's lead, and the few things people do with it through its addresses."""

from __future__ import annotations

from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from community.members.models import Member
from groups.threads.models import Post, Thread
from tests import make


@pytest.fixture
def thread(group, lead) -> Thread:
    return make.thread(group, lead)


@pytest.fixture
def post(thread) -> Post:
    return thread.posts.get()


class Reader:
    """Somebody at a browser."""

    def __init__(self, client: Client, member: Member | None) -> None:
        self.client = client
        if member:
            client.force_login(member)

    def get(self, url: str, **query: Any) -> HttpResponse:
        return self.client.get(url, query)

    def reads(self, thread: Thread, **query: Any) -> HttpResponse:
        return self.client.get(thread.get_absolute_url(), query)

    def lists(self, group, **query: Any) -> HttpResponse:
        return self.client.get(reverse("threads:list", args=[group.slug]), query)

    def replies(self, thread: Thread, body: str = "Practice mutes help.", **more: Any) -> HttpResponse:
        headers = more.pop("headers", None)
        url = reverse("threads:reply", args=[thread.group.slug, thread.pk])
        return self.client.post(url, {"body": body, **more}, headers=headers)

    def starts(self, group, /, **fields: Any) -> HttpResponse:
        fields = {"title": "Ukuleles", "kind": "question", "body": "Who repairs 200 of them?", **fields}
        return self.client.post(reverse("threads:new", args=[group.slug]), fields)

    def edits(self, post: Post, body: str = "Changed", edition: int = 1) -> HttpResponse:
        return self.client.post(at(post, "edit"), {"body": body, "edition": edition})

    def removes(self, post: Post, **fields: Any) -> HttpResponse:
        return self.client.post(at(post, "remove"), fields)

    def does(self, deed: str, thread: Thread, **fields: Any) -> HttpResponse:
        return self.client.post(reverse(f"threads:{deed}", args=[thread.group.slug, thread.pk]), fields)


def at(post: Post, deed: str, *more: int) -> str:
    return reverse(f"threads:{deed}", args=[post.thread.group.slug, post.thread_id, post.number, *more])


@pytest.fixture
def enter():
    """`enter(member)`: that member at a browser of their own; `enter(None)`: nobody signed in."""
    return lambda member: Reader(Client(), member)
