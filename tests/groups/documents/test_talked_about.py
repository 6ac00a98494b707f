"""A document says where it is talked about, to those who may see that place."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext, override_settings

from community import live
from community.jobs import Worker, look_after
from community.rates import ROUTINES
from groups.links import tasks
from groups.links.models import Link
from groups.models import Role
from groups.threads.models import Moment, Move
from tests import make

TALKED = "Talked about in"


def page(client, document):
    return client.get(document.get_absolute_url()).content.decode()


@pytest.fixture
def reading(member):
    client = Client()
    client.force_login(member)
    return client


def test_it_names_each_discussion_once_that_links_to_it(reading, group, lead, member, document):
    assert TALKED not in page(reading, document)
    thread = make.thread(group, member, "Which agreement?", body=f"Is it [this one]({document.get_absolute_url()})?")
    thread.reply(lead.affiliations.get(), f"It is: http://localhost:8000{document.get_absolute_url()}")
    make.thread(group, member, "Another matter", body="Nothing [of it](/groups/).")
    shown = page(reading, document)
    assert TALKED in shown and shown.count("Which agreement?") == 1 and "Another matter" not in shown


def test_a_resource_is_about_its_document(reading, group, member, document):
    facts = {"kind": "resource", "linked_model": "documents.document", "linked_id": document.pk}
    make.thread(group, member, "A toolkit for you", body="Look.", **facts)
    assert "A toolkit for you" in page(reading, document)


def test_whoever_may_not_see_the_place_does_not_hear_of_it(reading, leading, lead, document):
    inner = make.group("Trustees", visibility="hidden", joining="invite")
    make.place(inner, lead, Role.LEAD)
    make.thread(inner, lead, "Sealed talk", body=f"[It]({document.get_absolute_url()})")
    assert "Sealed talk" in page(leading, document)
    assert "Sealed talk" not in page(reading, document) and TALKED not in page(reading, document)


def test_what_is_changed_or_hidden_is_so_here(reading, group, member, staff, document):
    thread = make.thread(group, member, "Which agreement?", body=f"[This]({document.get_absolute_url()})")
    post = thread.posts.get()
    post.hide(staff, "It names a child")
    assert TALKED not in page(reading, document)
    post.restore(staff, "It does not")
    assert TALKED in page(reading, document)
    post.refresh_from_db()
    post.edit(member, "No link any more", post.edition)
    assert TALKED not in page(reading, document) and not Link.objects.exists()


def test_it_costs_the_same_for_many_places(reading, group, member, document):
    def cost():
        page(reading, document)  # warm
        with CaptureQueriesContext(connection) as caught:
            shown = page(reading, document)
            return len(caught), shown

    make.thread(group, member, "Talk 0", body=f"[It]({document.get_absolute_url()})")
    few, _shown = cost()
    for number in range(1, 12):
        make.thread(group, member, f"Talk {number}", body=f"[It]({document.get_absolute_url()})")
    many, shown = cost()
    assert many == few
    assert shown.count("Talk ") == 6 and "Talk 11" in shown


CITED, REFERS = "Cited in documents", "Discussions it refers to"


@pytest.mark.django_db(transaction=True)
def test_a_page_and_the_discussion_it_cites_show_each_other(reading, group, lead, member):
    thread = make.thread(group, member, "Which hall?")
    for address in (
        thread.get_absolute_url(),
        f"http://localhost:8000{thread.get_absolute_url()}",
        f"/posts/{thread.posts.get().pk}/",
    ):
        assert CITED not in page(reading, thread)
        made = make.page(group, lead, f"As we [said]({address}).", title="How we work")
        shown = page(reading, thread)
        assert CITED in shown and "How we work" in shown, address
        assert REFERS in page(reading, made) and "Which hall?" in page(reading, made)
        made.save_page(lead, 1, "Nothing of it.")
        assert CITED not in page(reading, thread) and REFERS not in page(reading, made)


@pytest.mark.django_db(transaction=True)
def test_a_summary_cites_too_and_so_does_what_is_written_in_a_file(reading, group, lead, member):
    thread = make.thread(group, member, "Which hall?")
    address = f"http://localhost:8000{thread.get_absolute_url()}"
    made = make.document(group, lead, "Minutes of May", summary=f"Follows from {address}.")
    assert "Minutes of May" in page(reading, thread)
    made.edit(lead, made.edition, title="Minutes of June")
    assert "Minutes of June" in page(reading, thread)
    made.edit(lead, made.edition, summary="")
    assert CITED not in page(reading, thread)
    make.contents(made, f"We talked about it at {address}, at length.")
    assert "Minutes of June" in page(reading, thread)


@pytest.mark.django_db(transaction=True)
def test_a_document_out_of_sight_is_named_to_nobody_in_the_discussion(reading, leading, group, lead, member, staff):
    inner = make.group("Trustees", visibility="hidden", joining="invite")
    make.place(inner, lead, Role.LEAD)
    thread = make.thread(group, member, "Which hall?")
    make.page(inner, lead, f"See {thread.get_absolute_url()}", title="Sealed plan")
    assert "Sealed plan" in page(leading, thread)
    assert CITED not in page(reading, thread)
    ours = make.page(group, lead, f"See {thread.get_absolute_url()}", title="Open plan")
    assert "Open plan" in page(reading, thread)
    ours.hide(staff, "A reason")
    assert CITED not in page(reading, thread)
    ours.restore(staff, "Well")
    assert "Open plan" in page(reading, thread)
    ours.remove(lead)
    assert CITED not in page(reading, thread)
    ours.put_back(lead)
    assert "Open plan" in page(reading, thread)


def test_a_document_does_not_tell_of_discussions_that_its_reader_may_not_see(reading, leading, group, lead):
    inner = make.group("Trustees", visibility="hidden", joining="invite")
    make.place(inner, lead, Role.LEAD)
    sealed = make.thread(inner, lead, "Sealed talk")
    made = make.document(group, lead, "Minutes", summary=f"http://localhost:8000{sealed.get_absolute_url()}")
    assert REFERS in page(leading, made)
    assert REFERS not in page(reading, made)


@pytest.mark.django_db(transaction=True)
def test_only_discussions_that_its_writer_may_see_hear_of_a_page_and_only_when_something_is_new(
    group, lead, member, outsider
):
    inner = make.group("Trustees", visibility="hidden", joining="invite")
    make.place(inner, outsider, Role.LEAD)
    ours, sealed = make.thread(group, member, "Which hall?"), make.thread(inner, outsider, "Sealed talk")
    streams = [f"thread-{ours.pk}", f"thread-{sealed.pk}", "thread-999999"]

    def heard():
        return [live.head(stream) for stream in streams]

    before = heard()
    addresses = [ours.get_absolute_url(), sealed.get_absolute_url(), f"/groups/{group.slug}/threads/999999/"]
    made = make.page(group, lead, "See " + " ".join(addresses))
    assert [link.target_id for link in Link.objects.all()] == [ours.pk]
    first = heard()
    assert first[0] > before[0] and first[1:] == before[1:]
    made.save_page(lead, 1, "Look at " + " ".join(addresses))
    assert heard() == first
    made.edit(lead, made.edition, title="How we now work")
    assert heard()[0] > first[0] and heard()[1:] == before[1:]
    again = heard()
    made.save_page(lead, 2, "Nothing of it.")
    assert heard()[0] > again[0] and heard()[1:] == before[1:]


def test_a_document_that_is_removed_or_put_back_is_counted_anew_everywhere(group, lead):
    made = make.document(group, lead)
    before = live.head(live.SIGHT)
    made.remove(lead)
    assert live.head(live.SIGHT) == before + 1
    made.put_back(lead)
    assert live.head(live.SIGHT) == before + 2


def forget_links():
    """As if all was written before links were noted."""
    Link.objects.all().delete()
    Moment.objects.all().delete()


@pytest.mark.django_db(transaction=True)
def test_what_was_written_before_links_were_noted_is_looked_through_once_a_part_at_a_time(
    reading, group, lead, member, staff, document, monkeypatch
):
    thread = make.thread(group, member, "Which agreement?", body=f"Is it [this one]({document.get_absolute_url()})?")
    cites = [make.page(group, lead, f"We said so in {thread.get_absolute_url()}.", f"Page {n}") for n in range(3)]
    hidden = make.thread(group, member, "Sealed talk", body=f"[It]({document.get_absolute_url()})").posts.get()
    hidden.hide(staff, "A reason", "3.2")
    forget_links()
    monkeypatch.setattr(tasks, "AT_ONCE", 2)
    with override_settings(ROUTINES={"groups.links.tasks.look_through": ROUTINES["groups.links.tasks.look_through"]}):
        look_after()
        Worker("test", interval=0, batch=True).run()
        assert "Which agreement?" in page(reading, document)
        assert all("Which agreement?" in page(reading, each) for each in cites)
        assert not Link.objects.filter(source_id=hidden.pk, source_model="threads.post").exists()
        moment = Moment.objects.get(act=Moment.Act.DOCUMENT)
        assert moment.at == thread.posts.get().posted_at, "it happened when it was written, not now"
        Link.objects.all().delete()
        look_after()
        Worker("test", interval=0, batch=True).run()
    assert not Link.objects.exists(), "it is done once"


@pytest.mark.django_db(transaction=True)
def test_what_somebody_cited_who_has_left_stays_cited_when_it_is_noted_again(reading, group, lead, member, document):
    source, target = make.thread(group, member, "Old place"), make.thread(group, member, "New place")
    whole = make.page(group, lead, f"We said so in {source.get_absolute_url()}.", "On the whole")
    lead.end()
    tasks.look_through.enqueue()
    Worker("test", interval=0, batch=True).run()
    assert "Old place" in page(reading, whole)
    Move.merge(source, target, member)
    Worker("test", interval=0, batch=True).run()
    assert "New place" in page(reading, whole)


def test_what_one_lost_sight_of_stays_cited_when_one_writes_on(group, lead, member):
    inner = make.group("Trustees", visibility="hidden", joining="invite")
    make.place(inner, lead, Role.LEAD)
    talk = make.thread(inner, lead, "Sealed talk")
    made = make.page(group, lead, f"See {talk.get_absolute_url()}")
    made.save_page(member, 1, f"Look at {talk.get_absolute_url()}")
    assert [link.target_id for link in Link.objects.all()] == [talk.pk]
    made.save_page(member, 2, "Nothing of it.")
    assert not Link.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_what_cites_a_discussion_leads_to_where_it_is_now(reading, group, lead, member):
    source, target = make.thread(group, member, "Old place"), make.thread(group, member, "New place")
    other = make.thread(group, member, "Third place")
    reply = source.reply(lead.affiliations.get(), "A reply")
    whole = make.page(group, lead, f"We said so in {source.get_absolute_url()}.", "On the whole")
    one = make.page(group, lead, f"We said so in {reply.get_absolute_url()}.", "On the reply")
    assert "Old place" in page(reading, whole) and "Old place" in page(reading, one)
    Move.posts(source, [2], other, lead)
    Worker("test", interval=0, batch=True).run()
    assert "Third place" in page(reading, one) and "Old place" not in page(reading, one)
    assert "On the reply" in reading.get(other.get_absolute_url()).content.decode()
    Move.merge(source, target, lead)
    Worker("test", interval=0, batch=True).run()
    assert "New place" in page(reading, whole)
    assert "On the whole" in reading.get(target.get_absolute_url()).content.decode()
    later = make.page(group, lead, f"We said so in {source.get_absolute_url()}.", "Written later, of the old address")
    assert "New place" in page(reading, later)
