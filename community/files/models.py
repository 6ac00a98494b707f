"""A stored file: bytes that passed the checks, with the facts found by content."""

from __future__ import annotations

from django.db import models
from django.utils import timezone

from community.members.models import Member


class StoredFile(models.Model):
    """`kind` is the media type found by content, `name` the cleaned name, `sha256` of the bytes as kept."""

    owner = models.ForeignKey(Member, models.PROTECT, related_name="+")
    blob = models.FileField(max_length=200)
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=80)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64, db_index=True)
    width = models.PositiveIntegerField(null=True)
    height = models.PositiveIntegerField(null=True)
    kept_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return self.name

    @property
    def is_image(self) -> bool:
        return self.kind.startswith("image/")
