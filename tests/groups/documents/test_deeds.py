"""What can be done with a document, tested where the rules live."""

import uuid

import pytest
from django.db import IntegrityError, transaction

from groups.documents.models import Document, Stale, Version
from groups.search.models import Record
from tests import make


def test_a_document_begins_with_version_one_and_is_findable(document, lead):
    assert (document.current.number, document.version_count) == (1, 1)
    assert document.posted_as == lead.affiliations.get()
    assert (
        Record.objects.get(thing_model="documents.document", thing_id=document.pk).title == "Instrument loan agreement"
    )


def test_versions_count_up_without_gaps_and_a_failed_one_leaves_none(document, lead):
    document.add_version(lead, make.stored(lead), note="Clause 4 shorter")
    with pytest.raises(IntegrityError), transaction.atomic():
        document.add_version(lead, "", note="Neither a file nor a link")
    document.add_version(lead, make.stored(lead))
    assert [version.number for version in document.versions.all()] == [3, 2, 1]
    assert Document.objects.get().current.number == 3


def test_the_same_key_again_is_the_same_deed(group, lead, document):
    key = uuid.uuid4()
    facts = {"title": "Agenda", "kind": "agenda", "rights": "own"}
    assert Document.post(group, lead, make.stored(lead), key, **facts) == Document.post(
        group, lead, make.stored(lead), key, **facts
    )
    assert document.add_version(lead, make.stored(lead), key) == document.add_version(lead, make.stored(lead), key)
    assert Version.objects.count() == 3


def test_an_edit_from_an_old_state_changes_nothing(document, lead):
    document.edit(lead, edition=1, title="Loan agreement")
    with pytest.raises(Stale):
        document.edit(lead, edition=1, title="Something older")
    assert Document.objects.get().title == "Loan agreement"


def test_facts_outside_the_form_are_not_facts(document, lead, member):
    with pytest.raises(TypeError):
        document.edit(lead, edition=1, author=member)


def test_hidden_it_is_not_found_or_named_and_restored_it_is(document, staff):
    document.hide(staff, "Scanned music")
    assert "loan" not in str(document)
    assert not Record.objects.exists()
    document.restore(staff, "It was our own")
    assert str(document) == "Instrument loan agreement"
    assert Record.objects.count() == 1


def test_a_removed_document_is_nowhere(document, lead):
    document.remove(lead)
    assert not Document.objects.visible_to(lead).exists()
    assert not Record.objects.exists()
    assert Document.objects.get().removed_by == lead
