"""Pictures and files of messages: looked at before they are kept, sent once, seen as long as the message is."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from community import live
from community.files.models import StoredFile
from groups.models import Group
from groups.search.find import find
from groups.threads.models import Quotation
from realtime.chat.models import Message, MessageFile, Room
from tests import make
from tests.journeys.deeds import PDF, picture

PUPILS = b"Pupil,Date of birth,UPN\nAda Lowe,03/04/2014,A123456789012\nBen Okoro,05/06/2014,B123456789012\n"


def file(name="room.png", content=None):
    return SimpleUploadedFile(name, content or picture())


@pytest.fixture
def upload(as_, url):
    """Somebody uploads a file while they write; returns the answer."""
    return lambda who, sent=None, at=url: as_(who).post(f"{at}files/", {"file": sent or file()})


@pytest.fixture
def send(as_, url):
    """Somebody sends a message, as the live page does (or with `live=False` as a plain form does)."""

    def send(who, body="", key="k", at=url, live=True, **fields):
        headers = {"Accept": "application/json"} if live else {}
        return as_(who).post(f"{at}say/", {"body": body, "key": key} | fields, headers=headers)

    return send


def waiting(owner):
    return StoredFile.objects.waiting(owner).get()


def described(stored, words="The curtains in the hall"):
    return {"kept": stored.pk, f"alt-{stored.pk}": words, f"sure-{stored.pk}": "on"}


def test_a_picture_is_uploaded_described_declared_and_sent(upload, send, as_, url, member, observer, outsider):
    answer = upload(member)
    assert answer.status_code == 201
    assert "No child can be recognised in it" in answer.text
    stored = waiting(member)
    assert send(member, "Here it is", **described(stored)).status_code == 200
    page = as_(observer).get(url).text
    kept = MessageFile.objects.get()
    assert f'src="{kept.get_absolute_url()}"' in page
    assert 'alt="The curtains in the hall"' in page
    assert kept.is_declared
    assert kept.stored.photograph_declared_at
    assert as_(observer).get(kept.get_absolute_url())["Content-Type"] == "image/png"
    assert as_(outsider).get(kept.get_absolute_url()).status_code == 404
    assert not StoredFile.objects.waiting(member).exists()


def test_open_pages_get_the_message_with_its_picture(upload, send, room, member):
    upload(member)
    send(member, **described(waiting(member)))
    [told] = live.since(live.stream_of(room), 0)
    assert MessageFile.objects.get().get_absolute_url() in told["html"]


@pytest.mark.parametrize(
    ("left_out", "why"), [("alt", "Say what room.png shows"), ("sure", "Say of room.png that no child")]
)
def test_a_picture_of_which_something_is_not_said_is_not_sent(upload, send, member, left_out, why):
    upload(member)
    fields = {name: said for name, said in described(waiting(member)).items() if not name.startswith(left_out)}
    answer = send(member, "Look", **fields)
    assert answer.status_code == 422
    assert why in answer.json()["why"]
    assert not Message.objects.exists()
    assert send(member, "Look", **described(waiting(member))).status_code == 200


def test_a_repeat_doubles_neither_message_nor_files(upload, send, member):
    upload(member)
    fields = described(waiting(member))
    first, again = send(member, "Look", **fields), send(member, "Look", **fields)
    assert first.json() == again.json()
    assert (Message.objects.count(), MessageFile.objects.count()) == (1, 1)


def test_a_repeat_of_a_plain_form_keeps_no_second_file(send, member):
    fields = {"live": False, "files": [file("terms.pdf", PDF)]}
    assert send(member, "The terms", **fields).status_code == 302
    assert send(member, "The terms", live=False, files=[file("terms.pdf", PDF)]).status_code == 302
    assert StoredFile.objects.count() == 1


def test_without_scripts_a_picture_comes_with_the_form(send, member, as_, url):
    fields = {"live": False, "files": [file()], "alt": "The hall"}
    answer = send(member, "Look", **fields)
    assert answer.status_code == 422
    assert "no child can be recognised" in answer.text
    assert ">Look</textarea>" in answer.text
    assert not StoredFile.objects.exists() or not MessageFile.objects.exists()
    assert send(member, "Look", **(fields | {"files": [file()], "sure": "on"})).status_code == 302
    assert 'alt="The hall"' in as_(member).get(url).text


def test_a_message_of_files_alone_needs_no_words_and_one_of_nothing_is_refused(upload, send, member, as_, url):
    upload(member, file("terms.pdf", PDF))
    assert send(member, kept=waiting(member).pk).status_code == 200
    assert "terms.pdf" in as_(member).get(url).text
    assert send(member, key="other").status_code == 422


def test_a_list_of_pupils_is_not_kept_and_the_way_round_is_named(upload, send, member, group):
    answer = upload(member, file("class.csv", PUPILS))
    assert answer.status_code == 422
    assert "single pupils" in answer.text
    assert "share it under Documents" in answer.text
    assert send(member, "Here", files=[file("class.csv", PUPILS)]).status_code == 422
    Group.objects.filter(pk=group.pk).update(refuses_pupil_data=True)
    answer = upload(member, file("class.csv", PUPILS))
    assert "takes no data about single pupils" in answer.text
    assert "under Documents" not in answer.text
    assert not StoredFile.objects.exists()


def test_what_is_removed_or_hidden_takes_its_files_out_of_sight(upload, send, as_, url, member, lead, staff):
    upload(member)
    send(member, "Look", **described(waiting(member)))
    address, message = MessageFile.objects.get().get_absolute_url(), Message.objects.get()
    message.hide(staff, "A child can be recognised")
    assert as_(lead).get(address).status_code == 404
    assert address not in as_(lead).get(url).text
    message.restore(staff, "It is a doll")
    assert as_(lead).get(address).status_code == 200
    Message.objects.get().remove()
    assert as_(member).get(address).status_code == 404
    assert "[room.png]" in message.evidence


def test_a_file_of_another_message_or_of_somebody_else_is_not_sent(upload, send, member, lead):
    upload(lead, file("mine.pdf", PDF))
    assert send(member, "Theirs", kept=waiting(lead).pk).status_code == 422
    assert not MessageFile.objects.exists()
    send(lead, kept=waiting(lead).pk)
    taken = MessageFile.objects.get().stored
    assert send(lead, "Again", key="other", kept=taken.pk).status_code == 422


@pytest.mark.parametrize(("who", "status"), [("member", 201), ("observer", 403), ("outsider", 404)])
def test_who_may_upload(upload, request, who, status):
    assert upload(request.getfixturevalue(who)).status_code == status
    assert StoredFile.objects.exists() == (status == 201)


@pytest.mark.parametrize("nonsense", ["x", "-1", "9" * 30, "\x00", "0"])
def test_nonsense_names_no_file(send, member, nonsense):
    answer = send(member, "Look", kept=nonsense)
    assert answer.status_code in {200, 422}
    assert not MessageFile.objects.exists()


def test_more_than_ten_files_are_refused(send, member):
    answer = send(member, "Many", files=[file(f"{n}.pdf", PDF) for n in range(11)])
    assert answer.status_code == 422
    assert "10 files" in answer.json()["why"]


def test_files_are_found_by_name_and_named_where_the_message_is_taken_up(upload, send, as_, url, member):
    upload(member, file("mute-prices.pdf", PDF))
    send(member, kept=waiting(member).pk)
    assert find(member, "prices").hits
    message = Message.objects.get()
    fields = {"m": message.pk, "title": "Prices", "body": "As found", "key": "t"}
    assert as_(member).post(f"{url}take-up/", fields).status_code == 302
    assert Quotation.objects.get().names == ["mute-prices.pdf"]


def test_a_file_in_a_private_room_is_only_for_who_is_part_of_it(upload, send, as_, group, member, lead, observer):
    room = Room.between(group, Room.Kind.LEADS, member)
    at = room.get_absolute_url()
    upload(member, file("terms.pdf", PDF), at)
    assert send(member, "For you", at=at, kept=waiting(member).pk).status_code == 200
    address = MessageFile.objects.get().get_absolute_url()
    assert as_(lead).get(address).status_code == 200
    assert as_(observer).get(address).status_code == 404


def test_a_room_with_many_files_costs_as_much_as_with_one(say, as_, url, member, django_assert_max_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    say("Here").attach([MessageFile(stored=make.stored(member))])
    as_(member).get(url)
    with CaptureQueriesContext(connection) as few:
        as_(member).get(url)
        count = len(few)
    for n in range(20):
        say(f"Number {n}").attach([MessageFile(stored=make.stored(member))])
    with django_assert_max_num_queries(count):
        assert as_(member).get(url).text.count("loan.pdf") == 21


def test_pupils_named_in_a_message_are_not_sent_and_the_way_round_is_named(send, as_, url, say, member, group):
    answer = send(member, PUPILS.decode())
    assert answer.status_code == 422
    assert "write it in a discussion" in answer.json()["why"]
    said = say("Words")
    assert as_(member).post(f"{url}{said.pk}/edit/", {"body": PUPILS.decode()}).status_code == 422
    Group.objects.filter(pk=group.pk).update(refuses_pupil_data=True)
    assert "takes no data about single pupils" in send(member, PUPILS.decode()).json()["why"]
    assert not Message.objects.filter(body__contains="Ada Lowe").exists()
    assert send(member, "Ada plays on Friday", key="other").status_code == 200
