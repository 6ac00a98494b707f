"""What a post said before."""

from __future__ import annotations

from django.db import models
from django.utils import timezone

from community.members.models import Member


class Revision(models.Model):
    """The text as it was before `by` changed it."""

    post = models.ForeignKey("threads.Post", models.CASCADE, related_name="revisions")
    body = models.TextField()
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(Member, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-at"]
