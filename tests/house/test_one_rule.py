"""One rule, every door: a random world, the rule said again in plain Python, and every door asked about everything."""

from __future__ import annotations

import datetime as dt
import random
from dataclasses import dataclass, field
from functools import cache
from itertools import product

import pytest
from allauth.mfa.models import Authenticator
from django.utils import timezone

from community import live
from community.members.models import Affiliation, Member
from community.moderation.models import SealedCase, Worry
from community.notifications.models import Notification, notify, shown
from groups import text
from groups.documents.models import Document
from groups.home.models import FeedAddress
from groups.models import Group, Membership
from groups.search.find import find
from groups.threads.models import Post, PostFile, Thread
from realtime.chat.models import Message, Room
from realtime.chat.text import spoken
from tests import make

TODAY = timezone.localdate
DAY = dt.timedelta(days=1)
WORDS = [f"zx{first}{second}{third}qx" for first, second, third in product("bdfgklmnp", "aou", "bdfgklmnp")]


@dataclass
class Place:
    """A group with what is in it: each thing, the word that only it holds, and whether its text may be read there.

    `private`: what was said to the leads or to staff, and its word.
    """

    group: Group
    private: list[tuple[Message, str]] = field(default_factory=list)
    things: list[tuple[object, str, bool]] = field(default_factory=list)
    files: list[tuple[str, bool]] = field(default_factory=list)


@dataclass
class World:
    people: list[Member]
    places: list[Place]
    without_second_step: Member


# ── The rule again, from what the rows say, by no code of the product ────────────────────────────────────────────────


def gives_access(organisation):
    grace = dt.timedelta(days=30)
    own = organisation.ends_on is None or organisation.grace_until >= TODAY()
    sponsor = organisation.sponsor
    return own and (sponsor is None or sponsor.ends_on is None or sponsor.grace_until + grace >= TODAY())


def counts(tie):
    return (
        tie.starts_on <= TODAY() and (tie.ends_on is None or tie.ends_on >= TODAY()) and gives_access(tie.organisation)
    )


@cache
def has_standing(person):
    is_out = person.suspended_until is not None and person.suspended_until > timezone.now()
    return person.is_active and not is_out and any(counts(tie) for tie in Affiliation.objects.filter(member=person))


@cache
def belongs(person, group):
    found = Membership.objects.filter(member=person, group=group)
    return any((place.ends_on is None or place.ends_on >= TODAY()) and counts(place.affiliation) for place in found)


def sees(person, group):
    if not has_standing(person):
        return False
    is_for_all = group.visibility == "open" or group.joining == "automatic"
    return is_for_all or belongs(person, group) or (person.is_staff and not group.is_confidential)


def leads(person, group):
    found = Membership.objects.filter(member=person, group=group, role__in=["lead", "co-lead"])
    return has_standing(person) and any(place.ends_on is None and counts(place.affiliation) for place in found)


def is_part_of(person, room):
    """Whoever asks, and either of two, as long as they see the group; whoever is asked, whatever the group."""
    if person in (room.asker, room.partner):
        return sees(person, room.group)
    if room.kind == "pair":
        return False
    if room.kind == "leads":
        return leads(person, room.group)
    return has_standing(person) and person.is_staff


# ── The world ────────────────────────────────────────────────────────────────────────────────────────────────────────


def build(seed):
    chance = random.Random(seed)
    words = iter(chance.sample(WORDS, len(WORDS)))
    people = _people(_organisations())
    world = World(people, [], people[-1])
    kinds = product(["hidden", "listed", "open"], ["invite", "automatic"], [False, True])
    for number, (visibility, joining, confidential) in enumerate(kinds):
        facts = {"visibility": visibility, "joining": joining, "is_confidential": confidential}
        facts["archived_at"] = timezone.now() if number % 5 == 0 else None
        group = make.group(f"Group {number} of {seed}", **facts)
        _settle(group, people, chance)
        world.places.append(_furnish(group, people[0], words))
        _ask(world.places[-1], people[1:], words, chance)
    return world


def _organisations():
    today, live_one = TODAY(), make.organisation()
    lapsed = {"ends_on": today - 50 * DAY, "grace_until": today - 20 * DAY}
    long_gone = make.organisation(ends_on=today - 90 * DAY, grace_until=today - 60 * DAY)
    return [
        live_one,
        live_one,
        make.organisation(ends_on=today - 5 * DAY, grace_until=today),
        make.organisation(**lapsed),
        make.organisation(sponsor=make.organisation(**lapsed)),
        make.organisation(sponsor=long_gone),
    ]


def _people(organisations):
    people = [make.person(of=organisations[0])]  # who writes everything
    people += [make.person(of=one) for one in organisations]
    two = make.person(of=organisations[3])
    Affiliation.objects.create(member=two, organisation=organisations[0], starts_on=TODAY())
    late = make.person(of=organisations[0])
    late.affiliations.update(starts_on=TODAY() + DAY)
    ended = make.person(of=organisations[0])
    ended.affiliations.update(ends_on=TODAY() - DAY)
    last_day = make.person(of=organisations[0])
    last_day.affiliations.update(ends_on=TODAY())
    people += [two, late, ended, last_day]
    people.append(make.person(of=organisations[0], suspended_until=timezone.now() + DAY))
    people.append(make.person(of=organisations[0], suspended_until=timezone.now() - DAY))
    people.append(make.person(of=organisations[0], is_active=False))
    people += [make.person(of=organisations[number], is_staff=True) for number in (0, 3, 0)]
    for person in people[:-1]:
        if person.is_staff:
            Authenticator.objects.create(user=person, type=Authenticator.Type.TOTP, data={"secret": "unused"})
    return people


def _settle(group, people, chance):
    make.place(group, people[0], "lead")
    for person in people[1:]:
        role = chance.choice([None, None, "member", "observer", "co-lead", "past"])
        if role == "past":
            make.place(group, person, "observer", TODAY() - DAY)
        elif role:
            tie = chance.choice(list(person.affiliations.all()))
            until = chance.choice([TODAY(), TODAY() + DAY]) if role == "observer" else None
            Membership.objects.create(group=group, member=person, affiliation=tie, role=role, ends_on=until)


def _furnish(group, author, words):
    staff, tie, place = make.person(is_staff=True), author.affiliations.get(), Place(group)
    for fate in ("stays", "hidden", "removed", "thread-hidden", "sealed"):
        word = next(words)
        held = PostFile(stored=make.stored(author))
        post = Thread(group=group, title=f"On {fate}").start(tie, f"It says {word}.", files=[held])
        if fate == "hidden":
            post.hide(staff, "No")
        elif fate == "removed":
            post.remove(author)
        if fate == "thread-hidden":
            post.thread.hide(staff, "No")
        if fate == "sealed":
            SealedCase.take(Worry("abuse", "It is bad"), post)
        place.things.append((post, word, fate == "stays"))
        place.files.append((held.get_absolute_url(), fate == "stays"))
    for fate in ("stays", "hidden", "removed", "sealed"):
        word = next(words)
        paper = make.document(group, author, title=f"Paper {word}")
        make.contents(paper, f"It reads {word}.")
        place.things.append((paper, word, fate == "stays"))
        word = next(words)
        message = Room.of(group).say(author, f"Said {word}.", f"key-{fate}", tie)
        if fate == "hidden":
            message.hide(staff, "No")
            paper.hide(staff, "No")
        elif fate == "removed":
            message.remove()
            paper.remove(author)
        elif fate == "sealed":
            SealedCase.take(Worry("worry", "It is bad"), message)
            SealedCase.take(Worry("worry", "It is bad"), paper)
        place.things.append((message, word, fate == "stays"))
    return place


def _ask(place, people, words, chance):
    """Some ask the leads, some staff, whether or not they may still see the group now."""
    for whom in ("leads", "staff"):
        for asker in chance.sample(people, 2):
            word = next(words)
            room = Room.between(place.group, whom, asker)
            said = room.say(asker, f"Asked {word}.", "key", asker.affiliations.first())
            room.say(people[0], f"Answered {word}.", "key-2", people[0].affiliations.get())
            place.private.append((said, word))
    one, other = sorted(chance.sample(people, 2), key=lambda person: person.pk)
    word, facts = next(words), {"kind": "pair", "asker": one, "partner": other}
    if Room.objects.filter(**facts).exists():
        return
    room = Room.objects.create(group=place.group, **facts)
    said = room.say(one, f"Between us {word}.", "key", one.affiliations.first())
    room.say(other, f"Indeed {word}.", "key-2", other.affiliations.first())
    place.private.append((said, word))


@pytest.fixture
def world(db, settings):
    settings.LIMITS = dict.fromkeys(settings.LIMITS, "1000000/1s")
    has_standing.cache_clear()
    belongs.cache_clear()
    return build(1)


# ── The doors ────────────────────────────────────────────────────────────────────────────────────────────────────────


def is_there(thing):
    """Whether it has a place at all for those who see the group; a hidden one stands there as a note."""
    if isinstance(thing, Post):
        return not Thread.objects.get(pk=thing.thread_id).hidden_id
    return not (isinstance(thing, Document) and thing.removed_at)


@pytest.mark.parametrize("is_read", [False, True], ids=["for a deed", "for a page that is read"])
def test_every_list_and_every_stream_agrees(world, is_read):
    for person in world.people:
        person.known = {} if is_read else None
        seen = {model: set(model.objects.visible_to(person).values_list("pk", flat=True)) for model in (Group, Thread)}
        seen |= {model: set(model.objects.visible_to(person).values_list("pk", flat=True)) for model in (Post, Message)}
        seen[Document] = set(Document.objects.visible_to(person).values_list("pk", flat=True))
        seen[Room] = set(Room.objects.visible_to(person).values_list("pk", flat=True))
        people = set(Membership.objects.visible_to(person).values_list("group", flat=True))
        menu = set(Group.objects.joined_by(person))
        for place in world.places:
            group, may = place.group, sees(person, place.group)
            about = f"{person.pk} and {group.visibility} {group.joining} {group.is_confidential}"
            assert (group.pk in seen[Group]) == may, about
            assert (group.pk in people) == may, about
            assert (group in menu) == (may and (belongs(person, group) or group.joining == "automatic")), about
            listed = has_standing(person) and (may or group.visibility != "hidden")
            assert Group.objects.listed_to(person).filter(pk=group.pk).exists() == listed, about
            for stream in (group, Room.of(group)):
                assert live.may_follow(person, live.stream_of(stream)) == may, about
            for thing, _word, _stays in place.things:
                assert (thing.pk in seen[type(thing)]) == (may and is_there(thing)), f"{about}: {thing.subject}"
            for said, _word in place.private:
                part = is_part_of(person, said.room)
                assert (said.pk in seen[Message]) == (said.room_id in seen[Room]) == part, f"{about}: {said.room.kind}"
                assert live.may_follow(person, live.stream_of(said.room)) == part, about
                assert (person in said.room.readers()) == part, about
            assert (Room.of(group).pk in seen[Room]) == may, about
            post, paper = place.things[0][0], place.things[-2][0]
            assert live.may_follow(person, f"thread-{post.thread_id}") == may, about
            assert live.may_follow(person, paper.subject) == (may and is_there(paper)), about
        person.known = None


def test_search_finds_what_may_be_read_and_nothing_else(world):
    for person, place in product(world.people, world.places):
        may = sees(person, place.group)
        for _thing, word, stays in place.things:
            assert len(find(person, word).hits) == (may and stays), f"{person.pk}: {word}"
        for said, word in place.private:
            assert len(find(person, word).hits) == 2 * is_part_of(person, said.room), f"{person.pk}: {word}"


def test_the_tray_the_mentions_and_the_feed_agree(world):
    for person, place in product(world.people, world.places):
        may, handle = sees(person, place.group), f"@{person.handle} "
        for thing, _word, _stays in place.things:
            notify([person], "mentioned", thing)
        rows = Notification.objects.visible_to(person).filter(kind="mentioned").order_by("-pk")[: len(place.things)]
        lines = {(type(row.thing), row.thing.pk) for row in shown(rows, person)}
        told = [
            one
            for one, _word, stays in place.things
            if may and (stays if isinstance(one, Post | Message) else is_there(one))
        ]
        assert lines == {(type(one), one.pk) for one in told}
        assert (person.pk in text.written(handle, place.group).mentioned) == may
        assert (person.pk in spoken(handle, Room.of(place.group)).mentioned) == may
        for said, _word in place.private:
            part = is_part_of(person, said.room)
            notify([person], "mentioned", said)
            newest = Notification.objects.visible_to(person).order_by("-pk")[:1]
            assert len(shown(newest, person)) == part
            assert (person.pk in spoken(handle, said.room).mentioned) == part
        comes_in = may and person != world.without_second_step
        assert FeedAddress(member=person, group=place.group).is_in_force() == comes_in


def test_pages_files_feeds_and_catching_up_agree(client, world):
    chance = random.Random(7)
    pairs = chance.sample(list(product(world.people, world.places)), 24)
    for person, place in pairs:
        if not person.is_active:
            continue  # nobody can be signed in to it
        client.force_login(person)
        base = place.group.get_absolute_url()
        comes_in = has_standing(person) and person != world.without_second_step
        shut = 404 if comes_in else 403
        may = comes_in and sees(person, place.group)
        for page in ("", "people/", "threads/", "documents/", "live/"):
            assert client.get(base + page).status_code == (200 if may else shut), f"{person.pk}: {base}{page}"
        for url, stays in place.files:
            assert client.get(url).status_code == (200 if may and stays else shut), f"{person.pk}: {url}"
        told = _everything_told(client, base, place, FeedAddress.make(person, place.group))
        for said, word in place.private:
            part = person != world.without_second_step and is_part_of(person, said.room)
            assert client.get(said.room.get_absolute_url()).status_code == (200 if part else shut), said.room.kind
            where = [url for url, page in told.items() if word in page]
            assert bool(where) == part, f"{person.pk}: {said.room.kind} in {where}"
        for thing, word, stays in place.things:
            deeds = getattr(thing, "deeds_url", thing.get_absolute_url())
            own = f"{deeds}edit/" if thing.author == person else ""  # one's own, to put it back
            where = [url for url, page in told.items() if word in page and url != own]
            assert bool(where) == (may and stays), f"{person.pk}: {thing.subject} in {where}"


def _everything_told(client, base, place, feed):
    """All that pages, partials, catching up, the feed and the author's forms tell about the group."""
    room = Room.of(place.group)
    urls = ["/", base, f"{base}threads/", f"{base}documents/", f"{base}live/", "/needs-you/", feed.get_absolute_url()]
    streams = {live.stream_of(place.group), live.stream_of(room)}
    urls += [f"{base}live/rooms/", "/search/?q=asked"]
    for said, _word in place.private:
        streams.add(live.stream_of(said.room))
        urls += [f"{said.room.get_absolute_url()}?replies=1", f"/report/{said.subject}/", f"/responses/{said.subject}/"]
    for thing, _word, _stays in place.things:
        if isinstance(thing, Document):
            urls.append(thing.current.get_absolute_url())
        if isinstance(thing, Post):
            streams.add(f"thread-{thing.thread_id}")
            urls.append(thing.thread.get_absolute_url() + f"?quote={thing.number}")
            urls.append(f"{thing.deeds_url}edit/")
            urls.append(thing.get_absolute_url())
            urls.append(f"/report/thread-{thing.thread_id}/")
            urls.append(feed.url_for(thing.thread))
        else:
            urls.append(thing.get_absolute_url())
        urls.append(f"/report/{thing.subject}/")
    urls += ["/live/events/?" + "&".join(f"{stream}=0" for stream in sorted(streams))]
    return {url: client.get(url).content.decode() for url in urls}
