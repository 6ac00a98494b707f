"""What had been reported about a thing before it was sealed is for the keepers alone from then on."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from community.models import Entry
from community.moderation.models import Notice, SealedCase, SealedLook
from community.moderation.tasks import keep_time
from tests import make
from tests.community.moderation.deeds import case_page, page, send_report
from tests.community.moderation.sealed import read
from tests.community.moderation.test_exhibits import bytes_of, text

pytestmark = pytest.mark.django_db
OUTSIDE = "A neighbour saw it on Monday"


@pytest.fixture
def notice(client, post, staff, both):
    """Sent from outside with a file, and taken into a case about the post."""
    said = {"kind": "other", "words": OUTSIDE, "address": post.get_absolute_url(), "email": "neighbour@example.org"}
    client.post("/report/without-account/", said | {"files": [text("seen.txt", b"I saw this")]})
    found = Notice.objects.get()
    client.force_login(staff)
    client.post(reverse("moderation:open-case", args=[found.pk]), {"about": post.subject})
    assert OUTSIDE in client.get(found.get_absolute_url()).text
    return found


@pytest.fixture
def handed(client, notice, post, lead, staff):
    """Reported here as well with a file, then handed to the keepers."""
    assert send_report(client, lead, post, words="Look at the row", files=[text()]).status_code == 302
    return hand(client, staff, post)


def hand(client, staff, thing, kind="worry"):
    client.force_login(staff)
    said = {"kind": kind, "sealed": "1", "words": "A child"}
    assert client.post(reverse("moderation:hand", args=[thing.subject]), said).status_code == 302
    return SealedCase.objects.get()


def open_file(client, who, case, exhibit):
    client.force_login(who)
    return client.post(reverse("moderation:sealed-read", args=[case.pk]), {"file": exhibit.pk})


def test_staff_neither_read_nor_answer_what_came_from_outside_any_more(client, handed, notice, staff, third):
    urls = [notice.get_absolute_url(), reverse("moderation:notices"), reverse("moderation:desk")]
    for who in (staff, third):
        answers = [page(client, who, url) for url in urls]
        assert [each.status_code for each in answers] == [404, 200, 200]
        for each in answers:
            assert OUTSIDE not in each.text and str(notice) not in each.text
        for name, said in (("notice", {"answer": "Nothing in it"}), ("keep-notice-from", {"colleague": staff.pk})):
            assert client.post(reverse(f"moderation:{name}", args=[notice.pk]), said).status_code == 404
    notice.refresh_from_db()
    assert notice.answered_at is None


def test_whoever_sent_it_is_told_what_they_would_be_told_of_any_other(client, notice, post, staff):
    client.logout()
    before = client.get(notice.status_url)
    hand(client, staff, post)
    client.logout()
    after = client.get(notice.status_url)
    assert after.status_code == 200 and "We have your report" in after.text
    assert [line for line in after.text.splitlines() if "nonce" not in line and "csrf" not in line] == [
        line for line in before.text.splitlines() if "nonce" not in line and "csrf" not in line
    ]


def test_nobody_is_warned_of_the_time_of_what_they_cannot_answer(notice, client, post, staff):
    hand(client, staff, post)
    Notice.objects.update(due_at=timezone.now())
    keep_time.call()
    notice.refresh_from_db()
    assert notice.warned_at is None
    SealedCase.objects.get().give_back(staff)
    keep_time.call()
    notice.refresh_from_db()
    assert notice.warned_at


def test_the_keepers_read_what_was_reported_and_open_its_files_each_step_written_down(client, handed, notice, keeper):
    told = read(client, keeper, handed).text
    assert OUTSIDE in told and "neighbour@example.org" in told and "Look at the row" in told
    assert "seen.txt" not in told, "one step further"
    shown = read(client, keeper, handed, "text").text
    assert "Open seen.txt" in shown and "Open letter.txt" in shown
    answer = open_file(client, keeper, handed, notice.exhibits.get())
    assert bytes_of(answer) == b"I saw this" and "sandbox" in answer["Content-Security-Policy"]
    assert SealedLook.objects.first().what == "file" and SealedLook.objects.first().by == keeper
    assert Entry.objects.order_by("pk").last().subject == "sealed"


def test_nobody_else_opens_them_there_and_no_other_file(client, handed, notice, keeper, staff, lead, post):
    other = notice.exhibits.get()
    for who in (staff, lead):
        assert open_file(client, who, handed, other).status_code == 404
    for wrong in ("0", "99999"):
        client.force_login(keeper)
        assert client.post(reverse("moderation:sealed-read", args=[handed.pk]), {"file": wrong}).status_code == 404
    assert client.post(reverse("moderation:sealed-read", args=[handed.pk]), {"file": "x"}).status_code == 400
    assert not SealedLook.objects.filter(what="file").exists()


def test_what_is_about_a_keeper_is_not_read_by_them(client, handed, notice, keeper, deputy):
    notice.kept_from.add(deputy)
    assert OUTSIDE in read(client, keeper, handed).text
    told = read(client, deputy, handed)
    assert told.status_code == 200 and OUTSIDE not in told.text
    assert "seen.txt" not in read(client, deputy, handed, "text").text
    assert open_file(client, deputy, handed, notice.exhibits.get()).status_code == 404


def test_of_child_abuse_material_no_file_is_opened(client, notice, post, staff, keeper):
    case = hand(client, staff, post, "abuse")
    shown = read(client, keeper, case, "text").text
    assert "seen.txt" in shown and "Files are not opened here" in shown and "Open seen.txt" not in shown
    assert open_file(client, keeper, case, notice.exhibits.get()).status_code == 404


def test_of_a_whole_discussion_the_reports_about_its_posts_go_along(client, notice, post, staff, keeper):
    post.thread.report(keeper, "other", "")
    case = hand(client, staff, post.thread)
    assert page(client, staff, notice.get_absolute_url()).status_code == 404
    assert OUTSIDE in read(client, keeper, case).text


def test_given_back_it_is_for_staff_again_and_no_more_for_the_keepers(client, handed, notice, post, staff, keeper):
    handed.give_back(keeper)
    assert OUTSIDE in page(client, staff, notice.get_absolute_url()).text
    assert OUTSIDE in case_page(client, staff, post).text
    assert OUTSIDE not in read(client, keeper, handed).text


def test_of_very_many_reports_keepers_read_the_latest_then_all_and_each_page_asks_as_much_for_few_as_for_many(
    client, post, both, keeper, staff
):
    def reported(first, last):
        for number in range(first, last):
            post.report(make.person(f"reader-{number}"), "rules", f"Words {number}.")

    reported(0, 3)
    case = hand(client, staff, post)
    read(client, keeper, case)
    with CaptureQueriesContext(connection) as few:
        assert "Words 0." in read(client, keeper, case).text
    reported(3, 54)
    with CaptureQueriesContext(connection) as many:
        told = read(client, keeper, case).text
    assert len(many) == len(few)
    assert "latest 50 of 54" in told and "Words 53." in told and "Words 4." in told and "Words 3." not in told
    whole = read(client, keeper, case, "all").text
    assert "Words 0." in whole and "Words 53." in whole and "Show all of them" not in whole
    assert case.looks.filter(what=SealedLook.What.WORDS).count() == 4, "each is written down"
