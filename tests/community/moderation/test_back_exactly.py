"""Whatever takes a thing out of sight says the same about it, and what comes back is found and cited as it was."""

import re

import pytest
from django.urls import reverse

from community import live
from community.moderation.models import Act
from community.moderation.models.decision import Ruling
from groups.documents.models import Comment
from groups.links.models import Link
from groups.search.models import Record
from groups.threads.models import Summary
from realtime.chat.models import Room
from tests import make
from tests.community.moderation.deeds import first, page

pytestmark = pytest.mark.django_db

WORDS = "The boy in the front row"
CHANGING = re.compile(r'(name="(csrfmiddlewaretoken|key)" value|data-since)="[^"]*"')
WHY, RULE = "It could tell who he is", "3.2 Told who"


@pytest.fixture
def things(group, lead, member):
    """One of each kind, written by the member; the document cites a discussion that its last writer sees no more."""
    thread = make.thread(group, member, WORDS)
    elsewhere = make.group("Elsewhere", visibility="hidden")
    make.place(elsewhere, lead)
    cited = make.thread(elsewhere, lead)
    document = make.page(group, lead, f"{WORDS}, see {cited.get_absolute_url()}", WORDS)
    elsewhere.remove(lead)
    Summary.write(thread, lead, WORDS, 0)
    return {
        "post": thread.reply(first(member), WORDS),
        "thread": thread,
        "document": document,
        "comment": Comment.say(document, member, WORDS),
        "message": Room.of(group).say(member, WORDS, "key-1", first(member)),
        "summary": thread.summary,
    }


def hide(thing, staff):
    thing.hide(staff, WHY, RULE)
    return lambda: again(thing).restore(staff, "It could not")


def hold(thing, _staff):
    before = thing.withhold()
    return lambda: again(thing).give_back(before)


def remove(thing, staff):
    thing.decide(staff, Ruling(Act.REMOVE, WHY, RULE))
    return lambda: again(thing).restore(staff, "It could not")


def again(thing):
    return type(thing).objects.to_show().get(pk=thing.pk)


def found():
    facts = ("thing_model", "thing_id", "group", "title", "text", "at", "author", "is_part", "only_within")
    return set(Record.objects.values_list(*facts)), list(Link.objects.order_by("pk").values_list())


KINDS = ["post", "thread", "document", "comment", "message", "summary"]


@pytest.mark.parametrize("away", [hide, hold, remove])
@pytest.mark.parametrize("kind", KINDS)
def test_what_comes_back_is_found_and_cited_as_before(things, staff, kind, away):
    before = found()
    assert before[1], "the document cites something"
    back = away(things[kind], staff)
    assert kind == "summary" or found()[0] != before[0]
    back()
    assert found() == before


@pytest.mark.parametrize("kind", KINDS)
def test_a_hold_looks_like_what_staff_hid_to_readers_and_to_its_author(client, things, lead, member, staff, kind):
    thing, seen = things[kind], []
    places = [thing.get_absolute_url(), *(things[each].get_absolute_url() for each in ("thread", "document"))]
    places.append(reverse("documents:list", args=[things["document"].group.slug]))
    for away in (hide, hold, remove):
        back = away(again(thing), staff)
        drawn = "" if kind in ("thread", "summary") else live.render(again(thing))
        seen.append((drawn, *(shown(client, who, url) for who in (lead, member) for url in places)))
        back()
    assert seen[0] == seen[1] == seen[2]
    assert "hidden" in str(seen).lower() and WHY not in str(seen) and RULE not in str(seen)


def shown(client, who, url):
    answer = page(client, who, url)
    if answer.status_code != 200:
        return answer.status_code, answer.get("Location")
    return CHANGING.sub("", answer.text.partition("<main")[2])
