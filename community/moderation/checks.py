"""What whoever runs the server is told loudly: that nobody is there to read a worry about a child."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.core.checks import CheckMessage, Tags, Warning, register
from django.db import DatabaseError

from community.moderation.models.keeper import Keeper


@register(Tags.database)
def somebody_reads_what_is_sealed(databases: Sequence[str] | None = None, **_more: Any) -> list[CheckMessage]:
    """Asked whenever the database is, as before each migration."""
    try:
        named = {each.part for each in Keeper.in_office()} if databases else set(Keeper.Part.values)
    except DatabaseError:  # the tables are yet to be made
        return []
    missing = [part for part in Keeper.Part if part not in named]
    return [
        Warning(
            f"There is no {part.label.lower()} who can come in.",
            hint=f"Name one of staff with a second step: manage.py safeguarding {part.value} HANDLE",
            id=f"moderation.W00{number}",
        )
        for number, part in enumerate(missing, 1)
    ]
