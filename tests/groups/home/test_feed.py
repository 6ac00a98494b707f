"""Private feeds: open as long as their member may read the group or discussion, telling what the group lets out."""

import datetime as dt
from xml.etree import ElementTree

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from groups.home.models import FeedAddress, signer
from groups.threads.models import FormerGroup, Move
from tests import make

ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture
def address(group, lead, member) -> str:
    make.thread(group, lead, "Mutes in low halls", body="Do **mutes** help <b>children</b> with hearing aids?")
    return FeedAddress.make(member, group).get_absolute_url()


@pytest.fixture
def thread_address(address, group) -> str:
    return FeedAddress.objects.get().url_for(group.threads.get())


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


@pytest.mark.parametrize(
    ("privacy", "confidential", "has_words"),
    [("full", False, True), ("summary", False, True), ("link", False, False), ("full", True, False)],
)
def test_they_tell_as_much_as_the_group_lets_out(address, thread_address, group, privacy, confidential, has_words):
    group.mail_privacy, group.is_confidential = privacy, confidential
    group.save()
    for url in (address, thread_address):
        text = read(url).content.decode()
        assert len(entries(url)) == 1
        for words in ("Mutes in low halls", "hearing aids", "workforce-chair"):
            assert (words in text) is has_words


def test_words_are_words_and_no_markup(address):
    summary = entries(address)[0].find(f"{ATOM}summary").text
    assert "<" not in summary
    assert "Do mutes help" in summary


def test_they_die_with_the_access(address, thread_address, group, lead, member):
    def answers():
        return {read(url).status_code for url in (address, thread_address)}

    assert answers() == {200}
    member.suspend(timezone.now() + dt.timedelta(hours=1))
    assert answers() == {404}
    member.suspend(timezone.now() - dt.timedelta(hours=1))
    assert answers() == {200}
    group.remove(member, by=lead)
    assert answers() == {404}
    assert "Mutes" not in read(address).content.decode() + read(thread_address).content.decode()


def test_they_die_with_the_affiliation(address, thread_address, member):
    member.affiliations.get().end()
    assert read(address).status_code == read(thread_address).status_code == 404


def test_a_hidden_post_and_a_hidden_thread_are_not_in_them(address, thread_address, group, lead, member, staff):
    thread = group.threads.get()
    reply = thread.reply(member.affiliations.get(), "Names a pupil")
    assert len(entries(address)) == len(entries(thread_address)) == 2
    reply.hide(staff, "A pupil’s name")
    assert len(entries(address)) == len(entries(thread_address)) == 1
    reply.restore(staff, "It does not")
    reply.remove(member)
    assert len(entries(address)) == len(entries(thread_address)) == 1
    thread.hide(staff, "All of it")
    assert entries(address) == []
    assert read(thread_address).status_code == 404


def test_a_discussion_that_is_not_open_yet_is_in_none(group, lead):
    thread = make.thread(group, lead, "Under embargo", is_waiting=True)
    own = FeedAddress.make(lead, group)
    assert entries(own.get_absolute_url()) == entries(own.url_for(thread)) == []
    thread.open(lead)
    assert len(entries(own.get_absolute_url())) == len(entries(own.url_for(thread))) == 1


def test_a_discussion_s_feed_holds_its_posts_and_no_others(address, thread_address, group, lead, member):
    make.thread(group, lead, "Term dates")
    make.document(group, lead)
    group.threads.get(title="Mutes in low halls").reply(member.affiliations.get(), "They do")
    titles = [entry.find(f"{ATOM}title").text for entry in entries(thread_address)]
    assert titles == ["Mutes in low halls · post 2", "Mutes in low halls"]
    assert len(entries(address)) == 4


def test_a_discussion_s_address_opens_neither_another_discussion_nor_the_group(thread_address, group, lead):
    other = make.thread(group, lead, "Term dates")
    key = FeedAddress.objects.get().key
    token = thread_address.rstrip("/").rpartition("/")[2]
    signature = token.rpartition(".")[2]
    for forged in (f"{key}.{signature}", f"{key}.{other.pk}.{signature}"):
        assert read(thread_address.replace(token, forged)).status_code == 404
    assert read(thread_address).status_code == 200


def test_a_discussion_s_address_follows_a_merge_and_ends_where_it_leaves_the_group(thread_address, group, lead):
    thread = group.threads.get()
    target = make.thread(group, lead, "Brass in halls")
    Move.merge(thread, target, lead)
    assert "Brass in halls" in read(thread_address).content.decode()
    there = make.group("Elsewhere", visibility="open")
    make.place(there, lead, "lead")
    FormerGroup.leave(target, there, lead)
    assert read(thread_address).status_code == 404


def test_who_writes_without_a_name_is_told_by_the_day_alone(group, lead, member):
    thread = make.thread(group, lead, "Pay")
    thread.nameless().reply(member.affiliations.get(), "It is low")
    own = FeedAddress.make(lead, group)
    for url in (own.get_absolute_url(), own.url_for(thread)):
        assert member.name not in read(url).content.decode()
        times = {entry.find(f"{ATOM}title").text: entry.find(f"{ATOM}published").text for entry in entries(url)}
        assert "T00:00:00" in times["Pay · post 2"]
        assert times["Pay"].startswith(f"{thread.posts.get(number=1).posted_at:%Y-%m-%dT%H:%M}")


def test_a_new_address_ends_the_old_ones(client, address, thread_address, group, member):
    client.force_login(member)
    thread = group.threads.get()
    own = reverse("home:feed-address", args=[group.slug])
    of_thread = reverse("home:thread-feed-address", args=[group.slug, thread.pk])
    assert address in client.get(own).content.decode()
    assert thread_address in client.get(of_thread).content.decode()
    assert of_thread in client.get(thread.get_absolute_url()).content.decode()
    page = client.post(of_thread).content.decode()
    assert thread_address not in page
    assert read(address).status_code == read(thread_address).status_code == 404
    now = FeedAddress.objects.get()
    assert now.url_for(thread) in page
    assert read(now.get_absolute_url()).status_code == read(now.url_for(thread)).status_code == 200


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


def test_they_ask_no_more_for_many_posts(address, thread_address, group, member, django_assert_max_num_queries):
    thread = group.threads.get()
    for number in range(35):
        thread.reply(member.affiliations.get(), f"Reply {number}")
    for url in (address, thread_address):
        with django_assert_max_num_queries(12):
            read(url)
        assert len(entries(url)) == 30
