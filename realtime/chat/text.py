"""What people say, between the group it is said in and richtext, which knows nothing of groups."""

from __future__ import annotations

from collections.abc import Mapping

from community import richtext
from community.richtext import Mention, Rendered
from groups.models import Group
from groups.threads.text import readers

VERSION = richtext.VERSION


def spoken(body: str, group: Group) -> Rendered:
    """The HTML of a message for that group, and whom it mentions among those who can see the group."""

    def people(handles: set[str]) -> Mapping[str, Mention]:
        found = readers(group).filter(handle__in=handles)
        return {member.handle: Mention(member.pk, member.name, "") for member in found}

    return richtext.light(body, people=people)
