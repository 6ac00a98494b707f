"""A report from outside that is about no thing here goes to the safeguarding lead, and is theirs alone from then on."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from community.mail.models import Letter
from community.models import Entry
from community.moderation.models import Case, Notice, SealedCase
from community.moderation.tasks import keep_time
from community.policy import Refused
from community.privacy.due import answered_notices
from tests.community.moderation.deeds import page
from tests.community.moderation.sealed import read
from tests.community.moderation.test_exhibits import bytes_of, text

pytestmark = pytest.mark.django_db
OUTSIDE = "A neighbour saw it on Monday"
HAND = "Hand to the safeguarding lead"


@pytest.fixture
def notice(client, staff, both):
    said = {"kind": "other", "words": OUTSIDE, "email": "neighbour@example.org"}
    client.post("/report/without-account/", said | {"files": [text("seen.txt", b"I saw this")]})
    return Notice.objects.get()


def hand(client, who, notice, **said):
    client.force_login(who)
    said = {"kind": "worry", "sealed": "1", "words": "A child may be in danger"} | said
    return client.post(reverse("moderation:hand-notice", args=[notice.pk]), said)


def test_it_is_sealed_in_one_go_and_staff_read_it_nowhere_any_more(client, notice, staff, third):
    assert HAND in page(client, staff, notice.get_absolute_url()).text
    answer = hand(client, staff, notice)
    assert answer.status_code == 302 and OUTSIDE not in client.get(answer.url).text
    for who in (staff, third):
        for url in (reverse("moderation:notices"), reverse("moderation:desk"), reverse("moderation:register")):
            assert OUTSIDE not in page(client, who, url).text and str(notice) not in client.get(url).text
        assert client.get(notice.get_absolute_url()).status_code == 404
        assert client.post(notice.get_absolute_url(), {"answer": "Nothing in it"}).status_code == 404
        file = reverse("moderation:notice-file", args=[notice.pk, notice.exhibits.get().pk])
        assert client.get(file).status_code == 404
    assert not Entry.objects.filter(subject=notice.subject).exclude(act="notice").exists()


def test_the_keepers_read_it_and_open_its_files(client, notice, staff, keeper, deputy):
    hand(client, staff, notice)
    case = SealedCase.objects.get()
    for who in (keeper, deputy):
        told = read(client, who, case).text
        assert OUTSIDE in told and "neighbour@example.org" in told and "A child may be in danger" in told
    assert "seen.txt" in read(client, keeper, case, "text").text
    shown = client.post(reverse("moderation:sealed-read", args=[case.pk]), {"file": notice.exhibits.get().pk})
    assert bytes_of(shown) == b"I saw this"
    assert case.reports.get().reporter == staff


def test_the_first_step_shows_whom_to_turn_to_and_hands_over_nothing_yet(client, notice, staff):
    client.force_login(staff)
    url = reverse("moderation:hand-notice", args=[notice.pk])
    first = client.post(url, {"kind": "worry"})
    assert first.status_code == 200 and "Before you send this" in first.text
    assert notice.get_absolute_url() in first.text, "the way back"
    assert client.get(url).url == notice.get_absolute_url()
    assert client.post(url, {"kind": "spam", "sealed": "1"}).status_code == 302
    assert not SealedCase.objects.exists()


def test_only_staff_whom_it_is_not_about_hand_it_over_and_once(client, notice, lead, staff, third):
    notice.kept_from.add(third)
    for who in (lead, third):
        assert hand(client, who, notice).status_code == 404
    assert hand(client, staff, notice).status_code == 302
    assert hand(client, staff, notice).status_code == 404
    assert SealedCase.objects.count() == 1


@pytest.mark.parametrize("deed", ["answer", "case"])
def test_what_was_handed_over_meanwhile_is_neither_answered_nor_a_case_and_what_was_not_is(
    client, notice, staff, third, post, deed
):
    def do(known):
        known.answer_with(third, "Nothing in it") if deed == "answer" else known.open_case(third, post)

    known = Notice.objects.get()
    hand(client, staff, notice)
    Letter.objects.all().delete()
    with pytest.raises(Refused, match="meanwhile"):
        do(known)
    known.refresh_from_db()
    assert known.answered_at is None and known.case is None and not Letter.objects.exists()
    assert not Entry.objects.filter(act__in=["answer-notice", "gather-notice"]).exists()
    Notice.objects.update(sealed=None)
    do(Notice.objects.get())
    assert Entry.objects.filter(act__in=["answer-notice", "gather-notice"]).count() == 1


def test_two_who_open_a_case_of_it_at_once_open_one(notice, staff, third, post):
    known = Notice.objects.get()
    notice.open_case(staff, post)
    with pytest.raises(Refused, match="meanwhile"):
        known.open_case(third, post.thread)
    assert Case.objects.get() == Notice.objects.get().case


def test_an_answer_to_what_was_handed_over_meanwhile_is_handed_back(client, notice, staff, third):
    hand(client, staff, notice)
    client.force_login(third)
    answer = client.post(notice.get_absolute_url(), {"answer": "Words that took me long"})
    assert answer.status_code == 404 and "Words that took me long" in answer.text and OUTSIDE not in answer.text


def test_one_that_is_about_a_keeper_is_for_the_other_alone_and_the_first_hears_nothing(
    client, notice, staff, keeper, deputy
):
    notice.kept_from.add(keeper)
    hand(client, staff, notice)
    case = SealedCase.objects.get()
    assert [letter.to for letter in Letter.objects.filter(template="sealed")] == [deputy.email]
    assert read(client, keeper, case).status_code == 404
    assert OUTSIDE in read(client, deputy, case).text


def test_whoever_sent_it_is_told_nothing_else_and_nobody_is_warned_of_its_time(client, notice, staff):
    client.logout()
    before = client.get(notice.status_url).text
    hand(client, staff, notice)
    client.logout()
    after = client.get(notice.status_url).text
    assert "We have your report" in after and ("neighbour" in before) == ("neighbour" in after)
    Notice.objects.update(due_at=timezone.now())
    keep_time.call()
    notice.refresh_from_db()
    assert notice.warned_at is None


def test_it_is_kept_as_long_as_what_is_sealed(client, notice, staff, time_machine):
    notice.answer_with(staff, "We looked at it.")
    hand(client, staff, notice)
    time_machine.move_to(timezone.now() + dt.timedelta(days=4000))
    assert not answered_notices(dt.timedelta(days=1)).exists()
    Notice.objects.update(sealed=None)
    assert answered_notices(dt.timedelta(days=1)).exists(), "another goes with its time"


def test_one_that_belongs_to_a_case_goes_with_that(client, notice, post, staff):
    notice.open_case(staff, post)
    assert HAND not in page(client, staff, notice.get_absolute_url()).text
    assert hand(client, staff, notice).status_code == 404
