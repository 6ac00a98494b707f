"""The access rule from both sides gives one answer."""

import pytest

from groups import text
from groups.models import Group
from tests import make

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("facts", [{}, {"visibility": "open"}, {"joining": "automatic"}, {"is_confidential": True}])
def test_the_readers_of_a_group_are_those_to_whom_it_is_visible(facts, staff, outsider):
    group = make.group("Strings", **facts)
    inside, ended, lapsed, suspended, closed = (make.person() for _ in range(5))
    for member in (inside, ended, lapsed, suspended, closed):
        make.place(group, member)
    ended.affiliations.get().end()
    organisation = lapsed.affiliations.get().organisation
    organisation.end(on=organisation.affiliations.get().starts_on)
    suspended.suspend(group.created_at.replace(year=2099))
    closed.end()
    readers = set(text.readers(group))
    for member in (inside, ended, lapsed, suspended, closed, staff, outsider):
        assert (member in readers) == Group.objects.visible_to(member).filter(pk=group.pk).exists(), member
    assert inside in readers
