"""Things of three kinds, and what they went through as `test_life_of_things` plays it: known from the deeds alone."""

import datetime as dt

import time_machine
from django.test import Client
from django.utils import timezone
from hypothesis.stateful import RuleBasedStateMachine, initialize

from community.moderation import policy
from community.moderation.models import Appeal, Case, Decision, Measure, Moderatable
from community.moderation.models.acts import HIDING, HOLD
from groups.documents.models import Document
from groups.search.models import Record
from realtime.chat.models import Room
from tests import make
from tests.community.moderation.deeds import first
from tests.community.moderation.sealed import named
from tests.community.moderation.test_back_exactly import shown

NAMES = ("post", "document", "message")
WORDS = "The boy in the front row"
MOVING = {"look", "hidden", "deleted_at", "deleted_by", "removed_at", "removed_by"}
BIN, APPEAL = dt.timedelta(days=90), dt.timedelta(days=183)  # as the notice of privacy and the rules promise


class Life:
    """What is known of one thing from what was done to it."""

    def __init__(self, thing):
        self.kind, self.pk, self.subject = type(thing), thing.pk, thing.subject
        self.removed_at = self.decided_at = None
        self.is_gone = self.is_sealed = False
        self.reporters, self.deciders, self.barred = set(), set(), set()
        self.facts = self.row()

    @property
    def thing(self):
        """The row, wherever it is."""
        return self.kind._base_manager.get(pk=self.pk)

    def row(self):
        thing = self.thing
        fields = [each for each in self.kind._meta.concrete_fields if each.name not in MOVING]
        return {each.attname: getattr(thing, each.attname) for each in fields}

    @property
    def hidden_at(self):
        by = self.thing.hidden
        return by.at if by and by.act in HIDING else None

    @property
    def is_in_sight(self):
        return not (self.is_gone or self.removed_at or self.thing.is_hidden)

    def may_go(self, held):
        """Whether its window is over and nothing keeps it."""
        now = timezone.now()
        if self.is_gone or self.is_sealed or held or (self.decided_at and now - self.decided_at < APPEAL):
            return False
        if Case.objects.open().filter(subject=self.subject).exists():
            return False
        if Appeal.objects.open().filter(decision__subject=self.subject).exists():
            return False
        times = ((self.removed_at, BIN), (self.hidden_at, APPEAL))
        return any(since and now - since > after for since, after in times)

    def went(self):
        found = self.kind._base_manager.filter(pk=self.pk).first()
        return found is None if self.kind is Document else not found.body


class World(RuleBasedStateMachine):
    """A post, a document and a message by one person; three report them, one of these of staff; two keep what is
    sealed."""

    @initialize()
    def begin(self):
        group = make.group()
        self.author, self.staff = make.person(), [make.person(is_staff=True) for _each in range(6)]
        self.keeper, self.reader = make.person(is_staff=True), make.person()
        self.people = [make.person(), make.person(), self.staff[-1]]
        for each in (self.author, self.reader):
            make.place(group, each)
        named(self.keeper)
        post = make.thread(group, self.reader).reply(first(self.author), WORDS)
        document = make.page(group, self.author, WORDS, WORDS)
        message = Room.of(group).say(self.author, WORDS, "key", first(self.author))
        self.lives = {"post": Life(post), "document": Life(document), "message": Life(message)}
        self.urls = {kind: life.thing.get_absolute_url() for kind, life in self.lives.items()}
        self.legal, self.client, self.start = set(), Client(), timezone.now()
        self.seen()
        self.before = {kind: self.seen(kind) for kind in self.lives}

    def seen(self, only=""):
        """What the reader sees, looking always at the same moment, and what search knows."""
        with time_machine.travel(self.start + dt.timedelta(minutes=5), tick=False):
            pages = [shown(self.client, self.reader, url) for kind, url in self.urls.items() if only in ("", kind)]
        life = self.lives[only or "post"]
        found = Record.objects.filter(thing_model=life.kind._meta.label_lower, thing_id=life.pk)
        return pages, list(found.values_list("title", "text", "author", "only_within"))

    def is_back(self, kind):
        """After what undoes: as before, byte by byte, in its row and before its readers' eyes."""
        life = self.lives[kind]
        assert life.row() == life.facts
        assert life.thing.is_hidden == (life.is_sealed or Measure.objects.in_force().hiding(life.subject).exists())
        if life.is_in_sight:
            assert self.seen(kind) == self.before[kind]

    def found(self, kind):
        """As the desk and the doors of reports find it: neither gone nor sealed."""
        return None if self.lives[kind].is_gone else Moderatable.find(self.lives[kind].subject)

    def some(self, what):
        """The things of which that is so now."""
        return [kind for kind in NAMES if getattr(self.found(kind), what, None)]

    def one(self, n, what):
        found = self.some(what)
        return found[n % len(found)]

    def is_kept(self, life):
        return bool({life.subject, self.author.subject} & self.legal)

    def to_appeal(self):
        """Each decision with those who may appeal against it."""
        decisions = Decision.objects.exclude(act=HOLD).order_by("pk")
        people = [self.author, *self.people]
        return [(each, by) for each in decisions for by in people if policy.appeal(by, each)]

    def life_of(self, decision):
        return next(each for each in self.lives.values() if each.subject == decision.subject)
