"""A file that came with a message."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import models, transaction
from django.urls import reverse

from community.files.models import AttachedFile, StoredFile


class MessageFile(AttachedFile):
    """A file that came with a message; it is in sight as long as that is.

    Of a picture its sender has declared (`is_declared`) that no child can be recognised, or that consent is held.
    """

    message = models.ForeignKey("chat.Message", models.CASCADE, related_name="files")
    is_declared = models.BooleanField(default=False)

    def get_absolute_url(self) -> str:
        return reverse("chat:file", args=[self.message.room.group.slug, self.message_id, self.pk])


APART = str.maketrans("-_.", "   ")
with_files = models.Prefetch("files", MessageFile.objects.select_related("stored"))


class Filed(models.Model):
    """A message with files."""

    is_repeat = False  # whether it was only found again, by the key of a message that was sent before
    files: Any  # rows that point here

    class Meta:
        abstract = True

    @transaction.atomic
    def attach(self, files: Iterable[MessageFile]) -> None:
        """They came with it. Of one that was sent before they are there already."""
        if self.is_repeat:
            return
        files = list(files)
        for file in files:
            file.message = self  # type: ignore[assignment]
            file.save(force_insert=True)
        StoredFile.objects.filter(pk__in=[file.stored_id for file in files if file.is_declared]).declared()
        if self.names_of_files:
            self.index()

    @property
    def names_of_files(self) -> list[str]:
        """What they are called."""
        return [file.stored.name for file in self.files.all()]

    @property
    def words_of_names(self) -> list[str]:
        """The names for search: whole, and word by word, for PostgreSQL takes "mute-prices.pdf" for one word."""
        return [f"{name} {name.translate(APART)}" for name in self.names_of_files]

    def index(self) -> None:
        raise NotImplementedError
