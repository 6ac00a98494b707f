"""What a post said before."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from community.members.models import Member

if TYPE_CHECKING:
    from groups.threads.models.post import Post


class Revision(models.Model):
    """The text as it was before `by` changed it."""

    post = models.ForeignKey("threads.Post", models.CASCADE, related_name="revisions")
    body = models.TextField()
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(Member, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-at"]


class EditConflict(Exception):
    """The post was changed after the editor opened it. `current` is the post as it is now; nothing was written."""

    def __init__(self, current: Post) -> None:
        super().__init__(_("This post was changed while you were editing it."))
        self.current = current
