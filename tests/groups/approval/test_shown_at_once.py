"""What is shown as soon as it is sent: where words would wait elsewhere, it does not take them, and loses none."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from community.moderation.models import WatchWord
from community.moderation.models.watch import KNOWN, plain_words
from groups.documents.models import Comment
from groups.models import EVERY_POST
from groups.threads.models import Thread
from tests import make

pytestmark = pytest.mark.django_db
LINKS = "Look: https://a.example/1 https://b.example/2 www.c.example and http://d.example"


def browser(member: Any) -> Client:
    client = Client()
    client.force_login(member)
    return client


def post(member: Any, url: str, **said: Any) -> Any:
    return browser(member).post(url, said)


def watch(does: str, words: str) -> None:
    WatchWord.objects.create(words=words, plain=plain_words(words), does=does)
    cache.delete(KNOWN)


def approve_all(group: Any) -> None:
    group.approves_first = EVERY_POST
    group.save()


# ── Sections of a consultation ───────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def consultation(group, member) -> Thread:
    closes = timezone.now() + dt.timedelta(days=2)
    thread = Thread(group=group, title="Curriculum", kind=Thread.Kind.CONSULTATION, closes_at=closes)
    thread.first_sections = ["Singing"]
    return thread.start(member.affiliations.get(), "What do you think?").thread


@pytest.fixture
def sections(consultation) -> tuple[str, str]:
    """Where one is added, and where the first is changed."""
    where = [consultation.group.slug, consultation.pk]
    return reverse("threads:add-section", args=where), reverse("threads:edit-section", args=[*where, 1])


def test_where_every_post_waits_a_section_is_written_by_those_alone_who_approve(sections, consultation, member, lead):
    approve_all(consultation.group)
    for url in sections:
        refused = post(member, url, title="Mine", body="All my words")
        assert refused.status_code == 403
        assert "a section cannot wait" in refused.content.decode()
    assert [each.title for each in consultation.sections.all()] == ["Singing"]
    for url in sections:
        assert post(lead, url, title="Composing", body="").status_code == 302
    assert [each.title for each in consultation.sections.all()] == ["Composing", "Composing"]


@pytest.mark.parametrize("said", [{"title": "Buy crypto", "body": ""}, {"title": "Buy", "body": "crypto"}])
def test_a_section_takes_no_word_that_would_wait_and_no_advert(sections, consultation, member, lead, said):
    watch("hold", "crypto")
    for url in sections:
        refused = post(member, url, **said)
        assert (refused.status_code, "crypto" in refused.content.decode()) == (422, True)
        refused = post(member, url, title="Links", body=LINKS)
        assert (refused.status_code, "https://b.example/2" in refused.content.decode()) == (422, True)
        assert "cannot wait for approval" in refused.content.decode()
    assert [each.title for each in consultation.sections.all()] == ["Singing"]
    for url in sections:
        assert post(lead, url, **said).status_code == 302
        assert post(member, url, title="Plain", body="Good words").status_code == 302


def test_a_section_asks_once_about_a_word_to_think_about(sections, consultation, member):
    watch("ask", "idiot")
    add, _change = sections
    assert post(member, add, title="An idiot", body="").status_code == 422
    assert post(member, add, title="An idiot", body="").status_code == 302


def test_titles_of_sections_are_looked_at_when_a_consultation_is_sent(group, member):
    watch("hold", "crypto")
    closes = timezone.localtime(timezone.now() + dt.timedelta(days=2)).strftime("%Y-%m-%dT%H:%M")
    said = {"title": "Draft", "kind": "consultation", "body": "What?", "closes_at": closes, "key": "k1"}
    post(member, reverse("threads:new", args=[group.slug]), sections="Singing\nCrypto for all", **said)
    assert not Thread.objects.filter(title="Draft").exists()


# ── Changing what is shown ───────────────────────────────────────────────────────────────────────────────────────────


def test_where_every_post_waits_whoever_would_correct_one_reads_what_they_can_do(group, member, lead):
    thread = make.thread(group, lead)
    mine = thread.reply(member.affiliations.get(), "Good morning")
    document = make.document(group, lead)
    comment = Comment.say(document, member, "Good morning")
    approve_all(group)
    comment_url = reverse("documents:edit_comment", args=[group.slug, document.pk, comment.pk])
    for url in (f"{mine.deeds_url}edit/", comment_url):
        refused = post(member, url, body="Good evening", edition="1")
        assert refused.status_code == 403
        assert "so an approved one stays as it is" in refused.content.decode()


@pytest.fixture(params=["post", "comment"])
def written(request, group, member, lead) -> tuple[Any, str]:
    """What a newcomer wrote, and where they change it."""
    if request.param == "post":
        made: Any = make.thread(group, lead).reply(member.affiliations.get(), "Good morning")
        return made, f"{made.deeds_url}edit/"
    document = make.document(group, lead)
    made = Comment.say(document, member, "Good morning")
    return made, reverse("documents:edit_comment", args=[group.slug, document.pk, made.pk])


def test_a_newcomer_changes_no_advert_into_what_is_shown_and_keeps_their_words(written, member):
    made, url = written
    refused = post(member, url, body=LINKS, edition="1")
    assert (refused.status_code, "https://b.example/2" in refused.content.decode()) == (422, True)
    assert "This is shown already" in refused.content.decode()
    made.refresh_from_db()
    assert made.body == "Good morning"
    assert post(member, url, body="See https://a.example/1", edition="1").status_code == 302


def test_links_that_stood_there_before_stop_no_correction_but_one_more_does(written, member):
    made, url = written
    type(made).objects.filter(pk=made.pk).update(body=LINKS)
    assert post(member, url, body=f"{LINKS} and https://e.example", edition="1").status_code == 422
    assert post(member, url, body=f"{LINKS}!", edition="1").status_code == 302


def test_a_check_of_the_site_is_asked_about_a_changed_text_too(settings, written, member):
    settings.OUTSIDE_CHECK = "tests.groups.approval.test_doubts.doubts_pence"
    _made, url = written
    assert post(member, url, body="Two pence each", edition="1").status_code == 422
    assert post(member, url, body="Good evening", edition="1").status_code == 302


def test_the_same_words_are_not_changed_into_a_second_place(group, written, member, lead):
    _made, url = written
    long = "We lend forty ukuleles to any school that asks before the end of term."
    other = make.thread(group, lead, "Another")
    post(member, reverse("threads:reply", args=[group.slug, other.pk]), body=long, key="k9")
    assert post(member, url, body=long, edition="1").status_code == 422


def test_the_owner_of_a_document_describes_it_in_words_that_are_shown_at_once(group, member):
    document = make.document(group, member)
    url = reverse("documents:edit", args=[group.slug, document.pk])
    facts = {name: value or "" for name, value in browser(member).get(url).context["form"].initial.items()}
    watch("hold", "crypto")
    refused = post(member, url, **(facts | {"summary": "Buy crypto"}))
    assert (refused.status_code, "Buy crypto" in refused.content.decode()) == (422, True)
    assert post(member, url, **(facts | {"summary": "For every school"})).status_code == 302
    approve_all(group)
    assert post(member, url, **(facts | {"summary": "Another"})).status_code == 403
    document.refresh_from_db()
    assert document.summary == "For every school"
