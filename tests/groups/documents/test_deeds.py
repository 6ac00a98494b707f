"""What can be done with a document, tested where the rules live."""

import uuid

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from community.models import Entry
from groups.documents.models import Document, Stale, Version
from groups.models import Removal, Role
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
        document.add_version(lead, make.stored(lead), note="For nobody", posted_as=None)
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


def test_whoever_removes_the_document_of_another_says_why_and_its_owner_reads_it(client, document, group, lead):
    other = make.person("second-lead")
    make.place(group, other, Role.LEAD)
    client.force_login(other)
    address = reverse("documents:remove", args=[group.slug, document.pk])
    assert client.post(address, {"reason": ""}).status_code == 422
    assert Document.objects.visible_to(lead).exists()
    assert client.post(address, {"reason": "There is a newer one"}).status_code == 302
    assert Entry.objects.get(act="remove").reason == "There is a newer one"
    client.force_login(lead)
    tray = client.get(reverse("notifications:tray")).content.decode()
    assert f"Removed from the library of {group}: There is a newer one" in tray
    removal = client.get(Removal.objects.get().get_absolute_url()).content.decode()
    assert "Your document was removed" in removal
    assert "There is a newer one" in removal
    group.joining = "open"
    assert not group.must_ask(lead), "it was not they who were removed"


def test_who_removes_their_own_document_need_not_say_why(client, document, group, lead):
    client.force_login(lead)
    assert client.post(reverse("documents:remove", args=[group.slug, document.pk])).status_code == 302
    assert not Removal.objects.exists()


def test_a_removed_document_is_nowhere(document, lead):
    document.remove(lead)
    assert not Document.objects.visible_to(lead).exists()
    assert not Record.objects.exists()
    assert Document.objects.get().removed_by == lead
