"""The rows of the room: Room, Message, and how far each member has read."""

from realtime.chat.models.arranging import Kind
from realtime.chat.models.log import PAGE
from realtime.chat.models.message import LONGEST, RUN, Message
from realtime.chat.models.message_file import MessageFile
from realtime.chat.models.reading import ReadMark
from realtime.chat.models.room import Room

__all__ = ["LONGEST", "PAGE", "RUN", "Kind", "Message", "MessageFile", "ReadMark", "Room"]
