"""Collections that leads curate, and zips of them and of whole libraries that open from the disk."""

import io
import zipfile

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from community.models import Entry
from groups.documents.models import Collection, Document, Folder, Item
from groups.documents.models.collection import MOST
from groups.models import Role
from tests import make

INDEX = ["index.html", "index.css"]


def at(group, rest=""):
    return f"/groups/{group.slug}/documents/{rest}"


def unpack(answer):
    assert answer.status_code == 200 and answer["Content-Type"] == "application/zip"
    packed = zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content)))
    assert packed.testzip() is None
    return {info.filename: packed.read(info) for info in packed.infolist()}


@pytest.fixture
def pack(leading, group):
    assert (
        leading.post(at(group, "collections/new/"), {"name": "Start here", "words": "For new people"}).status_code
        == 302
    )
    return Collection.objects.get()


@pytest.fixture
def reading(member):
    client = Client()
    client.force_login(member)
    return client


@pytest.fixture
def elsewhere(lead):
    """A document in a group of the lead's that the member is not in."""
    group = make.group("Trustees", visibility="hidden", joining="invite")
    make.place(group, lead, Role.LEAD)
    return make.document(
        group, lead, "Sealed budget", content=make.stored(lead, "budget.pdf", b"%PDF-1.7 secret %%EOF")
    )


def test_leads_choose_what_is_in_it_and_in_which_order(leading, reading, group, lead, document, pack):
    second = make.document(group, lead, "Progression grid")
    for each, note in ((document, "Read this first"), (second, "")):
        answer = leading.post(at(group, f"{each.pk}/collect/"), {"collection": pack.pk, "note": note})
        assert answer.status_code == 302
    page = reading.get(pack.get_absolute_url()).content.decode()
    assert page.index(document.title) < page.index("Progression grid") and "Read this first" in page
    assert "Start here" in reading.get(at(group)).content.decode()
    move = at(group, f"collections/{pack.pk}/items/")
    assert leading.post(move, {"document": second.pk, "up": "1"}).status_code == 302
    page = reading.get(pack.get_absolute_url()).content.decode()
    assert page.index(document.title) > page.index("Progression grid")
    assert leading.post(move, {"document": second.pk, "drop": "1"}).status_code == 302
    assert "Progression grid" not in reading.get(pack.get_absolute_url()).content.decode()
    assert Document.objects.count() == 2
    assert set(Entry.objects.values_list("act", flat=True)) >= {"collect", "add-to-collection", "drop-from-collection"}


def test_each_reader_sees_of_it_what_they_may_see_anyway(leading, reading, group, lead, document, elsewhere, pack):
    for each in (document, elsewhere):
        pack.add(lead, each)
    assert "Sealed budget" in leading.get(pack.get_absolute_url()).content.decode()
    assert "Sealed budget" not in reading.get(pack.get_absolute_url()).content.decode()
    zipped = at(group, f"collections/{pack.pk}/zip/")
    assert "Trustees/budget.pdf" in unpack(leading.get(zipped))
    mine = unpack(reading.get(zipped))
    assert set(mine) == {f"{group.name}/loan.pdf", *INDEX}
    assert b"Sealed" not in mine["index.html"] and b"Trustees" not in mine["index.html"]


def test_only_those_who_lead_its_group_change_it(reading, leading, group, document, pack, outsider):
    for rest, said in (
        ("collections/new/", {"name": "Mine"}),
        (f"collections/{pack.pk}/edit/", {"name": "Mine"}),
        (f"collections/{pack.pk}/edit/", {"off": "1"}),
        (f"collections/{pack.pk}/items/", {"document": document.pk, "drop": "1"}),
    ):
        assert reading.post(at(group, rest), said).status_code == 403
    assert reading.post(at(group, f"{document.pk}/collect/"), {"collection": pack.pk}).status_code == 422
    stranger = Client()
    stranger.force_login(outsider)
    assert stranger.get(pack.get_absolute_url()).status_code == 404
    assert Collection.objects.get().name == "Start here" and not Item.objects.exists()
    assert leading.post(at(group, f"collections/{pack.pk}/edit/"), {"name": "Begin here"}).status_code == 302
    assert leading.post(at(group, f"collections/{pack.pk}/edit/"), {"off": "1"}).status_code == 302
    assert not Collection.objects.exists() and Document.objects.exists()


def test_two_of_one_name_and_too_many_are_refused(leading, group, pack):
    again = leading.post(at(group, "collections/new/"), {"name": " START  here", "words": ""})
    assert again.status_code == 403 and "of that name already" in again.content.decode()
    Collection.objects.bulk_create(Collection(group=group, name=f"No. {n}") for n in range(MOST - 1))
    assert leading.post(at(group, "collections/new/"), {"name": "One more"}).status_code == 403
    assert Collection.objects.count() == MOST


@pytest.mark.parametrize("number", ["", "x", "0", "9" * 30, "\x00"])
def test_nonsense_moves_nothing(leading, group, lead, document, pack, number):
    pack.add(lead, document)
    move = at(group, f"collections/{pack.pk}/items/")
    assert leading.post(move, {"document": number, "drop": "1"}).status_code == 302
    assert leading.post(move, {"document": number, "up": "1"}).status_code == 302
    assert Item.objects.get().document == document


def test_the_whole_library_opens_from_the_disk(leading, reading, group, lead, staff):
    shelf = Folder.add(lead, group, "Letters: to families")
    for number in range(2):
        make.document(group, lead, f"Letter {number}", folder=shelf)
    make.document(group, lead, "between: letters, an overview", content="https://example.org/", rights="link")
    link = make.document(group, lead, "A film", rights="link", content="https://example.org/film?a=1&b=2")
    hidden = make.document(group, lead, "Scanned book")
    hidden.hide(staff, "Copied")
    found = unpack(reading.get(at(group, "zip/")))
    assert set(found) == {"Letters- to families/loan.pdf", "Letters- to families/loan (2).pdf", *INDEX}
    index = found["index.html"].decode()
    assert 'href="Letters-%20to%20families/loan%20%282%29.pdf"' in index or "loan%20(2).pdf" in index
    assert "https://example.org/film?a=1&amp;b=2" in index and str(link) in index
    assert "Scanned book" not in index and "Our own work" in index
    assert index.index("A film") < index.index("between: letters") < index.index("Letter 0") < index.index("Letter 1")
    assert "<script" not in index


def test_all_versions_come_along_when_asked_for(reading, group, lead, document):
    document.add_version(lead, make.stored(lead, "loan.pdf", b"%PDF-1.7 second %%EOF"))
    assert set(unpack(reading.get(at(group, "zip/")))) == {"loan.pdf", *INDEX}
    found = unpack(reading.get(at(group, "zip/?all")))
    assert found["loan.pdf"] == b"%PDF-1.7 second %%EOF"
    assert found[f"Earlier versions/{document.title} 1/loan.pdf"] == b"%PDF-1.7 %%EOF"


def test_it_begins_at_once_however_much_there_is(reading, group, lead, document):
    def asked_before_the_first_bytes():
        with CaptureQueriesContext(connection) as asked:
            pieces = iter(reading.get(at(group, "zip/?all")).streaming_content)
            next(pieces)
        before = len(asked)
        assert b"".join(pieces)
        return before

    document.add_version(lead, make.stored(lead, "loan.pdf", b"%PDF-1.7 second %%EOF"))
    few = asked_before_the_first_bytes()
    for number in range(12):
        again = make.document(group, lead, f"Letter {number}")
        again.add_version(lead, make.stored(lead, "letter.pdf", b"%PDF-1.7 second %%EOF"))
    assert asked_before_the_first_bytes() <= few


def test_what_is_hidden_while_it_is_being_sent_does_not_come_along(reading, group, lead, staff):
    first = make.document(group, lead, "A first", content=make.stored(lead, "first.pdf", b"%PDF" + b"1" * 200_000))
    second = make.document(group, lead, "B second", content=make.stored(lead, "second.pdf", b"%PDF two"))
    answer = reading.get(at(group, "zip/"))
    pieces = iter(answer.streaming_content)
    begun = next(pieces)
    Document.objects.get(pk=second.pk).hide(staff, "It names a child")
    packed = zipfile.ZipFile(io.BytesIO(begun + b"".join(pieces)))
    assert packed.namelist() == ["first.pdf", *INDEX]
    index = packed.read("index.html").decode()
    assert "1 document was left out" in index and first.title in index and second.title not in index


def test_it_is_not_taken_along_without_end(reading, group, document, settings):
    settings.LIMITS = {**settings.LIMITS, "take-along": "1/1h"}
    assert unpack(reading.get(at(group, "zip/")))
    assert reading.get(at(group, "zip/")).status_code == 429


def test_an_outsider_takes_nothing_along(client, outsider, lead, elsewhere):
    client.force_login(outsider)
    assert client.get(at(elsewhere.group, "zip/")).status_code == 404
    mine = Client()
    mine.force_login(lead)
    assert "budget.pdf" in unpack(mine.get(at(elsewhere.group, "zip/")))
