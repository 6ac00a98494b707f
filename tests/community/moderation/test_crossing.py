"""Deeds of the desk at the same moment as each other and as those of groups: each waits its turn, none for ever."""

import time
from threading import Event

import pytest
from django.db import connection, transaction

from community.moderation import cases, copies
from community.moderation.models import Act, Appeal, Decision, Note, Ruling, SealedCase, Worry
from community.policy import Refused
from groups.documents.models import Document
from groups.threads.models import Move, Post, PostFile, Thread
from tests import make
from tests.community.moderation.deeds import first
from tests.community.moderation.test_barred import upload
from tests.groups.threads.test_races import at_once
from tests.realtime.servers import in_threads

pytestmark = pytest.mark.django_db(transaction=True)
TURNS = 8


@pytest.fixture(autouse=True)
def _rows_of_their_own():
    if connection.vendor == "sqlite":
        pytest.skip("on SQLite one writes after the other")


def at_the_same_time(*deeds):
    """Each deed so many times, all at once; none fails: of two that wait for each other the database ends one."""
    failures = []

    def turns(n):
        for turn in range(TURNS):
            try:
                deeds[n](turn)
            except Exception as failure:
                failures.append(failure)

    in_threads(turns, len(deeds))
    assert not failures, failures


def posts_of(group, lead, member, number):
    thread = make.thread(group, lead)
    return [thread.reply(member.affiliations.get(), f"Post {n}") for n in range(number)]


def test_measures_and_leaving_a_group(group, lead, member, staff):
    posts = posts_of(group, lead, member, TURNS)
    others = [make.person() for _turn in range(TURNS)]
    for other in others:
        make.place(group, other)

    def suspend(turn):
        decision = Post.objects.to_show().get(pk=posts[turn].pk).decide(staff, Ruling(Act.END, "A reason", "2.2"))
        Post.objects.to_show().get(pk=posts[turn].pk).undo(decision, staff, "A mistake")

    at_the_same_time(suspend, lambda turn: group.remove(others[turn], by=lead, reason="Left"))


def test_hiding_documents_and_pinning_others(group, lead, staff):
    hidden, pinned = ([make.document(group, lead) for _turn in range(TURNS)] for _kind in range(2))
    at_the_same_time(
        lambda turn: Document.objects.get(pk=hidden[turn].pk).hide(staff, "A reason", "4.1"),
        lambda turn: Document.objects.get(pk=pinned[turn].pk).pin(lead, pinned=True),
    )


def test_reports_and_notes(group, lead, member, staff):
    posts = posts_of(group, lead, member, TURNS)
    at_the_same_time(
        lambda turn: Post.objects.to_show().get(pk=posts[turn].pk).report(lead, "personal", "Look"),
        lambda turn: Note.add(member.subject, staff, f"Note {turn}"),
    )


def test_hiding_many_while_the_last_is_reported_and_moved(group, lead, member, staff):
    rounds = [posts_of(group, lead, member, 3) for _turn in range(TURNS)]
    targets = [make.thread(group, lead) for _turn in range(TURNS)]

    def hide(turn):
        found = [cases.find(staff, post.subject) for post in rounds[turn]]
        cases.hide_all(staff, found[::-1], Ruling(Act.HIDE, "An advert", "2.3"))

    def move(turn):
        post = rounds[turn][2]
        Move.posts(Thread.objects.get(pk=post.thread_id), [post.number], targets[turn], lead)

    at_the_same_time(
        hide, lambda turn: Post.objects.to_show().get(pk=rounds[turn][2].pk).report(lead, "personal", "Look"), move
    )


def test_upholding_while_it_is_reported_anew(group, lead, member, staff, colleague):
    posts = posts_of(group, lead, member, TURNS)
    appeals = [Appeal.lodge(post.hide(staff, "A reason", "3.2"), member, "Why?") for post in posts]
    at_the_same_time(
        lambda turn: appeals[turn].uphold(colleague, "They are right"),
        lambda turn: Post.objects.to_show().get(pk=posts[turn].pk).report(lead, "personal", "Look"),
    )


def test_sealing_copies_of_one_discussion_while_one_of_them_is_hidden(group, lead, member, staff, both, keeper):
    thread = Thread(group=group, title="Look")
    one = thread.start(first(member), "This", files=[PostFile(stored=upload(member))])
    twins = [thread.reply(first(lead), f"That {n}", files=[PostFile(stored=upload(lead))]) for n in range(2)]
    case = SealedCase.take(Worry("abuse", "Look", lead), one).case
    is_held = Event()

    def hide():
        with transaction.atomic():
            twins[1].hold_row()
            is_held.set()
            time.sleep(1)  # the other waits for it by now
            twins[1].hide(staff, "A reason", "5.1")

    def close():
        assert is_held.wait(20)
        copies.close(case, keeper)

    at_once(hide, close)
    assert SealedCase.objects.count() == 3 and Decision.objects.filter(act=Act.HIDE).count() == 1


def test_of_two_restorings_at_once_one_is_told_of_the_other(group, lead, member, staff):
    post = posts_of(group, lead, member, 1)[0]
    decision = post.hide(staff, "A reason", "3.2")
    done = at_once(*[lambda: Post.objects.to_show().get(pk=post.pk).undo(decision, staff, "A mistake")] * 2)
    assert sum(isinstance(each, Refused) for each in done) == 1
    assert Decision.objects.filter(act=Act.RESTORE).count() == 1
