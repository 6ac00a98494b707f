"""What becomes of a form when nobody is signed in any more, or what it asks for is refused."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import HttpResponse
from django.test import RequestFactory
from django.urls import reverse

from community.http import members_only
from tests import make

pytestmark = pytest.mark.django_db


@members_only
def door(request):
    return HttpResponse("inside")


def come(method, path="/groups/brass/", data=None, **headers):
    request = getattr(RequestFactory(), method)(path, data or {}, headers=headers)
    request.user = AnonymousUser()
    return door(request)


def test_a_page_asks_to_sign_in_and_leads_back():
    response = come("get", "/groups/brass/?at=3")
    assert response.status_code == 302
    assert "next=/groups/brass/%3Fat%3D3" in response.url


def test_a_form_is_handed_back_with_the_way_to_sign_in():
    response = come("post", data={"body": "An hour of work"}, Referer="http://testserver/groups/brass/?at=3")
    assert response.status_code == 403
    assert "An hour of work" in response.text
    assert "next=%2Fgroups%2Fbrass%2F%3Fat%3D3" in response.text
    assert "no-store" in response["Cache-Control"]


@pytest.mark.parametrize(
    "before", ["https://evil.example/groups/", "http://testserver.evil.example/x", "", "javascript:1"]
)
def test_the_way_back_is_never_to_another_site(before):
    response = come("post", data={"body": "words"}, Referer=before)
    assert 'next=%2F"' in response.text


def test_a_form_without_words_just_asks_to_sign_in():
    assert come("post").status_code == 302


def test_a_refusal_leads_back_to_the_page_that_held_the_form_and_never_elsewhere(client, group, member, lead):
    thread = make.thread(group, member)
    thread.close(lead)
    client.force_login(member)
    address, words = thread.get_absolute_url(), {"body": "Too late"}
    reply = reverse("threads:reply", args=[group.slug, thread.pk])
    refused = client.post(reply, words, headers={"Referer": f"http://testserver{address}?at=1"})
    assert refused.status_code == 403
    assert "Too late" in refused.text
    assert f'href="{address}?at=1"' in refused.text
    refused = client.post(reply, words, headers={"Referer": "https://evil.example/groups/"})
    assert "Too late" in refused.text
    assert "evil.example" not in refused.text and "Back to the page" not in refused.text
