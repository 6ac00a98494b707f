"""Choosing tags: on a new discussion, and later; shown in the row and the head, also to whoever is looking now."""

import pytest
from django.urls import reverse

from community import live
from groups.threads.models import Thread
from tests import make


@pytest.fixture
def brass(group):
    return make.tag("brass", group)


def tag(reader, thread, *tags):
    return reader.does("tags", thread, tags=[tag.pk for tag in tags])


def test_a_new_discussion_is_given_tags(enter, group, member, brass):
    shared = make.tag("strings")
    assert enter(member).starts(group, tags=[brass.pk, shared.pk]).status_code == 302
    thread = Thread.objects.get()
    assert {tag.name for tag in thread.tags.all()} == {"brass", "strings"}
    page = enter(member).lists(group).content.decode()
    assert f'href="{reverse("threads:list", args=[group.slug])}?tag=brass"' in page
    assert "?tag=strings" in enter(member).reads(thread).content.decode()


def test_at_most_five_and_what_was_typed_is_kept(enter, group, member):
    tags = [make.tag(f"word {number}", group).pk for number in range(6)]
    answer = enter(member).starts(group, tags=tags, body="An hour of typing")
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "Choose at most 5 tags" in page and "An hour of typing" in page
    assert page.count("checked") == 6
    assert enter(member).starts(group, tags=tags[:5]).status_code == 302


@pytest.mark.parametrize("kind", ["of another group", "retired", "never was"])
def test_only_what_is_offered_can_be_chosen(enter, group, member, brass, lead, kind):
    other = make.tag("winds", make.group() if kind == "of another group" else group)
    if kind == "retired":
        other.retire(lead)
    wrong = 10**9 if kind == "never was" else other.pk
    assert enter(member).starts(group, tags=[brass.pk, wrong]).status_code == 422
    assert not Thread.objects.exists()
    assert enter(member).starts(group, tags=[brass.pk]).status_code == 302


def test_author_and_leads_choose_anew_and_nobody_else(enter, group, lead, member, observer, outsider, brass):
    thread = make.thread(group, member)
    assert tag(enter(observer), thread, brass).status_code == 403
    assert tag(enter(outsider), thread, brass).status_code == 404
    other = make.person()
    make.place(group, other)
    assert tag(enter(other), thread, brass).status_code == 403
    assert not thread.tags.exists()
    assert tag(enter(member), thread, brass).status_code == 302
    assert list(thread.tags.all()) == [brass]
    assert tag(enter(lead), thread).status_code == 302
    assert not thread.tags.exists()


def test_what_is_retired_can_stay_but_not_come_anew(enter, group, lead, brass):
    thread, other = make.thread(group, lead, tags=[brass]), make.thread(group, lead)
    brass.retire(lead)
    assert tag(enter(lead), thread, brass, make.tag("winds", group)).status_code == 302
    assert thread.tags.count() == 2
    assert tag(enter(lead), other, brass).status_code == 422


def test_open_pages_follow(group, lead, member, brass):
    thread = make.thread(group, member)
    before = live.head(group.stream), live.head(live.stream_of(thread))
    thread.tag(lead, [brass])
    (told,) = live.since(group.stream, before[0])
    assert (told["verb"], told["id"]) == ("replace", f"thread-{thread.pk}") and "?tag=brass" in told["html"]
    assert [(each["verb"], each["target"]) for each in live.since(live.stream_of(thread), before[1])] == [
        ("refresh", "thread-head")
    ]
