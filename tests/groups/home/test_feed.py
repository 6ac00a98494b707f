"""The private feed: it opens as long as its member may read the group, and tells what the group lets out."""

import datetime as dt
from xml.etree import ElementTree

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from groups.home.models import FeedAddress, signer
from tests import make

ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture
def address(group, lead, member) -> str:
    make.thread(group, lead, "Mutes in low halls", body="Do **mutes** help <b>children</b> with hearing aids?")
    return FeedAddress.make(member, group).get_absolute_url()


def read(address):
    """As a feed reader does: without cookies."""
    return Client().get(address)


def entries(address):
    return ElementTree.fromstring(read(address).content).findall(f"{ATOM}entry")


def test_it_needs_no_sign_in_and_is_kept_by_nobody(address):
    answer = read(address)
    assert answer.status_code == 200
    assert answer["Content-Type"].startswith("application/atom+xml")
    assert "no-store" in answer["Cache-Control"] and "private" in answer["Cache-Control"]
    assert not answer.cookies
    assert entries(address)[0].find(f"{ATOM}title").text == "Mutes in low halls"


@pytest.mark.parametrize(("privacy", "has_words"), [("full", True), ("summary", True), ("link", False)])
def test_it_tells_as_much_as_the_group_lets_out(address, group, privacy, has_words):
    group.mail_privacy = privacy
    group.save()
    text = read(address).content.decode()
    assert "Mutes in low halls" in text
    assert ("hearing aids" in text) is has_words
    assert ("workforce-chair" in text) is has_words


def test_words_are_words_and_no_markup(address):
    summary = entries(address)[0].find(f"{ATOM}summary").text
    assert "<" not in summary
    assert "Do mutes help" in summary


def test_it_dies_with_the_access(address, group, lead, member):
    assert read(address).status_code == 200
    member.suspend(timezone.now() + dt.timedelta(hours=1))
    assert read(address).status_code == 404
    member.suspend(timezone.now() - dt.timedelta(hours=1))
    assert read(address).status_code == 200
    group.remove(member, by=lead)
    gone = read(address)
    assert gone.status_code == 404 and "Mutes" not in gone.content.decode()


def test_it_dies_with_the_affiliation(address, member):
    member.affiliations.get().end()
    assert read(address).status_code == 404


def test_a_hidden_post_and_a_hidden_thread_are_not_in_it(address, group, lead, member, staff):
    thread = group.threads.get()
    reply = thread.reply(member.affiliations.get(), "Names a pupil")
    assert len(entries(address)) == 2
    reply.hide(staff, "A pupil’s name")
    assert len(entries(address)) == 1
    thread.hide(staff, "All of it")
    assert entries(address) == []


def test_a_new_address_ends_the_old_one(client, address, group, member):
    client.force_login(member)
    own = reverse("home:feed-address", args=[group.slug])
    assert address in client.get(own).content.decode()
    assert read(address).status_code == 200
    page = client.post(own).content.decode()
    assert address not in page
    assert read(address).status_code == 404
    assert read(FeedAddress.objects.get().get_absolute_url()).status_code == 200


def test_an_address_is_one_s_own(client, address, group, lead):
    client.force_login(lead)
    own = reverse("home:feed-address", args=[group.slug])
    assert address not in client.get(own).content.decode()
    client.post(own)
    assert read(address).status_code == 200
    assert FeedAddress.objects.count() == 2


def test_only_the_signed_key_of_this_group_opens_it(address, group):
    other = make.group("Other", visibility="open")
    key = FeedAddress.objects.get().key
    for token in ("x", key, f"{key}.x", signer.sign("x"), signer.sign(""), key + "\x00"):
        assert read(f"/groups/{group.slug}/feed/{token}/").status_code == 404
    assert read(address.replace(group.slug, other.slug)).status_code == 404
    assert Client().post(address).status_code == 405


def test_control_characters_do_not_break_it(address, group, lead):
    make.thread(group, lead, "Bell \x07 and \x0b tab \uffff", body="Form\x0cfeed \ufffe")
    assert len(entries(address)) == 2


def test_it_takes_the_same_queries_for_many_posts(address, group, lead, member, django_assert_max_num_queries):
    thread = group.threads.get()
    for number in range(35):
        thread.reply(member.affiliations.get(), f"Reply {number}")
    with django_assert_max_num_queries(12):
        read(address)
    assert len(entries(address)) == 30
