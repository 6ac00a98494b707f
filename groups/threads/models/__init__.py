"""A thread, its posts, and how far each member has read."""

from groups.threads.models.post import EditConflict, Post, PostFile, Revision
from groups.threads.models.thread import ReadMark, Thread

__all__ = ["EditConflict", "Post", "PostFile", "ReadMark", "Revision", "Thread"]
