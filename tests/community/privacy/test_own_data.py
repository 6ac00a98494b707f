"""What is held about a person comes along: all of it, their own, and nobody else's."""

import io
import json
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from community.drafts.models import Draft
from community.drafts.typed import Typed
from community.members.models import Acceptance, Distance
from community.models import Entry
from community.moderation.models import Note
from community.privacy.holdings import GIVEN, NOT_GIVEN, pointers
from groups.approval.models import Waiting
from groups.threads.models import Post
from realtime.chat.models import Room
from tests import make
from tests.community.privacy import copies


@pytest.fixture
def take(client):
    """Somebody downloads a copy; gives the zip."""

    def take(person, url=copies.URL, **sent):
        client.force_login(person)
        if url == copies.URL:
            return copies.own_copy(client)
        answer = client.post(url, sent)
        assert answer.status_code == 200, answer
        return zipfile.ZipFile(io.BytesIO(answer.getvalue()))

    return take


@pytest.fixture
def data(take):
    return lambda *given, **sent: json.loads(take(*given, **sent).read("data.json"))


def test_every_key_that_points_to_a_person_is_given_or_says_why_not():
    """A new one belongs into one of the two lists."""
    assert set(pointers()) == GIVEN.keys() | NOT_GIVEN.keys() and not GIVEN.keys() & NOT_GIVEN.keys()


def test_one_gets_what_one_wrote_said_and_uploaded(take, group, member, lead):
    thread = make.thread(group, lead)
    thread.reply(member.affiliations.get(), "We lend *ukuleles*.")
    Room.of(group).say(member, "Good morning", "k", member.affiliations.get())
    make.stored(member, "loan.pdf", b"%PDF-1.7 mine %%EOF")
    got = take(member)
    told = json.loads(got.read("data.json"))
    assert told["threads.post.author"][0]["body"] == "We lend *ukuleles*."
    assert told["chat.message.author"][0]["body"] == "Good morning"
    assert told["members.member"][0]["email"] == member.email
    assert got.read("files/loan.pdf") == b"%PDF-1.7 mine %%EOF"
    page = got.read("index.html").decode()
    assert "We lend *ukuleles*." in page and 'href="files/loan.pdf"' in page


def test_one_reads_which_version_of_which_text_one_accepted(take, member):
    Acceptance.keep(member, ["terms-1", "rules-1"])
    got = take(member)
    told = json.loads(got.read("data.json"))["members.acceptance.member"]
    assert [each["text"] for each in told] == ["terms-1", "rules-1"] and all(each["at"] for each in told)
    assert "rules-1" in got.read("index.html").decode()


def test_its_page_calls_groups_and_organisations_by_name_and_says_whom_one_blocked(take, group, member, lead):
    Distance.keep(member, lead, "block")
    page = take(member).read("index.html").decode()
    organisation = member.affiliations.get().organisation
    assert f"{group} (group-{group.pk})" in page and f"<dd>{organisation}</dd>" in page
    assert f"<dd>@{lead.handle}</dd>" in page


def test_what_others_wrote_and_secrets_are_not_in_it(take, group, member, lead):
    make.thread(group, lead, body="Only the lead wrote this")
    make.stored(lead, "theirs.pdf")
    got = take(member)
    whole = b"".join(got.read(name) for name in got.namelist()).decode(errors="replace")
    assert "Only the lead wrote this" not in whole and "theirs.pdf" not in whole
    assert "password" not in whole and lead.email not in whole


def test_what_one_wrote_without_ones_name_is_in_ones_own_copy_alone(data, group, member, lead):
    group.allows_masked = True
    group.save()
    thread = make.thread(group, lead)
    thread.nameless().reply(member.affiliations.get(), "I would rather not say who I am")
    assert "rather not" in data(member)["threads.mask.member"][0]["body"]
    assert "rather not" not in str(data(lead))


def test_what_staff_have_hidden_is_named_without_its_words_and_files(take, group, member, lead, staff):
    document = make.document(group, member)
    name = document.current.file.name
    thread = make.thread(group, lead)
    post = thread.reply(member.affiliations.get(), "Something awful")
    assert f"files/{name}" in take(member).namelist()
    Post.objects.get(pk=post.pk).hide(staff, "Against our rules")
    document.hide(staff, "Against our rules")
    got = take(member)
    assert f"files/{name}" not in got.namelist()
    told = json.loads(got.read("data.json"))
    assert "awful" not in str(told["threads.post.author"]) and "hidden by staff" in str(told["threads.post.author"])
    assert "1 file was left out" in got.read("index.html").decode()


def test_who_has_lost_their_standing_still_takes_their_data_along(data, member):
    member.affiliations.update(ends_on=make.dt.date(2020, 2, 1))
    assert data(member)["members.member"]


def test_nobody_is_sent_to_sign_in(client):
    for ask in (client.get, client.post):
        assert ask("/account/data/").url.startswith("/sign-in/")


def test_a_copy_can_be_taken_six_times_an_hour(client, member):
    client.force_login(member)
    assert [client.post("/account/data/").status_code for _ in range(7)] == [302] * 6 + [429]


def test_staff_get_what_others_say_of_a_person_with_those_others_marked(take, group, member, lead, staff):
    thread = make.thread(group, lead, body=f"{member.name} told me, ask @{member.handle} or @{lead.handle}")
    thread.reply(member.affiliations.get(), f"Write to {lead.email}")
    got = take(staff, f"/people/{member.handle}/data/", reason="Asked by letter")
    page = got.read("index.html").decode()
    assert f"<mark>@{lead.handle}</mark>" in page and f"<mark>{lead.email}</mark>" in page
    assert f"<mark>{member.name}</mark>" not in page
    entry = Entry.objects.latest("number")
    assert (entry.act, entry.subject, entry.reason) == ("copy-of-data", member.subject, "Asked by letter")


def test_beside_it_stands_the_same_with_others_blacked_out_to_be_handed_on(take, group, member, lead, staff):
    lead.name = "Ada Quill"
    lead.save()
    thread = make.thread(group, lead, body=f"{member.name} sang, says Ada Quill (@{lead.handle}, {lead.email})")
    quoted = thread.posts.get().as_quotation()
    thread.reply(member.affiliations.get(), f"{quoted}My own words to Ada Quill.")
    got = take(staff, f"/people/{member.handle}/data/", reason="Asked by letter")
    assert "My own words to <mark>Ada Quill</mark>." in got.read("index.html").decode()
    for name in ("to-hand-on.html", "to-hand-on.json"):
        told = got.read(name).decode()
        assert "My own words to █████." in told and member.name in told
        assert not [said for said in ("Ada Quill", lead.handle, lead.email, "sang, says Ada") if said in told]
    assert not [name for name in take(member).namelist() if name.startswith("to-hand-on")]


def test_who_reported_something_is_not_told_to_whom_it_is_about(take, data, group, member, lead, staff):
    post = make.thread(group, member).posts.get()
    post.report(lead, "rules", "Too loud")
    assert "Too loud" not in str(data(member))
    told = data(staff, f"/people/{member.handle}/data/", reason="Asked by letter")
    assert told["reports"][0]["words"] == "Too loud" and lead.handle not in str(told["reports"])


def test_what_is_a_persons_alone_is_not_in_the_copy_of_staff(data, group, member, lead, staff):
    group.allows_masked = True
    group.save()
    thread = make.thread(group, lead)
    thread.nameless().reply(member.affiliations.get(), "I would rather not say who I am")
    thread.posts.first().report(member, "rules", "Too loud for me")
    Draft.keep(member, Typed(f"reply:threads.thread-{thread.pk}", {"body": "Not sent yet"}))
    room = Room.between(group, Room.Kind.LEADS, member)
    room.say(member, "For leads alone", "k", member.affiliations.get())
    theirs = str(data(member))
    told = str(data(staff, f"/people/{member.handle}/data/", reason="Asked by letter"))
    for words in ("rather not", "Too loud for me", "Not sent yet", "For leads alone"):
        assert words in theirs and words not in told


def test_what_waits_for_approval_and_the_files_of_nameless_texts_are_not_in_the_copy_of_staff(
    data, client, group, member, lead, staff
):
    group.allows_masked, group.approves_first = True, 1
    group.save()
    thread = make.thread(group, lead)
    send = reverse("threads:reply", args=[group.slug, thread.pk])
    client.force_login(member)
    sent = {"body": "I would rather not say who I am", "masked": "on", "key": "key-1"}
    client.post(send, {**sent, "files": SimpleUploadedFile("secret-rota.csv", b"Monday\n", "text/csv")})
    theirs = str(data(member))
    told = str(data(staff, f"/people/{member.handle}/data/", reason="Asked by letter"))
    for words in ("rather not", "secret-rota.csv"):
        assert words in theirs and words not in told
    Waiting.objects.get().approve(lead)
    told = str(data(staff, f"/people/{member.handle}/data/", reason="Asked by letter"))
    assert "secret-rota.csv" not in told
    client.force_login(member)
    named = {"body": "And this is me", "key": "key-2"}
    client.post(send, {**named, "files": SimpleUploadedFile("open-rota.csv", b"Tuesday\n", "text/csv")})
    Waiting.objects.get().approve(lead)
    assert "open-rota.csv" in str(data(staff, f"/people/{member.handle}/data/", reason="Asked by letter"))


def test_a_short_name_is_looked_for_as_a_word(data, group, lead, staff):
    al = make.person("Al")
    make.place(group, al)
    thread = make.thread(group, lead, body="All of us always sing")
    thread.reply(lead.affiliations.get(), "Ask Al about it")
    said = str(data(staff, f"/people/{al.handle}/data/", reason="Asked by letter"))
    assert "Ask Al about it" in said and "always sing" not in said


def test_notes_of_staff_are_in_it(data, member, staff, group):
    make.thread(group, member)
    Note.add(member.subject, staff, "Rang them on Monday")
    assert "Rang them" in str(data(staff, f"/people/{member.handle}/data/", reason="Asked by letter"))
    assert "Rang them" not in str(data(member))


def test_why_colleagues_do_nothing_about_what_one_wrote_does_not_come_along(data, group, member, lead, staff):
    post = make.thread(group, member).posts.get()
    post.report(lead, "rules", "Too loud")
    post.leave(staff, "The reporter is touchy")
    assert "moderation.decision.author" not in data(member)
    post.hide(staff, "It names a school", "3.2")
    assert [row["reason"] for row in data(member)["moderation.decision.author"]] == ["It names a school"]


def test_only_staff_take_along_what_is_held_about_others_and_they_say_why(client, member, lead, staff):
    url = f"/people/{member.handle}/data/"
    client.force_login(lead)
    assert client.get(url).status_code == client.post(url, {"reason": "Curious"}).status_code == 403
    client.force_login(staff)
    assert client.get(url).status_code == 200
    assert client.post(url, {"reason": ""}).status_code == 422
    assert not Entry.objects.filter(act="copy-of-data").exists()


def test_a_lead_gets_no_more_than_a_member(data, group, member, lead):
    make.thread(group, member, body="A member's words")
    assert "A member's words" not in str(data(lead))
