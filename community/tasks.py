"""Routines of the foundations."""

import datetime as dt

from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from community.jobs import task
from community.models import Event

EVENTS_KEPT = dt.timedelta(days=7)  # a page that slept longer is told to load again
TASKS_KEPT = dt.timedelta(days=14)


@task()
def prune() -> None:
    """Forget live events nobody catches up on any more, and finished tasks."""
    now = timezone.now()
    Event.objects.filter(at__lt=now - EVENTS_KEPT).delete()
    DBTaskResult.objects.finished().filter(finished_at__lt=now - TASKS_KEPT).delete()
