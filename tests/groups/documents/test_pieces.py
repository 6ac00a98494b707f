"""Large files in pieces: each door asks its rule at every piece, and what arrives is looked at like any other file."""

from __future__ import annotations

import datetime as dt
import hashlib
import os
import uuid
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from community.files import tasks
from community.files.models import Arriving, Piece, StoredFile, arriving
from community.members.models import Affiliation
from community.privacy.erasure import erase
from groups.documents.models import Document, Proposal, Version
from groups.models import Membership
from tests import make
from tests.community.files.conftest import picture
from tests.groups.documents.door import NEW, PDF, at
from tests.groups.documents.test_guards import CSV

SIZE = 1_000
committed = pytest.mark.django_db(transaction=True)  # bytes go once it is sure that their rows have gone
LARGE = PDF + b"%" * 2_500 + b"\n%%EOF\n"


@pytest.fixture(autouse=True)
def _small_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(arriving, "PIECE", SIZE)


@pytest.fixture
def door(group) -> str:
    return reverse("documents:new", args=[group.slug])


def begin(client: Client, door: str, name: str = "large.pdf", size: int = len(LARGE), **said: Any) -> HttpResponse:
    return client.post(door, {"step": "begin", "called": name, "size": size, "modified": 1_700_000_000_000, **said})


def bring(client: Client, door: str, key: str, offset: int, content: bytes) -> HttpResponse:
    piece = SimpleUploadedFile("blob", content)
    return client.post(door, {"step": "piece", "key": key, "offset": offset, "piece": piece})


def arrive(client: Client, door: str, content: bytes = LARGE, name: str = "large.pdf", until: int | None = None) -> str:
    """Bring all of it, or as much as there is until an offset; its key."""
    now = begin(client, door, name, len(content)).json()
    while now["offset"] < (len(content) if until is None else until):
        piece = content[now["offset"] : now["offset"] + SIZE]
        answer = bring(client, door, now["key"], now["offset"], piece)
        assert answer.status_code == 200
        now = answer.json()
    return now["key"]


def finish(client: Client, door: str, key: str, **said: Any) -> HttpResponse:
    return client.post(door, {**NEW, "key": str(uuid.uuid4()), "arrived": key, **said})


def blobs(settings: Any) -> int:
    return sum(1 for each in settings.MEDIA_ROOT.rglob("*") if each.is_file())


@committed
def test_a_file_goes_on_from_where_it_was_and_is_kept_byte_for_byte(leading, door, settings):
    key = arrive(leading, door, until=2 * SIZE)
    assert begin(leading, door).json() == {"key": key, "offset": 2 * SIZE}
    assert arrive(leading, door) == key
    assert finish(leading, door, key).status_code == 302
    stored = StoredFile.objects.get()
    assert stored.sha256 == hashlib.sha256(LARGE).hexdigest()
    assert stored.name == "large.pdf"
    assert not Arriving.objects.exists()
    assert not Piece.objects.exists()
    assert blobs(settings) == 1


def test_another_offset_another_size_and_nothing_are_answered_with_where_it_stands(leading, door, settings):
    key = arrive(leading, door, until=SIZE)
    kept = blobs(settings)
    for offset, piece in ((0, LARGE[:SIZE]), (2 * SIZE, LARGE[:SIZE]), (SIZE, LARGE[:SIZE] + b"x"), (SIZE, b"cut")):
        answer = bring(leading, door, key, offset, piece)
        assert answer.status_code == 409
        assert answer.json() == {"key": key, "offset": SIZE}
    for said in ({}, {"offset": "x"}, {"offset": SIZE, "piece": "words"}, {"offset": "9" * 30}, {"offset": "-1"}):
        assert leading.post(door, {"step": "piece", "key": key, **said}).status_code == 409
    assert blobs(settings) == kept
    assert bring(leading, door, key, SIZE, LARGE[SIZE : 2 * SIZE]).json()["offset"] == 2 * SIZE


def test_of_two_that_come_at_once_one_is_kept(leading, lead, door, settings):
    arrive(leading, door, until=SIZE)
    one, other = Arriving.objects.get(), Arriving.objects.get()
    piece = SimpleUploadedFile("blob", LARGE[SIZE : 2 * SIZE])
    assert one.add(piece, SIZE)
    assert not other.add(SimpleUploadedFile("blob", LARGE[SIZE : 2 * SIZE]), SIZE)
    assert other.arrived == 2 * SIZE
    assert Piece.objects.count() == 2


@pytest.mark.parametrize("key", ["", "nonsense", "0f8fad5b-d9cb-469f-a165-70867728950e"])
def test_a_key_that_never_was_brings_adds_and_ends_nothing(leading, door, key):
    assert bring(leading, door, key, 0, LARGE[:SIZE]).status_code == 404
    assert leading.post(door, {"step": "give-up", "key": key}).status_code == 404
    assert finish(leading, door, key or "x").status_code == 409
    assert not Document.objects.exists()


@pytest.mark.parametrize("said", [{"size": "x"}, {"size": 0}, {"size": "-3"}, {"size": "9" * 19}, {"modified": "x"}])
def test_nonsense_begins_nothing(leading, door, said):
    assert begin(leading, door, **{"size": 5, **said}).status_code == 422
    assert not Arriving.objects.exists()


def test_a_name_that_hides_something_is_made_safe(leading, door):
    begin(leading, door, "../..\\etc/pass\u202ewd\x00.pdf")
    assert Arriving.objects.get().name == "passwd.pdf"


def test_a_step_that_is_none_is_a_form_and_a_page_changes_nothing(leading, door):
    assert leading.post(door, {"step": "dance"}).status_code == 422
    assert leading.get(door, {"step": "begin", "called": "a", "size": 5, "modified": 1}).status_code == 200
    assert not Arriving.objects.exists()


def test_too_large_is_told_before_the_first_piece(leading, door, settings):
    settings.FILE_LIMIT = len(LARGE) - 1
    answer = begin(leading, door)
    assert answer.status_code == 422
    assert "too large" in answer.json()["why"]
    settings.FILE_LIMIT = len(LARGE)
    assert begin(leading, door).status_code == 200


def test_more_than_ones_room_is_told_before_the_first_piece(leading, door, settings):
    settings.FILES_LIMIT_EACH = len(LARGE) - 1
    assert "together" in begin(leading, door).json()["why"]


def test_only_so_many_are_on_their_way_and_quiet_ones_make_room(leading, door, settings):
    settings.FILE_LIMIT = len(LARGE)
    for number in range(arriving.MOST_OF_LIMIT):
        arrive(leading, door, name=f"{number}.pdf", until=SIZE)
    assert "on their way" in begin(leading, door).json()["why"]
    assert begin(leading, door, "0.pdf").json()["offset"] == SIZE
    Arriving.objects.filter(name="1.pdf").update(at=timezone.now() - dt.timedelta(hours=2))
    assert begin(leading, door).status_code == 200
    assert not Arriving.objects.filter(name="1.pdf").exists()
    assert Arriving.objects.count() == arriving.MOST_OF_LIMIT


def test_pieces_have_a_rate(leading, door, settings):
    settings.LIMITS = {**settings.LIMITS, "piece": "2/1h"}
    key = begin(leading, door).json()["key"]
    assert bring(leading, door, key, 0, LARGE[:SIZE]).status_code == 200
    answer = bring(leading, door, key, SIZE, LARGE[SIZE : 2 * SIZE])
    assert answer.status_code == 429
    assert answer["Retry-After"]


@committed
def test_giving_up_leaves_nothing(leading, door, settings):
    key = arrive(leading, door)
    assert leading.post(door, {"step": "give-up", "key": key}).status_code == 204
    assert not Arriving.objects.exists()
    assert blobs(settings) == 0
    assert begin(leading, door).json()["offset"] == 0


def test_what_has_not_arrived_whole_is_no_file(leading, door):
    key = arrive(leading, door, until=2 * SIZE)
    answer = finish(leading, door, key)
    assert answer.status_code == 409
    assert "goes on from what is here" in answer.json()["why"]
    assert not Document.objects.exists()


def test_another_lead_cannot_see_add_to_end_or_finish_it(client, group, lead, door):
    client.force_login(lead)
    key = arrive(client, door, until=2 * SIZE)
    whole = arrive(client, door, name="whole.pdf")
    other = make.person()
    make.place(group, other, "lead")
    client.force_login(other)
    assert begin(client, door).json()["offset"] == 0
    assert bring(client, door, key, 2 * SIZE, LARGE[2 * SIZE : 3 * SIZE]).status_code == 404
    assert client.post(door, {"step": "give-up", "key": whole}).status_code == 404
    assert finish(client, door, whole).status_code == 409
    assert not Document.objects.exists()
    client.force_login(lead)
    assert finish(client, door, whole).status_code == 302


def test_a_file_for_one_place_cannot_be_taken_to_another(leading, group, lead, door, document):
    key = arrive(leading, door)
    elsewhere = make.group("Elsewhere")
    make.place(elsewhere, lead, "lead")
    for other in (reverse("documents:new", args=[elsewhere.slug]), at("version", document)):
        assert finish(leading, other, key, note="").status_code == 409
        assert leading.post(other, {"step": "give-up", "key": key}).status_code == 404
    assert finish(leading, door, key).status_code == 302


def _removed(group, lead):
    Membership.objects.filter(group=group, member=lead).delete()


def _made_a_member(group, lead):
    Membership.objects.filter(group=group, member=lead).update(role="member")


def _suspended(group, lead):
    lead.suspended_until = timezone.now() + dt.timedelta(days=2)
    lead.save()


def _left_their_organisation(group, lead):
    Affiliation.objects.filter(member=lead).update(ends_on=timezone.localdate() - dt.timedelta(days=1))


LOSSES = [_removed, _made_a_member, _suspended, _left_their_organisation]


@pytest.mark.parametrize("lose", LOSSES)
def test_whoever_may_not_add_any_more_brings_and_finishes_nothing(leading, group, lead, door, lose):
    key, whole = arrive(leading, door, until=SIZE), arrive(leading, door, name="whole.pdf")
    lose(group, lead)
    answers = [
        begin(leading, door, "new.pdf"),
        bring(leading, door, key, SIZE, LARGE[SIZE : 2 * SIZE]),
        finish(leading, door, whole),
    ]
    assert {answer.status_code for answer in answers} <= {302, 403, 404}
    assert all(answer.status_code != 302 or "login" in answer.url for answer in answers)
    assert not Document.objects.exists()
    assert Arriving.objects.get(key=key).arrived == SIZE


def test_members_bring_pieces_only_of_what_they_propose(client, group, member, door):
    client.force_login(member)
    assert begin(client, door).status_code == 403
    propose = reverse("documents:propose", args=[group.slug])
    assert finish(client, propose, arrive(client, propose)).status_code == 302
    assert Proposal.objects.get().file.sha256 == hashlib.sha256(LARGE).hexdigest()


def test_a_version_comes_in_pieces_and_not_where_somebody_else_works_on_it(leading, group, lead, document):
    version = at("version", document)
    key = arrive(leading, version)
    other = make.person()
    make.place(group, other, "lead")
    document.hold(other)
    assert finish(leading, version, key, note="").status_code == 403
    document.let_go(other)
    assert finish(leading, version, key, note="").status_code == 302
    document.refresh_from_db()
    assert document.version_count == 2
    assert document.current.file.sha256 == hashlib.sha256(LARGE).hexdigest()


def test_one_of_many_comes_in_pieces_and_a_repeat_makes_nothing_twice(leading, group):
    many = reverse("documents:many", args=[group.slug])
    said = {"kind": "template", "rights": "own", "language": "en", "key": str(uuid.uuid4())}
    how = {"headers": {"accept": "text/html; fragment"}}
    for _time in range(2):
        sent = {**said, "arrived": arrive(leading, many, name="loan_form.pdf")}
        assert leading.post(many, sent, **how).status_code == 201
        assert not Arriving.objects.exists()
    assert [each.title for each in Document.objects.all()] == ["loan form"]


@committed
@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("a.png", b"GIF89a not a picture" + b"x" * 1_500, "damaged"),
        ("a.exe", b"MZ\x90\x00" + b"\0" * 1_500, "Programs are not taken"),
    ],
)
def test_the_door_is_the_same_and_what_it_refuses_is_gone(leading, door, settings, name, content, sentence):
    answer = finish(leading, door, arrive(leading, door, content, name))
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert not Arriving.objects.exists()
    assert blobs(settings) == 0


@committed
def test_a_list_of_pupils_is_asked_about_and_does_not_wait_here_for_the_answer(leading, door, settings):
    content = CSV.encode() + b"\n" * 1_500
    answer = finish(leading, door, arrive(leading, door, content, "list.csv"))
    assert answer.status_code == 422
    assert "data about single pupils" in answer.content.decode()
    assert blobs(settings) == 0


def test_a_picture_waits_for_the_answer_and_is_not_sent_again(leading, door, settings):
    content = picture(size=(900, 900)) + b"\0" * 1_500
    key = arrive(leading, door, content, "a.png")
    answer = finish(leading, door, key)
    assert answer.status_code == 422
    [(sure, _words)] = answer.context["form"].fields["sure"].choices
    assert arrive(leading, door, content, "a.png") == key
    assert finish(leading, door, key, sure=sure).status_code == 302
    assert Version.objects.get().file.is_image
    assert not Arriving.objects.exists()


def test_other_mistakes_in_the_form_cost_no_byte(leading, door):
    key = arrive(leading, door)
    assert finish(leading, door, key, title="").status_code == 422
    assert finish(leading, door, key).status_code == 302


def test_a_piece_that_is_gone_is_told(leading, door, settings):
    key = arrive(leading, door)
    Piece.objects.first().blob.delete(save=False)
    answer = finish(leading, door, key)
    assert answer.status_code == 422
    assert "Send it again" in answer.content.decode()
    assert not Arriving.objects.exists()


@committed
def test_the_sweep_takes_what_stopped_a_day_ago_and_spares_what_goes_on(leading, door, settings):
    old, fresh = arrive(leading, door, name="old.pdf", until=SIZE), arrive(leading, door, until=2 * SIZE)
    Arriving.objects.filter(key=old).update(at=timezone.now() - dt.timedelta(hours=25))
    tasks.sweep.call()
    assert [str(each.key) for each in Arriving.objects.all()] == [fresh]
    assert blobs(settings) == 2


def test_the_bytes_of_a_piece_are_spared_by_the_sweep(leading, door, settings, monkeypatch):
    key = arrive(leading, door)
    monkeypatch.setattr(tasks, "GRACE", dt.timedelta(days=-1))  # all bytes are old enough
    Arriving.objects.update(at=timezone.now() + dt.timedelta(days=2))
    tasks.sweep.call()
    assert finish(leading, door, key).status_code == 302


@committed
def test_erasing_a_person_takes_what_was_on_its_way(client, group, member, staff, settings):
    client.force_login(member)
    arrive(client, reverse("documents:propose", args=[group.slug]), until=SIZE)
    assert blobs(settings) == 1
    assert erase(member, staff, "They asked")
    assert not Arriving.objects.exists()
    assert blobs(settings) == 0


def test_what_has_not_arrived_whole_lies_where_no_backup_looks_and_what_is_kept_does_not(leading, door):
    key = arrive(leading, door)
    assert all(str(each.blob).startswith("pieces/") for each in Piece.objects.all()) and Piece.objects.exists()
    finish(leading, door, key)
    assert not str(StoredFile.objects.get().blob).startswith("pieces/")


@committed
def test_bytes_of_pieces_that_no_row_holds_are_swept_too(leading, door, settings):
    arrive(leading, door, until=2 * SIZE)
    left = settings.MEDIA_ROOT / "pieces" / "left"
    left.write_bytes(b"x")
    long_ago = (timezone.now() - dt.timedelta(hours=25)).timestamp()
    for each in settings.MEDIA_ROOT.rglob("pieces/*"):
        os.utime(each, (long_ago, long_ago))
    tasks.sweep.call()
    assert not left.exists() and blobs(settings) == 2
