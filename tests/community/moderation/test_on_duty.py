"""Whoever is on duty hears at once of what has a short time, once of each, and is warned before its time runs out."""

import csv
import datetime as dt
import io

import pytest

from community.mail.models import Letter
from community.models import Entry
from community.moderation import record, tasks
from community.moderation.models import Appeal, DataRequest, Decision, Notice, Shift
from community.notifications.mailing import Mailing
from community.notifications.models import Notification
from tests.community.moderation.deeds import decide, page, send_report

URL, TRAY = "/desk/rota/", "/needs-you/"
RECEIVED = dt.datetime(2026, 12, 18, 16, tzinfo=dt.UTC)  # a Friday


def called():
    return sorted(Letter.objects.filter(template="desk_calls").values_list("to", flat=True))


def on_duty(who, first="2026-12-01", last="2026-12-31"):
    return Shift.objects.create(member=who, first=first, last=last)


def test_staff_keep_the_rota_and_each_change_is_in_the_ledger(client, staff, colleague, lead, time_machine):
    time_machine.move_to(RECEIVED, tick=False)
    client.force_login(staff)
    said = {"member": colleague.pk, "first": "2026-12-18", "last": "2026-12-20"}
    assert client.post(URL, said | {"last": "2026-12-17"}).status_code == 422
    assert client.post(URL, said | {"member": lead.pk}).status_code == 422, "they are not of staff"
    assert client.post(URL, said).status_code == 302
    shift = Shift.objects.get()
    shown = client.get(URL).text
    assert "Friday 18 December 2026" in shown and f"Today: <bdi>{colleague.name}" in " ".join(shown.split())
    assert client.post(f"{URL}{shift.pk}/").status_code == 302
    assert [entry.act for entry in Entry.objects.order_by("number")[:2]] == ["add-shift", "remove-shift"]
    assert Entry.objects.first().details["now"]["member"] == colleague.subject
    client.force_login(lead)
    assert client.get(URL).status_code == client.post(URL, said).status_code == 404


def test_past_days_are_nobodys_any_more_and_so_are_those_of_who_left(client, staff, colleague, time_machine):
    time_machine.move_to(RECEIVED, tick=False)
    on_duty(colleague, last="2026-12-17")
    assert set(Shift.on_duty()) == {staff, colleague}, "nobody is on duty, so all are"
    on_duty(colleague)
    assert Shift.on_duty() == [colleague]
    colleague.end()
    assert Shift.on_duty() == [staff]


@pytest.mark.parametrize(("kind", "how_many"), [("intimate", 1), ("illegal", 1), ("defamation", 1), ("spam", 0)])
def test_one_letter_for_each_case_whatever_letters_they_wish_for(
    client, post, lead, member, outsider, staff, colleague, time_machine, kind, how_many
):
    time_machine.move_to(RECEIVED, tick=False)
    on_duty(colleague)
    Mailing.objects.update_or_create(member=colleague, defaults={"direct": "never", "followed": "never"})
    send_report(client, lead, post, kind=kind, words="Look at her shoulder")
    post.report(outsider, kind, "Me too")
    assert called() == [colleague.email] * how_many
    for letter in Letter.objects.filter(template="desk_calls"):
        assert "shoulder" not in letter.text and "front row" not in letter.text
        assert f"/desk/{post.subject}/" in letter.text and "December" in letter.subject


def test_a_report_that_becomes_grave_calls_them_and_nobody_is_called_to_their_own(
    client, post, lead, staff, colleague, third
):
    on_duty(staff, "2020-01-01", "2040-01-01")
    send_report(client, staff, post, kind="spam")
    assert called() == []
    send_report(client, staff, post, kind="intimate")
    assert called() == sorted([colleague.email, third.email]), "who is on duty reported it, so it is for the others"


def test_appeals_and_requests_about_data_call_those_on_duty_who_may_answer(
    client, post, lead, member, staff, colleague, third
):
    decide(client, staff, post, "hide", rule="2.2")
    appeal = Appeal.lodge(Decision.objects.get(), member, "It is not so")
    assert called() == sorted([colleague.email, third.email])
    letter = Letter.objects.filter(template="desk_calls").first()
    assert f"/desk/appeals/{appeal.pk}/" in letter.text and "It is not so" not in letter.text
    DataRequest.ask(member, "erase", "All of it")
    DataRequest.ask(member, "erase", "Please")
    assert called().count(staff.email) == 1


def test_a_report_from_outside_calls_warns_once_and_is_late_after_its_time(client, staff, colleague, time_machine):
    time_machine.move_to(RECEIVED, tick=False)
    on_duty(colleague)
    notice = Notice.take("intimate", "It is me")
    assert called() == [colleague.email]
    time_machine.move_to(RECEIVED + dt.timedelta(hours=35), tick=False)
    tasks.keep_time.call()
    assert called() == [colleague.email]
    time_machine.move_to(RECEIVED + dt.timedelta(hours=37), tick=False)
    for _again in range(2):
        tasks.keep_time.call()
    assert called() == [colleague.email] * 2
    told = Notification.objects.get(kind="due")
    assert told.member == colleague and "11 hours left" in page(client, colleague, TRAY).text
    time_machine.move_to(RECEIVED + dt.timedelta(hours=50), tick=False)
    notice.answer_with(colleague, "It is gone.")
    told.refresh_from_db()
    assert told.read_at
    assert "late" in page(client, staff, notice.get_absolute_url()).text
    rows = list(csv.reader(io.StringIO(page(client, staff, "/figures/?as=csv").text)))
    start = rows.index(["Reports from outside"])
    assert rows[start + 2] == ["An intimate picture of somebody", "1", "1", "0", "50"]
    assert "<td>1</td><td>0</td><td>0</td>" in page(client, staff, "/desk/register/").text
    for what in ("intimate", "clocks"):
        assert record.NOW[what]() == "In 12 months 1 decided, 0 of them in time."


def test_a_warning_about_an_appeal_leads_staff_to_the_hearing_and_its_writer_to_their_page(
    client, post, member, staff, colleague, time_machine
):
    time_machine.move_to(RECEIVED, tick=False)
    decide(client, staff, post, "hide", rule="2.2")
    appeal = Appeal.lodge(Decision.objects.get(), member, "It is not so")
    time_machine.move_to(RECEIVED + dt.timedelta(days=12), tick=False)
    tasks.keep_time.call()
    told = Notification.objects.get(kind="due")
    assert told.member == colleague
    assert f'href="/desk/appeals/{appeal.pk}/"' in page(client, colleague, TRAY).text
    client.force_login(member)
    assert client.get(appeal.get_absolute_url()).url.startswith("/appeals/")


def test_of_a_report_about_all_of_staff_those_on_duty_hear_that_there_is_one(staff):
    Notice.take("intimate", "They did", address=f"/people/{staff.handle}/")
    assert called() == [staff.email]
