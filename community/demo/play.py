"""A year of a community, played in the order of time, by the deeds that its people would do themselves."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from functools import partial
from random import Random

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from community.demo import (
    before_shown,
    clock,
    drawings,
    library,
    readers,
    rooms,
    taken_up,
    tending,
    texts,
    troubles,
    visits,
)
from community.demo.people import IN_GRACE, LAPSED, MOVED, ORGANISATIONS, PEOPLE, Person
from community.demo.places import BEGAN, CHANGES, PLACES, WISHES, Change, Place, Wish
from community.demo.script import Chatter, Said, Shape, Talk
from community.demo.shapes import SHAPES
from community.demo.tags import SHARED, TAGS, WORDS
from community.demo.talk import CHATTER
from community.demo.threads import TALKS
from community.files.models import StoredFile
from community.members.models import Affiliation, Member, Organisation
from community.moderation.models import Moderatable
from groups.models import Group, Role
from groups.tags.models import Tag
from groups.threads.models import PostFile, Thread
from realtime.chat.models import Room

BEGINNING = 400  # days ago


class Play:
    """Everything is planned first, with its time; then it happens, each with the clock standing at that time."""

    def __init__(self, now: dt.datetime) -> None:
        self.now = now
        self.random = Random(2013)  # noqa: S311 - the same demo every time
        self.acts: list[tuple[dt.datetime, Callable[[], None]]] = []
        self.members: dict[str, Member] = {}
        self.groups: dict[str, Group] = {}
        self.voices: dict[tuple[str, str], Affiliation] = {}
        self.things: dict[str, Moderatable] = {}
        self.times: dict[str, dt.datetime] = {}

    def run(self) -> None:
        """The whole year."""
        self.plan()
        for moment, act in sorted(self.acts, key=lambda planned: planned[0]):
            with clock.standing_at(moment):
                act()
        visits.read(self)

    def at(self, days_ago: int, time: str) -> dt.datetime:
        """So many days ago, at that time of day."""
        return clock.moment(days_ago, time, self.now)

    def plan(self) -> None:
        """What will happen, and when."""
        start = self.at(BEGINNING, "09:00")
        self.acts += [(start, self._organise), (start, self._enrol), (start, self._find_words)]
        for place in PLACES:
            self.acts.append((self.at(BEGAN.get(place.slug, BEGINNING), "10:00"), partial(self._found, place)))
        for wish in WISHES:
            self._plan_wish(wish)
        for talk in TALKS:
            self._plan_talk(talk)
        for chatter in CHATTER:
            self._plan_chatter(chatter)
        library.plan(self)
        self._plan_comings_and_goings()
        troubles.plan(self)
        before_shown.plan(self)
        texts.plan(self)
        taken_up.plan(self)
        rooms.plan(self)
        tending.plan(self)
        readers.plan(self)

    def _organise(self) -> None:
        made: dict[str, Organisation] = {}
        for body in ORGANISATIONS:
            facts = {"category": body.category, "nation": body.nation, "region": body.region}
            made[body.slug] = Organisation.objects.create(
                name=body.name, slug=body.slug, sponsor=made.get(body.sponsor), **facts
            )

    def _enrol(self) -> None:
        for person in PEOPLE:
            self._enrol_one(person)

    def _find_words(self) -> None:
        for word in SHARED:
            Tag.add(self.members["staff-facilitator"], None, word)

    def _enrol_one(self, person: Person) -> None:
        first = next(iter(person.ties))
        nation = Organisation.objects.get(slug=first).nation
        facts = {"title": person.title, "pronouns": person.pronouns, "bio": person.bio, "nation": nation}
        member = Member.objects.create(
            email=f"{person.handle}@{first}.example",
            handle=person.handle,
            name=person.handle,
            is_staff=person.is_staff,
            **facts,
        )
        self.members[person.handle] = member
        ties = {MOVED[person.handle][0]: MOVED[person.handle][1]} if person.handle in MOVED else person.ties
        for slug, role in ties.items():
            self._tie(member, slug, role)

    def _tie(self, member: Member, slug: str, role: str) -> Affiliation:
        return Affiliation.objects.create(
            member=member,
            organisation=Organisation.objects.get(slug=slug),
            role=role.removeprefix("+"),
            is_contact=role.startswith("+"),
        )

    def _voice(self, by: str, group: Group | None = None) -> Affiliation:
        """For whom they speak: the organisation named after the @, or the one they joined the group for."""
        key = (by, group.slug if group else "")
        if key not in self.voices:
            self.voices[key] = self._find_voice(by, group)
        return self.voices[key]

    def _find_voice(self, by: str, group: Group | None) -> Affiliation:
        handle, _, slug = by.partition("@")
        mine = self.members[handle].affiliations.in_force()
        if slug:
            return mine.get(organisation__slug=slug)
        if group is None or group.joining == Group.Joining.AUTOMATIC:
            return mine[0]
        return group.memberships.in_force().get(member=self.members[handle]).affiliation

    def _found(self, place: Place) -> None:
        facts = dict(place.facts)
        if place.facts.get("kind") == "task":
            facts["ends_on"] = self._last_of_january()
        group = Group(slug=place.slug, name=place.name, purpose=place.purpose, welcome=place.welcome, **facts)
        by = self.members["staff-facilitator"]
        group.begin(by, self._voice(place.lead))
        self.groups[place.slug] = group
        lead = self.members[place.lead]
        group.admit(self._voice(place.co_lead), Role.CO_LEAD, by=lead)
        for word in WORDS.get(place.slug, []):
            Tag.add(lead, group, word)
        for handle in place.members.split():
            group.admit(self._voice(handle), by=lead)
        for handle, days in place.observers.items():
            group.admit(self._voice(handle), Role.OBSERVER, clock.day(-days, self.now), by=lead)

    def _last_of_january(self) -> dt.date:
        today = timezone.localdate(self.now)
        here = today.replace(month=1, day=31)
        return here if here - today > dt.timedelta(days=14) else here.replace(year=today.year + 1)

    def _plan_wish(self, wish: Wish) -> None:
        asked = self.at(wish.days_ago, "16:20")

        def ask() -> None:
            self.groups[wish.group].ask(self._voice(wish.by), wish.note)

        def answer() -> None:
            group = self.groups[wish.group]
            group.join_requests.waiting().get(member__handle=wish.by).decline(group.leads()[0].member, wish.answer)

        self.acts.append((asked, ask))
        if wish.answer:
            self.acts.append((clock.later(asked, "1d", self.now), answer))

    def _plan_talk(self, talk: Talk) -> None:
        moment = self.times[talk.title] = self.at(talk.ago, talk.at)
        self.acts.append((moment, partial(self._start, talk)))
        for number, said in enumerate(talk.replies, 2):
            moment = clock.later(moment, said.after, self.now)
            self.acts.append((moment, partial(self._reply, talk.title, said)))
            self.times[said.key] = self.times[f"{talk.title} {number}"] = moment
        if talk.is_closed:
            self.acts.append((clock.later(moment, "2d", self.now), partial(self._close, talk)))
        closes = _shape(talk).closes
        if closes is not None and closes < 0:
            self.acts.append((clock.ahead(closes, "17:00", self.now), partial(self._end, talk)))

    def _start(self, talk: Talk) -> None:
        thread, shape = Thread(group=self.groups[talk.group], kind=talk.kind, title=talk.title), _shape(talk)
        thread.is_nameless, thread.asks = talk.is_nameless, shape.asks
        if shape.paper:
            thread.linked_model, thread.linked_id = "documents.document", self.things[shape.paper].pk
        if shape.closes is not None:
            thread.closes_at = clock.ahead(shape.closes, "17:00", self.now)
        if shape.opens is not None:
            thread.is_waiting, thread.opens_at = True, clock.ahead(shape.opens, "09:00", self.now)
        tags = self._tags(thread.group, TAGS.get(talk.title, ""))
        first = thread.start(self._voice(talk.by, thread.group), talk.body, tags=tags)
        thread.is_nameless = False
        self.things[talk.title], self.things[f"{talk.title} 1"] = thread, first
        for title, body in shape.sections:
            thread.add_section(title, body)
        if shape.asks:
            thread.ask_the_rest()
        if talk.is_pinned:
            thread.pin(self.members[talk.by], None if shape.pinned is None else clock.day(-shape.pinned, self.now))

    def _close(self, talk: Talk) -> None:
        self._thread(talk.title).close(self.members[talk.by])

    def _end(self, talk: Talk) -> None:
        self._thread(talk.title).end()

    def _thread(self, title: str) -> Thread:
        thread = self.things[title]
        assert isinstance(thread, Thread)
        return thread

    def _reply(self, title: str, said: Said) -> None:
        thread = self._thread(title)
        voice = self._voice(said.by, thread.group)
        files = [self._picture(voice.member, said)] if said.picture else []
        thread.is_nameless = said.is_nameless
        where = thread.sections.get(number=said.section).comment if said.section else thread.reply
        post = where(voice, said.body, files=files, to=thread.posts.filter(number=said.to).first())
        thread.is_nameless = False
        self.things[f"{title} {post.number}"] = post
        if said.key:
            self.things[said.key] = post

    def _tags(self, group: Group, words: str) -> list[Tag]:
        """The group's own and the shared ones of these slugs."""
        return list(Tag.objects.known_in(group).filter(slug__in=words.split())) if words else []

    def _picture(self, owner: Member, said: Said) -> PostFile:
        stored = self.keep(owner, f"{said.picture}.png", drawings.draw(said.picture))
        return PostFile(stored=stored, alt=said.alt)

    def keep(self, owner: Member, name: str, content: bytes) -> StoredFile:
        return StoredFile.objects.keep(SimpleUploadedFile(name, content), owner)

    def _plan_chatter(self, chatter: Chatter) -> None:
        moment = self.at(chatter.ago, chatter.at)
        for number, (by, minutes, body, *key) in enumerate(chatter.lines):
            moment = min(moment + dt.timedelta(minutes=minutes, seconds=7 * number % 50), self.now)
            name = f"{chatter.group}-{chatter.ago}-{number}"
            self.acts.append((moment, partial(self._say, chatter.group, by, body, key[0] if key else name)))
            self.times[key[0] if key else name] = moment

    def _say(self, slug: str, by: str, body: str, key: str) -> None:
        group = self.groups[slug]
        voice = self._voice(by, group)
        self.things[key] = Room.of(group).say(voice.member, body, f"demo-{key}"[:40], voice)

    def _plan_comings_and_goings(self) -> None:
        for slug, days in {**IN_GRACE, **LAPSED}.items():
            self.acts.append((self.at(days, "00:01"), partial(self._lapse, slug)))
        for handle, (before, _role, days) in MOVED.items():
            self.acts.append((self.at(days, "00:01"), partial(self._move, handle, before)))

        for change in CHANGES:
            self.acts.append((self.at(change.days_ago, "15:00"), partial(self._change, change)))

    def _lapse(self, slug: str) -> None:
        Organisation.objects.get(slug=slug).end()

    def _change(self, change: Change) -> None:
        until = clock.day(-change.until, self.now)
        self.groups[change.group].admit(self._voice(change.handle), Role.OBSERVER, until, by=self.members[change.by])

    def _move(self, handle: str, before: str) -> None:
        """They leave one organisation for another, and take their places in groups along."""
        member = self.members[handle]
        after, role = next(iter(next(p for p in PEOPLE if p.handle == handle).ties.items()))
        tie = self._tie(member, after, role)
        for membership in member.memberships.select_related("group"):
            membership.group.admit(tie, membership.role, membership.ends_on)
        member.affiliations.get(organisation__slug=before).end()
        self.voices.clear()


def _shape(talk: Talk) -> Shape:
    return SHAPES.get(talk.title, Shape())
