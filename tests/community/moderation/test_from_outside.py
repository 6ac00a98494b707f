"""Reports by people without an account: sent, acknowledged, answered, and read by them and staff alone."""

import datetime as dt
import re

import pytest
import time_machine
from django.conf import settings as configured
from django.utils import timezone

from community.mail.models import Letter
from community.models import Entry
from community.moderation.models import Appeal, Case, Decision, Notice, Report
from community.privacy.retention import carry_out
from tests import make
from tests.community.moderation.deeds import decide
from tests.letterbox import deliver

URL = "/report/without-account/"
SAID = {"kind": "copyright", "words": "Page 3 of the loan pack is our score.", "email": "rights@example.org"}


@pytest.fixture
def sent(client, db):
    """Somebody sends a report; gives the notice and the address of its page."""

    def sent(**said):
        answer = client.post(URL, SAID | said)
        assert answer.status_code == 302, answer.text
        notice = Notice.objects.latest("pk")
        assert answer.url in {notice.status_url, notice.more_url}
        return notice, notice.status_url

    return sent


@pytest.fixture
def as_staff(client, staff):
    client.force_login(staff)
    return client


def test_anybody_reports_and_is_told_by_when_it_is_looked_at(client, sent):
    with time_machine.travel("2026-11-26T09:00:00Z", tick=False):  # a Thursday
        notice, page = sent()
        told = client.get(page).text
    assert notice.reference in told and "Monday 30 November" in told
    assert re.fullmatch(r"[A-Z0-9]{4}-[A-Z0-9]{4}", notice.reference)


def test_an_intimate_picture_is_due_in_48_hours_whatever_the_day(sent):
    with time_machine.travel("2026-12-18T16:00:00Z", tick=False):  # a Friday
        notice, _page = sent(kind="intimate")
    assert notice.due_at == dt.datetime(2026, 12, 20, 16, tzinfo=dt.UTC)


def test_neither_name_nor_address_is_needed_but_words_are(client, sent):
    assert sent(email="", name="")[0].email == ""
    answer = client.post(URL, SAID | {"words": " ", "name": "Kept name"})
    assert answer.status_code == 422 and "Kept name" in answer.text
    assert Notice.objects.count() == 1


@pytest.mark.parametrize("wrong", [{"kind": "nonsense"}, {"kind": ""}, {"email": "nobody"}, {"words": "x" * 5001}])
def test_nonsense_is_answered_with_what_is_wrong_and_keeps_nothing(client, db, wrong):
    assert client.post(URL, SAID | wrong).status_code == 422
    assert not Notice.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_the_letters_hold_a_link_and_nothing_of_what_was_said(server, sent, staff, settings):
    settings.CONTACT = "staff@example.org"
    notice, page = sent()
    notice.answer_with(staff, "It is gone, thank you.")
    deliver()
    assert sorted(letter["To"] for letter in server.got) == ["rights@example.org"] * 2 + ["staff@example.org"]
    for letter in server.got:
        text = letter.get_body(("plain",)).get_content()
        assert "score" not in text and "thank you." not in text and configured.SITE_URL in text
    assert page in server.got[0].get_body(("plain",)).get_content() + server.got[1].get_body(("plain",)).get_content()


@pytest.mark.django_db(transaction=True)
def test_nobody_is_written_to_again_and_again(server, sent):
    for _ in range(3):
        sent(email="someone-else@example.org")
    deliver()
    assert len(server.got) == 1 and Notice.objects.count() == 3


def test_staff_answer_and_whoever_sent_it_reads_the_answer_on_their_page(client, sent, staff):
    notice, page = sent()
    client.force_login(staff)
    assert notice.reference in client.get("/desk/from-outside/").text
    assert "loan pack" in client.get(notice.get_absolute_url()).text
    assert client.post(notice.get_absolute_url(), {"answer": "The page is gone."}).status_code == 302
    client.logout()
    assert "The page is gone." in client.get(page).text
    entry = Entry.objects.latest("number")
    assert (entry.act, entry.subject, entry.details) == ("answer-notice", notice.subject, {"in_time": True})
    assert "score" not in str(list(Entry.objects.values()))


def test_the_second_of_two_answers_is_refused_and_handed_back(as_staff, sent):
    notice, _page = sent()
    as_staff.post(notice.get_absolute_url(), {"answer": "First"})
    again = as_staff.post(notice.get_absolute_url(), {"answer": "Second"})
    assert again.status_code == 403 and "A colleague has answered" in again.text
    notice.refresh_from_db()
    assert notice.answer == "First"
    assert as_staff.post(notice.get_absolute_url(), {"answer": " "}).status_code == 422


def test_nobody_else_finds_it(client, sent, member, lead):
    notice, page = sent()
    assert client.get(page + "x").status_code == client.get("/report/received/1/").status_code == 404
    for other in (member, lead):
        client.force_login(other)
        assert client.get("/desk/from-outside/").status_code == 404
        assert client.get(notice.get_absolute_url()).status_code == 404
        assert client.post(notice.get_absolute_url(), {"answer": "x"}).status_code == 404


def test_the_desk_says_how_many_wait(as_staff, sent):
    assert "waiting</span>" not in as_staff.get("/desk/").text
    sent()
    assert "waiting</span>" in as_staff.get("/desk/").text


def test_ten_come_from_one_address_in_an_hour_and_the_next_keeps_its_words(client, sent):
    for _ in range(10):
        sent()
    late = client.post(URL, SAID)
    assert late.status_code == 429 and "our score" in late.text
    assert Notice.objects.count() == 10


def test_its_words_go_a_year_after_the_answer_and_it_is_still_counted(sent, staff):
    (old, _page), (new, _other) = sent(), sent()
    for each in (old, new):
        each.answer_with(staff, "Done")
    Notice.objects.filter(pk=old.pk).update(answered_at=timezone.now() - dt.timedelta(days=366))
    carry_out()
    gone, kept = Notice.objects.get(pk=old.pk), Notice.objects.get(pk=new.pk)
    assert "our score" in kept.words and kept.answer == "Done"
    assert not any((gone.words, gone.address, gone.name, gone.email, gone.answer)) and gone.answered_at


def test_three_reports_from_outside_and_two_of_members_are_one_case_and_one_decision_answers_all(
    client, sent, post, lead, outsider, staff, colleague
):
    for who in (lead, outsider):
        post.report(who, "rules", "")
    there = [sent(address=f"https://forum.example{post.get_absolute_url()}", kind="intimate") for _each in range(3)]
    client.force_login(staff)
    for notice, _page in there:
        opened = client.post(f"{notice.get_absolute_url()}case/", {"about": post.subject})
        assert opened.url.endswith(f"/desk/{post.subject}/")
    case = Case.objects.get()
    assert case.kind == "intimate" and case.due_at == there[0][0].due_at and case.notices.count() == 3
    shown = client.get(f"/desk/{post.subject}/").text
    assert all(notice.reference in shown for notice, _page in there)
    assert str(case) in client.get(there[0][0].get_absolute_url()).text
    assert decide(client, staff, post, "hide", rule="5.1", thanks="It is out of sight.").status_code == 302
    client.logout()
    for notice, page in there:
        notice.refresh_from_db()
        assert notice.answered_by == staff and "It is out of sight." in client.get(page).text
    assert not Report.objects.open().exists() and not Notice.objects.open().exists()


def test_a_case_that_only_came_from_outside_does_not_say_that_nobody_reported_it(client, sent, post, as_staff):
    notice, _page = sent(address=f"https://forum.example{post.get_absolute_url()}")
    assert "Nobody has reported this." in client.get(f"/desk/{post.subject}/").text
    client.post(f"{notice.get_absolute_url()}case/", {"about": post.subject})
    shown = client.get(f"/desk/{post.subject}/").text
    assert "Nobody has reported this." not in shown and "and 1 from outside" in shown


def test_only_what_the_address_leads_to_can_be_made_a_case_and_not_by_whoever_wrote_it(client, sent, post, lead, staff):
    notice, _page = sent(address=post.get_absolute_url())
    client.force_login(staff)
    assert client.post(f"{notice.get_absolute_url()}case/", {"about": post.thread.subject}).status_code == 404
    client.force_login(lead)
    assert client.post(f"{notice.get_absolute_url()}case/", {"about": post.subject}).status_code == 404
    assert not Case.objects.exists()


def test_whoever_names_a_post_of_a_confidential_group_has_staff_look_at_it_and_each_look_is_kept(
    client, sent, post, staff
):
    type(post.thread.group).objects.update(is_confidential=True)
    notice, _page = sent(address=post.get_absolute_url())
    client.force_login(staff)
    assert post.body not in client.get(notice.get_absolute_url()).text
    assert client.get(f"/desk/{post.subject}/").status_code == 404
    client.post(f"{notice.get_absolute_url()}case/", {"about": post.subject})
    assert not Entry.objects.filter(act="look").exists()
    assert post.body in client.get(f"/desk/{post.subject}/").text
    assert (entry := Entry.objects.get(act="look")) and (entry.actor, entry.subject) == (staff, post.subject)
    assert Entry.objects.get(act="gather-notice").details["notice"] == notice.pk


@pytest.fixture
def decided(client, sent, post, staff):
    """A notice that a decision answered, with its page."""
    notice, page = sent(address=post.get_absolute_url())
    client.force_login(staff)
    client.post(f"{notice.get_absolute_url()}case/", {"about": post.subject})
    decide(client, staff, post, "nothing", thanks="It keeps to the rules.")
    client.logout()
    return notice, page


def test_whoever_sent_one_appeals_on_its_page_and_a_colleague_hears_it(client, decided, post, staff, colleague):
    notice, page = decided
    assert "Send appeal" in client.get(page).text
    assert client.post(page, {"words": ""}).status_code == 422
    assert client.post(page, {"words": "You did not look"}).url == page
    assert "We have your appeal" in client.get(page).text
    assert client.post(page, {"words": "Again"}).status_code == 403
    appeal = Appeal.objects.get()
    assert (appeal.by, appeal.notice, appeal.words) == (None, notice, "You did not look")
    hear = f"/desk/appeals/{appeal.pk}/"
    client.force_login(staff)
    assert "somebody who reported it" in client.get(hear).text
    assert client.post(hear, {"is_upheld": "yes", "reason": "So"}).status_code == 403, "they decided it"
    client.force_login(colleague)
    assert "somebody who reported it" in client.get("/desk/?show=appeals").text
    assert client.post(hear, {"is_upheld": "yes", "reason": "It has to be looked at again."}).status_code == 302
    assert Case.objects.open().get().subject == post.subject
    client.logout()
    told = client.get(page).text
    assert "Your appeal was upheld." in told and "looked at again" in told
    letter = Letter.objects.get(to=notice.email, template="notice_heard")
    assert page in letter.text and notice.reference in letter.subject and "looked at again" not in letter.text


def test_what_staff_answered_without_a_decision_has_no_appeal_but_can_be_written_about_again(client, sent, staff):
    notice, page = sent()
    notice.answer_with(staff, "Not here")
    assert "Send appeal" not in client.get(page).text and "Write again" in client.get(page).text
    assert client.post(page, {"words": "But"}).status_code == 403 and not Appeal.objects.exists()


def test_the_time_to_appeal_ends_for_them_too(client, decided):
    _notice, page = decided
    Decision.objects.update(at=timezone.now() - dt.timedelta(days=184))
    Notice.objects.update(answered_at=timezone.now() - dt.timedelta(days=184))
    assert "The time to appeal has passed." in client.get(page).text
    assert client.post(page, {"words": "But"}).status_code == 403 and not Appeal.objects.exists()


def test_a_line_of_the_desk_names_the_group_unless_it_is_confidential(client, post, lead, outsider, staff, colleague):
    group = post.thread.group
    post.report(lead, "rules", "")
    client.force_login(staff)
    assert f"<span><bdi>{group}</bdi></span>" in client.get("/desk/").text
    type(group).objects.update(is_confidential=True)
    make.place(group, staff)
    shown = client.get("/desk/").text
    assert post.body in shown and f"<span><bdi>{group}</bdi></span>" not in shown


def test_what_its_address_leads_to_is_called_by_its_name_and_in_a_closed_place_by_its_kind(client, sent, post, staff):
    notice, _page = sent(address=post.get_absolute_url())
    client.force_login(staff)
    assert f"Open a case: <bdi>post: {post}</bdi>" in client.get(notice.get_absolute_url()).text
    type(post.thread.group).objects.update(visibility="hidden", is_confidential=True)
    text = client.get(notice.get_absolute_url()).text
    assert "Open a case: <bdi>post</bdi>" in text and str(post.thread) not in text
