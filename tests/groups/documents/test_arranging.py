"""Changing what is said about documents, replacing, pinning, removing; and what others hear of it."""

import pytest
from django.test import Client
from django.urls import reverse

from community import live
from community.models import Entry, Event
from groups.documents.models import Document
from groups.models import Role
from groups.search.models import Record
from tests import make
from tests.groups.documents.door import at, send_edit


def told(stream: str) -> list[tuple[str, str]]:
    return list(Event.objects.filter(stream=stream).order_by("number").values_list("verb", "target"))


def test_details_are_changed_and_found_anew(leading, document):
    assert send_edit(leading, document, title="Loan form", summary="For violins").status_code == 302
    document.refresh_from_db()
    assert (document.title, document.edition, document.current.number) == ("Loan form", 2, 1)
    found = Record.objects.get(thing_id=document.pk)
    assert (found.title, found.text) == ("Loan form", "For violins")
    assert not Entry.objects.filter(act="edit").exists()


def test_an_old_form_changes_nothing_shows_both_and_can_be_sent_again(leading, group, document):
    colleague = make.person("vice-chair")
    make.place(group, colleague, Role.CO_LEAD)
    document.edit(colleague, 1, title="Theirs")
    assert Entry.objects.filter(actor=colleague, act="edit", subject=document.subject).exists()
    answer = send_edit(leading, document, title="Mine", edition=1)
    assert answer.status_code == 409
    page = answer.content.decode()
    assert "Theirs" in page
    assert 'value="Mine"' in page
    assert Document.objects.get().title == "Theirs"
    edition = answer.context["form"]["edition"].value()
    assert send_edit(leading, document, title="Mine", edition=edition).status_code == 302
    assert Document.objects.get().title == "Mine"


def test_the_owner_may_change_details_after_leading_no_more_but_not_as_an_observer(leading, group, lead, document):
    make.place(group, make.person("new-chair"), Role.LEAD)
    place = group.memberships.get(member=lead)
    place.role = Role.MEMBER
    place.save()
    assert send_edit(leading, document, title="Still mine").status_code == 302
    assert leading.post(at("remove", document)).status_code == 403
    document.refresh_from_db()
    place.role, place.ends_on = Role.OBSERVER, "2999-01-01"
    place.save()
    assert send_edit(leading, document, title="Not any more").status_code == 403
    assert Document.objects.get().title == "Still mine"


def test_details_do_not_turn_a_file_into_a_link_or_a_photocopy(leading, document):
    for rights in ("link", "photocopy"):
        assert send_edit(leading, document, rights=rights).status_code == 422
    assert Document.objects.get().rights == "own"


def test_a_replaced_document_says_so_and_leads_to_the_current_one(leading, member, lead, document):
    newer = make.document(document.group, lead, "Loan agreement 2027")
    assert leading.post(at("supersede", document), {"other": newer.pk}).status_code == 302
    reader = Client()
    reader.force_login(member)
    for address in (document.get_absolute_url(), document.current.get_absolute_url()):
        page = reader.get(address).content.decode()
        assert "This document was replaced" in page
        assert newer.get_absolute_url() in page
    assert leading.post(at("supersede", document), {"other": ""}).status_code == 302
    assert "was replaced" not in reader.get(document.get_absolute_url()).content.decode()


def test_documents_never_replace_each_other_in_a_circle_or_across_groups(leading, lead, document):
    newer = make.document(document.group, lead, "Newer")
    elsewhere = make.group("Curriculum")
    make.place(elsewhere, lead, Role.LEAD)
    foreign = make.document(elsewhere, lead, "Foreign")
    leading.post(at("supersede", document), {"other": newer.pk})
    for other in (document.pk, foreign.pk, 999_999):
        assert leading.post(at("supersede", newer), {"other": other}).status_code == 422
    assert Document.objects.get(pk=newer.pk).superseded_by is None


def test_pinned_documents_stand_first(leading, group, lead, document):
    make.document(group, lead, "A newer one")
    listed = reverse("documents:list", args=[group.slug])
    titles = lambda: [row.title for row in leading.get(listed).context["page"].rows]  # noqa: E731
    assert titles() == ["A newer one", "Instrument loan agreement"]
    assert leading.post(at("pin", document)).status_code == 302
    assert titles() == ["Instrument loan agreement", "A newer one"]
    leading.post(at("pin", document), {"off": "1"})
    assert titles() == ["A newer one", "Instrument loan agreement"]


def test_removing_asks_first_and_is_written_down(leading, group, lead, document):
    assert leading.get(at("remove", document)).status_code == 200
    assert Document.objects.get().removed_at is None
    assert leading.post(at("remove", document)).url == reverse("documents:list", args=[group.slug])
    assert Document.objects.get().removed_by == lead
    assert Entry.objects.filter(actor=lead, act="remove", subject=document.subject).exists()
    assert not Record.objects.exists()


def test_every_deed_is_told_to_the_list_and_to_the_open_page(lead, staff, group, document):
    library, page = live.stream_of(group), live.stream_of(document)
    assert told(library) == [("append", "documents")]
    document.add_version(lead, make.stored(lead))
    document.edit(lead, 1, title="Other")
    document.pin(lead)
    document.hide(staff, "Why")
    document.restore(staff, "Why not")
    document.remove(lead)
    assert told(library)[1:] == [("replace", document.subject)] * 5 + [("remove", document.subject)]
    assert [each for each in told(page) if each != ("refresh", "comments")] == [("refresh", "")] * 6
    assert told(page).count(("refresh", "comments")) == 2  # hidden and restored, they go and come with it


def test_whoever_slept_is_shown_the_document_as_it_is_now(lead, staff, group, document):
    secret = make.document(group, lead, "Scanned trio", summary="For three")
    secret.hide(staff, "Licensed music")
    document.remove(lead)
    frames = live.since(live.stream_of(group), 0)
    shown = " ".join(frame.get("html", "") for frame in frames)
    assert "Hidden by staff" in shown
    assert "Licensed music" not in shown
    assert "Scanned trio" not in shown
    assert document.title not in shown
    assert {frame["verb"] for frame in frames if frame.get("id") == document.subject} == {"remove"}


@pytest.mark.parametrize("deed", ["pin", "remove", "edit", "supersede", "version"])
def test_nothing_happens_on_a_look(leading, document, deed):
    before = Document.objects.values().get()
    leading.get(at(deed, document), {"off": "1", "other": "", "edition": "1", "title": "x"})
    assert Document.objects.values().get() == before
