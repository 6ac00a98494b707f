"""What the tests of approval do, through the doors that people use."""

from __future__ import annotations

from typing import Any

from django.test import Client
from django.urls import reverse

from groups.approval.models import Waiting
from groups.threads.models import Thread

WORDS = "Practice mutes on Mondays help a great deal."


def browser(member: Any) -> Client:
    client = Client()
    client.force_login(member)
    return client


def reply(member: Any, thread: Thread, body: str = WORDS, **more: Any) -> Any:
    url = reverse("threads:reply", args=[thread.group.slug, thread.pk])
    return browser(member).post(url, {"body": body, "key": "key-1", **more})


def answer(member: Any, waiting: Waiting, **said: str) -> Any:
    return browser(member).post(waiting.get_absolute_url(), said)
