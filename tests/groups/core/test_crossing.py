"""Whoever writes in a group, and whoever changes their place in it, at the same moment: neither waits for ever."""

import threading

import pytest
from django.db import connection

from community.policy import Refused
from groups import place
from groups.models import Membership, Role
from tests import make
from tests.realtime.servers import in_threads

pytestmark = pytest.mark.django_db(transaction=True)
TURNS = 40  # at ten, a fault was seen on busy machines only


@pytest.mark.parametrize("deed", ["role", "removal"])
def test_writing_and_losing_or_changing_ones_place(group, lead, member, deed):
    if connection.vendor == "sqlite":
        pytest.skip("on SQLite one writes after the other")
    affiliation, failures = member.affiliations.get(), []
    both = threading.Barrier(2)

    def write(turn):
        with place.kept(member, group) as now:
            make.thread(group, now)

    def change(turn):
        if deed == "role":
            group.admit(affiliation, [Role.MEMBER, Role.CO_LEAD][turn % 2], by=lead)
        else:
            group.remove(member, by=lead, reason="Left")
            group.admit(affiliation, by=lead)

    def turns(n):
        for turn in range(TURNS):
            both.wait(20)
            try:
                (write, change)[n](turn)
            except Refused:
                pass
            except Exception as failure:
                failures.append(failure)

    in_threads(turns, 2)
    assert not failures, failures
    assert Membership.objects.filter(group=group, member=member).exists()
