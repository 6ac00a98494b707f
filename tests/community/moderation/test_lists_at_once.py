"""Two change a list at once, or one takes off what another chooses: one of them waits, and is told."""

import pytest
from django.db import connection

from community.models import Entry
from community.moderation.models import Holiday, IllegalKind, Report, Target
from community.policy import Refused
from tests import make
from tests.community.moderation.deeds import meanwhile

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _rows_of_their_own():
    if connection.vendor == "sqlite":
        pytest.skip("on SQLite one writes after the other")


@pytest.fixture
def report(group, member, lead):
    post = make.thread(group, lead).reply(member.affiliations.get(), "Buy this")
    return post.report(lead, "illegal", "Fraud")


@pytest.fixture
def kind(db):
    return IllegalKind.objects.create(name="Piracy at sea")


def choose(report, kind):
    Report.objects.get(pk=report.pk).tell_more(report.subject, kind, {})


def test_what_was_just_chosen_stays_on_the_list(report, kind, staff):
    outcome = meanwhile(lambda: choose(report, kind), lambda: IllegalKind.objects.get(pk=kind.pk).drop(staff))
    assert isinstance(outcome, Refused) and "so it stays" in str(outcome)
    assert Report.objects.get().illegal == kind


def test_what_was_just_taken_off_is_not_chosen(report, kind, staff):
    outcome = meanwhile(lambda: IllegalKind.objects.get(pk=kind.pk).drop(staff), lambda: choose(report, kind))
    assert isinstance(outcome, Refused) and "Choose another" in str(outcome)
    assert Report.objects.get().illegal is None and not IllegalKind.objects.filter(pk=kind.pk).exists()


def test_two_who_add_the_bank_holidays_of_a_year_at_once_add_them_once(staff, colleague):
    Holiday.objects.get_or_create(day="2029-12-26", defaults={"name": "Boxing Day"})
    outcome = meanwhile(lambda: Holiday.add_year(staff, 2030), lambda: Holiday.add_year(colleague, 2030))
    assert outcome is None
    assert Holiday.objects.filter(day__year=2030).count() == 8
    assert Entry.objects.filter(act="add-holiday", actor=staff).count() == 8
    assert not Entry.objects.filter(act="add-holiday", actor=colleague).exists()


def set_to(hours, by):
    target = Target.shipped("spam")
    target.length, target.by = hours, "hours"
    target.keep(by)


def test_of_two_who_change_a_target_first_at_once_one_is_told_to_look_again(staff, colleague):
    outcome = meanwhile(lambda: set_to(4, staff), lambda: set_to(9, colleague))
    assert isinstance(outcome, Refused) and "Load the page again" in str(outcome)
    assert Target.objects.get(what="spam").length == 4
    assert Entry.objects.filter(act="add-target").count() == 1
