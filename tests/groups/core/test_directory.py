"""The directory: what one is in, what one may join, and nothing else."""

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from groups.models import Role
from tests import make


def directory(client, member):
    client.force_login(member)
    return client.get(reverse("groups:directory")).content.decode().partition("<main")[2].partition("</main>")[0]


def test_one_s_groups_listed_groups_and_no_hidden_one(client, group, lead, member, outsider):
    make.group("Leads’ corner", visibility="hidden")
    make.group("Early years", joining="open", purpose="From birth to five")
    page = directory(client, member)
    assert page.index("Your groups") < page.index("Workforce") < page.index("Other groups") < page.index("Early years")
    assert "From birth to five" in page and "workforce-chair" in page
    assert "corner" not in page
    assert 'href="/groups/early-years/join/"' in page and 'href="/groups/early-years/"' not in page
    assert "Your groups" not in directory(client, outsider)


def test_a_request_that_waits_is_shown_as_asked(client, group, outsider):
    assert "Ask to join" in directory(client, outsider)
    group.ask(outsider.affiliations.get())
    page = directory(client, outsider)
    assert "Ask to join" not in page and "Asked" in page


def test_it_says_what_to_do_when_there_is_nothing(client, outsider, staff):
    assert "No groups yet" in directory(client, outsider)
    assert "New group" not in directory(client, outsider)
    assert "New group" in directory(client, staff)


def test_it_costs_the_same_for_two_groups_and_thirty(client, django_assert_num_queries, member):
    make.place(make.group(), member)
    make.group()
    client.force_login(member)
    address = reverse("groups:directory")
    with CaptureQueriesContext(connection) as few:
        client.get(address)
    for _number in range(15):
        make.place(make.group(), member)
        make.place(make.group(), make.person(), Role.LEAD)
    with django_assert_num_queries(len(few)):
        client.get(address)
