"""A thread, its posts, and how far each member has read."""

from groups.threads.models.post import EditConflict, Post, PostFile, Revision
from groups.threads.models.read_mark import ReadMark
from groups.threads.models.thread import Thread

__all__ = ["EditConflict", "Post", "PostFile", "ReadMark", "Revision", "Thread"]
