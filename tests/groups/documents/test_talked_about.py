"""A document says where it is talked about, to those who may see that place."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from groups.links.models import Link
from groups.models import Role
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
