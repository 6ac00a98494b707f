"""Words that staff watch for: found whole, whatever their case and accents; and what comes of each."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from community.files.models import StoredFile
from community.jobs import Worker
from community.models import Entry
from community.moderation.models import Case, Note, WatchWord
from community.moderation.models import watch as watch_module
from community.moderation.models.watch import plain_words, watched
from groups.approval.models import Waiting
from groups.documents.models import Comment
from groups.threads.models import Post, Thread
from realtime.chat.models import Message, Room
from tests import make

pytestmark = pytest.mark.django_db(transaction=True)


def browser(member: Any) -> Client:
    client = Client()
    client.force_login(member)
    return client


@pytest.fixture
def thread(group, lead) -> Thread:
    return make.thread(group, lead)


@pytest.fixture
def watch(staff):
    """`watch("hold", "Crypto")`: staff put it on the list, through their page."""

    def put(does: str, words: str) -> Any:
        return browser(staff).post(reverse("moderation:words"), {"words": words, "does": does})

    return put


def reply(member: Any, thread: Thread, body: str, key: str = "key-1", **headers: str) -> Any:
    url = reverse("threads:reply", args=[thread.group.slug, thread.pk])
    return browser(member).post(url, {"body": body, "key": key}, headers=headers)


def picture_of(member: Any, name: str) -> StoredFile:
    """One that was uploaded while its post is written."""
    stored = make.stored(member, name)
    stored.kind, stored.width, stored.height = "image/png", 40, 30
    stored.save()
    return stored


def say(member: Any, group: Any, body: str, key: str = "k1") -> Any:
    url = reverse("chat:say", args=[group.slug])
    return browser(member).post(url, {"body": body, "key": key}, headers={"Accept": "application/json"})


@pytest.mark.parametrize(
    "text", ["CAFÉ fund!", "the cafe  fund", "cafe\u0301-fund", "ca\u200bfe fund", "**café** _fund_"]
)
def test_a_phrase_is_found_whatever_its_case_accents_and_signs(watch, text):
    watch("hold", "Café fund")
    assert watched(f"Join our {text} now", "hold") == ["Café fund"]


@pytest.mark.parametrize("text", ["cafes fund", "cafe of the fund", "decafe fund", "cafe funds"])
def test_a_part_of_a_word_is_not_the_word(watch, text):
    watch("hold", "café fund")
    assert watched(text, "hold") == []


def test_a_long_text_is_made_plain_once_for_five_hundred_words(monkeypatch):
    WatchWord.objects.bulk_create(
        WatchWord(words=f"word {n}", plain=plain_words(f"word {n}"), does="hold") for n in range(500)
    )
    read: list[str] = []
    monkeypatch.setattr(watch_module, "plain_words", lambda text: read.append(text) or plain_words(text))
    assert watched("word wor wo w " * 4000 + "word 499", "hold") == ["word 499"]
    assert len(read) == 1


def test_whoever_writes_one_is_asked_once_and_what_they_typed_comes_back(watch, thread, member):
    watch("ask", "idiot")
    asked = reply(member, thread, "You idiot.")
    assert asked.status_code == 422
    page = asked.content.decode()
    assert "Is that how you want to say it?" in page
    assert "You idiot." in page
    reply(member, thread, "You idiot.")
    assert Post.objects.get(author=member).body == "You idiot."


def test_one_to_hold_waits_and_those_who_answer_read_which_word_it_is(watch, thread, member, lead):
    watch("hold", "crypto")
    reply(member, thread, "Buy CRYPTO with me")
    waiting = Waiting.objects.get()
    assert not Post.objects.filter(author=member).exists()
    assert "crypto" in browser(lead).get(waiting.get_absolute_url()).content.decode()
    assert "are looked at before they are shown" in browser(member).get(waiting.get_absolute_url()).content.decode()
    browser(lead).post(waiting.get_absolute_url(), {"approve": "1"})
    assert Post.objects.get(author=member).body == "Buy CRYPTO with me"


def test_what_leads_write_is_not_held(watch, thread, lead):
    watch("hold", "crypto")
    reply(lead, thread, "No crypto here, please.")
    assert Post.objects.filter(author=lead, number=2).exists()


def test_it_cannot_be_put_into_what_is_shown_already(watch, thread, member):
    watch("hold", "crypto")
    reply(member, thread, "Good morning")
    post = Post.objects.get(author=member)
    refused = browser(member).post(f"{post.deeds_url}edit/", {"body": "Good crypto", "edition": 1})
    assert refused.status_code == 422
    assert "Good crypto" in refused.content.decode()
    taken = browser(member).post(f"{post.deeds_url}edit/", {"body": "Good evening", "edition": 1})
    assert taken.status_code == 302


def test_one_to_tell_is_shown_and_opens_one_case_that_says_why(watch, thread, member, staff):
    watch("tell", "price list")
    reply(member, thread, "Shall we agree a price list?")
    post = Post.objects.get(author=member)
    browser(member).post(f"{post.deeds_url}edit/", {"body": "Shall we agree one price list?", "edition": 1})
    Worker("test", batch=True).run()
    assert Case.objects.get().subject == post.subject
    assert "price list" in Note.objects.get().words
    assert "price list" in browser(staff).get(Case.objects.get().get_absolute_url()).content.decode()


def test_a_comment_that_is_changed_into_one_to_tell_opens_a_case_too(watch, group, member, lead):
    watch("tell", "price list")
    document = make.document(group, lead)
    comment = Comment.say(document, member, "Good morning")
    url = reverse("documents:edit_comment", args=[group.slug, document.pk, comment.pk])
    browser(member).post(url, {"body": "Shall we agree a price list?", "edition": 1})
    Worker("test", batch=True).run()
    assert Case.objects.get().subject == comment.subject


def test_in_a_confidential_group_no_case_is_opened(watch, group, thread, member):
    group.is_confidential = True
    group.save()
    watch("tell", "price list")
    reply(member, thread, "Shall we agree a price list?")
    Worker("test", batch=True).run()
    assert not Case.objects.exists()


def test_in_a_live_room_it_asks_once_and_takes_nothing_that_would_wait(watch, group, member):
    watch("ask", "idiot")
    watch("hold", "crypto")
    assert "Is that how" in say(member, group, "You idiot").json()["why"]
    assert say(member, group, "You idiot").status_code == 200
    refused = say(member, group, "Buy crypto", "k2")
    assert (refused.status_code, "nothing can wait" in refused.json()["why"]) == (422, True)
    said = Message.objects.get()
    browser(member).post(reverse("chat:edit", args=[group.slug, said.pk]), {"body": "Buy crypto"})
    said.refresh_from_db()
    assert said.body == "You idiot"


def test_what_is_said_to_the_leads_alone_is_not_looked_at(watch, group, lead, member):
    watch("hold", "crypto")
    room = Room.between(group, "leads", member)
    url = reverse("chat:say-other", args=[group.slug, room.pk])
    browser(member).post(url, {"body": "Is crypto allowed?", "key": "k1"})
    assert room.messages.get().body == "Is crypto allowed?"


def test_each_change_of_the_list_is_in_the_ledger(watch, staff):
    watch("hold", "crypto")
    word = WatchWord.objects.get()
    browser(staff).post(word.get_absolute_url(), {"words": "crypto coin", "does": "tell"})
    browser(staff).post(word.get_absolute_url(), {"remove": "1"})
    acts = list(Entry.objects.filter(subject=f"watchword-{word.pk}").values_list("act", "actor", "details"))
    assert [act for act, _actor, _details in acts] == ["add-watch-word", "change-watch-word", "remove-watch-word"]
    assert {actor for _act, actor, _details in acts} == {staff.pk}
    assert acts[1][2]["was"]["words"] == "crypto"
    assert acts[1][2]["now"]["words"] == "crypto coin" and acts[1][2]["now"]["does"] == "tell"


def test_the_same_word_stands_there_once_and_signs_are_no_word(watch):
    watch("hold", "Crypto")
    assert watch("ask", "crypto!").status_code == 422
    assert watch("ask", "!!").status_code == 422
    assert WatchWord.objects.count() == 1


def test_signs_that_stand_for_whole_phrases_are_refused_where_they_grow_too_long(watch):
    answered = watch("hold", "\ufdfa" * 30)
    assert "Choose fewer words" in answered.content.decode()
    assert not WatchWord.objects.exists()
    watch("hold", "\ufdfa")
    assert WatchWord.objects.count() == 1


def test_the_list_is_for_staff_alone(lead, staff):
    assert browser(staff).get(reverse("moderation:words")).status_code == 200
    assert browser(lead).get(reverse("moderation:words")).status_code == 404


@pytest.mark.parametrize("beside", ["sections", "alt"])
def test_words_beside_a_text_are_looked_for_and_shown_to_those_who_answer(watch, group, thread, member, lead, beside):
    watch("hold", "Crypto")
    sent = {"title": "Lending", "kind": "consultation", "body": "What do you think?", "key": "key-1"}
    later = timezone.localtime(timezone.now() + dt.timedelta(days=9)).strftime("%Y-%m-%dT%H:%M")
    sent |= {"closes_at": later, "sections": "Costs\nCrypto for all" if beside == "sections" else "Costs"}
    if beside == "alt":
        picture = picture_of(member, "poster.png")
        sent |= {"kept": str(picture.pk), f"alt-{picture.pk}": "A poster for Crypto", f"sure-{picture.pk}": "on"}
    browser(member).post(reverse("threads:new", args=[group.slug]), sent)
    waiting = Waiting.objects.get()
    assert (waiting.why, waiting.about) == ("word", "Crypto")
    page = browser(lead).get(waiting.get_absolute_url()).content.decode()
    assert "Costs" in page
    assert "Consultation" in page
    assert ("Crypto for all" if beside == "sections" else "A poster for Crypto") in page
    browser(lead).post(waiting.get_absolute_url(), {"approve": "1"})
    assert Thread.objects.filter(title="Lending").exists()


def test_the_passage_of_a_comment_is_looked_at_too_and_shown(watch, group, member, lead):
    watch("hold", "Crypto")
    document = make.document(group, lead)
    url = reverse("documents:say", args=[group.slug, document.pk])
    key = "7f6f4b1e-63f5-4c3a-93c8-0a7a3f0f8f11"
    browser(member).post(url, {"body": "Is this so?", "passage": "Crypto for all", "key": key})
    assert "Crypto for all" in browser(lead).get(Waiting.objects.get().get_absolute_url()).content.decode()


def test_ten_pictures_that_decorate_wait_and_are_shown(watch, group, member, lead):
    watch("hold", "Crypto")
    sent = {"title": "Crypto", "kind": "discussion", "body": "Ten of them", "key": "key-1", "anyway": "", "sure": ""}
    sent |= {"posted_as": "", "sections": "", "document": "", "closes_at": "", "opens_at": "", "asks": "", "alt": ""}
    pictures = [picture_of(member, f"{n}.png") for n in range(10)]
    sent |= {f"decoration-{each.pk}": "on" for each in pictures} | {f"sure-{each.pk}": "on" for each in pictures}
    sent |= {"quick": "", "to": "", "section": "", "from": "", "declared": "", "masked": "", "after": ""}
    browser(member).post(reverse("threads:new", args=[group.slug]), {**sent, "kept": [each.pk for each in pictures]})
    browser(lead).post(Waiting.objects.get().get_absolute_url(), {"approve": "1"})
    assert Thread.objects.get(title="Crypto").posts.get().files.count() == 10


def test_one_to_tell_is_found_beside_a_text(watch, group, member):
    watch("tell", "Crypto")
    later = timezone.localtime(timezone.now() + dt.timedelta(days=9)).strftime("%Y-%m-%dT%H:%M")
    sent = {"title": "Lending", "kind": "consultation", "body": "Yes?", "key": "key-1", "closes_at": later}
    browser(member).post(reverse("threads:new", args=[group.slug]), {**sent, "sections": "Crypto"})
    Worker("test", batch=True).run()
    assert Case.objects.get().subject == Thread.objects.get(title="Lending").posts.get().subject
