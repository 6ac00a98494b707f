"""Work for later, on django-tasks' database queue: enqueued inside the deed's transaction, gone with it if it fails.

What the library leaves to us is here: tries again after a failure, work left behind by a worker that died, and routines
that come round. A task must bear being run twice. In-process by default (`start`), `manage.py worker` in production.
"""

from __future__ import annotations

import datetime as dt
import logging
import threading
import time
from typing import Any

from django.conf import settings
from django.db import close_old_connections, models
from django.db.models import Q
from django.utils import timezone
from django.utils.module_loading import import_string
from django_tasks import task
from django_tasks.base import TaskResultStatus
from django_tasks_db.management.commands.db_worker import Worker as QueueWorker
from django_tasks_db.models import DBTaskResult, get_date_max

from community.models import Routine

__all__ = ["Worker", "task", "waiting", "work_in_background"]

log = logging.getLogger(__name__)
MOST_TRIES = 5
FIRST_WAIT = 15  # seconds; each further try waits four times longer: 15 s, 1 min, 4 min, 16 min
LONGEST = dt.timedelta(minutes=10)  # no task may take longer; one "running" for longer was left by a dead worker
LOOK_EVERY = 60  # seconds between looks for routines due and work left behind


class Worker(QueueWorker):
    """Takes tasks one by one until told to stop; with `batch`, until none is left."""

    def __init__(self, name: str, interval: float = 1, *, batch: bool = False) -> None:
        super().__init__(
            queue_names=["default"],
            interval=interval,
            batch=batch,
            backend_name="default",
            startup_delay=False,
            max_tasks=None,
            worker_id=name,
            excluded_queue_names=[],
        )

    def run_task(self, db_task_result: DBTaskResult[Any, Any]) -> None:
        """Run it; after a failure put it back for another try, later each time."""
        super().run_task(db_task_result)
        if db_task_result.status == TaskResultStatus.FAILED:
            tries = len(db_task_result.worker_ids)
            log.error("%s failed, try %s: %s", db_task_result.task_path, tries, db_task_result.exception_class_path)
            DBTaskResult.objects.filter(pk=db_task_result.pk).update(traceback="")  # its words may name somebody
            if tries < MOST_TRIES:
                wait = dt.timedelta(seconds=FIRST_WAIT * 4 ** (tries - 1))
                _put_back(Q(pk=db_task_result.pk), timezone.now() + wait)


def look_after() -> None:
    """Enqueue the routines that are due, and take up work that a worker left behind when it died."""
    _put_back(Q(status=TaskResultStatus.RUNNING, started_at__lt=timezone.now() - LONGEST), get_date_max())
    for path, hours in settings.ROUTINES.items():
        if Routine.is_due(path, dt.timedelta(hours=hours)):
            import_string(path).enqueue()


def waiting(path: str) -> set[Any]:
    """What a task of one argument stands in the queue for, or is at."""
    open_ = DBTaskResult.objects.filter(task_path=path, status__in=[TaskResultStatus.READY, TaskResultStatus.RUNNING])
    return {said["args"][0] for said in open_.values_list("args_kwargs", flat=True) if said["args"]}


def work_in_background() -> threading.Thread:
    """The worker of a one-process installation: a thread. Work it leaves behind is taken up at the next start."""
    name = "in-process"
    _put_back(Q(status=TaskResultStatus.RUNNING), get_date_max())
    thread = threading.Thread(target=keep_working, args=(Worker(name, interval=0.2),), name=name, daemon=True)
    thread.start()
    return thread


def keep_working(worker: Worker) -> None:
    """Run the worker for ever, beside it the looks after what is due; a stumble (database away) is no end."""
    threading.Thread(target=_keep_looking, daemon=True).start()
    while worker.running:
        try:
            worker.run()
        except Exception:
            log.exception("The worker stumbled and goes on")
            time.sleep(2)


def _keep_looking() -> None:
    while True:
        try:
            look_after()
        except Exception:
            log.exception("The look after routines stumbled and goes on")
        finally:
            close_old_connections()
        time.sleep(LOOK_EVERY)


def _put_back(which: models.Q, at: dt.datetime) -> int:
    return DBTaskResult.objects.filter(which).update(status=TaskResultStatus.READY, run_after=at, finished_at=None)
