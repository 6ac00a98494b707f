"""Reactions to things, and things kept for later."""

from community.responses.models.bookmark import Bookmark
from community.responses.models.reaction import Reaction, Respondable, Say

__all__ = ["Bookmark", "Reaction", "Respondable", "Say"]
