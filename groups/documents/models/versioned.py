"""A document in numbered versions: one is current, the others stay."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from community import live
from community.files.models import StoredFile
from community.members.models import Member
from community.moderation.models.watch import tell_of
from community.notifications.models import notify
from community.policy import Refused
from groups.documents import tasks
from groups.documents.audience import followers
from groups.documents.models.held import Held
from groups.documents.models.page import PageText
from groups.documents.models.version import Content, Version, voice
from groups.links import quoted

if TYPE_CHECKING:
    from uuid import UUID

    from groups.documents.models.document import Document


class Versioned(Held):
    """`current` is the newest version, `version_count` its number. Adding one ends that somebody holds the document."""

    current = models.ForeignKey("documents.Version", models.PROTECT, null=True, related_name="+")
    version_count = models.PositiveIntegerField(default=0)
    changed_at = models.DateTimeField(default=timezone.now)

    group: Any
    versions: Any
    comments: Any
    is_archived: Any
    becomes_newer: Any
    stay_if_hidden: Any
    evidence: Any
    seen_by: Any
    _index: Any  # all given by the document

    class Meta:
        abstract = True

    @transaction.atomic
    def add_version(self, by: Member, content: Content, key: UUID | None = None, **said: Any) -> Version:
        """A new current version, with the next number; the old ones stay.

        `said`: `note`, `posted_as`, and `told`: who is asked to look at it, in place of whoever follows the document.
        """
        self.lock_row()
        sent = Version.objects.sent(by, key).filter(document=self.pk).first()
        if sent:
            return sent
        self.stay_if_hidden()
        if self.is_held_from(by):
            raise Refused(_("Somebody else works on the next version now. Ask them, or let go of it for them."))
        if self.is_archived:
            raise Refused(_("This document is archived. Put it back into use first."))
        self.held_by = self.held_at = None
        self.becomes_newer()
        told = said.pop("told", None)
        said.setdefault("posted_as", voice(by, self.group))
        version = self._put(by, content, key, **said)
        self._index()
        moved = self.comments.find_passages(version)
        self._tell()
        for comment in moved:
            comment.show_again()
        if told is None:
            notify(followers(cast("Document", self), by), "new-version", self, by)
        else:
            notify([each for each in told if each != by], "look-at", self, by)
        return version

    def bring_back(self, by: Member, earlier: Version, key: UUID | None = None) -> Version:
        """An earlier version is the current one again: as a new version, so that nothing is lost."""
        note = gettext("Version %(number)s again") % {"number": earlier.number}
        return self.add_version(by, earlier.content, key, note=note)

    @transaction.atomic
    def text_read(self, version: Version) -> None:
        """The text of a version was read out of its file: from now on the document is found by it."""
        self.lock_row()
        moved = []
        if self.current_id == version.pk:
            self._index()
            moved = self.comments.find_passages(version)
        live.publish(self, "refresh")
        for comment in moved:
            comment.show_again()

    def _put(self, by: Member, content: Content, key: UUID | None, **said: Any) -> Version:
        before = self.current.page if self.current and self.current.is_page else None
        self.version_count += 1
        file = content if isinstance(content, StoredFile) else None
        url = content if isinstance(content, str) else ""
        self.current = self.versions.create(
            number=self.version_count, author=by, file=file, url=url, client_key=key, **said
        )
        self.changed_at = self.current.at
        self.save(update_fields=["version_count", "current", "changed_at", "held_by", "held_at"])
        if file:
            tasks.read.enqueue(self.current.pk)
        if isinstance(content, PageText):
            content.version = self.current
            content.save()
            quoted.settle(content, made_of=content.made_of or before)
            notify([each for each in content.people if each.pk != by.pk], "on-page", self, by)
        tell_of(cast("Document", self), self.evidence)
        caught_up = self.seen_by.filter(member=by, number=self.version_count - 1)
        caught_up.update(number=self.version_count, at=self.current.at)
        return self.current
