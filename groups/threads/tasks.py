"""What happens to discussions when it is time: they open, pins come down, deadlines pass, people are asked."""

from __future__ import annotations

from django.apps import apps
from django.utils import timezone

from community.jobs import task


@task()
def keep_time() -> None:
    """Do what is due now. Enqueued for the minute at which something is, and each hour in case one was missed."""
    threads = apps.get_model("threads.Thread")._default_manager.filter(withdrawn_at=None)
    for thread in threads.filter(is_waiting=True, opens_at__lte=timezone.now()):
        thread.open()
    for thread in threads.filter(is_pinned=True, pinned_until__lt=timezone.localdate()):
        thread.unpin()
    for thread in threads.filter(is_over=False, closes_at__lte=timezone.now()):
        thread.end()


@task()
def ask_to_acknowledge(pk: int) -> None:
    """Ask everybody who has not acknowledged yet."""
    for thread in apps.get_model("threads.Thread")._default_manager.filter(pk=pk):
        thread.ask_the_rest()
