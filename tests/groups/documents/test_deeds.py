"""What can be done with a document, tested where the rules live."""

import uuid

import pytest
from django.db import IntegrityError, transaction

from community.files.models import StoredFile
from groups.documents.models import Document, Stale, Version
from groups.search.models import Record


def stored(owner, name="loan.pdf"):
    return StoredFile.objects.create(
        owner=owner, blob=f"x/{uuid.uuid4()}", name=name, kind="application/pdf", size=2048, sha256="0" * 64
    )


@pytest.fixture
def document(group, lead):
    return Document.post(group, lead, stored(lead), title="Loan agreement", kind="template", rights="own")


def test_a_document_begins_with_version_one_and_is_findable(document, lead):
    assert (document.current.number, document.version_count) == (1, 1)
    assert document.posted_as == lead.affiliations.get()
    assert Record.objects.get(thing_model="documents.document", thing_id=document.pk).title == "Loan agreement"


def test_versions_count_up_without_gaps_and_a_failed_one_leaves_none(document, lead):
    document.add_version(lead, stored(lead), note="Clause 4 shorter")
    with pytest.raises(IntegrityError), transaction.atomic():
        document.add_version(lead, "", note="Neither a file nor a link")
    document.add_version(lead, stored(lead))
    assert [version.number for version in document.versions.all()] == [3, 2, 1]
    assert Document.objects.get().current.number == 3


def test_the_same_key_again_is_the_same_deed(group, lead, document):
    key = uuid.uuid4()
    facts = {"title": "Agenda", "kind": "agenda", "rights": "own"}
    assert Document.post(group, lead, stored(lead), key, **facts) == Document.post(
        group, lead, stored(lead), key, **facts
    )
    assert document.add_version(lead, stored(lead), key) == document.add_version(lead, stored(lead), key)
    assert Version.objects.count() == 3


def test_an_edit_from_an_old_state_changes_nothing(document, lead):
    document.edit(lead, edition=1, title="Instrument loan agreement")
    with pytest.raises(Stale):
        document.edit(lead, edition=1, title="Something older")
    assert Document.objects.get().title == "Instrument loan agreement"


def test_facts_outside_the_form_are_not_facts(document, lead, member):
    with pytest.raises(TypeError):
        document.edit(lead, edition=1, author=member)


def test_hidden_it_is_not_found_or_named_and_restored_it_is(document, staff):
    document.hide(staff, "Scanned music")
    assert "Loan" not in str(document)
    assert not Record.objects.exists()
    document.restore(staff, "It was our own")
    assert str(document) == "Loan agreement"
    assert Record.objects.count() == 1


def test_a_removed_document_is_nowhere(document, lead):
    document.remove(lead)
    assert not Document.objects.visible_to(lead).exists()
    assert not Record.objects.exists()
    assert Document.objects.get().removed_by == lead
