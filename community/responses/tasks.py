"""What responses do later: show a busy thing's reactions once, remind of what was kept, forget what was removed."""

import datetime as dt

from django.apps import apps
from django.db import transaction
from django.utils import timezone

from community.jobs import task
from community.responses.models import Bookmark

REMOVED_KEPT = dt.timedelta(days=1)


@task()
def show_reactions_later(label: str, pk: int) -> None:
    """Open pages show the reactions to the thing as they are now."""
    thing = apps.get_model(label)._default_manager.to_show().filter(pk=pk).first()
    if thing is not None:
        with transaction.atomic():
            thing.show_reactions()


@task()
def remind(pk: int) -> None:
    """The time of a bookmark's reminder may have come."""
    Bookmark.remind(pk)


@task()
def forget() -> None:
    """Bookmarks that were removed and not put back."""
    Bookmark.objects.filter(removed_at__lt=timezone.now() - REMOVED_KEPT).delete()
