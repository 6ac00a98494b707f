"""Adverts of newcomers wait for a person to look; nothing is stopped, and nobody is."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from groups.approval.models import Waiting
from groups.threads.models import Post, Thread
from tests import make

pytestmark = pytest.mark.django_db
LINKS = "Look: https://a.example/1 https://b.example/2 www.c.example and http://d.example"
LONG = "We lend forty ukuleles to any school that asks before the end of term."


def doubts_pence(words: str) -> bool:
    """A check as a site could bring its own."""
    return "pence" in words


hung = threading.Event()


def hangs(words: str) -> bool:
    hung.wait()
    return False


def calls() -> list[threading.Thread]:
    """The calls to a check that have not ended."""
    return [each for each in threading.enumerate() if each.name == "outside-check"]


@pytest.fixture(autouse=True)
def _no_call_outlives_its_test() -> Iterator[None]:
    """Calls at a time are few in a process: one that still hung would take the place of the next test's."""
    hung.clear()
    yield
    end_calls()


def end_calls() -> None:
    hung.set()
    for each in calls():
        each.join()


def breaks(words: str) -> bool:
    raise OSError(words)


@pytest.fixture
def thread(group, lead) -> Thread:
    return make.thread(group, lead)


def reply(member: Any, thread: Thread, body: str, key: str = "key-1", **more: str) -> Any:
    client = Client()
    client.force_login(member)
    return client.post(
        reverse("threads:reply", args=[thread.group.slug, thread.pk]), {"body": body, "key": key, **more}
    )


def waits(member: Any) -> list[str]:
    return list(Waiting.objects.filter(author=member).order_by("pk").values_list("why", flat=True))


def test_many_links_of_somebody_new_wait_and_few_do_not(thread, member):
    reply(member, thread, LINKS.replace("http://d.example", "that is all"))
    assert Post.objects.filter(author=member).count() == 1
    reply(member, thread, LINKS, "key-2")
    assert waits(member) == ["links"]


def test_links_within_the_site_are_no_links_and_who_is_known_may_give_many(thread, member, lead):
    reply(member, thread, "See http://localhost:8000/1 http://localhost:8000/2 http://localhost:8000/3 and /4 /5")
    for number in range(3):
        thread.reply(member.affiliations.get(), f"Said {number}")
    reply(member, thread, LINKS, "key-2")
    reply(lead, thread, LINKS, "key-3")
    assert not Waiting.objects.exists()


def test_the_same_words_in_a_second_place_wait_and_in_the_same_place_do_not(group, thread, member, lead):
    other = make.thread(group, lead, "Another")
    reply(member, thread, LONG)
    reply(member, thread, LONG, "key-2")
    assert waits(member) == []
    reply(member, other, f"**{LONG.upper()}**", "key-3")
    assert waits(member) == ["twice"]


def test_thanks_may_be_said_everywhere_and_leads_may_repeat_themselves(group, thread, member, lead):
    other = make.thread(group, lead, "Another")
    for number, each in enumerate([thread, other]):
        reply(member, each, "Thank you!", f"key-{number}")
        reply(lead, each, LONG, f"key-lead-{number}")
    assert not Waiting.objects.exists()


def test_a_check_of_the_site_makes_a_newcomers_words_wait(settings, thread, member):
    settings.OUTSIDE_CHECK = f"{__name__}.doubts_pence"
    reply(member, thread, "Two pence each")
    reply(member, thread, "Good morning", "key-2")
    assert waits(member) == ["check"]
    assert Post.objects.get(author=member).body == "Good morning"


@pytest.mark.parametrize("check", ["hangs", "breaks", "is_nowhere"])
def test_where_the_check_fails_a_person_looks_and_nothing_is_lost(settings, monkeypatch, caplog, thread, member, check):
    monkeypatch.setattr("groups.approval.doubts.WAIT", 0.2)
    settings.OUTSIDE_CHECK = f"{__name__}.{check}"
    reply(member, thread, "Good morning, private words")
    assert waits(member) == ["check"]
    assert "gave no answer" in caplog.text
    assert "private words" not in caplog.text


asked: list[str] = []


def notes(words: str) -> bool:
    asked.append(words)
    return False


@pytest.mark.parametrize("kept_here", ["confidential", "nameless"])
def test_words_of_confidential_groups_and_nameless_posts_never_leave_the_server(
    settings, group, thread, member, kept_here
):
    settings.OUTSIDE_CHECK = f"{__name__}.notes"
    asked.clear()
    reply(member, thread, "Good morning")
    assert len(asked) == 1
    group.is_confidential, group.allows_masked = kept_here == "confidential", True
    group.save()
    masked = {"masked": "on"} if kept_here == "nameless" else {}
    reply(member, thread, "Between us", "key-2", **masked)
    assert len(asked) == 1
    assert waits(member) == ["check"]


def test_while_two_calls_hang_nobody_waits_for_a_third_and_then_it_is_asked_again(
    settings, monkeypatch, member, thread
):
    monkeypatch.setattr("groups.approval.doubts.WAIT", 0.05)
    settings.OUTSIDE_CHECK = f"{__name__}.hangs"
    for number in range(3):
        reply(member, thread, f"Good morning {number}", f"key-{number}")
    assert waits(member) == ["check"] * 3
    assert [each.daemon for each in calls()] == [True, True]
    end_calls()
    settings.OUTSIDE_CHECK = f"{__name__}.doubts_pence"
    monkeypatch.setattr("groups.approval.doubts.WAIT", 30)
    reply(member, thread, "Good evening", "key-9")
    assert Post.objects.filter(author=member).count() == 1


def test_a_reply_to_the_wrong_discussion_undone_goes_to_the_right_one_at_once(group, thread, member, lead):
    right = make.thread(group, lead, "Another")
    reply(member, thread, LONG)
    client = Client()
    client.force_login(member)
    client.post(reverse("threads:undo", args=[group.slug, thread.pk, 2]))
    reply(member, right, LONG, "key-2")
    assert waits(member) == []
    assert right.posts.filter(author=member).count() == 1


def test_what_waited_and_was_taken_back_is_not_sent_twice(group, thread, member, lead):
    right = make.thread(group, lead, "Another")
    group.approves_first = 1
    group.save()
    reply(member, thread, LONG)
    Waiting.objects.get().take_back()
    group.approves_first = 0
    group.save()
    reply(member, right, LONG, "key-2")
    assert waits(member) == []
