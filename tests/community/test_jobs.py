"""Work for later: done once, tried again, taken up after a crash, and gone with a deed that failed."""

import datetime as dt

import pytest
from django.db import transaction
from django.test import override_settings
from django.utils import timezone
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from community import jobs
from community.models import Event, Routine

pytestmark = pytest.mark.django_db(transaction=True)
done: list[str] = []


@jobs.task()
def note(word: str) -> None:
    done.append(word)


@jobs.task()
def stumble() -> None:
    raise RuntimeError("not today")


@pytest.fixture(autouse=True)
def _nothing_done():
    done.clear()


def work() -> None:
    jobs.Worker("test", interval=0, batch=True).run()


def test_what_a_deed_enqueues_is_done_once():
    note.enqueue("hello")
    work()
    work()
    assert done == ["hello"]


def test_a_deed_that_fails_takes_its_work_with_it():
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        note.enqueue("never")
        _ = 1 / 0
    work()
    assert done == []


def test_a_failure_is_tried_again_later_and_not_for_ever():
    stumble.enqueue()
    for tries in range(1, jobs.MOST_TRIES + 1):
        DBTaskResult.objects.filter(status=TaskResultStatus.READY).update(run_after=timezone.now())
        work()
        left = DBTaskResult.objects.get()
        assert len(left.worker_ids) == tries
        assert (left.status == TaskResultStatus.READY) == (tries < jobs.MOST_TRIES)
        if tries < jobs.MOST_TRIES:
            assert left.run_after > timezone.now() + dt.timedelta(seconds=10)


def test_work_left_by_a_dead_worker_is_taken_up():
    note.enqueue("again")
    DBTaskResult.objects.update(status=TaskResultStatus.RUNNING, started_at=timezone.now())
    with override_settings(ROUTINES={}):
        jobs.look_after()
        work()
        assert done == [], "it may still be running elsewhere"
        DBTaskResult.objects.update(started_at=timezone.now() - jobs.LONGEST * 2)
        jobs.look_after()
    work()
    assert done == ["again"]


def test_a_routine_comes_round_once_in_its_period():
    with override_settings(ROUTINES={"community.tasks.prune": 24}):
        jobs.look_after()
        jobs.look_after()
        assert DBTaskResult.objects.count() == 1
        Routine.objects.update(last_run=timezone.now() - dt.timedelta(hours=25))
        jobs.look_after()
        assert DBTaskResult.objects.count() == 2


def test_pruning_forgets_old_events_and_keeps_the_rest():
    for number, days in ((1, 8), (2, 1)):
        event = Event.objects.create(stream="thread-1", number=number, verb="refresh")
        Event.objects.filter(pk=event.pk).update(at=timezone.now() - dt.timedelta(days=days))
    with override_settings(ROUTINES={"community.tasks.prune": 24}):
        jobs.look_after()
    work()
    assert list(Event.objects.values_list("number", flat=True)) == [2]
