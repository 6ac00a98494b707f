"""What waits, with what a list shows around it."""

from __future__ import annotations

import re
from collections.abc import Iterable

from community import things
from community.members.models import Member
from groups.approval.models import Waiting
from groups.tags.models import Tag

NUMBER = re.compile(r"[0-9]{1,18}")


def with_things(rows: Iterable[Waiting], member: Member) -> list[Waiting]:
    """Each with its `tags` and its `thing`, or what that went into; None where the member may not see it any more."""
    rows = list(rows)
    seen = things.followed(member, [row.name for row in rows])
    chosen = {row.pk: [int(tag) for tag in row.data.getlist("tags") if NUMBER.fullmatch(tag)] for row in rows}
    tags = Tag.objects.in_bulk({tag for asked in chosen.values() for tag in asked}) if any(chosen.values()) else {}
    for row in rows:
        row.thing = seen.get(row.name)
        row.tags = [tags[tag] for tag in chosen[row.pk] if tag in tags]
    return rows
