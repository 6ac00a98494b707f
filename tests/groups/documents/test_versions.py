"""Versions compared and brought back; documents put back from the bin."""

import uuid

import pytest
from django.test import Client
from django.urls import reverse

from community.files.models import StoredFile
from community.models import Entry
from groups.documents.models import Document
from groups.search.find import find
from tests import make
from tests.groups.documents.door import at


@pytest.fixture
def renewed(document, lead):
    """A document in two versions, both read."""
    make.contents(document, "Bring a quintolet.", "Bow down.")
    document.add_version(lead, make.stored(lead, "loan-2.pdf"), note="Shorter")
    make.contents(document, "Bring a sextolet.", "Bow down.")
    return document


def as_(member):
    client = Client()
    client.force_login(member)
    return client


def deed(name, version):
    return reverse(f"documents:{name}", args=[version.document.group.slug, version.document_id, version.number])


def test_any_reader_sees_what_changed_in_the_words(renewed, member, outsider):
    newest = renewed.versions.get(number=2)
    page = as_(member).get(deed("compare", newest)).content.decode()
    assert "<ins>" in page
    assert page.index("quintolet") < page.index("sextolet")
    assert deed("compare", newest) in as_(member).get(renewed.get_absolute_url()).content.decode()
    assert as_(outsider).get(deed("compare", newest)).status_code == 404


def test_a_version_is_compared_with_the_one_that_is_named(leading, renewed, lead):
    renewed.add_version(lead, make.stored(lead, "loan-3.pdf"))
    make.contents(renewed, "Bring a quintolet.", "Bow down.")
    third = renewed.versions.get(number=3)
    assert "The words of both are the same" in leading.get(deed("compare", third), {"with": "1"}).content.decode()
    assert "sextolet" in leading.get(deed("compare", third), {"with": "2"}).content.decode()
    for nobodys in ("0", "9", "999999999"):
        assert leading.get(deed("compare", third), {"with": nobodys}).status_code == 404
    assert leading.get(deed("compare", renewed.versions.get(number=1))).status_code == 404


def test_without_words_it_says_so(leading, document, lead):
    document.add_version(lead, make.stored(lead, "loan-2.pdf"))
    page = leading.get(deed("compare", document.versions.get(number=2))).content.decode()
    assert "no text to compare" in page


def test_a_lead_brings_an_earlier_version_back_as_a_new_one(leading, renewed, member):
    first, key = renewed.versions.get(number=1), str(uuid.uuid4())
    assert "Make it the current one again" in leading.get(first.get_absolute_url()).content.decode()
    for _twice in range(2):
        assert leading.post(deed("bring_back", first), {"key": key}).status_code == 302
    renewed.refresh_from_db()
    assert renewed.version_count == 3
    assert renewed.current.file == first.file
    assert renewed.current.note == "Version 1 again"
    assert [hit.thing for hit in find(member, "quintolet").hits] == [renewed]
    assert find(member, "sextolet").hits == []
    assert StoredFile.objects.unheld().count() == 0


def test_members_cannot_bring_a_version_back(renewed, member):
    first, client = renewed.versions.get(number=1), as_(member)
    assert client.post(deed("bring_back", first)).status_code == 403
    assert "Make it the current one again" not in client.get(first.get_absolute_url()).content.decode()
    renewed.refresh_from_db()
    assert renewed.version_count == 2


def test_what_is_current_is_not_brought_back(leading, renewed):
    assert leading.post(deed("bring_back", renewed.current)).status_code == 302
    assert renewed.versions.count() == 2


def test_of_a_hidden_document_nothing_is_compared_or_brought_back(leading, renewed, staff):
    renewed.hide(staff, "To be looked at")
    assert leading.get(deed("compare", renewed.current)).status_code == 404
    assert leading.post(deed("bring_back", renewed.versions.get(number=1))).status_code == 404


def test_a_link_is_brought_back_too(leading, group, lead):
    link = make.document(group, lead, content="https://example.org/1", rights="link")
    link.add_version(lead, "https://example.org/2")
    first = link.versions.get(number=1)
    assert leading.get(first.get_absolute_url()).status_code == 200
    leading.post(deed("bring_back", first))
    link.refresh_from_db()
    assert link.current.url == "https://example.org/1"


def test_a_removed_document_is_put_back_as_it_was(leading, group, renewed, lead, member):
    renewed.remove(lead)
    assert as_(member).get(renewed.get_absolute_url()).status_code == 404
    bin_of = reverse("documents:bin", args=[group.slug])
    assert renewed.title in leading.get(bin_of).content.decode()
    assert leading.post(at("put_back", renewed)).status_code == 302
    assert as_(member).get(renewed.get_absolute_url()).status_code == 200
    assert [hit.thing for hit in find(member, "sextolet").hits] == [renewed]
    assert Entry.objects.filter(actor=lead, act="put-back", subject=renewed.subject).exists()
    assert renewed.title not in leading.get(bin_of).content.decode()


def test_only_leads_and_staff_look_into_the_bin(group, renewed, lead, member, staff, outsider):
    renewed.remove(lead)
    bin_of = reverse("documents:bin", args=[group.slug])
    assert as_(member).get(bin_of).status_code == 403
    assert as_(member).post(at("put_back", renewed)).status_code == 403
    assert as_(outsider).get(bin_of).status_code == 404
    assert as_(staff).get(bin_of).status_code == 200
    assert Document.objects.get(pk=renewed.pk).removed_at


def test_a_hidden_one_stays_as_it_is_in_the_bin(leading, group, document, lead, staff):
    document.hide(staff, "To be looked at")
    document.removed_at, document.removed_by = document.changed_at, lead
    document.save()
    assert document.title not in leading.get(reverse("documents:bin", args=[group.slug])).content.decode()
    assert leading.post(at("put_back", document)).status_code == 403


def test_what_was_not_removed_is_not_in_the_bin(leading, document):
    assert leading.post(at("put_back", document)).status_code == 404


def test_any_two_versions_are_compared_with_two_numbers_and_a_button(leading, group, lead):
    page = make.page(group, lead, "Bring a *reed*.")
    for base, words in enumerate(("Bring a mute.", "Bring a mute and oil."), start=1):
        page.save_page(lead, base, words)
    shown = leading.get(page.get_absolute_url()).content.decode()
    address = f"{page.get_absolute_url()}versions/3/changes/"
    assert f'action="{address}"' in shown
    found = leading.get(address, {"with": "1", "to": "2"}, follow=True)
    assert "What changed from version 1 to 2" in found.content.decode()
    assert [found.context[name].number for name in ("before", "version")] == [1, 2]
    backwards = leading.get(address, {"with": "3", "to": "1"}, follow=True)
    assert "What changed from version 3 to 1" in backwards.content.decode()
    for nonsense in ({"with": "9", "to": "2"}, {"with": "0"}, {"to": "77"}, {"with": "1", "to": "9" * 9}):
        assert leading.get(address, nonsense, follow=True).status_code == 404
    for ignored in ({"with": "x"}, {"to": "-1"}, {"to": ""}):
        assert leading.get(address, ignored).context["before"].number == 2


def test_one_version_alone_is_compared_with_nothing(leading, document):
    assert "Compare version" not in leading.get(document.get_absolute_url()).content.decode()
