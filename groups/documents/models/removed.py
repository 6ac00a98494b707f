"""A document that was taken out of the library: it may come back, until it is purged on purpose."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.apps import apps
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from community import ledger, live
from community.files.models import StoredFile
from community.members.models import Member
from community.moderation.models import Exhibit, LegalHold
from community.moderation.models import in_question as questioned
from community.moderation.models.parts import hold_writers
from community.notifications.models import Notification, notify
from community.order import rows_first
from community.policy import Refused
from community.responses.models import Bookmark, Reaction
from groups.links.models import Covered, Link
from groups.search.models import Record
from groups.watching.models import Watch

BIN = dt.timedelta(days=90)  # in the bin for as long, before it can be purged


class Removable(models.Model):
    """`removed_by` put it into the bin. Its rows stay until somebody purges it, which `due_to_go` bounds."""

    removed_at = models.DateTimeField(null=True, blank=True)
    removed_by = models.ForeignKey(Member, models.PROTECT, null=True, blank=True, related_name="+")

    author: Any
    group: Any
    subject: Any
    lock_row: Any
    stay_if_hidden: Any
    versions: Any
    comments: Any
    _index_all: Any
    _tell_replaced: Any  # all given by the document

    class Meta:
        abstract = True

    @transaction.atomic
    @rows_first()
    def remove(self, by: Member, reason: str = "") -> None:
        """Out of the library for everyone, with all its versions. The rows stay, for retention and appeals.

        Whoever looks after it is told by whom and why, if it was somebody else.
        """
        self.lock_row()
        self.stay_if_hidden()
        self.removed_at, self.removed_by = timezone.now(), by
        self.save(update_fields=["removed_at", "removed_by"])
        ledger.record(by, "remove", self.subject, reason)
        self._index_all()
        live.publish(self.group, "remove", self.subject)
        live.publish(self, "refresh")
        self._tell_replaced()
        live.out_of_sight_or_back()
        if by.pk != self.author.pk:
            removal = self.group.removals.create(member=self.author, by=by, what=str(self), reason=reason)
            notify([self.author], "removed", removal)

    @transaction.atomic
    def put_back(self, by: Member) -> None:
        """Back into the library as it was when it was removed."""
        self._lock_removed()
        if self.removed_at is None:
            return
        self.removed_at = self.removed_by = None
        self.save(update_fields=["removed_at", "removed_by"])
        ledger.record(by, "put-back", self.subject)
        self._index_all()
        live.publish(self.group, "append", "documents", self)
        self._tell_replaced()
        live.out_of_sight_or_back()

    @transaction.atomic
    @rows_first()
    def purge(self, by: Member | None, after: dt.timedelta = BIN) -> int:
        """For good, with its versions, what was said of it and the bytes of its files. Says how many bytes that frees.

        Asked once more under its lock and those of its comments, for which reports wait: Refused if it is not due.
        """
        hold_writers(self)
        return self._purge(by, after)

    def _purge(self, by: Member | None, after: dt.timedelta) -> int:
        self._lock_removed()
        list(self.comments.order_by("pk").select_for_update().values_list("pk"))
        kinds: Any = type(self)._default_manager
        if not kinds.due_to_go(after).filter(pk=self.pk).exists():
            raise Refused(_("This document cannot be deleted for good now. Load the page again to see why."))
        facts = {"versions": self.versions.count(), "removed_at": str(self.removed_at)}
        keys = list(self.versions.exclude(file=None).values_list("file", flat=True))
        ledger.record(by, "purge", self.subject, group=self.group.stream, **facts)
        self._delete_all()
        Exhibit.objects.about(self.subject).let_go_of_parts()
        return StoredFile.objects.filter(pk__in=keys).delete_unheld()

    @transaction.atomic
    @rows_first()
    def wipe(self, by: Member | None = None) -> None:
        """For good and at once, without the time in the bin. Refused if it may still have to be decided about."""
        self._lock_removed()
        if self.removed_at is None:
            self.removed_at, self.removed_by = timezone.now(), by
            self.save(update_fields=["removed_at", "removed_by"])
            self._index_all()
            live.publish(self.group, "remove", self.subject)
            live.publish(self, "refresh")
            self._tell_replaced()
            live.out_of_sight_or_back()
        self._purge(by, dt.timedelta(seconds=-1))  # at this very moment

    def _delete_all(self) -> None:
        """What others point at goes last."""
        kinds: Any = type(self)._default_manager
        _forget([self])
        _forget(list(self.comments.all()))
        pages = apps.get_model("documents.PageText")._default_manager.filter(version__document=self.pk)
        _forget(list(pages))
        kinds.filter(superseded_by=self.pk).update(superseded_by=None)
        kinds.filter(pk=self.pk).update(current=None, agreed=None)
        apps.get_model("documents.Proposal")._default_manager.filter(document=self.pk).delete()
        pages.delete()
        apps.get_model("documents.Review")._default_manager.filter(document=self.pk).delete()
        self.comments.exclude(answered=None).delete()
        self.comments.all().delete()
        self.versions.all().delete()
        kinds.filter(pk=self.pk).delete()

    def _lock_removed(self) -> None:
        rows = type(self)._default_manager.select_for_update()
        try:
            self.refresh_from_db(from_queryset=rows)
        except type(self).DoesNotExist:
            raise Refused(_("This document was deleted for good meanwhile.")) from None


def in_question() -> set[int]:
    """The keys of documents that are held, or that a case or an appeal is or can be about; or one of their comments."""
    comments = apps.get_model("documents.Comment")._default_manager.filter(pk__in=questioned("comment"))
    versions = apps.get_model("documents.Version")._default_manager.filter(author__in=LegalHold.objects.people())
    found = questioned("document") | set(comments.values_list("document", flat=True))
    return found | set(versions.values_list("document", flat=True))


def _forget(gone: list[Any]) -> None:
    """What these are found by, and all that was told, followed, kept or linked of them."""
    if not gone:
        return
    name, keys = gone[0]._meta.label_lower, [each.pk for each in gone]
    for kind in (Record, Notification, Reaction, Bookmark, Watch):
        kind._default_manager.filter(thing_model=name, thing_id__in=keys).delete()
    Link.objects.filter(source_model=name, source_id__in=keys).delete()
    Link.objects.filter(target_model=name, target_id__in=keys).delete()
    Covered.objects.filter(thing_model=name, thing_id__in=keys).delete()
