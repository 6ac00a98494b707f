"""Which pages of a group open to whom."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from groups.models import JoinRequest, Role
from tests import make


def bare(response):
    """The page, but for what every page repeats of its own address and the form token, another each time."""
    return re.sub(rb'value="[A-Za-z0-9]{64}"', b"", response.content).replace(b"circle", b"*").replace(b"triple", b"*")


INSIDE = ["home:group", "groups:people", "home:feed-address"]
LEADS = ["groups:settings", "groups:invite"]


def opens(client, member, address):
    client.force_login(member)
    return client.get(address).status_code


@pytest.mark.parametrize("name", INSIDE)
def test_a_page_inside_opens_to_members_and_is_nothing_to_an_outsider(client, group, member, observer, outsider, name):
    address = reverse(name, args=[group.slug])
    assert client.get(address).status_code == 302
    assert opens(client, member, address) == 200
    assert opens(client, observer, address) == 200
    assert opens(client, outsider, address) == 404


@pytest.mark.parametrize("name", LEADS)
def test_a_page_for_leads_opens_to_leads_and_staff(client, group, lead, member, staff, outsider, name):
    address = reverse(name, args=[group.slug])
    assert opens(client, lead, address) == 200
    assert opens(client, staff, address) == 200
    assert opens(client, member, address) == 403
    assert opens(client, outsider, address) == 404


@pytest.mark.parametrize("name", [*INSIDE, *LEADS, "groups:leave", "groups:archive"])
def test_a_private_group_answers_like_one_that_never_was(client, outsider, name):
    make.group("Sealed circle", visibility="hidden")
    client.force_login(outsider)
    for send in (client.get, client.post, client.head):
        there = send(reverse(name, args=["sealed-circle"]))
        never = send(reverse(name, args=["sealed-triple"]))
        if there.status_code == 405:
            assert never.status_code == 405
            continue
        assert there.status_code == never.status_code == 404
        assert bare(there) == bare(never)
        assert len(there.content) == len(never.content)
        assert there.headers.keys() == never.headers.keys()


def test_staff_do_not_walk_into_a_confidential_group(client, staff):
    sealed = make.group("Sealed", is_confidential=True)
    assert opens(client, staff, sealed.get_absolute_url()) == 404
    assert opens(client, staff, reverse("groups:settings", args=[sealed.slug])) == 404
    open_one = make.group("Unsealed")
    assert opens(client, staff, open_one.get_absolute_url()) == 200


def test_the_pages_of_a_closed_group_are_read_and_nothing_is_changed(client, group, lead, member):
    group.archive()
    client.force_login(lead)
    page = client.get(group.get_absolute_url())
    assert "This group is closed" in page.content.decode()
    place = member.memberships.get()
    change = reverse("groups:place", args=[group.slug, place.pk])
    assert client.post(change, {"role": "lead"}).status_code == 403
    assert client.post(reverse("groups:invite", args=[group.slug]), {"who": "@x", "role": "member"}).status_code == 403
    assert client.post(reverse("groups:settings", args=[group.slug]), {"purpose": "Other"}).status_code == 403
    group.reopen()
    assert client.post(change, {"role": "lead"}).status_code == 302
    assert group.role_of(member) == Role.LEAD


def test_no_page_changes_anything_by_being_read(client, group, lead, member, outsider):
    group.ask(outsider.affiliations.get())
    client.force_login(lead)
    place, asked = member.memberships.get(), JoinRequest.objects.get()
    for name, args in {
        "groups:remove": [group.slug, place.pk],
        "groups:place": [group.slug, place.pk],
        "groups:leave": [group.slug],
        "groups:request": [group.slug, asked.pk],
    }.items():
        assert client.get(reverse(name, args=args), {"admit": "yes", "role": "lead"}).status_code == 200
    assert client.get(reverse("groups:archive", args=[group.slug])).status_code == 405
    group.refresh_from_db()
    asked.refresh_from_db()
    assert (group.memberships.count(), group.archived_at, asked.answered_at) == (2, None, None)


def test_a_form_without_its_token_is_refused(group, member):
    client = Client(enforce_csrf_checks=True)
    client.force_login(member)
    address = reverse("groups:leave", args=[group.slug])
    assert client.post(address).status_code == 403
    assert group.role_of(member) == Role.MEMBER
    token = client.get(address).cookies["csrftoken"].value
    assert client.post(address, {"csrfmiddlewaretoken": token}).status_code == 302
    assert group.role_of(member) is None
