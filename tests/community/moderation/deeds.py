"""What the tests of the desk do, through the doors that people use."""

import threading

from django.db import connection, transaction
from django.urls import reverse

from community.policy import Refused


def first(person):
    return person.affiliations.get()


def page(client, who, url):
    client.force_login(who)
    return client.get(url)


def case_page(client, who, thing):
    return page(client, who, reverse("moderation:case", args=[thing.subject]))


def send_report(client, who, thing, **answers):
    client.force_login(who)
    return client.post(reverse("moderation:report", args=[thing.subject]), {"kind": "personal", **answers})


def decide(client, who, thing, act, **answers):
    client.force_login(who)
    said = {"act": act, "reason": "It could tell who the pupil is.", "letter": "Dear you,", "thanks": "Thank you."}
    return client.post(reverse("moderation:decide", args=[thing.subject]), said | answers)


def claim(client, who, thing, **said):
    client.force_login(who)
    return client.post(reverse("moderation:claim", args=[thing.subject]), said)


def meanwhile(first, second):
    """The second is asked for when the first is done and not yet committed (PostgreSQL). What came of it."""
    outcome = []

    def do():
        try:
            outcome.append(second())
        except Refused as no:
            outcome.append(no)
        finally:
            connection.close()

    other = threading.Thread(target=do)
    with transaction.atomic():
        first()
        other.start()
        other.join(1.5)
        assert not outcome, "it waits"
    other.join(20)
    return outcome[0]
