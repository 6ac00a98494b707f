"""What sets a post apart: a mark that leads gave it, a document that it holds; where the timeline finds it again."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from community import ledger, live
from community.members.models import Member
from community.policy import Refused
from groups.links import models as links
from groups.threads import documents
from groups.threads.models.moments import Moment

if TYPE_CHECKING:
    from groups.threads.models.post_file import PostFile


class Marked(models.Model):
    """A post that may be marked: as a decision, or as a note of its author who moderates."""

    class Mark(models.TextChoices):
        DECISION = "decision", _("Decision")
        NOTE = "note", _("Moderator note")

    mark = models.CharField(max_length=10, choices=Mark, blank=True, default="", db_default="")

    number: Any
    thread: Any
    html: Any
    author: Any
    edited_at: Any
    posted_at: Any

    class Meta:
        abstract = True

    @transaction.atomic
    def put_mark(self, by: Member, mark: str) -> None:
        """It is marked as that from now on, and as nothing else; with "" as nothing."""
        now = self._lock()
        if now.thread.group_id != self.thread.group_id:
            raise Refused(_("This post was moved to another group. Open it again."))
        if now.mark == mark:
            return
        now.mark = mark
        now.save(update_fields=["mark"])
        now.thread.moments.filter(post=now, act__in=self.Mark.values).delete()
        if mark:
            now.thread.moments.create(act=mark, by=by, post=now)
        ledger.record(by, "mark", now.subject, mark=mark)
        now.show_again()
        live.publish(now.thread, "refresh", "timeline")

    def note_documents(self, files: Iterable[PostFile]) -> None:
        """The timeline leads to it as long as it holds a file that is no picture, or a link to a document of ours.

        Such a document says in turn that it is talked about here.
        """
        linked = documents.linked_in(self.html)
        holds = any(not file.stored.is_image for file in files) or bool(linked)
        is_about = self.number == 1 and self.thread.linked_id
        links.note(self, linked | ({(self.thread.linked_model, self.thread.linked_id)} if is_about else set()))
        found = self.thread.moments.filter(post=self, act=Moment.Act.DOCUMENT)
        if holds and not found.exists():
            at = self.edited_at or self.posted_at
            self.thread.moments.create(act=Moment.Act.DOCUMENT, by=self.author, post=self, at=at)
        elif not holds and self.edited_at:
            found.delete()

    @transaction.atomic
    def cite_again(self) -> None:
        """Note what its text leads to, as if it were written now."""
        now = self._lock()
        if now.is_in_sight:
            now.note_documents(now.files.all())

    def _lock(self) -> Any:
        raise NotImplementedError

    def show_again(self) -> None:
        raise NotImplementedError
