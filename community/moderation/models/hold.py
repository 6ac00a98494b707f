"""A hold: something is kept, unchanged and away from everybody, because the law wants it kept or looked at first."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import models
from django.utils import timezone


class Hold(models.Model):
    """The thing ("post-12") is not to be deleted, erased, copied or worked on by anybody but those it is held for."""

    subject = models.CharField(max_length=80, unique=True)
    since = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return self.subject

    @classmethod
    def on_any(cls, subjects: Iterable[str]) -> bool:
        """Whether one of the things is held."""
        return cls.objects.filter(subject__in=list(subjects)).exists()
