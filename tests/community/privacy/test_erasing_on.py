"""Erasing somebody who wrote very much: the person goes at once, their words piece by piece, and nothing gets lost."""

import datetime as dt
import re
import threading

import pytest
import time_machine
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from community.jobs import Worker
from community.members.models import Member
from community.models import Entry
from community.moderation.models import LegalHold
from community.policy import Refused
from community.privacy import erasing, erasure
from community.privacy.models import Erasing
from community.privacy.tasks import resume_erasing
from groups.threads.models import Post
from tests import make
from tests.community.moderation.deeds import meanwhile

MANY = 12


@pytest.fixture(autouse=True)
def _small_pieces(monkeypatch):
    """Five things each, the first within the answer, so that a dozen posts are very many."""
    monkeypatch.setattr(erasing, "PIECE", 5)
    monkeypatch.setattr(erasure, "AT_ONCE", 1)


@pytest.fixture
def thread(group, peri, lead):
    """In which they wrote very much, and are named and quoted."""
    found = make.thread(group, lead, body=f"What do you say, @{peri.handle}?")
    posts = [found.reply(peri.affiliations.get(), f"Zanzibar {n}") for n in range(MANY)]
    found.reply(lead.affiliations.get(), f"{posts[-1].as_quotation()}I think so too.")
    return found


@pytest.fixture
def erase(client, staff):
    def erase(person, way="remove"):
        client.force_login(staff)
        said = {"reason": "Asked by letter", "handle": person.handle, "way": way}
        return client.post(f"/people/{person.handle}/erase/", said)

    return erase


def work():
    Worker("test", batch=True).run()


def words(person):
    return Post.objects.filter(author=person).exclude(body="").count()


def place_hold(staff, subject):
    return LegalHold.place(subject, staff, "A claim", timezone.localdate() + dt.timedelta(days=30))


@pytest.mark.django_db(transaction=True)
def test_the_person_is_gone_at_once_and_their_words_follow(client, erase, peri, lead, staff, thread):
    name, handle = peri.name, peri.handle
    client.force_login(peri)
    answer = erase(peri)
    assert 0 < words(peri) < MANY
    now = Member.objects.get(pk=peri.pk)
    assert answer["Location"] == f"/people/{now.handle}/erase/" and not now.is_active
    page = client.get(answer["Location"]).text
    assert "What they wrote is being removed." in page
    assert f"@{now.handle}" in client.get("/figures/retention/").text
    client.force_login(lead)
    page = client.get(thread.get_absolute_url()).text
    assert "Zanzibar" in page and "Removed by its author" in page
    assert name not in page and handle not in page, "nor where others named or quoted them"
    work()
    page = client.get(thread.get_absolute_url()).text
    assert "Zanzibar" not in page and "I think so too." in page and "(removed with whoever wrote it)" in page
    assert not Erasing.objects.exists() and not words(peri)
    client.force_login(staff)
    assert "Being erased" not in client.get("/figures/retention/").text
    assert "nothing is left to do" in client.get(answer["Location"]).text


@pytest.mark.django_db(transaction=True)
def test_whoever_wrote_little_is_erased_when_staff_get_their_answer(erase, peri, group, lead):
    post = make.thread(group, lead).reply(peri.affiliations.get(), "Zanzibar")
    assert erase(peri)["Location"] == "/organisations/"
    assert not Post.objects.get(pk=post.pk).body and not Erasing.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_what_stayed_can_be_removed_later_and_then_nothing_is_left_to_do(client, erase, peri, thread):
    erase(peri, "keep")
    work()
    peri.refresh_from_db()
    page = client.get(f"/people/{peri.handle}/erase/").text
    assert "can still be removed" in page and "Erase for good" in page and words(peri)
    erase(peri)
    work()
    peri.refresh_from_db()
    page = client.get(f"/people/{peri.handle}/erase/").text
    assert "nothing is left to do" in page and "Erase for good" not in page and not words(peri)
    assert erase(peri).status_code == 403


@pytest.mark.django_db(transaction=True)
def test_what_was_cut_off_in_the_middle_of_a_piece_goes_on_where_the_last_one_ended(erase, peri, thread, monkeypatch):
    erase(peri)
    before, wipe = words(peri), Post.wipe

    def killed(post, by=None):
        wipe(post, by)
        if words(peri) == before - 3:
            raise SystemExit

    with monkeypatch.context() as power:
        power.setattr(Post, "wipe", killed)
        with pytest.raises(SystemExit):
            Erasing.go_on(Erasing.objects.get().pk)
    assert words(peri) == before, "a piece is whole or nothing"
    resume_erasing.call()
    work()
    assert not words(peri) and not Erasing.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_press_that_was_cut_off_after_it_was_kept_is_taken_up(client, erase, peri, thread, monkeypatch):
    with monkeypatch.context() as power:
        power.setattr(Erasing, "work", lambda *said: (_ for _ in ()).throw(SystemExit))
        with pytest.raises(SystemExit):
            erase(peri)
    assert words(peri) == MANY and not Member.objects.get(pk=peri.pk).is_active
    resume_erasing.call()
    work()
    assert not words(peri) and not Erasing.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_run_twice_it_does_nothing_twice_and_the_ledger_has_it_once(erase, peri, thread):
    erase(peri)
    pk = Erasing.objects.get().pk
    resume_erasing.call()
    resume_erasing.call()
    work()
    entries = Entry.objects.count()
    Erasing.work(pk)
    assert Entry.objects.count() == entries
    assert Entry.objects.filter(act="erase", subject=peri.subject).count() == 1


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("on", ["person", "post"])
def test_a_legal_hold_stops_it_between_two_pieces_and_once_lifted_it_goes_on(client, erase, peri, staff, thread, on):
    at = erase(peri)["Location"]
    before = words(peri)
    last = Post.objects.filter(author=peri).order_by("pk").last()
    hold = place_hold(staff, {"person": peri, "post": last}[on].subject)
    work()
    assert words(peri) == before and last.body
    page = client.get(at).text
    assert "It stands still" in page and str(hold) in page
    hold.lift(staff, "Settled")
    resume_erasing.call()
    work()
    assert not words(peri) and client.get(at).status_code == 200 and not Erasing.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_whether_it_stands_still_is_told_to_who_looks_and_the_look_is_in_the_ledger(client, erase, peri, staff, thread):
    at = erase(peri)["Location"]
    place_hold(staff, peri.subject)
    work()
    assert "It stands still" not in client.get("/figures/retention/").text
    assert not Entry.objects.filter(act="look").exists()
    assert "It stands still" in client.get(at).text
    assert Entry.objects.get(act="look").subject == peri.subject


@pytest.mark.django_db(transaction=True)
def test_nor_is_removed_what_is_reported_meanwhile_before_that_is_decided(erase, peri, lead, staff, thread):
    erase(peri)
    last = Post.objects.filter(author=peri).order_by("pk").last()
    last.report(lead, "rules", "Too loud")
    work()
    assert Post.objects.get(pk=last.pk).body and Erasing.objects.get().waits_since
    last.leave(staff, "Fine")
    with time_machine.travel(timezone.now() + dt.timedelta(days=400), tick=False):
        Erasing.work(Erasing.objects.get().pk, 10)
    assert not words(peri) and not Erasing.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_one_that_neither_waits_nor_goes_on_says_so(client, erase, peri, thread):
    at = erase(peri)["Location"]
    assert "something is wrong" not in client.get(at).text
    Erasing.objects.update(moved_at=timezone.now() - dt.timedelta(hours=2))
    assert "something is wrong" in client.get(at).text


def test_nobody_but_staff_sees_how_far_it_is_and_nobody_begins_it_twice(client, erase, peri, lead, staff, thread):
    at = erase(peri)["Location"]
    page = client.post(at, {"reason": "Again", "handle": Member.objects.get(pk=peri.pk).handle, "way": "keep"})
    assert "Being erased" in page.text and Entry.objects.filter(act="erase").count() == 1
    with pytest.raises(Refused):
        erasure.erase(peri, staff, "Again")
    client.force_login(lead)
    assert client.get(at).status_code == 404
    assert "Being erased" not in client.get("/figures/retention/").text


def test_a_piece_costs_the_same_however_much_there_is(erase, peri, group, lead, thread):
    def cost():
        with CaptureQueriesContext(
            connection,
        ) as asked:
            assert Erasing.go_on(Erasing.objects.get().pk)
        return len(asked)

    for n in range(40):
        thread.reply(peri.affiliations.get(), f"More {n}")
    erase(peri)
    first = cost()
    for _ in range(4):
        last = cost()
    assert abs(first - last) <= 10 and first <= erasing.PIECE * 38 + 60, (first, last)


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor == "sqlite", reason="on SQLite one writes after the other")
def test_a_hold_placed_while_a_piece_goes_waits_for_it_and_keeps_what_is_left(erase, peri, staff, thread):
    erase(peri)
    pk = Erasing.objects.get().pk
    outcome = meanwhile(lambda: Erasing.go_on(pk), lambda: place_hold(staff, peri.subject))
    assert isinstance(outcome, LegalHold)
    left = words(peri)
    work()
    assert left == words(peri) > 0


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor == "sqlite", reason="on SQLite one writes after the other")
def test_who_decides_about_one_of_their_things_while_a_piece_waits_for_it_meets_no_error(erase, peri, staff, thread):
    erase(peri)
    outcome = []

    def piece():
        outcome.append(Erasing.go_on(Erasing.objects.get().pk))
        connection.close()

    post = Post.objects.filter(author=peri).exclude(body="").order_by("pk").first()
    going = threading.Thread(target=piece)
    with transaction.atomic():
        post.hold_row()
        going.start()
        going.join(1.5)
        assert not outcome, "it waits"
        decision = post.hide(staff, "Against our rules", "2.1")
    going.join(20)
    assert outcome == [False] and Erasing.objects.get().waits_since
    found = Post.objects.get(pk=post.pk)
    assert found.hidden == decision and found.body, "what can be appealed against is still there"


def test_how_far_it_is_does_not_say_how_much_they_wrote_without_their_name(client, erase, peri, group, thread):
    group.allows_masked = True
    group.save()
    for n in range(MANY):
        thread.nameless().reply(peri.affiliations.get(), f"Not my name {n}")
    at = erase(peri)["Location"]
    for url in (at, "/figures/retention/"):
        said = re.search(r'<p id="erasing-.*?</p>', client.get(url).text, re.S)[0]
        assert "What they wrote is being removed." in said and not re.search(r"\d of", said)
        assert "<progress" not in client.get(url).text


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("way", ["keep", "remove"])
def test_who_they_were_goes_out_of_what_others_wrote_whatever_is_decided_meanwhile(
    erase, peri, lead, staff, thread, monkeypatch, way
):
    handle = peri.handle
    with monkeypatch.context() as later:
        later.setattr(Erasing, "work", lambda *said: None)
        erase(peri, way)
    post = Post.objects.filter(author=peri).order_by("pk").last()
    post.hide(staff, "Against our rules", "2.1")
    resume_erasing.call()
    work()
    assert not Post.objects.filter(body__contains=f"@{handle}").exists()
    assert Post.objects.get(pk=post.pk).body and Erasing.objects.exists() == (way == "remove")


@pytest.mark.django_db(transaction=True)
def test_what_stayed_of_somebody_erased_can_be_removed_later(client, erase, peri, lead, thread):
    erase(peri, "keep")
    work()
    assert words(peri) == MANY and not Erasing.objects.exists()
    now = Member.objects.get(pk=peri.pk)
    erase(now)
    work()
    client.force_login(lead)
    page = client.get(thread.get_absolute_url()).text
    assert not words(peri) and "Zanzibar" not in page and now.handle not in page
