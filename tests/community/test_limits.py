"""How often: a table of rates by name, slower for who is new, and one for whatever is sent at any door."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path

import pytest
from django.conf import settings as known
from django.urls import reverse
from django.utils import timezone

from community import limits
from community.members.models import Member
from groups.documents.models import Collection
from groups.threads.models import Post
from tests import make

pytestmark = pytest.mark.django_db


def test_each_name_that_is_asked_for_stands_in_the_table_and_no_other():
    root = Path(limits.__file__).parent.parent
    source = "".join(
        path.read_text() for floor in ("community", "groups", "realtime") for path in root.glob(f"{floor}/**/*.py")
    )
    asked = set(re.findall(r'spend\(\s*"([a-z-]+)"', source))
    assert asked == {name for name in known.LIMITS if not name.endswith("-new")}
    assert {name.removesuffix("-new") for name in known.LIMITS} == asked


def test_somebody_new_writes_less_often_than_somebody_known(settings, client, group, lead, member):
    settings.LIMITS = {**settings.LIMITS, "post": "3/1h", "post-new": "1/1h"}
    thread = make.thread(group, lead)
    url = reverse("threads:reply", args=[group.slug, thread.pk])

    def send(who, number):
        client.force_login(who)
        return client.post(url, {"body": f"Said {number}", "key": f"k{number}"})

    assert [send(member, number).status_code for number in range(2)] == [302, 429]
    Member.objects.filter(pk=lead.pk).update(joined_at=timezone.now() - dt.timedelta(days=8))
    answers = [send(lead, number) for number in range(2, 6)]
    assert [answer.status_code for answer in answers] == [302, 302, 302, 429]
    assert "Said 5" in answers[-1].text and answers[-1]["Retry-After"]
    assert Post.objects.filter(number__gt=1).count() == 4


@pytest.mark.parametrize(
    "name, said",
    [
        ("groups:settings", {"purpose": "Words that were typed"}),
        ("documents:new_collection", {"name": "Pack", "words": "Words that were typed"}),
        ("templates:list", {"name": "Agenda", "body": "Words that were typed"}),
        ("tags:group", {"name": "Words that were typed"}),
    ],
)
def test_at_every_door_what_is_too_much_is_handed_back(settings, client, group, lead, name, said):
    settings.LIMITS = {**settings.LIMITS, "deed": "1/1h"}
    client.force_login(lead)
    url = reverse(name, args=[group.slug])
    client.post(url, {})
    refused = client.post(url, said)
    assert refused.status_code == 429 and "Words that were typed" in refused.text
    assert not Collection.objects.exists()
    assert client.get(url).status_code == 200, "reading is not counted"
