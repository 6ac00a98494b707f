"""Links are noted again: of what was written before there were links, and of what cites what has moved since."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from typing import Any

from django.apps import apps
from django.db import transaction

from community.jobs import task
from community.policy import Refused
from groups.links import quoted
from groups.links.models import Link, Start

WRITTEN = ("documents.document", "threads.post")  # whose texts lead to other things
AT_ONCE = 200


@task(priority=-10)
def look_through(kind: int = 0, after: int = 0) -> None:
    """Once on each site, a part at a time: all that is written is looked through as if it were written now."""
    rows = list(_standing(WRITTEN[kind]).filter(pk__gt=after).order_by("pk")[:AT_ONCE])
    _cite_again(rows)
    if len(rows) == AT_ONCE:
        look_through.enqueue(kind, rows[-1].pk)
    elif kind + 1 < len(WRITTEN):
        look_through.enqueue(kind + 1)


@task(priority=-10)
def cover() -> None:
    """Once on each site: what was hidden before goes out of sight where it is quoted, too."""
    for label, keys in quoted.hidden_now().items():
        for start in range(0, len(keys), AT_ONCE):
            with transaction.atomic():
                quoted.follow(label, keys[start : start + AT_ONCE])


@task(priority=-10)
def cover_starts() -> None:
    """Once on each site: so does what newcomers of a group read first, which was left out before."""
    for pk in list(Start.objects.filter(body__contains=">").order_by("pk").values_list("pk", flat=True)):
        with transaction.atomic():
            quoted.settle(Start.objects.select_for_update(no_key=True).get(pk=pk))


@task()
def cite_again(model: str, pk: int) -> None:
    """Part of this thing, or all of it, went elsewhere: what cites it leads to where it is now."""
    citing = Link.objects.filter(target_model=model, target_id=pk).exclude(source_model="threads.post")
    for name, source in list(citing.order_by("pk").values_list("source_model", "source_id")):
        _cite_again(_standing(name).filter(pk=source))


def _cite_again(rows: Iterable[Any]) -> None:
    for row in rows:
        with suppress(Refused):  # it was removed meanwhile, and is noted again if it is put back
            row.cite_again()


def _standing(label: str) -> Any:
    """Those whose text can be read: of the others nothing is noted, and once they are back it is."""
    rows = apps.get_model(label)._default_manager.filter(hidden=None)
    return rows.standing() if hasattr(rows, "standing") else rows.in_sight()
