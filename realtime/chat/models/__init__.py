"""The rows of the room: Room, Message, and how far each member has read."""

from realtime.chat.models.message import LONGEST, PAGE, RUN, Message
from realtime.chat.models.room import ReadMark, Room

__all__ = ["LONGEST", "PAGE", "RUN", "Message", "ReadMark", "Room"]
