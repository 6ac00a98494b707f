"""What happens by itself."""

from community.jobs import task
from groups.approval.models import Waiting


@task()
def forget() -> None:
    """What waits in vain is given back."""
    for waiting in Waiting.objects.unanswered().select_related("group", "author"):
        waiting.give_back()
