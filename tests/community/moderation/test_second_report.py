"""A second report by the same person counts like a first: its kind, its clock, and all of its words."""

import datetime as dt

import pytest

from community.moderation.models import Case, Report
from tests.community.moderation.deeds import case_page, send_report

FRIDAY = dt.datetime(2026, 12, 4, 10, tzinfo=dt.UTC)


@pytest.mark.parametrize("kinds", [("personal", "intimate"), ("intimate", "personal")])
def test_the_graver_kind_and_the_shorter_time_hold_in_either_order(client, post, lead, staff, time_machine, kinds):
    for hours, kind in zip((0, 3), kinds, strict=True):
        time_machine.move_to(FRIDAY + dt.timedelta(hours=hours), tick=False)
        assert send_report(client, lead, post, kind=kind, words=f"It is {kind}").status_code == 302
    due = FRIDAY + dt.timedelta(hours=48 + 3 * kinds.index("intimate"))
    report, case = Report.objects.get(), Case.objects.get()
    assert (report.kind, report.due_at) == (case.kind, case.due_at) == ("intimate", due)
    assert "48 hours, weekends included, set by law" in case_page(client, staff, post).text
    assert report.words == f"It is {kinds[0]}\n\nIt is {kinds[1]}"


def test_of_two_reporters_too(client, post, lead, outsider, time_machine):
    time_machine.move_to(FRIDAY, tick=False)
    send_report(client, lead, post, kind="spam")
    time_machine.move_to(FRIDAY + dt.timedelta(days=3), tick=False)
    post.report(outsider, "intimate", "")
    case = Case.objects.get()
    assert case.kind == "intimate" and case.due_at == FRIDAY + dt.timedelta(days=4), "two working days are sooner"


def test_more_words_than_fit_are_refused_and_stay_in_the_form(client, post, lead):
    send_report(client, lead, post, words="First " * 300)
    more = "Second " * 60
    refused = send_report(client, lead, post, words=more, kind="intimate")
    assert refused.status_code == 422 and more.strip() in refused.text and "fewer words" in refused.text
    assert Report.objects.get().kind == "personal"
    assert send_report(client, lead, post, words="Short", kind="intimate").status_code == 302
    assert Report.objects.get().words.endswith("Short") and Report.objects.get().kind == "intimate"
