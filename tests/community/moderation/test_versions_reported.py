"""The very version of a document that was reported: for those who work on the case, and gone when the document goes."""

import datetime as dt

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from community.files.models import StoredFile
from community.moderation.models import Exhibit, Report, Ruling, SealedReport
from community.privacy.retention import carry_out
from tests import make
from tests.community.moderation.deeds import case_page, decide, page
from tests.community.moderation.test_exhibits import PDF, at, bytes_of, text
from tests.community.privacy.copies import own_copy

pytestmark = pytest.mark.django_db


@pytest.fixture
def document(group, lead):
    found = make.document(group, lead, content=make.stored(lead, "first.pdf", PDF + b"1"))
    found.add_version(lead, make.stored(lead, "second.pdf", PDF + b"2"))
    return found


def version_at(document, number):
    return f"{reverse('moderation:report', args=[document.subject])}?version={number}"


def test_a_version_is_reported_as_such_and_kept_as_evidence(client, document, group, member, staff, lead):
    link = version_at(document, 1)
    assert link in page(client, member, reverse("documents:read", args=[group.slug, document.pk, 1])).text
    assert version_at(document, 2) in page(client, member, document.get_absolute_url()).text
    assert "Version 1: first.pdf" in page(client, member, link).text
    assert client.post(link, {"kind": "copyright", "words": "Ours", "files": [text()]}).status_code == 302
    meant, letter = Exhibit.objects.all()
    assert (meant.part, meant.stored) == ("1", document.versions.get(number=1).file) and letter.part == ""
    case = case_page(client, staff, document).text
    assert "Version 1: first.pdf" in case and reverse("documents:read", args=[group.slug, document.pk, 1]) in case
    decide(client, staff, document, "hide", rule="4.1")
    document.refresh_from_db()
    assert document.is_hidden
    assert bytes_of(page(client, staff, at(document, meant))) == PDF + b"1", "also while it is hidden"
    assert page(client, lead, at(document, meant)).status_code == 404
    decide(client, staff, document, "restore")
    document.refresh_from_db()
    assert not document.is_hidden


@pytest.mark.parametrize("number", ["3", "0", "x", "١", "9" * 30, "-1"])
def test_a_version_that_never_was_is_not_there_to_report(client, document, member, number):
    assert page(client, member, version_at(document, number)).status_code == 404
    assert client.post(version_at(document, number), {"kind": "copyright"}).status_code == 404
    assert not Report.objects.exists()


def test_who_cannot_see_the_document_learns_nothing_of_its_versions(client, document, outsider):
    answers = {page(client, outsider, version_at(document, number)).status_code for number in (1, 2, 3)}
    assert answers == {404}


def test_another_version_by_the_same_person_is_added_to_their_report(client, document, member):
    client.force_login(member)
    for number in (1, 2, 2):
        client.post(version_at(document, number), {"kind": "copyright", "words": ""})
    assert [each.part for each in Report.objects.get().exhibits.all()] == ["1", "2"]


def test_the_text_of_a_page_is_kept_as_it_was(client, group, lead, member, staff):
    written = make.page(group, lead, "Bring the **names** of all pupils")
    client.force_login(member)
    client.post(version_at(written, 1), {"kind": "personal", "words": ""})
    kept = Exhibit.objects.get()
    assert kept.words == "Bring the **names** of all pupils" and kept.stored is None
    assert "Bring the **names**" in case_page(client, staff, written).text
    assert page(client, staff, at(written, kept)).status_code == 404, "there is no file to open"


# ── what a purge leaves of it ─────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def purged(client, document, member, lead, staff):
    """A version was reported, the document removed by a decision, and after the time to appeal deleted for good."""
    client.force_login(member)
    client.post(version_at(document, 1), {"kind": "copyright", "words": "Ours", "files": [text()]})
    decide(client, staff, document, "remove", rule="4.1")
    with time_machine.travel(timezone.now() + dt.timedelta(days=400)):
        carry_out()
        assert not type(document).objects.filter(pk=document.pk).exists()
        yield document


def test_a_version_that_was_removed_goes_with_its_document_and_comes_back_in_no_copy(client, purged, lead, member):
    meant, _letter = Exhibit.objects.all()
    assert (meant.stored, meant.title, meant.part) == (None, "Version 1: first.pdf", "1"), "what it was is still known"
    assert [each.name for each in StoredFile.objects.all()] == ["letter.txt"]
    client.force_login(lead)
    assert not [name for name in own_copy(client).namelist() if name.endswith(".pdf")]
    client.force_login(member)
    assert "files/letter.txt" in own_copy(client).namelist(), "what somebody sent with their report is theirs"


def test_while_a_version_is_evidence_alone_its_author_is_not_given_it_again(client, document, member, lead):
    client.force_login(member)
    client.post(version_at(document, 1), {"kind": "copyright", "words": "Ours"})
    client.force_login(lead)
    assert {"files/first.pdf", "files/second.pdf"} <= set(own_copy(client).namelist())
    document.versions.filter(number=1).update(file=document.current.file)  # as if another way led past the purge
    held = set(own_copy(client).namelist())
    assert "files/second.pdf" in held and "files/first.pdf" not in held


def test_what_may_not_be_uploaded_again_is_not_handed_out_again(client, group, lead, staff):
    kept = make.stored(lead, "kept.pdf", PDF + b"3")
    make.document(group, lead, "Still there", content=kept)
    make.document(group, lead, "Gone", content=make.stored(lead, "gone.pdf", PDF + b"3")).decide(
        staff, Ruling("remove", "No", "4.1")
    )
    client.force_login(lead)
    assert not [name for name in own_copy(client).namelist() if name.endswith(".pdf")]


# ── a worry about a version ───────────────────────────────────────────────────────────────────────────────────────


def test_a_worry_about_a_version_says_which_and_a_plain_one_does_not(client, document, member, keeper, both):
    client.force_login(member)
    said = {"kind": "worry", "sealed": "1", "words": "A child is named in it"}
    assert client.post(version_at(document, 1), said).status_code == 302
    words = SealedReport.objects.latest("pk").words
    assert "Version 1: first.pdf" in words and words.endswith("A child is named in it")
    client.force_login(keeper)
    read = client.post(reverse("moderation:sealed-read", args=[SealedReport.objects.latest("pk").case_id]))
    assert "Version 1: first.pdf" in read.text


def test_a_worry_about_a_document_names_no_version(client, document, member, both):
    client.force_login(member)
    said = {"kind": "worry", "sealed": "1", "words": "A child is named in it"}
    client.post(reverse("moderation:report", args=[document.subject]), said)
    assert SealedReport.objects.latest("pk").words == "A child is named in it"


def test_a_case_asks_no_more_for_many_versions_and_leads_to_each(client, document, group, member, lead, staff):
    def cost():
        case_page(client, staff, document)
        with CaptureQueriesContext(connection) as asked:
            shown = case_page(client, staff, document).text
        return len(asked), shown

    client.force_login(member)
    client.post(version_at(document, 1), {"kind": "copyright", "words": ""})
    few, _shown = cost()
    for n in range(3, 8):
        document.add_version(lead, make.stored(lead, f"{n}.pdf", PDF + b"%d" % n))
        who = make.person(f"reporter-{n}")
        make.place(group, who)
        client.force_login(who)
        assert client.post(version_at(document, n), {"kind": "copyright", "words": ""}).status_code == 302
    many, shown = cost()
    assert many <= few
    for version in document.versions.exclude(number=2):
        assert f'href="{version.get_absolute_url()}"' in shown
