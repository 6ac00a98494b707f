"""The daily end of what nobody goes on with."""

from collections.abc import Sequence

from django.db import transaction

from community import live
from community.drafts.models import Draft
from community.jobs import task
from community.members.models import Member


@task()
@transaction.atomic
def forget(but: Sequence[int] = ()) -> None:
    """Drafts that nobody touched for 90 days, discarded ones after a day; of closed accounts later; `but` of some."""
    forgotten = Draft.objects.forgotten(but)
    writers = list(Member.objects.filter(pk__in=forgotten.values("member")).order_by("pk"))
    forgotten.delete()
    for writer in writers:
        live.own_changed(writer)
