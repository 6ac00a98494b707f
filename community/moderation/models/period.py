"""How long something is kept, where staff said otherwise than the site does by itself."""

from __future__ import annotations

from django.db import models, transaction

from community import ledger
from community.members.models import Member


class Period(models.Model):
    """`name` is that of a class of things in `community.privacy.keeping`."""

    name = models.CharField(max_length=40, unique=True)
    days = models.PositiveIntegerField()

    def __str__(self) -> str:
        return f"{self.name}: {self.days}"

    @classmethod
    @transaction.atomic
    def change(cls, by: Member, name: str, before: int, days: int) -> None:
        """From now on; the ledger says what it was."""
        cls.objects.update_or_create(name=name, defaults={"days": days})
        ledger.record(by, "change-retention", "retention", kept=name, was=before, days=days)
