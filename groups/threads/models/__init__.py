"""A thread, its posts, and how far each member has read."""

from groups.threads.models.announcement import Acknowledgement
from groups.threads.models.caught_up import CaughtUp
from groups.threads.models.consultation import Section
from groups.threads.models.mask import Mask
from groups.threads.models.moments import Moment
from groups.threads.models.post import EditConflict, Post
from groups.threads.models.post_file import PostFile
from groups.threads.models.quotation import Quotation
from groups.threads.models.read_mark import ReadMark
from groups.threads.models.revision import Revision
from groups.threads.models.summary import Summary, SummaryConflict
from groups.threads.models.template import Template
from groups.threads.models.thread import Thread
from groups.threads.models.tidying import FormerGroup, Move, Trace
from groups.watching.models import watchable

watchable(Thread)

__all__ = [
    "Acknowledgement",
    "CaughtUp",
    "EditConflict",
    "FormerGroup",
    "Mask",
    "Moment",
    "Move",
    "Post",
    "PostFile",
    "Quotation",
    "ReadMark",
    "Revision",
    "Section",
    "Summary",
    "SummaryConflict",
    "Template",
    "Thread",
    "Trace",
]
