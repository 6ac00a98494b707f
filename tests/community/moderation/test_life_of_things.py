"""The life of things of three kinds, played at random with the days that pass: reported, held, removed, purged.

What may go when is worked out here from the deeds alone, apart from the code that lets it go.
"""

import datetime as dt
import os

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.utils import timezone
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import invariant, precondition, rule, run_state_machine_as_test

from community import ledger
from community.models import Entry
from community.moderation import policy
from community.moderation.models import Act, Appeal, Decision, LegalHold, Report, Ruling, SealedCase
from community.moderation.models.acts import HIDING, HOLD
from community.moderation.models.sealed import Worry
from community.moderation.models.sealed_rows import SealedReport
from community.policy import Refused
from community.privacy import retention
from tests.community.moderation.life import BIN, NAMES, WORDS, World

STORIES = int(os.environ.get("STORIES", "16"))  # more of them find more
STEPS = 20
KINDS = st.sampled_from(NAMES)
WHO, STAFF = st.integers(0, 2), st.sampled_from([0, 1, -1])  # the others of staff are left for appeals
SEALED_ACTS = ("sealed-report", "sealed-give-back")


class LifeOfThings(World):
    """What people, staff and keepers do with these things, in any order."""

    @rule(kind=KINDS, who=WHO)
    def report(self, kind, who):
        thing = self.found(kind)
        if thing and self.lives[kind].is_in_sight and policy.report(self.people[who], thing):
            thing.report(self.people[who], "rules", "Look")
            self.lives[kind].reporters.add(self.people[who])
            if self.people[who].is_staff:
                self.decide_at_once(kind)

    def decide_at_once(self, kind):
        """Whoever of staff reported it tries to decide it themselves."""
        self.judge(kind, -1, lambda thing, by: thing.decide(by, Ruling(Act.WARN, "For a reason", "2.2")))

    @rule(kind=KINDS, who=STAFF, act=st.sampled_from([Act.NOTHING, Act.WARN, Act.HIDE, Act.HIDE, Act.REMOVE]))
    def decide(self, kind, who, act):
        self.judge(kind, who, lambda thing, by: thing.decide(by, Ruling(act, "For a reason", "2.2")))

    @precondition(lambda self: self.some("undoable"))
    @rule(n=WHO, who=STAFF)
    def undo(self, n, who):
        kind = self.one(n, "undoable")
        self.judge(kind, who, lambda thing, by: thing.undo(thing.undoable, by, "It was wrong"))
        self.is_back(kind)

    def judge(self, kind, who, deed):
        """The model itself lets nobody decide who reported it, or decided before an appeal."""
        life, thing, by = self.lives[kind], self.found(kind), self.staff[who]
        if thing is None:
            return
        before = Decision.objects.count()
        try:
            deed(thing, by)
        except Refused:
            assert Decision.objects.count() == before
            return
        assert by not in life.reporters, "nobody decides what they reported"
        assert by not in life.barred, "nor what they decided before somebody appealed"
        life.deciders.add(by)
        life.decided_at = timezone.now()

    @rule(kind=KINDS)
    def nothing_goes_without_reasons(self, kind):
        thing = self.found(kind)
        if thing and not thing.hidden:
            for act in HIDING:
                with pytest.raises((IntegrityError, Refused)), transaction.atomic():
                    thing.decide(self.staff[0], Ruling(act, ""))

    @precondition(lambda self: Decision.objects.exclude(act=HOLD).exists() and self.to_appeal())
    @rule(n=st.integers(0, 11))
    def appeal(self, n):
        found = self.to_appeal()
        decision, by = found[n % len(found)]
        Appeal.lodge(decision, by, "It is not so")
        life = self.life_of(decision)
        life.barred |= life.deciders

    @precondition(lambda self: Appeal.objects.open().let_go().exists())
    @rule(upheld=st.booleans())
    def hear(self, upheld):
        """Each of staff tries: the model refuses those who may not."""
        appeal = Appeal.objects.open().let_go().whole().order_by("pk").first()
        life = self.life_of(appeal.decision)
        for by in self.staff:
            try:
                (appeal.uphold if upheld else appeal.refuse)(by, "Having looked again")
            except Refused:
                assert Appeal.objects.get(pk=appeal.pk).heard_by is None
                continue
            assert by not in {appeal.decision.by, appeal.by, *life.barred}, "the decider never hears the appeal"
            assert by not in life.reporters
            break
        else:
            return
        if upheld and appeal.is_of_author and appeal.decision.undone_by.exists():
            life.deciders.add(by)
            life.decided_at = max(life.decided_at, appeal.decision.undone_by.latest("at").at)
            assert appeal.decision.stands is None

    @rule(kind=KINDS, who=WHO)
    def tell_a_worry(self, kind, who):
        """It is out of everybody's sight at once."""
        life, thing = self.lives[kind], self.found(kind)
        if thing and life.is_in_sight:
            SealedCase.take(Worry("worry", "Look", self.people[who]), thing)
            life.is_sealed = True
            assert WORDS not in str(self.seen(kind))

    @precondition(lambda self: any(each.is_sealed for each in self.lives.values()))
    @rule(n=WHO, closes=st.booleans())
    def let_out(self, n, closes):
        sealed = [kind for kind in NAMES if self.lives[kind].is_sealed]
        kind = sealed[n % len(sealed)]
        case = SealedCase.objects.get(subject=self.lives[kind].subject, given_back_at=None)
        if closes and not case.closed_at:
            case.close(self.keeper)
            return
        case.give_back(self.keeper)
        self.lives[kind].is_sealed = False
        self.is_back(kind)

    @rule(kind=KINDS | st.just("person"), who=STAFF)
    def keep_or_keep_no_longer(self, kind, who):
        subject = self.author.subject if kind == "person" else self.lives[kind].subject
        if subject in self.legal:
            LegalHold.objects.in_force().get(subject=subject).lift(self.staff[who], "Settled")
        else:
            LegalHold.place(subject, self.staff[who], "A claim", timezone.localdate() + dt.timedelta(days=60))
        self.legal ^= {subject}

    @rule(kind=KINDS)
    def take_back(self, kind):
        """Its author removes it: not what staff or keepers have out of sight."""
        life = self.lives[kind]
        if life.is_gone or life.removed_at:
            return
        thing, hidden = life.thing, life.thing.is_hidden
        try:
            thing.remove() if kind == "message" else thing.remove(self.author)
        except Refused:
            assert hidden
            return
        assert not hidden
        life.removed_at = timezone.now()
        assert WORDS not in str(self.seen(kind))

    @precondition(lambda self: any(self.lives[kind].removed_at for kind in ("post", "document")))
    @rule(kind=st.sampled_from(["post", "document"]))
    def put_back(self, kind):
        life = self.lives[kind]
        if life.removed_at and not life.is_gone and not life.thing.is_hidden:
            life.thing.put_back(self.author)
            life.removed_at = None
            self.is_back(kind)

    @rule(days=st.sampled_from([88, 91, 182, 184]))
    def days_pass(self, days):
        """What is due goes, whole, and nothing else: nothing before its window, nothing that is held."""
        self.clock.shift(dt.timedelta(days=days))
        due = {kind for kind, life in self.lives.items() if life.may_go(self.is_kept(life))}
        retention.carry_out()
        went = {kind for kind, life in self.lives.items() if not life.is_gone and life.went()}
        assert went == due
        for kind in went:
            self.lives[kind].is_gone = True
            assert WORDS not in str(self.seen(kind))

    @rule(kind=KINDS, days=st.sampled_from([88, 91]), why=st.sampled_from(["", "report", "thing", "person"]))
    def take_back_and_wait(self, kind, days, why):
        """The days about the end of its window, with each reason to keep it; alone they are seldom together."""
        subject = {"thing": self.lives[kind].subject, "person": self.author.subject}.get(why)
        if subject and subject not in self.legal:
            self.keep_or_keep_no_longer("person" if why == "person" else kind, 0)
        if why == "report":
            self.report(kind, 0)
        self.take_back(kind)
        self.days_pass(days)

    @rule(kind=st.just("document"), age=st.sampled_from([BIN, dt.timedelta(seconds=-1)]))
    def purge(self, kind, age):
        """By hand, or at once, as erasure does: a hold stops both."""
        life = self.lives[kind]
        if life.is_gone or not life.removed_at or life.may_go(self.is_kept(life)):
            return
        if age == BIN or self.is_kept(life) or life.is_sealed:
            with pytest.raises(Refused):
                life.thing.purge(self.staff[0], age)
            assert not life.went()

    @invariant()
    def time_goes_on(self):
        """No two deeds at one moment."""
        self.clock.shift(dt.timedelta(seconds=1))

    @invariant()
    def whatever_is_there_is_as_it_was_written(self):
        for life in self.lives.values():
            assert life.is_gone or life.row() == life.facts

    @invariant()
    def whatever_is_taken_away_has_its_reasons(self):
        for decision in Decision.objects.filter(act__in=HIDING):
            assert decision.reason and decision.rule
            told = Entry.objects.get(act=decision.act, details__decision=decision.pk)
            assert (told.subject, told.reason, told.actor) == (decision.subject, decision.reason, decision.by)

    @invariant()
    def totals_are_what_the_ledger_says(self):
        def told(*acts, **more):
            return Entry.objects.filter(act__in=acts, **more).count()

        assert Report.objects.count() == told("report")
        assert Decision.objects.exclude(act=HOLD).count() == told(*Act.values, details__has_key="rule")
        assert Appeal.objects.count() == told("appeal")
        assert Appeal.objects.exclude(heard_by=None).count() == told("uphold-appeal", "refuse-appeal")
        assert SealedReport.objects.count() == told("sealed-report")
        assert not Entry.objects.filter(act__in=SEALED_ACTS).exclude(subject="sealed").exists()
        assert LegalHold.objects.count() == told("legal-hold")
        assert LegalHold.objects.in_force().count() == told("legal-hold") - told("lift-legal-hold")
        assert not Report.objects.open().exclude(case__closed_at=None).exists()


@pytest.mark.django_db
def test_the_life_of_things():
    """Each story in a transaction of its own, which is undone, and in a time of its own, which only deeds move."""

    class Story(LifeOfThings):
        def __init__(self):
            self.travel = time_machine.travel(dt.datetime(2026, 3, 2, 9, tzinfo=dt.UTC), tick=False)
            self.clock, self.atomic = self.travel.start(), transaction.atomic()
            self.atomic.__enter__()
            super().__init__()

        def teardown(self):
            unbroken = ledger.first_broken() is None
            transaction.set_rollback(True)
            self.atomic.__exit__(None, None, None)
            self.travel.stop()
            assert unbroken

    # A story is many deeds on a data base: none of the checks of speed and size is of use here.
    slow = {"deadline": None, "suppress_health_check": list(HealthCheck), "database": None}
    same = {"derandomize": True, "phases": [Phase.generate], "max_examples": STORIES, "stateful_step_count": STEPS}
    run_state_machine_as_test(Story, settings=settings(**slow, **same))
