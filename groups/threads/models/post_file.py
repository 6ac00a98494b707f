"""A file that came with a post."""

from __future__ import annotations

from django.db import models
from django.urls import reverse

from community.files.models import AttachedFile


class PostFile(AttachedFile):
    """A file that came with a post."""

    post = models.ForeignKey("threads.Post", models.CASCADE, related_name="files")

    def get_absolute_url(self) -> str:
        return reverse(
            "threads:file", args=[self.post.thread.group.slug, self.post.thread_id, self.post.number, self.pk]
        )
