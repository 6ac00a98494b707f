"""What happens later: to what is kept for a time only, once that is over; copies; erasures."""

from django.apps import apps

from community.jobs import task
from community.privacy import retention


@task()
def keep_periods() -> None:
    """Each day. Run again, it finds nothing left to do."""
    retention.keep()


@task()
def make_copy(pk: int) -> None:
    """Somebody asked for it. Run again, it is begun anew; once it is ready there is nothing left to do."""
    for copy in apps.get_model("privacy.owncopy")._default_manager.filter(pk=pk, ready_at=None):
        copy.make()


@task()
def sweep_copies() -> None:
    """Each day."""
    apps.get_model("privacy.owncopy").sweep()


@task(priority=-10)
def erase_on(pk: int) -> None:
    """The next piece of an erasure. Run again, it is the piece after that, until none is left."""
    apps.get_model("privacy.erasing").work(pk)


@task()
def resume_erasing() -> None:
    """Each hour: those that waited for something, or that were cut off."""
    apps.get_model("privacy.erasing").resume()
