"""A link that was sent to somebody leads to the post wherever it is now, and tells nobody else that it is anywhere."""

import pytest
from django.urls import reverse

from tests.groups.threads.conftest import at

pytestmark = pytest.mark.django_db


def test_the_lasting_link_leads_to_the_page_of_the_post(enter, thread, post, member):
    answer = enter(member).get(post.get_absolute_url())
    assert answer.url == f"{thread.get_absolute_url()}?at=1#post-{post.pk}"
    assert f'href="{post.get_absolute_url()}"' in enter(member).reads(thread).text


def test_the_lasting_link_to_a_thread_survives_a_new_title(enter, thread, member):
    link = reverse("posts:thread", args=[thread.pk])
    type(thread).objects.update(title="Breath", slug="breath")
    assert enter(member).get(link).url.endswith(f"/threads/{thread.pk}-breath/")


def test_for_an_outsider_it_was_never_there(enter, thread, post, outsider, staff):
    for link in (post.get_absolute_url(), reverse("posts:thread", args=[thread.pk])):
        assert enter(outsider).get(link).status_code == 404
        assert "breath" not in enter(outsider).get(link).text
        assert enter(None).get(link).status_code == 302
    thread.hide(staff, "A look first")
    assert enter(staff).get(post.get_absolute_url()).status_code == 404


def test_a_quotation_says_where_it_is_from_by_the_lasting_link(post):
    assert f"({post.get_absolute_url()})" in post.as_quotation()
    assert post.get_absolute_url() != at(post, "post")
