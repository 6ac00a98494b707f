"""A file that came with a post."""

from __future__ import annotations

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from community.files.models import StoredFile


class PostFile(models.Model):
    """A file that came with a post. `alt` describes a picture to whoever cannot see it."""

    post = models.ForeignKey("threads.Post", models.CASCADE, related_name="files")
    stored = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    alt = models.CharField(_("description of the picture"), max_length=300, blank=True)
    is_decoration = models.BooleanField(default=False, help_text="A picture that says nothing the text does not")

    class Meta:
        ordering = ["pk"]

    def get_absolute_url(self) -> str:
        return reverse(
            "threads:file", args=[self.post.thread.group.slug, self.post.thread_id, self.post.number, self.pk]
        )

    @property
    def description(self) -> str:
        """What a picture shows; its name if nobody said, nothing if it only decorates."""
        return "" if self.is_decoration else self.alt or self.stored.name
