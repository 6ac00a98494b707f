"""Narrowing a search: by kind, person and time, by exact phrases, newest first; a title is one hit and not many."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from django.urls import reverse
from django.utils import timezone

from groups.search.models import Record
from groups.threads.models import Move
from realtime.chat.models import Room
from tests import make


@pytest.fixture
def thread(group, lead):
    return make.thread(group, lead, "Brass in a low hall", body="Practice mutes help most.", kind="question")


@pytest.fixture
def search(client, member):
    client.force_login(member)
    return lambda words, **asked: client.get(reverse("search:results"), {"q": words, **asked})


def found(answer):
    return re.findall(r'<li class="hit">\s*<h2><a class="(?:plain|doc-title)" href="([^"]+)">', answer.content.decode())


def test_a_title_is_found_once_and_replies_only_by_their_own_words(search, thread, member):
    replies = [thread.reply(member.affiliations.get(), f"Reply {number}, with foam.") for number in range(3)]
    first = thread.posts.get(number=1).get_absolute_url()
    assert found(search("brass low hall")) == [first]
    assert set(found(search("brass foam"))) == {each.get_absolute_url() for each in replies}
    assert found(search("hall mutes")) == [first]


def test_what_was_looked_for_is_marked_in_the_title_too(search, thread):
    page = search("hall mutes").content.decode()
    assert "Brass in a low <mark>hall</mark>" in page and "Practice <mark>mutes</mark>" in page
    assert "<span>Question</span>" in page


def test_the_kinds_can_be_looked_for_alone(search, thread, group, lead, member):
    reply = thread.reply(member.affiliations.get(), "My mutes are lost.")
    paper = make.document(group, lead, title="Mutes for brass")
    said = Room.of(group).say(lead, "Who has mutes?", "key", lead.affiliations.get())
    each = {
        "discussions": thread.posts.get(number=1),
        "replies": reply,
        "documents": paper,
        "messages": said,
    }
    for kind, thing in each.items():
        assert found(search("mutes", kind=kind)) == [thing.get_absolute_url()], kind
    assert len(found(search("mutes"))) == 4
    assert search("mutes", kind="people").status_code == 422


def test_words_in_quotes_stand_one_after_the_other(search, thread, group, lead):
    other = make.thread(group, lead, "Halls", body="A hall which is low.").posts.get()
    assert len(found(search("low hall"))) == 2
    first = thread.posts.get().get_absolute_url()
    for words in ('"low hall"', "“low hall”", '"low hall" brass', 'brass "low hall"', '"a low hall"'):
        assert found(search(words)) == [first], words
    assert other.get_absolute_url() not in found(search('"low ha"'))
    for words in ('"', '""', '"low', 'low"', '"!" "', '"low "hall"'):
        assert search(words).status_code == 200, words


def test_what_one_person_wrote_is_found_by_handle_or_name(search, thread, member, lead):
    reply = thread.reply(member.affiliations.get(), "My mutes are lost.")
    for name in (member.handle, f"@{member.handle}", member.name.upper()):
        assert found(search("mutes", by=name)) == [reply.get_absolute_url()], name
    assert found(search("mutes", by=lead.handle)) == [thread.posts.get(number=1).get_absolute_url()]
    answer = search("mutes", by="nobody-at-all")
    assert answer.status_code == 422 and "Nobody here goes by that name" in answer.content.decode()
    assert found(answer) == []


def test_whoever_wrote_without_a_name_is_found_by_no_name(search, thread, group, member):
    group.allows_masked = True
    group.save()
    post = thread.nameless().reply(member.affiliations.get(), "My mutes were stolen.")
    assert found(search("stolen")) == [post.get_absolute_url()]
    assert found(search("stolen", by=member.handle)) == []
    assert search("stolen", by="-").status_code == 422
    assert Record.objects.get(thing_id=post.pk).author is None


def test_a_person_s_words_in_a_group_one_may_not_see_are_not_found_by_name(search, lead):
    sealed = make.group("Sealed", visibility="hidden", joining="invite")
    make.place(sealed, lead)
    make.thread(sealed, lead, "Mutes", body="mutes")
    assert found(search("mutes", by=lead.handle)) == []


def test_a_time_can_be_given_to_the_day(search, thread):
    day = dt.datetime(2026, 3, 10, 23, 30, tzinfo=timezone.get_default_timezone())
    Record.objects.update(at=day)
    for asked, count in (
        ({"since": "2026-03-10"}, 1),
        ({"since": "2026-03-11"}, 0),
        ({"until": "2026-03-10"}, 1),
        ({"until": "2026-03-09"}, 0),
        ({"since": "2026-03-10", "until": "2026-03-10"}, 1),
    ):
        assert len(found(search("mutes", **asked))) == count, asked
    for asked in ({"since": "yesterday"}, {"until": "2026-02-30"}, {"since": "2026-03-10", "until": "2026-03-09"}):
        assert search("mutes", **asked).status_code == 422, asked
    for asked in ({"since": "0001-01-01"}, {"until": "9999-12-31"}):
        assert search("mutes", **asked).status_code in {200, 422}, asked


def test_the_newest_come_first_if_asked(search, group, lead):
    old = make.thread(group, lead, "Mutes mutes", body="mutes mutes mutes").posts.get()
    new = make.thread(group, lead, "Other", body="Some mutes among many other words to read").posts.get()
    Record.objects.filter(thing_id=old.pk).update(at=timezone.now() - dt.timedelta(days=3))
    assert found(search("mutes"))[0] == old.get_absolute_url()
    assert found(search("mutes", sort="new")) == [new.get_absolute_url(), old.get_absolute_url()]


def test_what_was_moved_into_another_discussion_is_part_of_it(search, thread, group, lead, member):
    reply = thread.reply(member.affiliations.get(), "Something about ukuleles.")
    Move.split(thread, [reply.number], "Ukuleles at last", lead)
    reply.refresh_from_db()
    assert found(search("ukuleles last")) == [reply.get_absolute_url()]
    assert found(search("at last", kind="discussions")) == [reply.get_absolute_url()]
    assert found(search("brass ukuleles")) == []


def test_pages_keep_what_was_asked(search, group, lead):
    for number in range(25):
        make.thread(group, lead, f"Tune {number}", body="mutes")
    page = search("mutes", kind="discussions", sort="new", by=lead.handle).content.decode()
    link = re.search(r'href="(\?[^"]*page=2[^"]*)"', page)[1]
    assert all(part in link for part in ("kind=discussions", "sort=new", f"by={lead.handle}"))
    assert '<details class="unfold" open>' in page
