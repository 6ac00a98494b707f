"""Words beside texts, such as names, notes and purposes, meet the list of staff as well, at every door."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from community.jobs import Worker
from community.moderation.models import Act, Case, Ruling, WatchWord
from groups.documents.models import Collection
from groups.tags.models import Tag
from groups.threads.models import Summary
from tests import make
from tests.groups.documents.door import NEW, pdf

pytestmark = pytest.mark.django_db(transaction=True)
ASKED = "Is that how you want to say it?"


def browser(member: Any) -> Client:
    client = Client()
    client.force_login(member)
    return client


@pytest.fixture
def watch(staff):
    def put(does: str, words: str = "Crypto") -> None:
        word = WatchWord(words=words, does=does)
        word.full_clean()
        word.keep(staff)

    return put


@pytest.fixture
def doors(group, lead, member) -> dict[str, tuple[str, dict[str, Any]]]:
    """Each address at which a lead puts words before others, and what is sent there."""
    here, thread, document = [group.slug], make.thread(group, lead), make.document(group, lead)
    thread.reply(member.affiliations.get(), "To be moved")
    talk = make.thread(group, lead, "Draft", kind="consultation", closes_at=timezone.now() + dt.timedelta(days=9))
    page, at = make.page(group, lead, "As it was"), [group.slug, document.pk]
    collection = Collection(group=group)
    collection.describe(lead, "Start here", "")
    tag, facts, due = Tag.add(lead, group, "brass"), {**NEW, "key": str(uuid.uuid4())}, timezone.localdate()
    room = {"name": "Agenda", "kind": "talk", "slow": "0"}
    return {
        "purpose": (reverse("groups:settings", args=here), {**_settings(group), "purpose": "Crypto"}),
        "tag": (reverse("tags:group", args=here), {"name": "crypto"}),
        "renamed tag": (reverse("tags:change", args=[*here, tag.pk]), {"name": "crypto fund"}),
        "summary": (reverse("threads:summary", args=[*here, thread.pk]), {"body": "All crypto", "number": "0"}),
        "section": (reverse("threads:add-section", args=[*here, talk.pk]), {"title": "Crypto costs", "body": ""}),
        "split": (reverse("threads:tidy", args=[*here, thread.pk]), {"post": "2", "title": "Crypto"}),
        "template": (reverse("templates:list", args=here), {"name": "Crypto", "body": "Words", "kind": ""}),
        "document": (reverse("documents:new", args=here), {**facts, "title": "Crypto"}),
        "its summary": (reverse("documents:edit", args=at), {**NEW, "summary": "Crypto", "edition": "1"}),
        "version": (reverse("documents:version", args=at), {"key": str(uuid.uuid4()), "note": "Crypto"}),
        "page": (
            reverse("documents:new_page", args=here),
            {**facts, "key": str(uuid.uuid4()), "summary": "Crypto", "body": "Words"},
        ),
        "page note": (
            reverse("documents:edit_page", args=[*here, page.pk]),
            {"body": "Else", "base": "1", "note": "Crypto"},
        ),
        "collection": (reverse("documents:new_collection", args=here), {"name": "Pack", "words": "Crypto"}),
        "item": (
            reverse("documents:add_to_collection", args=at),
            {"collection": collection.pk, "note": "Crypto, read first"},
        ),
        "folder": (reverse("documents:folders", args=here), {"name": "Crypto", "parent": ""}),
        "review": (
            reverse("documents:ask_review", args=at),
            {"others": member.handle, "due_on": str(due + dt.timedelta(days=9)), "words": "Crypto"},
        ),
        "room": (reverse("chat:new", args=here), {**room, "purpose": "Crypto"}),
    }


def _settings(group: Any) -> dict[str, Any]:
    said = {"purpose": group.purpose, "welcome": group.welcome, "hue": group.hue, "watch": group.watch}
    return said | {"mail_privacy": group.mail_privacy, "approves_first": "", "reactions": group.reactions}


def _send(client: Client, url: str, said: dict[str, Any]) -> Any:
    files = {"file": pdf()} if ({"key", "kind"} <= said.keys() and "body" not in said) or "/version/" in url else {}
    return client.post(url, {**said, **files})


def test_whoever_writes_one_beside_a_text_is_asked_once_and_then_it_stands(watch, doors, lead):
    watch("ask")
    client = browser(lead)
    for name, (url, said) in doors.items():
        asked = _send(client, url, said)
        assert (asked.status_code, ASKED in asked.text) == (422, True), f"{name}: {asked.status_code}"
        again = _send(client, url, said)
        assert again.status_code == 302, f"{name}: {again.text[-3000:]}"


def test_what_stood_there_before_is_not_asked_about_again(watch, group, lead):
    group.purpose = "Crypto for all"
    group.save()
    watch("ask")
    sent = {**_settings(group), "welcome": "Come in."}
    assert browser(lead).post(reverse("groups:settings", args=[group.slug]), sent).status_code == 302


def test_of_one_to_tell_a_case_is_opened_about_summaries_and_documents_and_elsewhere_it_is_asked(watch, doors, lead):
    watch("tell")
    client, reported = browser(lead), ["summary", "document", "its summary", "version", "page"]
    for name, (url, said) in doors.items():
        answer = _send(client, url, said)
        if name in reported:
            assert answer.status_code == 302, name
        elif "its" not in name and "page" not in name:
            assert ASKED in answer.text, name
    Worker("test", batch=True).run()
    kinds = {subject.rpartition("-")[0] for subject in Case.objects.values_list("subject", flat=True)}
    assert kinds == {"summary", "document"}
    assert Case.objects.filter(subject=Summary.objects.get().subject).exists()


def test_what_would_wait_is_not_put_into_a_review_by_who_is_no_lead(watch, group, lead, member):
    watch("hold")
    document = make.document(group, lead)
    review = document.ask_review(lead, [member], timezone.localdate() + dt.timedelta(days=9))
    url = reverse("documents:answer_review", args=[group.slug, document.pk, review.pk])
    refused = browser(member).post(url, {"says": "changes", "note": "Crypto"})
    assert (
        refused.status_code == 422 and "here nothing can wait" in refused.text and "Crypto</textarea>" in refused.text
    )
    assert browser(member).post(url, {"says": "changes", "note": "Euros"}).status_code == 302


def test_a_lead_whose_words_are_approved_first_puts_none_beside_texts(doors, group, lead, staff):
    until = timezone.now() + dt.timedelta(days=7)
    make.thread(group, lead).posts.get().decide(staff, Ruling(Act.VET, "Unkind", "2.1", until))
    client = browser(type(lead).objects.get(pk=lead.pk))
    for name, (url, said) in doors.items():
        answer = _send(client, url, said)
        assert answer.status_code in {403, 422} and "is approved" in answer.text, name
    url, said = doors["purpose"]
    assert client.post(url, {**said, "purpose": group.purpose, "hue": "teal"}).status_code == 302


@pytest.mark.parametrize("live", [True, False])
def test_the_description_of_a_picture_in_a_message_is_looked_at(watch, group, member, live):
    watch("hold")
    picture = make.stored(member, "poster.png")
    picture.kind, picture.width, picture.height = "image/png", 40, 30
    picture.save()
    sent = {"body": "", "key": "k1", "kept": picture.pk, f"sure-{picture.pk}": "on"}
    headers = {"Accept": "application/json"} if live else {}
    url = reverse("chat:say", args=[group.slug])
    assert browser(member).post(url, {**sent, f"alt-{picture.pk}": "Crypto"}, headers=headers).status_code == 422
    taken = browser(member).post(url, {**sent, f"alt-{picture.pk}": "A poster"}, headers=headers)
    assert taken.status_code == (200 if live else 302)
