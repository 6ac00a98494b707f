"""Whom a sealed case is about, or was told to concern, learns nothing of it, whatever office they hold."""

import datetime as dt

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from community.mail.models import Letter
from community.members.models import Member
from community.moderation.models import Case, Keeper, Measure, Note, SealedCase, Worry
from community.moderation.tasks import keep_time
from tests import make
from tests.community.moderation.deeds import case_page, decide, first, page, send_report
from tests.community.moderation.sealed import TEXT, TOLD, named, sealed

DESK = "/desk/"


def test_a_keeper_does_not_learn_that_one_is_about_them(client, lead, staff, keeper, deputy, post, both):
    before = page(client, keeper, DESK).text.count('class="count"')
    case = sealed(client, lead, post, kept_from="lead")
    keeper_sees, deputy_sees = page(client, keeper, DESK).text, page(client, deputy, DESK).text
    assert keeper_sees.count('class="count"') == before == 0 and '<span class="count">1<' in deputy_sees
    named(keeper)
    assert "that nobody may read" not in page(client, keeper, DESK).text
    assert "that nobody may read" in page(client, staff, DESK).text
    for who in (keeper, staff, deputy):
        assert "sealed-" not in page(client, who, reverse("moderation:ledger")).text
    assert case.pk > 10**6, "its number tells nobody how many there are"


def test_it_stays_kept_from_the_person_in_another_office_and_is_open_to_who_follows(
    client, lead, staff, keeper, deputy, post, both
):
    case = sealed(client, lead, post, kept_from="lead")
    named(staff, keeper)
    assert page(client, keeper, case.get_absolute_url()).status_code == 404
    assert page(client, staff, case.get_absolute_url()).status_code == 200
    assert case.reports.get().kept_from == keeper


def test_where_nobody_had_the_part_nobody_is_kept_out(client, lead, keeper, deputy, post):
    named(None, deputy)
    case = sealed(client, lead, post, kept_from="lead")
    named(keeper, deputy)
    assert page(client, keeper, case.get_absolute_url()).status_code == 200


def test_who_wrote_in_a_discussion_that_is_held_neither_reads_it_nor_is_erased(
    client, group, lead, staff, keeper, deputy, post, both
):
    make.place(group, keeper)
    post.thread.reply(first(keeper), "A word of mine")
    case = SealedCase.take(Worry("worry", TOLD), post.thread).case
    assert page(client, keeper, case.get_absolute_url()).status_code == 404
    assert page(client, deputy, case.get_absolute_url()).status_code == 200
    client.force_login(staff)
    url, said = reverse("privacy:erase", args=[post.author.handle]), {"reason": "Asked", "way": "keep"}
    said["handle"] = post.author.handle
    assert "kept by law" in client.post(url, said).text
    case.give_back(deputy)
    assert client.post(url, said).status_code == 302


def test_whoever_told_of_nothing_here_is_erased_once_it_is_closed(client, staff, keeper, both):
    teller = make.person("teller")
    case = SealedCase.take(Worry("worry", TOLD, teller)).case
    client.force_login(staff)
    url, said = (
        reverse("privacy:erase", args=[teller.handle]),
        {"reason": "Asked", "handle": teller.handle, "way": "keep"},
    )
    assert "kept by law" in client.post(url, said).text
    case.close(keeper)
    assert client.post(url, said).status_code == 302
    assert not Member.objects.get(pk=teller.pk).is_active


def test_whoever_is_named_hears_that_something_waits_and_nobody_was_warned_before(client, lead, keeper, post):
    case = sealed(client, lead, post)
    SealedCase.objects.update(at=timezone.now() - dt.timedelta(hours=23), due_at=timezone.now() + dt.timedelta(hours=1))
    keep_time.call()
    case.refresh_from_db()
    assert case.warned_at is None and not Letter.objects.filter(template="sealed").exists()
    call_command("safeguarding", "lead", keeper.handle)
    letter = Letter.objects.get(template="sealed")
    assert letter.to == keeper.email and TOLD not in letter.text and TEXT not in letter.text
    keep_time.call()
    assert Letter.objects.filter(template="sealed").count() == 2


def test_who_is_named_while_nothing_waits_gets_no_letter(keeper):
    call_command("safeguarding", "lead", keeper.handle)
    assert not Letter.objects.filter(template="sealed").exists()


def test_a_desk_with_many_sealed_cases_asks_no_more_than_one_with_one(client, staff, both):
    def asked():
        with CaptureQueriesContext(connection) as queries:
            page(client, staff, DESK)
        return len(queries)

    SealedCase.take(Worry("worry", TOLD))
    asked()
    one = asked()
    for _ in range(4):
        SealedCase.take(Worry("worry", TOLD))
    assert asked() == one


def test_the_case_of_a_whole_does_not_tell_the_text_of_a_part_that_is_held(
    client, group, lead, member, staff, keeper, both
):
    thread = make.thread(group, member, body=TEXT)
    send_report(client, lead, thread, kind="rules")
    opening = thread.posts.get()
    assert TEXT in case_page(client, staff, thread).text
    case = sealed(client, lead, opening)
    assert case_page(client, staff, thread).status_code == 200
    assert TEXT not in case_page(client, staff, thread).text
    case.give_back(keeper)
    assert TEXT in case_page(client, staff, thread).text


def test_the_case_of_a_part_of_what_is_held_waits_until_it_is_back(client, lead, member, staff, keeper, post, both):
    send_report(client, lead, post, kind="rules")
    waiting = Case.objects.get()
    case = SealedCase.take(Worry("worry", TOLD), post.thread).case
    assert str(waiting) not in page(client, staff, DESK).text
    Case.objects.update(due_at=waiting.at)
    keep_time.call()
    waiting.refresh_from_db()
    assert waiting.warned_at is None
    case.give_back(keeper)
    assert TEXT in page(client, staff, DESK).text


def test_what_was_to_be_edited_is_looked_at_once_it_is_back(client, lead, staff, keeper, post, both, time_machine):
    decide(client, staff, post, "edit", rule="3.2")
    case = SealedCase.take(Worry("worry", TOLD), post).case
    time_machine.move_to(timezone.now() + dt.timedelta(days=30))
    keep_time.call()
    assert Measure.objects.get().ended_at is None
    case.give_back(keeper)
    keep_time.call()
    assert Case.objects.open().filter(subject=post.subject).exists() and Note.about(post.subject)


@pytest.mark.parametrize("keepers", [0, 2])
def test_the_receipt_says_nothing_of_who_reads_it(client, lead, keeper, deputy, post, keepers):
    if keepers:
        named(keeper, deputy)
    case = sealed(client, lead, post, kept_from="lead")
    text = page(client, lead, case.reports.get().get_absolute_url()).text
    assert "kept sealed" in text and "with the safeguarding lead and their deputy" not in text


@pytest.mark.django_db(transaction=True)
def test_an_office_in_rows_from_before_becomes_the_person_who_held_it(keeper, deputy, both):
    executor = MigrationExecutor(connection)
    executor.migrate([("moderation", "0007_trustee")])
    old = MigrationExecutor(connection).loader.project_state([("moderation", "0007_trustee")]).apps
    try:
        old_case = old.get_model("moderation.SealedCase").objects.create(
            kind="worry", due_at=timezone.now(), writer_id=deputy.pk
        )
        old_case.reports.create(kind="worry", reference="OLD", kept_from="lead")
    finally:  # all rooms: tables of others rest on those of this one
        executor = MigrationExecutor(connection)
        executor.migrate(executor.loader.graph.leaf_nodes())
    case = SealedCase.objects.get(pk=old_case.pk)
    assert case.reports.get().kept_from == keeper and case.writers.get() == deputy
    assert Keeper.objects.count() == 2


def test_staff_hand_what_they_see_to_the_keepers_hidden_already_or_not(client, lead, member, staff, keeper, post, both):
    send_report(client, lead, post, kind="rules")
    post.hide(staff, "It tells who the pupil is.", "3.2")
    url = reverse("moderation:hand", args=[post.subject])
    assert url in case_page(client, staff, post).text
    assert page(client, member, url).status_code == 404
    client.force_login(member)
    assert client.post(url, {"kind": "worry"}).status_code == 404
    client.force_login(staff)
    assert client.get(url, {"kind": "worry"}).url == reverse("moderation:case", args=[post.subject])
    assert "Before you send this" in client.post(url, {"kind": "worry"}).text
    assert client.post(url, {"kind": "worry", "sealed": "1", "words": TOLD}).status_code == 302
    case = SealedCase.objects.get()
    assert case.subject == post.subject and case.reports.get().reporter == staff
    assert case_page(client, staff, post).status_code == 404
    assert page(client, keeper, case.get_absolute_url()).status_code == 200
