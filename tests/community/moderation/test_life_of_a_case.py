"""The life of cases, played at random: whatever the order of deeds, what a fair procedure promises holds."""

import datetime as dt
import os

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from community import ledger
from community.members.models import Member
from community.models import Entry
from community.moderation import policy
from community.moderation.models import Act, Appeal, Case, Decision, Measure, Report, Ruling
from community.moderation.models.acts import HIDING, ON_PEOPLE, TIMED
from community.moderation.models.kinds import SEALED
from community.policy import Refused
from groups.threads.models import Post, Thread
from tests import make
from tests.community.moderation.deeds import first

STORIES = int(os.environ.get("STORIES", "4"))  # more of them find more
WHO, STAFF = st.integers(0, 2), st.integers(0, 3)
KEPT = [field.attname for field in Post._meta.concrete_fields if field.name not in {"look", "hidden"}]


class LifeOfACase(RuleBasedStateMachine):
    """One post that three people report, one of them of staff, and that staff decide about and hear appeals against."""

    def __init__(self):
        super().__init__()
        group = make.group()
        self.author, self.staff = make.person(), [make.person(is_staff=True) for _each in range(4)]
        self.people = [make.person(), make.person(), self.staff[-1]]
        make.place(group, self.author)
        self.elsewhere = make.group()
        self.post_pk = Thread(group=group, title="What then?").start(first(self.author), "Words").pk
        self.before = self.facts()
        self.account = self.author_facts()

    @property
    def post(self):
        return Post.objects.to_show().get(pk=self.post_pk)

    def facts(self):
        return {name: getattr(self.post, name) for name in KEPT}

    def author_facts(self):
        found = Member.objects.get(pk=self.author.pk)
        return found.is_active, found.suspended_until, found.is_restricted

    @rule(who=WHO, kind=st.sampled_from(sorted(set(Report.Kind.values) - SEALED)))
    def report(self, who, kind):
        if policy.report(self.people[who], self.post):
            self.post.report(self.people[who], kind, "Look")

    @rule(who=STAFF, act=st.sampled_from(sorted(set(Act) - {Act.RESTORE})))
    def decide(self, who, act):
        if policy.decide(self.staff[who], self.post, act):
            until = timezone.now() + dt.timedelta(days=7) if act in TIMED else None
            to = self.elsewhere.stream if act == Act.MOVE else ""
            self.post.decide(self.staff[who], Ruling(act, "For a reason", "2.2", until, to=to))

    @rule(who=STAFF)
    def undo(self, who):
        if policy.decide(self.staff[who], self.post, Act.RESTORE):
            self.post.undo(self.post.undoable, self.staff[who], "It was wrong")

    @rule(who=STAFF, instead=st.booleans())
    def claim(self, who, instead):
        case = Case.objects.open().first()
        if case:
            try:
                case.claim(self.staff[who], case.claimed_by_id if instead else None)
            except Refused:
                assert case.claimed_by_id not in {None, self.staff[who].pk} and not instead

    @precondition(lambda self: Decision.objects.exists())
    @rule(data=st.data(), who=st.integers(-1, 2))
    def appeal(self, data, who):
        decision = data.draw(st.sampled_from(list(Decision.objects.order_by("pk"))))
        by = self.author if who < 0 else self.people[who]
        if policy.appeal(by, decision):
            Appeal.lodge(decision, by, "It is not so")

    @precondition(lambda self: Appeal.objects.open().exists())
    @rule(data=st.data(), who=STAFF, upheld=st.booleans())
    def hear(self, data, who, upheld):
        appeal = data.draw(st.sampled_from(list(Appeal.objects.open().whole().order_by("pk"))))
        if policy.hear(self.staff[who], appeal):
            (appeal.uphold if upheld else appeal.refuse)(self.staff[who], "Having looked again")
            if upheld and appeal.is_of_author:
                assert appeal.decision.stands is None

    @invariant()
    def who_decides_never_hears_the_appeal(self):
        for appeal in Appeal.objects.exclude(heard_by=None).select_related("decision"):
            assert appeal.heard_by_id not in {appeal.decision.by_id, appeal.by_id, appeal.decision.author_id}
            assert appeal.reason

    @rule(who=STAFF, act=st.sampled_from([Act.NOTHING, Act.HIDE, Act.RESTORE]))
    def decide_whatever_the_page_says(self, who, act):
        """The model itself lets nobody decide who may not."""
        by = self.staff[who]
        if policy.judge(by, self.post):
            return
        before = Decision.objects.count()
        try:
            if act == Act.RESTORE and self.post.undoable:
                self.post.undo(self.post.undoable, by, "It was wrong")
            else:
                self.post.decide(by, Ruling(act, "For a reason", "2.2"))
        except Refused:
            pass
        assert Decision.objects.count() == before

    @invariant()
    def nobody_decides_what_they_reported_or_decided_before_an_appeal(self):
        decisions = list(Decision.objects.order_by("at"))
        for report in Report.objects.filter(reporter__in=self.staff):
            assert not [each for each in decisions if each.by_id == report.reporter_id and each.at > report.at]
        for appeal in Appeal.objects.select_related("decision"):
            before = {each.by_id for each in decisions if each.at < appeal.at}
            assert not [each for each in decisions if each.at > appeal.at and each.by_id in before]
            assert appeal.heard_by_id is None or appeal.heard_by_id not in before

    @invariant()
    def whatever_is_taken_away_has_its_reasons(self):
        assert not Decision.objects.filter(reason="").exists()
        post = self.post
        if post.is_hidden:
            assert post.hidden.act in HIDING and post.hidden.rule and post.hidden.stands

    @invariant()
    def reports_and_cases_are_what_the_ledger_says(self):
        assert Report.objects.count() == Entry.objects.filter(act="report").count()
        assert Decision.objects.count() == Entry.objects.filter(act__in=Act.values).count()
        assert Case.objects.open().count() <= 1
        assert not Report.objects.open().exclude(case__closed_at=None).exists()
        assert ledger.first_broken() is None

    @invariant()
    def what_is_undone_is_as_it_was(self):
        assert self.facts() == self.before
        standing = set(Measure.objects.in_force().values_list("act", flat=True))
        assert self.post.is_hidden == bool(standing & HIDING)
        assert self.post.thread.is_closed == (Act.LOCK in standing)
        assert (self.post.thread.group == self.elsewhere) == (Act.MOVE in standing)
        if not standing & ON_PEOPLE:
            assert self.author_facts() == self.account


@pytest.mark.django_db
def test_the_life_of_a_case():
    """Each story in a transaction of its own, which is undone."""

    class Story(LifeOfACase):
        def __init__(self):
            self.atomic = transaction.atomic()
            self.atomic.__enter__()
            super().__init__()

        def teardown(self):
            transaction.set_rollback(True)
            self.atomic.__exit__(None, None, None)

    slow = {"deadline": None, "suppress_health_check": list(HealthCheck)}
    quiet = settings(max_examples=STORIES, stateful_step_count=20, derandomize=True, database=None, **slow)
    run_state_machine_as_test(Story, settings=quiet)
