"""Sharing documents and versions: who may, what is refused, and that nothing is left behind or lost."""

import uuid

import pytest
from django.core.files.storage import default_storage
from django.test import Client
from django.urls import reverse

from community.files.models import StoredFile
from groups.documents.models import Document, Version
from groups.models import Role
from tests import make
from tests.groups.documents.door import at, download, pdf, send_new, send_version


def blobs() -> list[str]:
    try:
        folders = default_storage.listdir("")[0]
    except FileNotFoundError:
        return []
    return [name for folder in folders for name in default_storage.listdir(folder)[1]]


def test_a_lead_shares_a_document_then_a_version_and_members_download_both(leading, group, member, lead):
    assert send_new(leading, group, review_on="2027-09-01").status_code == 302
    document = Document.objects.get()
    assert (document.author, document.group, document.current.number) == (lead, group, 1)
    assert send_version(leading, document, file=pdf("loan-2.pdf"), note="Clause 4").status_code == 302
    reader = Client()
    reader.force_login(member)
    page = reader.get(document.get_absolute_url()).content.decode()
    assert "Loan agreement" in page
    assert "Clause 4" in page
    for version in document.versions.all():
        assert download(version) in page
        assert reader.get(download(version)).status_code == 200


def test_co_leads_and_staff_share_too(group, staff):
    co_lead = make.person("vice-chair")
    make.place(group, co_lead, Role.CO_LEAD)
    for person in (co_lead, staff):
        client = Client()
        client.force_login(person)
        assert send_new(client, group).status_code == 302
    assert Document.objects.count() == 2


@pytest.mark.parametrize("role", ["member", "observer"])
def test_members_and_observers_read_but_share_nothing(client, group, document, member, observer, role):
    client.force_login({"member": member, "observer": observer}[role])
    for answer in (send_new(client, group), send_version(client, document)):
        assert answer.status_code == 403
        assert "Leads and staff share documents here" in answer.content.decode()
    for deed in ("edit", "supersede", "remove", "pin"):
        assert client.post(at(deed, document), {"other": ""}).status_code == 403
    document.refresh_from_db()
    assert (document.version_count, document.is_pinned, document.removed_at) == (1, False, None)
    assert Document.objects.count() == 1
    assert len(blobs()) == 1


def test_in_a_closed_group_nothing_is_added(leading, group, document):
    group.archive()
    assert send_new(leading, group).status_code == 403
    assert send_version(leading, document).status_code == 403
    assert leading.get(document.get_absolute_url()).status_code == 200


def test_who_when_where_and_pinned_are_not_for_the_form_to_say(leading, group, lead, member):
    other = make.group("Curriculum")
    claims = {
        "group_id": other.pk,
        "author": member.pk,
        "owner": member.pk,
        "is_pinned": "1",
        "created_at": "2001-01-01",
    }
    send_new(leading, group, **claims, version_count="7", superseded_by="1", hidden="1", posted_as="999")
    document = Document.objects.get()
    assert (document.group, document.author, document.is_pinned, document.version_count) == (group, lead, False, 1)
    assert document.posted_as.member == lead
    assert document.created_at.year > 2001


def test_one_speaks_only_for_organisations_of_ones_own(leading, group, lead, member):
    mine, theirs = make.organisation("Hub North"), member.affiliations.get()
    second = lead.affiliations.create(organisation=mine)
    assert send_new(leading, group, posted_as=theirs.pk).status_code == 422
    assert send_new(leading, group, posted_as=second.pk).status_code == 302
    assert Document.objects.get().posted_as == second


@pytest.mark.parametrize(
    ("file", "sentence"),
    [
        (pdf(content=b""), "empty"),
        (pdf("loan.pdf", b"<html><script>alert(1)</script></html>"), "Web pages"),
        (pdf("picture.png", b"GIF89a not a picture"), "damaged"),
        (pdf("loan.pdf", b"MZ\x90\x00" + b"\x00" * 60), "Programs are not taken"),
    ],
)
def test_a_bad_file_is_refused_with_the_reason_and_leaves_nothing(leading, group, document, file, sentence):
    before = (Version.objects.count(), StoredFile.objects.count(), len(blobs()))
    for send in (send_new, send_version):
        file.seek(0)
        answer = send(leading, group if send is send_new else document, file=file, note="Kept note")
        assert answer.status_code == 422
        page = answer.content.decode()
        assert any(sentence in error for error in answer.context["form"].errors["file"])
        assert ("Loan agreement" if send is send_new else "Kept note") in page
    assert (Version.objects.count(), StoredFile.objects.count(), len(blobs())) == before


def test_a_file_over_the_limit_is_refused_with_the_limit(leading, group, settings):
    settings.FILE_LIMIT = 1_000
    answer = send_new(leading, group, file=pdf(content=b"%PDF-1.7" + b" " * 2_000 + b"%%EOF"))
    assert answer.status_code == 422
    assert "For families" in answer.content.decode()
    assert not Document.objects.exists()
    assert not blobs()


def test_rights_must_be_said_and_printed_music_is_refused_with_the_reason(leading, group):
    assert "covers only your own organisation" in send_new(leading, group, rights="photocopy").content.decode()
    for said in ({"rights": None}, {"rights": "open"}, {"rights": "permission"}, {"rights": "mine"}):
        assert send_new(leading, group, **said).status_code == 422
    assert not Document.objects.exists()
    assert not blobs()
    assert send_new(leading, group, rights="open", rights_note="CC BY 4.0").status_code == 302


def test_what_is_missing_is_asked_for_in_plain_words(leading, group):
    page = send_new(leading, group, title="", rights=None).content.decode()
    assert "Please fill this in." in page
    assert "Please choose one." in page
    assert "This field is required" not in page


def test_a_link_is_an_address_and_a_file_is_a_file(leading, group):
    good = {"rights": "link", "file": None, "url": "https://example.org/policy"}
    for bad in ({"url": "javascript:alert(1)"}, {"url": "ftp://example.org/x"}, {"url": ""}, {"file": pdf()}):
        assert send_new(leading, group, **{**good, **bad}).status_code == 422
    assert send_new(leading, group, url="https://example.org/policy").status_code == 422
    assert send_new(leading, group, file=None).status_code == 422
    assert not blobs()
    assert send_new(leading, group, **good).status_code == 302
    document = Document.objects.get()
    assert send_version(leading, document, file=None, url="https://example.org/policy-2").status_code == 302
    assert [version.url[-2:] for version in document.versions.all()] == ["-2", "cy"]


def test_a_form_sent_twice_is_one_document_and_one_version(leading, group):
    key = str(uuid.uuid4())
    first, again = send_new(leading, group, key=key), send_new(leading, group, key=key)
    assert first.url == again.url
    document = Document.objects.get()
    key = str(uuid.uuid4())
    for _twice in range(2):
        assert send_version(leading, document, key=key, note="Clause 4").status_code == 302
    assert document.versions.count() == len(blobs()) == 2


def test_the_same_form_with_another_text_is_asked_about_and_then_taken(leading, group):
    key = str(uuid.uuid4())
    send_new(leading, group, key=key)
    answer = send_new(leading, group, key=key, title="Another one")
    assert answer.status_code == 422
    assert "sent before" in answer.content.decode()
    new_key = answer.context["form"]["key"].value()
    assert send_new(leading, group, key=new_key, title="Another one").status_code == 302
    assert Document.objects.count() == 2


def test_a_form_without_a_key_keeps_what_was_typed(leading, group):
    for key in (None, "", "no key", "\x00"):
        answer = send_new(leading, group, key=key)
        assert answer.status_code == 422
        assert "For families" in answer.content.decode()


def test_too_many_uploads_are_slowed_down_and_the_text_is_kept(leading, group, settings):
    settings.LIMITS = {**settings.LIMITS, "upload": "1/1h"}
    assert send_new(leading, group).status_code == 302
    answer = send_new(leading, group, title="The second", summary="For schools")
    assert answer.status_code == 429
    assert answer["Retry-After"]
    assert "For schools" in answer.content.decode()


def test_a_hidden_document_takes_no_version(leading, document, staff):
    document.hide(staff, "To be looked at")
    answer = send_version(leading, document)
    assert answer.status_code == 403
    assert "hidden" in answer.content.decode()
    document.restore(staff, "Fine")
    assert send_version(leading, document).status_code == 302


def test_the_forms_can_be_opened(leading, group, document):
    assert leading.get(reverse("documents:new", args=[group.slug])).status_code == 200
    for page in ("version", "edit", "supersede", "remove"):
        assert leading.get(at(page, document)).status_code == 200
