"""How long each class of things is kept, from when, and why: one table, for the site, its staff and its privacy notice.

What is in no line is kept as long as the account, the group or the site. The wording of law is research.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from django.apps import apps
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from community.files import tasks as files
from community.files.models import StoredFile
from community.moderation.models.acts import APPEAL
from community.privacy import due
from community.privacy.due import Rows, older, removed
from community.privacy.keeping_class import ANSWERED, UNUSED, Class
from community.privacy.keeping_office import OFFICE
from community.responses import tasks as responses

REMOVED = _("Time to put it back; and never before the time to appeal is over")
GONE = _("after it was removed or hidden")


def _written(label: str) -> Callable[[dt.timedelta], Rows]:
    return lambda after: removed(label, after)


def _loose(after: dt.timedelta) -> Rows:
    return StoredFile.objects.unheld().filter(kept_at__lt=timezone.now() - after)


WRITTEN = (
    Class("posts", _("Removed posts"), 90, GONE, REMOVED, _written("threads.post"), "posted_at", due.wipe, 90),
    Class("messages", _("Removed messages"), 90, GONE, REMOVED, _written("chat.message"), "at", due.wipe, 90),
    Class(
        "comments", _("Removed comments"), 90, GONE, REMOVED, _written("documents.comment"), "posted_at", due.wipe, 90
    ),
    Class(
        "threads",
        _("Discussions that were taken back or hidden"),
        90,
        _("after that"),
        REMOVED,
        due.taken_back,
        "created_at",
        due.wipe_whole,
        90,
    ),
    Class(
        "documents",
        _("Removed documents, with their files"),
        90,
        _("after they were removed or hidden"),
        REMOVED,
        due.documents,
        "created_at",
        due.purge,
        90,
    ),
    Class(
        "rooms",
        _("Messages in rooms that keep them for a time"),
        0,
        _("as long as each room says"),
        _("The leads of the group decided so"),
        lambda _after: due.said_in_rooms(),
        "at",
        lambda _rows, _after: due.forget_said(),
    ),
)
OWN = (
    Class(
        "drafts",
        _("Drafts"),
        90,
        _("after the last change; of closed accounts half a year more"),
        _("Time to go on with them"),
        lambda _after: due.drafts(),
        "at",
        lambda _rows, _after: due.forget_drafts(),
    ),
    Class(
        "declined",
        _("Posts that were not approved"),
        90,
        _("after they were declined"),
        _("Time to copy them, or think again"),
        due.declined,
        "declined_at",
    ),
    Class(
        "passed",
        _("Texts sent for approval that were passed to staff"),
        APPEAL.days,
        _("after they were sent; and never before their case is closed and the time to appeal is over"),
        _("Evidence of what was sent, whatever its writer does with it"),
        lambda _after: due.due_to_go("approval.passed"),
        "at",
    ),
    Class(
        "copies",
        _("Copies of what is held about somebody"),
        7,
        _("after somebody asked for theirs"),
        _("Time to take it along"),
        lambda after: older("privacy.owncopy", "asked_at", after),
        "asked_at",
        lambda _rows, _after: apps.get_model("privacy.owncopy").sweep(),
    ),
    Class(
        "bookmarks",
        _("Things no longer saved"),
        1,
        _("after they were let go"),
        _("Time to save them again"),
        lambda after: older("responses.bookmark", "removed_at", after),
        "removed_at",
        lambda _rows, _after: responses.forget.call(),
    ),
    Class(
        "files",
        _("Uploads that were not sent"),
        1,
        _("after the upload"),
        UNUSED,
        _loose,
        "kept_at",
        lambda _rows, _after: files.sweep.call(),
    ),
    Class(
        "notifications",
        _("Notifications"),
        365,
        _("after they came"),
        UNUSED,
        lambda after: older("notifications.notification", "at", after),
        "at",
        least=90,
    ),
    Class(
        "looks",
        _("Who opened which document"),
        90,
        _("after that day"),
        _("To see whether a paper reached its readers"),
        lambda _after: due.due_to_go("documents.look"),
        "on",
    ),
    Class(
        "formats",
        _("Other formats that were asked for"),
        90,
        ANSWERED,
        UNUSED,
        lambda _after: due.due_to_go("documents.formatrequest"),
        "answered_at",
    ),
    Class(
        "proposals",
        _("Documents that were proposed"),
        90,
        ANSWERED,
        UNUSED,
        lambda _after: due.due_to_go("documents.proposal"),
        "answered_at",
    ),
    Class(
        "sessions",
        _("Where somebody was signed in: address and browser"),
        0,
        _("when it ended"),
        _("To end what one does not recognise"),
        lambda _after: due.sessions(),
        "last_seen_at",
        lambda rows, _after: due.end_sessions(rows),
    ),
)
CLASSES = (*WRITTEN, *OWN, *OFFICE)
