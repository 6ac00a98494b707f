"""Texts are written, published and accepted at the same moment: nobody is forgotten, nobody accepts the unseen."""

import threading

import pytest
from django.db import connection, transaction
from django.utils import timezone

from community.members.models import Acceptance, Invitation, Member, Provider, SiteText, Unread
from tests import make
from tests.community.members import letters
from tests.realtime.servers import in_threads

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite has one writer"),
]
NEW = "flute@northmoor.example"


def names():
    return [text.name for text in SiteText.all_in_force()]


def at_the_same_time(*deeds):
    failures = []

    def run(n):
        try:
            deeds[n]()
        except Unread:
            pass
        except Exception as failure:
            failures.append(failure)

    in_threads(run, len(deeds))
    assert not failures, failures


def test_who_joins_or_accepts_while_a_text_is_published_accepts_nothing_unseen_and_is_asked(staff, member):
    Invitation.send(NEW, make.organisation("Northmoor"), None)
    invited, seen = Invitation.behind(letters.link(NEW).rstrip("/").rpartition("/")[2]), names()
    draft = SiteText.write("rules", "Be kind", staff)
    deeds = [lambda: invited.accept("Flute", seen), lambda: Acceptance.keep(member, seen)]
    meanwhile = threading.Thread(target=at_the_same_time, args=deeds)
    with transaction.atomic():
        draft.publish(staff, "More kindness", timezone.now())
        meanwhile.start()
        meanwhile.join(1)
        assert meanwhile.is_alive(), "they wait until it is published"
    meanwhile.join()
    assert not Acceptance.objects.exists() and not Member.objects.filter(email=NEW).exists()
    invited.accept("Flute", names())
    assert {each.text.name for each in Member.objects.get(email=NEW).acceptances.all()} == set(names())


def test_two_first_drafts_and_two_who_say_who_runs_it(staff):
    lead = make.person()
    write = [
        lambda by=by: SiteText.write("terms", f"By {by.pk}", by, SiteText.in_force("terms").body)
        for by in (staff, lead)
    ]
    at_the_same_time(*write)
    assert SiteText.objects.get(kind="terms", number=None).body in {f"By {staff.pk}", f"By {lead.pk}"}
    kept = []
    name = [lambda by=by: kept.append(Provider(name="A", accountable="B").keep(by, None)) for by in (staff, lead)]
    at_the_same_time(*name)
    assert sorted(kept) == [False, True]
