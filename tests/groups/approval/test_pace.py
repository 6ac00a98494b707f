"""Slow mode and quiet hours: who may write when, and that nothing typed is lost."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from community.models import Entry
from community.moderation.models import Act, Ruling
from groups.approval.models import Waiting
from groups.threads.models import Post, Thread
from realtime.chat.models import Room
from tests import make

pytestmark = pytest.mark.django_db
WORDS = "Practice mutes on Mondays"


def browser(member: Any) -> Client:
    client = Client()
    client.force_login(member)
    return client


@pytest.fixture
def thread(group, lead) -> Thread:
    return make.thread(group, lead)


def reply(member: Any, thread: Thread, body: str = WORDS, key: str = "key-1") -> Any:
    url = reverse("threads:reply", args=[thread.group.slug, thread.pk])
    return browser(member).post(url, {"body": body, "key": key})


def say(member: Any, room: Room, body: str, key: str) -> Any:
    url = reverse("chat:say-other", args=[room.group.slug, room.pk])
    return browser(member).post(url, {"body": body, "key": key}, headers={"Accept": "application/json"})


def quiet_now(group: Any) -> None:
    here = timezone.localtime(timezone=timezone.get_default_timezone())
    group.quiet_from = (here - dt.timedelta(hours=1)).time()
    group.quiet_until = (here + dt.timedelta(hours=1)).time()
    group.save()


def test_in_slow_mode_each_writes_once_and_reads_when_again_with_their_text(thread, lead, member, outsider):
    browser(lead).post(reverse("threads:slow", args=[thread.group.slug, thread.pk]), {"slow": "900"})
    make.place(thread.group, outsider)
    reply(member, thread)
    reply(outsider, thread)
    refused = reply(member, thread, "One thing more", "key-2")
    assert refused.status_code == 403
    page = refused.content.decode()
    assert "You can write again at" in page
    assert "One thing more" in page
    assert [post.author for post in thread.posts.order_by("number")[1:]] == [member, outsider]
    assert "You can write again at" in browser(member).get(thread.get_absolute_url()).content.decode()
    Post.objects.filter(author=member).update(posted_at=timezone.now() - dt.timedelta(minutes=16))
    reply(member, thread, "One thing more", "key-2")
    assert Post.objects.filter(author=member).count() == 2


def test_slow_mode_knows_who_wrote_without_a_name(group, thread, lead, member):
    group.allows_masked = True
    group.save()
    thread.slow_down(lead, 900)
    url = reverse("threads:reply", args=[group.slug, thread.pk])
    browser(member).post(url, {"body": WORDS, "key": "key-1", "masked": "on"})
    assert browser(member).post(url, {"body": "Again", "key": "key-2", "masked": "on"}).status_code == 403


def test_leads_and_staff_are_exempt_and_a_repeat_is_no_second_post(thread, lead, member):
    thread.slow_down(lead, 900)
    for number in range(2):
        reply(lead, thread, f"Said {number}", f"key-lead-{number}")
    assert Post.objects.filter(author=lead, number__gt=1).count() == 2
    reply(member, thread)
    assert reply(member, thread).status_code == 302
    assert Post.objects.filter(author=member).count() == 1


def test_only_who_looks_after_a_discussion_slows_it(thread, lead, member):
    url = reverse("threads:slow", args=[thread.group.slug, thread.pk])
    assert browser(member).post(url, {"slow": "900"}).status_code == 403
    assert browser(lead).post(url, {"slow": "7"}).status_code == 422
    assert browser(lead).post(url, {"slow": "60"}).status_code == 302
    thread.refresh_from_db()
    assert thread.slow == 60


def test_a_room_is_slowed_in_its_settings_and_says_when_again(group, lead, member):
    room = Room.add(lead, group, {"name": "Spreadsheets", "slow": 300})
    assert say(member, room, "One", "k1").status_code == 200
    assert say(member, room, "One", "k1").status_code == 200
    refused = say(member, room, "Two", "k2")
    assert (refused.status_code, "You can write again at" in refused.json()["why"]) == (403, True)
    assert say(lead, room, "Two", "k3").status_code == 200
    page = browser(lead).get(reverse("chat:settings", args=[group.slug, room.pk])).content.decode()
    assert "Each person writes" in page
    assert "You can write again at" in browser(member).get(room.get_absolute_url()).content.decode()


def test_staff_slow_a_discussion_by_a_decision_and_undo_it_exactly(thread, member, staff):
    post = thread.reply(member.affiliations.get(), "You are all fools.")
    decision = post.decide(staff, Ruling(Act.SLOW, "It gets heated.", "2.1"))
    thread.refresh_from_db()
    assert thread.slow == 900
    assert Entry.objects.filter(act="slow", subject=post.subject).exists()
    Post.objects.get(pk=post.pk).undo(decision, staff, "It is calm again.")
    thread.refresh_from_db()
    assert thread.slow == 0


def test_staff_slow_a_room_because_of_a_message(group, member, staff, lead):
    room = Room.of(group)
    said = room.say(member, "You are all fools.", "k1", member.affiliations.get())
    decision = said.decide(staff, Ruling(Act.SLOW, "It gets heated.", "2.1"))
    assert say(member, room, "Indeed", "k2").status_code == 403
    said.undo(decision, staff, "It is calm again.")
    assert say(member, room, "Indeed", "k2").status_code == 200


def test_in_quiet_hours_nobody_but_leads_writes_and_all_are_told_until_when(group, thread, lead, member):
    quiet_now(group)
    refused = reply(member, thread)
    assert refused.status_code == 403
    page = refused.content.decode()
    assert "Quiet hours" in page
    assert WORDS in page
    begun = {"title": "Ukuleles", "kind": "question", "body": WORDS, "key": "key-3"}
    assert browser(member).post(reverse("threads:new", args=[group.slug]), begun).status_code == 403
    assert say(member, Room.of(group), "Hello", "k1").status_code == 403
    document = make.document(group, lead)
    comment = {"body": WORDS, "key": "7f6f4b1e-63f5-4c3a-93c8-0a7a3f0f8f11"}
    url = reverse("documents:say", args=[group.slug, document.pk])
    assert browser(member).post(url, comment).status_code == 403
    assert reply(lead, thread).status_code == 302
    assert not Post.objects.filter(author=member).exists()


def test_in_quiet_hours_one_reads_and_the_forms_are_there_to_draft(group, thread, member):
    quiet_now(group)
    page = browser(member).get(thread.get_absolute_url()).content.decode()
    assert "Quiet hours" in page
    assert 'name="body"' in page
    assert browser(member).get(reverse("threads:new", args=[group.slug])).status_code == 200


def test_what_waits_is_approved_also_in_quiet_hours_and_slow_mode(group, thread, lead, member):
    group.approves_first = 1
    group.save()
    reply(member, thread)
    quiet_now(group)
    thread.slow_down(lead, 900)
    browser(lead).post(Waiting.objects.get().get_absolute_url(), {"approve": "1"})
    assert Post.objects.get(author=member).body == WORDS


@pytest.mark.parametrize(
    ("begin", "end", "now", "over"),
    [
        ("20:00", "07:00", "2026-11-02 22:30", "2026-11-03 07:00"),
        ("20:00", "07:00", "2026-11-03 06:59", "2026-11-03 07:00"),
        ("20:00", "07:00", "2026-11-03 07:00", None),
        ("20:00", "07:00", "2026-10-24 23:00", "2026-10-25 07:00"),  # the clocks go back that night
        ("20:00", "07:00", "2026-03-28 23:00", "2026-03-29 07:00"),  # and forward that one
        ("12:00", "13:00", "2026-07-01 12:00", "2026-07-01 13:00"),
        ("12:00", "13:00", "2026-07-01 11:59", None),
    ],
)
def test_quiet_hours_go_by_the_clock_on_the_wall(begin, end, now, over):
    here = timezone.get_default_timezone()
    group = make.Group(quiet_from=dt.time.fromisoformat(begin), quiet_until=dt.time.fromisoformat(end))
    moment = timezone.make_aware(dt.datetime.fromisoformat(now), here)
    expected = over and timezone.make_aware(dt.datetime.fromisoformat(over), here)
    assert group.quiet_end(moment) == expected


def test_quiet_hours_need_both_ends(group, lead):
    url = reverse("groups:settings", args=[group.slug])
    fields = {k: v for k, v in browser(lead).get(url).context["form"].initial.items() if v is not None}
    assert browser(lead).post(url, fields | {"quiet_from": "20:00"}).status_code == 422
    assert browser(lead).post(url, fields | {"quiet_from": "20:00", "quiet_until": "07:00"}).status_code == 302
    group.refresh_from_db()
    assert group.quiet_until == dt.time(7)
