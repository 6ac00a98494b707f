"""The frame of every page: header, menus, footer, and what it costs."""

import pytest
from django.test import Client

from tests import make

PAGE = "/about/rules/"
WITHOUT_WORDS_OF_STAFF = "/about/accessibility/"


def test_who_is_signed_out_gets_the_page_without_menus(client, db):
    page = client.get(PAGE).content.decode()
    assert "Skip to the main part" in page
    assert "Sign in" in page
    assert 'class="drop' not in page
    assert "me.css" not in page


def test_a_member_finds_their_groups_and_nobody_elses(client, group, member, outsider):
    client.force_login(member)
    assert group.name in client.get(PAGE).content.decode()
    client.force_login(outsider)
    assert group.name not in client.get(PAGE).content.decode()


def test_a_signed_in_page_costs_the_same_with_one_group_and_with_thirty(client, member, django_assert_max_num_queries):
    client.force_login(member)
    with django_assert_max_num_queries(6) as with_one:
        client.get(WITHOUT_WORDS_OF_STAFF)
    for _ in range(29):
        make.place(make.group(), member)
    with django_assert_max_num_queries(len(with_one)):
        client.get(WITHOUT_WORDS_OF_STAFF)


def test_a_signed_out_page_asks_the_database_nothing(client, db, django_assert_num_queries):
    with django_assert_num_queries(0):
        client.get(WITHOUT_WORDS_OF_STAFF)


@pytest.mark.parametrize("page", ["/about/rules/", "/about/privacy/", "/about/accessibility/"])
def test_anyone_may_read_about_the_place(client, db, page):
    assert client.get(page).status_code == 200


def test_a_rule_can_be_linked_to_by_its_number(client, db):
    assert 'id="rule-3-2"' in client.get(PAGE).content.decode()


def test_wrong_gone_and_private_get_the_same_page(client, db):
    answer = client.get("/nowhere/")
    assert answer.status_code == 404
    assert "There is nothing here for you" in answer.content.decode()


def test_a_lost_form_hands_back_what_was_typed(member):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(member)
    answer = strict.post("/account/theme/", {"theme": "dark", "body": "An hour of <writing>"})
    assert answer.status_code == 403
    assert "An hour of &lt;writing&gt;" in answer.content.decode()


def test_a_member_without_standing_finds_the_sentence_and_the_way_out(client, member):
    member.affiliations.get().end()
    client.force_login(member)
    answer = client.post("/account/theme/", {"theme": "dark"})
    assert answer.status_code == 403
    assert "no current organisation" in answer.content.decode()
    assert "Sign out" in answer.content.decode()
