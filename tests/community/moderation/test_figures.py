"""The figures of a year: they are what is there, name nobody, and trustees see them and nothing else of the desk."""

import csv
import io
import re
import xml.etree.ElementTree as ET
import zipfile

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils import timezone

from community.models import Entry
from community.moderation.models import Appeal, Notice, SealedCase, Worry
from tests import make
from tests.community.moderation.deeds import decide, page, send_report

URL = "/figures/"


@pytest.fixture
def trustee(db):
    found = make.person("trustee-observer")
    call_command("trustee", found.handle)
    return found


@pytest.fixture
def year(client, group, lead, member, staff, colleague, post):
    """One report that was decided, appealed and undone; one that waits; one from outside; one that is sealed."""
    send_report(client, lead, post, kind="personal", words="=cmd about Ashgrove")
    decide(client, staff, post, "hide", rule="3.2")
    Appeal.lodge(post.undoable, member, "It names no one").uphold(colleague, "They are right")
    send_report(client, lead, make.thread(group, member).posts.get(), kind="spam")
    Notice.take("copyright", "Our score")
    SealedCase.take(Worry("worry", "Ashgrove"))


def as_rows(answer):
    return list(csv.reader(io.StringIO(answer.content.decode())))


def test_they_say_what_was_reported_done_appealed_and_undone(client, staff, year):
    rows = as_rows(page(client, staff, f"{URL}?as=csv"))
    assert ["My personal data", "1", "0"] in rows and ["Copyright", "0", "1"] in rows
    assert ["My personal data", "1", "1", "1", "0"] in rows and ["Spam or selling", "1", "0", "0", "–"] in rows
    assert ["Hidden", "1", "1"] in rows and ["Restored", "1", "0"] in rows
    assert ["1", "1", "1", "1", "0"] in rows and ["1", "0"] in rows


def test_another_year_knows_nothing_of_it(client, staff, year):
    text = page(client, staff, f"{URL}?year={timezone.localdate().year - 1}").text
    assert "Copyright" not in text and "Hidden" not in text


def test_a_trustee_sees_them_and_nothing_else_of_the_desk(client, trustee, year, post, member, lead):
    text = page(client, trustee, f"{URL}?check=1").text
    assert "Copyright" in text and "Every row is there, unaltered and in order." in text
    assert not any(name in text for name in ("Ashgrove", member.name, lead.name, post.subject))
    for name in ("desk", "ledger", "register", "notices", "sealed", "contacts"):
        assert client.get(reverse(f"moderation:{name}")).status_code == 404, name
    assert client.get(reverse("moderation:case", args=[post.subject])).status_code == 404


def test_for_other_members_there_is_no_such_page_and_a_trustee_can_cease_to_be_one(client, lead, trustee):
    assert page(client, lead, URL).status_code == 404
    call_command("trustee", trustee.handle, end=True)
    assert page(client, trustee, URL).status_code == 404
    with pytest.raises(CommandError):
        call_command("trustee", "nobody-here")
    assert list(Entry.objects.filter(subject=trustee.subject).values_list("act", flat=True)) == [
        "name-trustee",
        "end-trustee",
    ]


def test_a_row_that_was_altered_is_found(client, staff, trustee, year):
    Entry.objects.filter(act="hide").update(reason="Another reason")
    text = page(client, trustee, f"{URL}?check=1").text
    number = Entry.objects.get(act="hide").number
    assert f"Row {number} was altered or is missing." in text


def test_the_document_is_one_that_office_programs_open(client, staff, year):
    answer = page(client, staff, f"{URL}?as=odt&check=1")
    with zipfile.ZipFile(io.BytesIO(answer.content)) as packed:
        first = packed.infolist()[0]
        assert (first.filename, first.compress_type) == ("mimetype", zipfile.ZIP_STORED)
        assert packed.read("mimetype").decode() == answer["Content-Type"] == "application/vnd.oasis.opendocument.text"
        text = "".join(ET.fromstring(packed.read("content.xml")).itertext())
        ET.fromstring(packed.read("META-INF/manifest.xml"))
    assert "Copyright" in text and "Every row is there" in text


@pytest.mark.parametrize("wrong", ["20x6", "99999", "1066", "9999", "", "²026"])
def test_a_year_that_is_none_is_refused(client, staff, wrong):
    assert page(client, staff, f"{URL}?year={wrong}").status_code == 400


@pytest.mark.parametrize("year", [2020, 2021, 2026])
def test_every_year_that_is_offered_opens(client, staff, year):
    years = re.findall(r'class="chip" href="(\?year=\d+)"', page(client, staff, f"{URL}?year={year}").content.decode())
    assert f"?year={year}" in years
    for each in years:
        assert page(client, staff, f"{URL}{each}").status_code == 200, each


def test_trustees_find_the_figures_on_their_profile_and_nobody_else_does(client, trustee, member):
    mine = reverse("members:profile")
    assert 'href="/figures/"' in page(client, trustee, mine).text
    assert 'href="/figures/"' not in page(client, member, mine).text
    call_command("trustee", trustee.handle, "--end")
    assert 'href="/figures/"' not in page(client, trustee, mine).text
