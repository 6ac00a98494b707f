"""What a post said before."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from community import live
from community.members.models import Member
from community.moderation.models import Moderatable
from community.policy import Refused
from groups.links import quoted
from groups.links.models import MayQuote


class Revision(MayQuote, models.Model):
    """The text as it was before `by` changed it."""

    post = models.ForeignKey("threads.Post", models.CASCADE, related_name="revisions")
    body = models.TextField()
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(Member, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-at"]

    def read_as(self, body: str) -> None:
        """What it quotes went out of sight, or came back."""
        self.body = body
        self.save(update_fields=["body"])


class Revised(Moderatable):
    """A post with what it said before."""

    revisions: Any
    quotations: Any
    files: Any  # rows that point here
    note_documents: Any
    body: Any
    quoted: Any
    _lock: Any  # all given by the post

    class Meta:
        abstract = True

    def stay_if_hidden(self) -> None:
        """Nor is there anything to do with one whose words have gone for good."""
        super().stay_if_hidden()
        if not (self.body or self.quoted or self.files.exists()):
            raise Refused(_("What this said was deleted for good, so it cannot be put back or changed."))

    @transaction.atomic
    def wipe(self, by: Member | None = None) -> None:
        """What it says goes for good, with its files: number and place stay, so that replies keep theirs."""
        now = self._lock()
        streams = set(now.quotations.values_list("stream", flat=True))
        quoted.let_go(quoted.POST, [now.pk])
        for revision in now.revisions.all():
            quoted.forget(revision)
        for rows in (now.revisions, now.quotations, now.files):
            rows.all().delete()
        quoted.forget(now)
        now.body, now.html, now.quoted = "", "", 0
        now.deleted_at, now.deleted_by = now.deleted_at or timezone.now(), now.deleted_by or now.author
        now.save(update_fields=["body", "html", "quoted", "deleted_at", "deleted_by"])
        now.note_documents([])
        now.shown_anew()
        for stream in sorted(streams):  # rooms in which it was said that it was taken up
            transaction.on_commit(partial(live.publish, stream, "refresh"), robust=True)
        live.out_of_sight_or_back()
