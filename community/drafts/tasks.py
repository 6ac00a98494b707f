"""The daily end of what nobody goes on with."""

from community.drafts.models import Draft
from community.jobs import task


@task()
def forget() -> None:
    """Drafts that nobody touched for 90 days, discarded ones after a day, all of closed accounts."""
    Draft.objects.forgotten().delete()
