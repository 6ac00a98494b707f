"""What somebody wrote, removed with them: by each room's own deed (`wipe`), and how much that is, before it is done.

What a group agreed upon is not one person's any more: summaries, sections of consultations, documents that were agreed
or that others gave versions to stay, under the stand-in.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from django.apps import apps
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from community.files.models import StoredFile
from community.members.models import Member

# Each in its order: words before the discussions they stand in, messages before what was carried of them.
WIPED = (
    "chat.message.author",
    "threads.quotation.author",
    "documents.comment.author",
    "documents.document.author",
    "threads.post.author",
    "threads.mask.member",
    "threads.thread.author",
    "responses.reaction.member",
)
INSTEAD = {"threads.mask.member": "post"}  # the row says only whose it is


class Kind(NamedTuple):
    """So many rows of one kind, and what becomes of them."""

    title: str | Promise
    rows: int
    words: str | Promise = ""


def wipe(key: str, member: Member, by: Member, after: int, most: int) -> list[int]:
    """So many of a kind, past the key `after`, for good and everywhere: gives their keys.

    Refused if something of it may still have to be decided on.
    """
    found = list(rows(key, member, nameless=True).filter(pk__gt=after).order_by("pk")[:most])
    keys = [row.pk for row in found]
    for row in found:
        (getattr(row, INSTEAD[key]) if key in INSTEAD else row).wipe(by)
    return keys


def rows(key: str, member: Member, *, nameless: bool = False) -> QuerySet[Any]:
    """What of a kind goes with its writer; `nameless`: also the discussions that they began without their name."""
    label, _dot, name = key.rpartition(".")
    kind: Any = apps.get_model(label)
    if label == "documents.document":
        found: QuerySet[Any] = kind._default_manager.wiped_with(member)
        return found
    theirs = Q(**{name: member})
    if nameless and label == "threads.thread":
        theirs |= Q(posts__number=1, posts__mask__member=member)
    found = kind._base_manager.filter(theirs).distinct().order_by("pk")
    return found.select_related(INSTEAD[key]) if key in INSTEAD else found


def titles(member: Member) -> set[str]:
    """What goes is called so in letters."""
    begun = rows("threads.thread.author", member, nameless=True).values_list("title", flat=True)
    return {*begun, *rows("documents.document.author", member).values_list("title", flat=True)}


def parts_of_documents(member: Member) -> Iterator[str]:
    """The names of comments, by whomever, on documents that go."""
    comments = _of("documents.comment").filter(document__in=rows("documents.document.author", member).order_by())
    return (f"comment-{pk}" for pk in comments.values_list("pk", flat=True))


def goes(member: Member) -> list[Kind]:
    """What goes, and how that looks to others. What names nobody is not counted: that would say who wrote it."""
    documents = rows("documents.document.author", member)
    commented = _of("documents.comment").filter(document__in=documents.order_by()).exclude(author=member)
    begun = rows("threads.thread.author", member)
    others = _of("threads.post").filter(thread=OuterRef("pk"), deleted_at=None)
    alone = begun.exclude(Exists(others.exclude(author=member)))
    said = _("Others see “removed” in their place, so that replies keep theirs.")
    counted = [
        Kind(_("Posts in discussions"), rows("threads.post.author", member).count(), said),
        Kind(_("Discussions with nobody else’s posts"), alone.count(), _("They are gone.")),
        Kind(
            _("Discussions in which others wrote"),
            begun.count() - alone.count(),
            _("They stay, with their day in place of a title."),
        ),
        Kind(_("Messages in rooms"), rows("chat.message.author", member).count(), said),
        Kind(_("Messages taken up in discussions"), rows("threads.quotation.author", member).count(), said),
        Kind(_("Comments on documents"), rows("documents.comment.author", member).count(), said),
        Kind(_("Documents that nobody else worked on"), documents.count(), _("Gone, with all versions.")),
        Kind(_("Comments of others on these documents"), commented.count(), _("They go with the documents.")),
        Kind(_("Reactions"), rows("responses.reaction.member", member).count(), _("Counts become smaller.")),
        Kind(_("Files"), files(member).count(), _("Their bytes are deleted, unless they belong to what stays.")),
    ]
    return [each for each in counted if each.rows]


def stays(member: Member) -> list[Kind]:
    """What a group agreed upon or others worked on as well: it stays, without the name."""
    documents = rows("documents.document.author", member)
    versions = _of("documents.version").filter(author=member).exclude(document__in=documents.order_by())
    counted = [
        Kind(
            _("Documents that were agreed, or that others worked on"),
            _theirs("documents.document", member).count() - documents.count(),
        ),
        Kind(_("Versions of such documents"), versions.count()),
        Kind(_("Summaries of discussions"), _theirs("threads.summary", member).count()),
    ]
    return [each for each in counted if each.rows]


def files(member: Member) -> QuerySet[StoredFile]:
    """Those of their files that only what goes holds."""
    versions = _of("documents.version").filter(document__in=rows("documents.document.author", member).order_by())
    going = [
        _of("threads.postfile").filter(Q(post__author=member)),
        _of("chat.messagefile").filter(message__author=member),
    ]
    cascades = [
        _of("approval.waitingfile").filter(waiting__author=member),
        _of("documents.proposal").filter(member=member),
    ]
    return StoredFile.objects.filter(owner=member).unheld(versions, *going, *cascades)


def _theirs(label: str, member: Member) -> QuerySet[Any]:
    return _of(label).filter(author=member)


def _of(label: str) -> Any:
    return apps.get_model(label)._base_manager
