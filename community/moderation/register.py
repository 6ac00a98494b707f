"""How many cases and appeals there were, and how many of them were decided in time."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, F, Q

from community.moderation.models import Appeal, Case


def cases_closed() -> list[dict[str, Any]]:
    """For each kind of case that was closed: how many, how many of them in time, how many still wait."""
    is_closed, in_time = Q(closed_at__isnull=False), Q(closed_at__lte=F("due_at"))
    counted = (
        Case.objects.order_by("kind")
        .values("kind")
        .annotate(
            closed=Count("pk", filter=is_closed),
            in_time=Count("pk", filter=in_time),
            waiting=Count("pk", filter=~is_closed),
        )
    )
    return [{**row, "name": Case.Kind(row["kind"]).label} for row in counted]


def appeals_heard() -> dict[str, int]:
    """How many appeals there were, heard, heard in time and upheld."""
    return Appeal.objects.aggregate(
        lodged=Count("pk"),
        heard=Count("pk", filter=Q(heard_at__isnull=False)),
        in_time=Count("pk", filter=Q(heard_at__lte=F("due_at"))),
        upheld=Count("pk", filter=Q(is_upheld=True)),
    )
