"""What people say, between the room it is said in and richtext, which knows nothing of rooms."""

from __future__ import annotations

from typing import TYPE_CHECKING

from community import richtext
from community.richtext import Rendered
from groups.text import named

if TYPE_CHECKING:
    from realtime.chat.models.room import Room

VERSION = richtext.VERSION


def spoken(body: str, room: Room) -> Rendered:
    """The HTML of a message for that room, and whom it mentions among those who can see the room."""
    return richtext.light(body, people=lambda handles: named(handles, room.group, room.readers()))
