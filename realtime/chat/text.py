"""What people say, between the group it is said in and richtext, which knows nothing of groups."""

from __future__ import annotations

from community import richtext
from community.richtext import Rendered
from groups.models import Group
from groups.threads.text import named

VERSION = richtext.VERSION


def spoken(body: str, group: Group) -> Rendered:
    """The HTML of a message for that group, and whom it mentions among those who can see the group."""
    return richtext.light(body, people=lambda handles: named(handles, group))
