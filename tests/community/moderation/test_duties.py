"""The record of duties: what the site's own rows say of each, for trustees and staff, and kept by staff."""

import csv
import io
import zipfile

import pytest
from django.core.management import call_command
from django.utils import timezone

from community import ledger
from community.members.models import Provider
from community.models import Entry
from community.moderation.models import Appeal, Duty, Notice
from tests import make
from tests.community.moderation.deeds import decide, page, send_report

URL = "/figures/duties/"
FACTS = {"code": "XX1", "asked": "Be kind", "source": "Nowhere", "met": "We are", "reviewer": "The board"}


@pytest.fixture
def trustee(db):
    found = make.person("trustee-observer")
    call_command("trustee", found.handle)
    return found


def now(client, who, code):
    """What stands beside a duty, as the file to take along says it."""
    rows = csv.reader(io.StringIO(page(client, who, f"{URL}?as=csv").content.decode()))
    return next(row[5] for row in rows if row and row[0] == code)


def test_it_says_what_was_reported_decided_and_appealed(client, lead, member, staff, colleague, post):
    assert now(client, staff, "OS04") == "In 12 months 0 reports by members and 0 without an account."
    send_report(client, lead, post)
    Notice.take("copyright", "Our score")
    decide(client, staff, post, "hide", rule="3.2")
    Appeal.lodge(post.undoable, member, "It names no one").uphold(colleague, "They are right")
    assert now(client, staff, "OS04") == "In 12 months 1 reports by members and 1 without an account."
    assert now(client, staff, "OS03") == "In 12 months 1 decided, 1 of them in time."
    assert now(client, staff, "OS06") == "In 12 months 1 lodged, 1 heard, 1 of them by another person, 1 upheld."
    assert now(client, staff, "OS10") == "In 12 months 0 decided, 0 of them in time."


def test_who_is_accountable_stands_there_once_staff_have_said(client, staff):
    assert now(client, staff, "OS02") == "Nobody is named yet."
    Provider(name="The Trust", accountable="Morgan Example", minute="minute 7").keep(staff, None)
    assert now(client, staff, "OS02") == "Morgan Example, –, minute 7"


def test_trustees_see_it_and_change_nothing(client, trustee):
    told = page(client, trustee, f"{URL}?check=1").content.decode()
    assert "OS04" in told and "not legal advice" in told and "unaltered and in order" in told and "/1/" not in told
    one = Duty.objects.first()
    for url in (one.get_absolute_url(), f"{URL}add/"):
        assert client.get(url).status_code == 404 and client.post(url, FACTS).status_code == 404
    client.post(one.get_absolute_url(), {"remove": "1"})
    assert Duty.objects.filter(pk=one.pk).exists() and not Duty.objects.filter(code="XX1").exists()


def test_others_do_not_see_it(client, member):
    assert page(client, member, URL).status_code == 404


def test_staff_add_change_and_take_off_and_the_ledger_keeps_the_earlier_words(client, staff):
    client.force_login(staff)
    assert client.post(f"{URL}add/", FACTS).status_code == 302
    one = Duty.objects.get(code="XX1")
    client.post(one.get_absolute_url(), FACTS | {"met": "We try", "review_on": "2031-05-06"})
    told = client.get(URL).content.decode()
    assert "We try" in told and "looked at again by The board on 6 May 2031" in told
    assert Entry.objects.get(act="change-duty").details["was"]["met"] == "We are"
    client.post(one.get_absolute_url(), {"remove": "1"})
    assert not Duty.objects.filter(code="XX1").exists()
    assert Entry.objects.get(act="remove-duty").details["was"]["met"] == "We try"
    assert ledger.first_broken() is None


def test_what_was_typed_stays_when_something_is_missing(client, staff):
    client.force_login(staff)
    answer = client.post(f"{URL}add/", FACTS | {"asked": ""})
    assert answer.status_code == 422 and "We are</textarea>" in answer.content.decode()


def test_what_has_no_day_or_a_day_that_came_is_due(client, staff):
    today = timezone.localdate()
    Duty.objects.exclude(code="OS04").update(review_on=today.replace(year=today.year + 1, day=1))
    assert page(client, staff, URL).content.decode().count("due to be looked at") == 1
    Duty.objects.filter(code="OS06").update(review_on=today)
    assert page(client, staff, URL).content.decode().count("due to be looked at") == 2


def test_it_is_a_document_too(client, staff):
    answer = page(client, staff, f"{URL}?as=odt")
    with zipfile.ZipFile(io.BytesIO(answer.content)) as packed:
        words = packed.read("content.xml").decode()
    assert "OS04" in words and "not legal advice" in words
    assert answer["Content-Disposition"] == 'attachment; filename="duties.odt"'
