"""What the tests of the sealed lane share: who reads it, and how something is told."""

from django.urls import reverse

from community.moderation.models import Keeper, SealedCase

TOLD = "Something about Tuesday that only two may read"
TEXT = "Ashgrove Lane"  # stands in the post that is reported


def named(lead=None, deputy=None):
    """The two keepers, or fewer."""
    Keeper.name("lead", lead)
    Keeper.name("deputy", deputy)


def tell(client, who, thing, **said):
    """Both steps of a report at once."""
    client.force_login(who)
    said = {"kind": "worry", "sealed": "1", "words": TOLD} | said
    return client.post(reverse("moderation:report", args=[thing.subject]), said)


def sealed(client, who, thing, **said):
    """The case that a report opened."""
    answer = tell(client, who, thing, **said)
    assert answer.status_code == 302, answer.text
    return SealedCase.objects.latest("pk")


def read(client, who, case, what="words"):
    client.force_login(who)
    return client.post(reverse("moderation:sealed-read", args=[case.pk]), {what: "1"})
