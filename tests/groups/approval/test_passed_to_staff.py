"""What waits for approval and is passed to staff is a case: about the words as they were sent, whatever comes then."""

import datetime as dt

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone

from community.drafts.models import Draft
from community.files.models import StoredFile
from community.models import Entry
from community.moderation.models import Appeal, Case, Decision, Hold, Report, SealedCase
from community.notifications.models import Notification
from community.policy import Refused
from community.privacy.holdings import sections
from community.privacy.retention import carry_out
from groups.approval.models import Passed, Waiting
from groups.approval.tasks import forget
from groups.threads.models import Post
from tests import make
from tests.community.moderation.deeds import decide
from tests.groups.approval.deeds import WORDS, answer, browser, reply

pytestmark = pytest.mark.django_db
WHY = "Not in this group, please."


def pass_on(who, waiting, kind="illegal", **said):
    url = reverse("approval:pass", args=[waiting.pk])
    return browser(who).post(url, {"kind": kind, "words": "Look at the link", "reason": WHY, **said})


def case_page(who, passed):
    return browser(who).get(reverse("moderation:case", args=[passed.subject]))


def test_a_lead_declines_it_and_staff_have_a_case_in_one_step(waiting, member, lead, staff):
    offered = browser(lead).get(waiting.get_absolute_url()).text
    assert reverse("approval:pass", args=[waiting.pk]) in offered
    assert pass_on(lead, waiting).status_code == 302
    waiting.refresh_from_db()
    assert (waiting.declined_by, waiting.reason) == (lead, WHY)
    passed, case = Passed.objects.get(), Case.objects.get()
    assert (case.subject, case.kind) == (passed.subject, "illegal")
    shown = case_page(staff, passed).text
    assert WORDS in shown and "Look at the link" in shown and lead.name not in shown
    assert WORDS in browser(staff).get(reverse("moderation:desk")).text
    assert WORDS in browser(staff).get(passed.get_absolute_url()).text
    told = Notification.objects.get(member=member, kind="not-approved")
    assert WHY in browser(member).get(waiting.get_absolute_url()).text
    assert "Look at the link" not in browser(member).get(waiting.get_absolute_url()).text and told


def test_it_stays_as_it_was_sent_when_its_writer_takes_it_back_and_sends_something_else(
    waiting, thread, member, lead, staff
):
    pass_on(lead, waiting)
    answer(member, waiting, **{"take-back": "1"})
    assert not Waiting.objects.exists()
    assert Draft.objects.get(member=member).fields["body"] == WORDS
    reply(member, thread, "Quite harmless", key="key-2")
    assert WORDS in case_page(staff, Passed.objects.get()).text


def test_only_those_who_may_decline_it_pass_it_on_and_nobody_else_reads_what_staff_got(
    waiting, member, other, lead, staff
):
    assert pass_on(other, waiting).status_code == 404
    assert pass_on(member, waiting).status_code == 403
    assert not Passed.objects.exists()
    assert pass_on(lead, waiting).status_code == 302
    passed = Passed.objects.get()
    for who in (member, other, lead):
        assert browser(who).get(passed.get_absolute_url()).status_code == 404
        assert case_page(who, passed).status_code == 404
    assert pass_on(lead, waiting).status_code == 403, "staff have it already"


def test_what_is_missing_is_said_and_what_was_typed_stays(waiting, lead):
    missing = pass_on(lead, waiting, kind="", reason="")
    assert missing.status_code == 422 and "Look at the link" in missing.text
    assert Waiting.objects.get().is_open and not Report.objects.exists()


def test_until_staff_have_decided_no_lead_shows_it_and_then_they_may(thread, member, lead, staff):
    reply(member, thread, files=[SimpleUploadedFile("list.txt", b"Mutes: 12", "text/plain")])
    waiting = Waiting.objects.get()
    pass_on(lead, waiting)
    assert answer(lead, waiting, approve="1").status_code == 403
    passed = Passed.objects.get()
    assert "[list.txt]" in passed.evidence
    decide(browser(staff), staff, passed, "nothing")
    answer(lead, waiting, approve="1")
    post = Post.objects.get(body=WORDS)
    assert [file.stored for file in post.files.all()] == [file.stored for file in passed.files.all()]
    assert passed.files.get().stored not in StoredFile.objects.unheld()
    file = reverse("moderation:file", args=[passed.subject, passed.files.get().pk])
    assert file in browser(staff).get(passed.get_absolute_url()).text
    assert browser(lead).get(file).status_code == 404 and not Entry.objects.filter(act="look").exists()
    assert browser(staff).get(file).status_code == 200
    assert Entry.objects.get(act="look").actor == staff


def test_staff_who_sent_it_do_not_read_what_colleagues_got(thread, colleague, lead, staff):
    make.place(thread.group, colleague)
    sent = QueryDict(mutable=True)
    sent["body"] = WORDS
    place = f"reply:threads.thread-{thread.pk}"
    Waiting.take(thread.group, colleague, place, sent, "first").pass_on(lead, WHY, "illegal", "")
    for who, status in ((colleague, 403), (staff, 200)):
        assert browser(who).get(Passed.objects.get().get_absolute_url()).status_code == status


def test_hidden_by_staff_it_is_out_of_its_writers_sight_and_restored_it_is_there_again(waiting, member, lead, staff):
    pass_on(lead, waiting)
    decide(browser(staff), staff, Passed.objects.get(), "hide", rule="5.1")
    assert Decision.objects.get().author == member
    for who in (member, lead, staff):
        assert browser(who).get(waiting.get_absolute_url()).status_code == 404
    assert answer(member, waiting, **{"take-back": "1"}).status_code == 404
    Passed.objects.get().restore(staff, "It is not")
    assert browser(member).get(waiting.get_absolute_url()).status_code == 200


def test_what_is_passed_while_a_colleague_has_the_queue_open_is_not_shown(waiting, lead, staff):
    opened = Waiting.objects.to_show().get()
    pass_on(lead, waiting)
    with pytest.raises(Refused, match="passed to staff"):
        opened.approve(lead)
    Passed.objects.get().hide(staff, "An advert", "5.1")
    for deed in (lambda: opened.approve(lead), opened.take_back, opened.give_back):
        with pytest.raises(Refused, match="answered"):
            deed()
    assert Waiting.objects.exists() and not Post.objects.filter(body=WORDS).exists()
    Passed.objects.get().restore(staff, "It is not")
    assert opened.take_back() and not Waiting.objects.exists()


def test_what_is_sealed_meanwhile_is_gone_for_everybody_else(waiting, lead, keeper, both):
    opened = Waiting.objects.to_show().get()
    pass_on(lead, waiting, kind="worry", sealed="1")
    for deed in (lambda: opened.approve(lead), lambda: opened.decline(lead, "No"), opened.take_back, opened.give_back):
        with pytest.raises(Refused, match="answered"):
            deed()
    SealedCase.objects.get().give_back(keeper)
    opened.approve(lead)
    assert Post.objects.filter(body=WORDS).exists()


def test_staff_who_sent_it_without_a_name_find_no_case_about_it(thread, colleague, lead, staff):
    thread.group.allows_masked = True
    thread.group.save()
    make.place(thread.group, colleague)
    row = QueryDict(mutable=True)
    row.update({"body": WORDS, "masked": "1"})
    Waiting.take(thread.group, colleague, f"reply:threads.thread-{thread.pk}", row, "first").pass_on(
        lead, WHY, "illegal", ""
    )
    case = Case.objects.get()
    assert case.is_for(staff) and not case.is_for(colleague)
    assert case.whom_to_call == [staff]


def test_a_worry_about_a_child_goes_to_the_keepers_alone_and_its_writer_gets_no_sign(
    waiting,
    thread,
    member,
    lead,
    staff,
    keeper,
    both,
):
    first_step = pass_on(lead, waiting, kind="worry")
    assert "Before you send this" in first_step.text and "Look at the link" in first_step.text
    assert not Passed.objects.exists() and Waiting.objects.get().is_open
    assert pass_on(lead, waiting, kind="worry", sealed="1").status_code == 302
    sealed, passed = SealedCase.objects.get(), Passed.objects.get()
    assert sealed.subject == passed.subject and WORDS in sealed.reports.get().evidence
    assert not Case.objects.exists() and not Notification.objects.filter(member=member).exists()
    assert not Notification.objects.filter(kind="to-approve", read_at=None).exists()
    for who in (member, lead, staff):
        assert browser(who).get(waiting.get_absolute_url()).status_code == 404
        assert browser(who).get(passed.get_absolute_url()).status_code == 404
    assert WORDS not in browser(member).get(thread.get_absolute_url()).text
    assert WORDS not in str(list(sections(member)))
    assert case_page(staff, passed).status_code == 404
    Waiting.objects.update(sent_at=timezone.now() - dt.timedelta(days=400))
    forget.call()
    assert Waiting.objects.exists() and not Draft.objects.exists()
    sealed.give_back(keeper)
    assert browser(lead).get(waiting.get_absolute_url()).status_code == 200, "it waits as it did before"
    assert Waiting.objects.get().is_open


def test_what_staff_got_goes_once_the_time_to_appeal_is_over(waiting, member, lead, staff, colleague, time_machine):
    pass_on(lead, waiting)
    passed = Passed.objects.get()

    def is_kept_after(days):
        time_machine.move_to(timezone.now() + dt.timedelta(days=days))
        carry_out()
        return Passed.objects.exists()

    assert is_kept_after(200), "its case is open"
    decide(browser(staff), staff, passed, "hide", rule="5.1")
    assert is_kept_after(182), "one can appeal"
    appeal = Appeal.lodge(Decision.objects.get(), member, "It is no advert")
    assert is_kept_after(10), "an appeal waits"
    appeal.refuse(colleague, "It is one")
    held = Hold.objects.create(subject=passed.subject)
    assert is_kept_after(10), "it is held"
    held.delete()
    assert not is_kept_after(0)


def test_what_came_without_a_name_names_nobody_to_staff_and_to_the_ledger(thread, member, lead, staff):
    thread.group.allows_masked = True
    thread.group.save()
    reply(member, thread, masked="1")
    waiting = Waiting.objects.get()
    pass_on(lead, waiting)
    passed = Passed.objects.get()
    assert passed.author.is_nameless and passed.writer == member
    assert member.name not in case_page(staff, passed).text
