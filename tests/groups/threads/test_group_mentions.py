"""A group is mentioned by its slug; a hidden one is not given away."""

import pytest

from tests import make

pytestmark = pytest.mark.django_db


def html_of(group, member, body):
    return make.thread(group, member, "Mentions").reply(member.affiliations.get(), body).html


def test_a_listed_group_becomes_a_link(group, member):
    make.group("Early years")
    assert 'href="/groups/early-years/">@early-years</a>' in html_of(group, member, "Ask @early-years about it")


def test_a_hidden_group_stays_a_word(group, member):
    make.group("Inner circle", visibility="hidden")
    assert "<a" not in html_of(group, member, "Ask @inner-circle about it")


def test_within_itself_a_hidden_group_has_a_name(member):
    hidden = make.group("Inner circle", visibility="hidden")
    make.place(hidden, member)
    assert 'href="/groups/inner-circle/"' in html_of(hidden, member, "We of @inner-circle")
