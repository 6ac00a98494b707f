"""Targets and days off are lists that staff keep, within what the law allows."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from django.urls import reverse

from community.models import Entry
from community.moderation.models import Holiday, Report, Target
from community.moderation.models.target import LAW, clock_of
from tests import make
from tests.community.moderation.deeds import case_page, page, send_report
from tests.community.moderation.test_clocks import at

DESK = reverse("moderation:desk")
HOLIDAYS, TARGETS = reverse("moderation:holidays"), reverse("moderation:targets")


def set_to(client, who, what, **said):
    client.force_login(who)
    return client.post(reverse("moderation:target", args=[what]), said)


@pytest.fixture
def add(client, staff):
    def send(day, **said):
        client.force_login(staff)
        return client.post(HOLIDAYS, {"day": day, "name": "A day off", "stops": "all"} | said)

    return send


def test_for_others_than_staff_these_lists_do_not_exist(client, lead, staff):
    day = Holiday.objects.latest("pk").get_absolute_url()
    for url in (HOLIDAYS, TARGETS, reverse("moderation:target", args=["spam"]), day):
        assert page(client, lead, url).status_code == 404
        assert page(client, staff, url).status_code == 200
    assert set_to(client, lead, "spam", length="1", by="hours").status_code == 404
    assert page(client, staff, reverse("moderation:target", args=["nothing"])).status_code == 404


def test_what_comes_in_after_a_target_was_changed_goes_by_it_and_what_waits_keeps_its_time(
    client, post, lead, outsider, group, staff, time_machine
):
    time_machine.move_to(at(4, 12, 2026, 10), tick=False)  # a Friday
    send_report(client, lead, post, kind="rules")
    before = Report.objects.get().due_at
    assert "keeps the time it was given" in page(client, staff, TARGETS).text
    assert set_to(client, staff, "rules", length="4", by="hours").status_code == 302
    assert Report.objects.get().due_at == before == at(8, 12, 2026, 10)
    assert clock_of("rules").due(at(4, 12, 2026, 10)) == at(4, 12, 2026, 14)
    for url in (DESK, reverse("moderation:case", args=[post.subject])):
        told = page(client, staff, url).text
        assert "our target: 2 working days" in told and "4 hours" not in told, "the words of the time it was given"
    make.place(group, outsider)
    send_report(client, outsider, post, kind="rules")
    told = case_page(client, staff, post).text
    assert "our target: 4 hours" in told and "our target: 2 working" not in told, "a second report is due sooner"
    assert clock_of("spam").due(at(4, 12, 2026, 10)) == at(8, 12, 2026, 10), "another kind is as it was"
    assert "4 hours, weekends included" in page(client, staff, TARGETS).text


def test_a_target_goes_back_to_what_the_site_does_by_itself_and_all_is_in_the_ledger(client, staff):
    set_to(client, staff, "appeal", length="3", by="workdays")
    assert "As before: 5 working days" in page(client, staff, reverse("moderation:target", args=["appeal"])).text
    set_to(client, staff, "appeal", length="4", by="workdays")
    set_to(client, staff, "appeal", remove="1")
    assert Target.of("appeal").said == "5 working days"
    acts = list(Entry.objects.filter(act__endswith="-target").values_list("act", "details"))
    assert [act for act, _details in acts] == ["add-target", "change-target", "remove-target"]
    assert acts[1][1]["was"]["length"] == "3" and acts[1][1]["now"]["length"] == "4"


@pytest.mark.parametrize(
    ("what", "good", "bad"),
    [
        ("intimate", {"length": "24", "by": "hours"}, {"length": "49", "by": "hours"}),
        ("intimate", {"length": "48", "by": "hours"}, {"length": "2", "by": "workdays"}),
        ("intimate", {"length": "1", "by": "hours"}, {"length": "1", "by": "working"}),
        ("defamation", {"length": "48", "by": "working"}, {"length": "49", "by": "working"}),
        ("defamation", {"length": "1", "by": "workdays"}, {"length": "2", "by": "days"}),
        ("personal", {"length": "15", "by": "workdays"}, {"length": "31", "by": "days"}),
        ("worry", {"length": "2", "by": "hours"}, {"length": "2", "by": "workdays"}),
        ("abuse", {"length": "24", "by": "working"}, {"length": "25", "by": "hours"}),
        ("spam", {"length": "30", "by": "days"}, {"length": "31", "by": "days"}),
        ("spam", {"length": "20", "by": "workdays"}, {"length": "21", "by": "workdays"}),
        ("appeal", {"length": "480", "by": "working"}, {"length": "481", "by": "working"}),
    ],
)
def test_the_law_can_be_met_sooner_not_later(client, staff, what, good, bad):
    refused = set_to(client, staff, what, **bad)
    assert refused.status_code == 422 and "You can set it shorter, not longer." in refused.text
    assert f'value="{bad["length"]}"' in refused.text, "nothing typed is lost"
    assert not Target.objects.exists()
    assert set_to(client, staff, what, **good).status_code == 302
    assert Target.objects.get().what == what


@pytest.mark.parametrize("length", ["0", "-1", "", "soon", "99999999999"])
def test_no_time_at_all_is_no_target(client, staff, length):
    assert set_to(client, staff, "spam", length=length, by="hours").status_code == 422
    assert set_to(client, staff, "spam", length="1", by="moons").status_code == 422
    assert not Target.objects.exists()


def test_no_way_of_counting_that_the_law_allows_ends_later_than_the_law(db):
    """Over two years, from every tenth hour: each longest target against the clock that is shipped."""
    for what, law in LAW.items():
        shipped = Target.shipped(what)
        for by, most in law.most.items():
            other = Target(what=what, length=most, by=by)
            for step in range(0, 2 * 365 * 24, 37):
                since = at(1, 1, 2026, 0) + dt.timedelta(hours=step)
                assert other.due(since) <= shipped.due(since), (what, by, since)


def test_what_nobody_chose_stops_no_clock_of_the_law(client, staff, add, time_machine):
    time_machine.move_to(at(1, 12, 2026, 10), tick=False)
    shown = page(client, staff, HOLIDAYS).text
    chosen = re.findall(r'<input type="radio" name="stops" value="(\w+)"[^>]*checked', shown)
    assert chosen == ["ours"]
    assert add("2026-12-10", stops="all").status_code == 302
    line = page(client, staff, Holiday.objects.get(day="2026-12-10").get_absolute_url()).text
    assert re.findall(r'<input type="radio" name="stops" value="(\w+)"[^>]*checked', line) == ["all"]


def test_as_before_twice_or_where_a_colleague_was_quicker_changes_nothing(client, staff, colleague):
    url = reverse("moderation:target", args=["appeal"])
    assert set_to(client, staff, "appeal", remove="1").url == TARGETS
    assert not Entry.objects.filter(act="remove-target").exists()
    set_to(client, staff, "appeal", length="3", by="workdays")
    mine, theirs = Target.of("appeal"), Target.of("appeal")
    assert set_to(client, colleague, "appeal", remove="1").url == TARGETS
    theirs.drop(staff)
    assert mine.pk and client.post(url, {"remove": "1"}).url == TARGETS
    assert Entry.objects.filter(act="remove-target").count() == 1 and Target.of("appeal").said == "5 working days"


def test_a_proclaimed_holiday_stops_the_clock_of_the_law_and_our_own_day_off_does_not(add, time_machine):
    time_machine.move_to(at(1, 12, 2026, 10), tick=False)
    received = at(9, 12, 2026, 10)
    assert add("2026-12-10", stops="ours").status_code == 302
    assert clock_of("defamation").due(received) == at(11, 12, 2026, 10)
    assert clock_of("rules").due(received) == at(14, 12, 2026, 10)
    Holiday.objects.get(day="2026-12-10").delete()
    assert add("2026-12-10").status_code == 302
    assert clock_of("defamation").due(received) == at(14, 12, 2026, 10)
    assert clock_of("intimate").due(received) == at(11, 12, 2026, 10)


@pytest.mark.parametrize(
    ("day", "why"),
    [
        ("2026-12-25", "on the list already"),
        ("2026-11-30", "is past"),
        ("2026-12-12", "a weekend"),
        ("2037-01-01", "years ahead"),
        ("31 February", "valid date"),
    ],
)
def test_a_day_that_makes_no_sense_is_refused_with_a_sentence(add, time_machine, day, why):
    time_machine.move_to(at(1, 12, 2026, 10), tick=False)
    before = Holiday.objects.count()
    refused = add(day)
    assert refused.status_code == 422 and why in refused.text
    assert Holiday.objects.count() == before
    assert add("2026-12-24").status_code == 302


def test_a_day_is_changed_and_taken_off_and_the_ledger_says_what_it_was(client, staff, add, time_machine):
    time_machine.move_to(at(1, 12, 2026, 10), tick=False)
    add("2026-12-24", name="Office closed", stops="ours")
    day = Holiday.objects.get(day="2026-12-24")
    said = {"day": "2026-12-23", "name": "Office closed", "stops": "ours"}
    assert client.post(day.get_absolute_url(), said).status_code == 302
    assert client.post(day.get_absolute_url(), {"remove": "1"}).status_code == 302
    acts = list(Entry.objects.filter(subject=f"holiday-{day.pk}").values_list("act", "details"))
    assert [act for act, _details in acts] == ["add-holiday", "change-holiday", "remove-holiday"]
    assert acts[1][1]["was"]["day"] == "2026-12-24" and acts[2][1]["was"]["day"] == "2026-12-23"


def test_the_desk_warns_three_months_before_the_list_ends_and_a_button_adds_the_next_year(client, staff, time_machine):
    desk = reverse("moderation:desk")
    time_machine.move_to(at(20, 9, 2029, 10), tick=False)
    assert "list of bank holidays ends soon" not in page(client, staff, desk).text
    time_machine.move_to(at(27, 9, 2029, 10), tick=False)
    assert "list of bank holidays ends soon" in page(client, staff, desk).text
    shown = page(client, staff, HOLIDAYS).text
    assert "goes up to 26 December 2029" in shown and "Add the bank holidays of 2030" in shown
    assert client.post(HOLIDAYS, {"year": "2030"}).status_code == 302
    assert client.post(HOLIDAYS, {"year": "2030"}).url == HOLIDAYS, "pressed twice, it is done already"
    assert not Holiday.objects.filter(day__year=2031).exists()
    assert set(Holiday.objects.filter(day__year=2030).values_list("stops", flat=True)) == {"all"}
    assert str(Holiday.last_day()) == "2030-12-26" and Holiday.objects.filter(day__year=2030).count() == 8
    assert "list of bank holidays ends soon" not in page(client, staff, desk).text
    assert clock_of("defamation").due(at(24, 12, 2029, 10)) == at(28, 12, 2029, 10)


def test_the_pages_of_these_lists_cost_the_same_however_long_they_are(client, staff, django_assert_max_num_queries):
    page(client, staff, HOLIDAYS)
    with django_assert_max_num_queries(15):
        assert page(client, staff, HOLIDAYS).text.count('class="title"') >= 8
    with django_assert_max_num_queries(15):
        page(client, staff, TARGETS)
