"""Who opened a document, and on which day: for those who look after it, and for some months only."""

from __future__ import annotations

import datetime as dt
import logging
from typing import TYPE_CHECKING, Any

from django.core.cache import cache
from django.db import DatabaseError, models, transaction
from django.utils import timezone

from community.members.models import Member

if TYPE_CHECKING:
    from groups.documents.models.document import Document

log = logging.getLogger(__name__)
KEPT = dt.timedelta(days=90)  # as long as addresses are kept: long enough to see whether a paper reached its readers
DAY = 86_400  # seconds


class LookQuerySet(models.QuerySet["Look"]):
    def in_time(self) -> LookQuerySet:
        """Those that are still told."""
        return self.filter(on__gt=timezone.localdate() - KEPT)

    def due_to_go(self) -> LookQuerySet:
        """Those that are kept no longer."""
        return self.filter(on__lte=timezone.localdate() - KEPT)


class Look(models.Model):
    """One member, one document, one day: they opened it, and perhaps took a file of it (`is_download`)."""

    document = models.ForeignKey("documents.Document", models.CASCADE, related_name="looks")
    member = models.ForeignKey(Member, models.CASCADE, related_name="+")
    on = models.DateField(default=timezone.localdate)
    is_download = models.BooleanField(default=False)

    objects = LookQuerySet.as_manager()

    class Meta:
        ordering = ["-on", "-pk"]
        constraints = [models.UniqueConstraint("document", "member", "on", name="one_look_a_day")]
        indexes = [models.Index(fields=["document", "-on", "-id"], name="latest_looks")]

    def __str__(self) -> str:
        return f"{self.member}, {self.on}"

    @classmethod
    def at(cls, document: Document, member: Member, *, is_download: bool = False) -> None:
        """Note it, once for each member, document and day, and once more for the day's first download.

        Reading changes nothing that anybody reads: this is a line in a log of access, as a web server keeps one, and
        the page says that it is kept. It may be missed (the cache forgets, the database is busy), and never stands in
        a reader's way.
        """
        today = timezone.localdate()
        if not cache.add(f"look:{document.pk}:{member.pk}:{today}:{is_download:d}", 1, DAY):
            return
        known = {"unique_fields": ["document", "member", "on"], "update_fields": ["is_download"]}
        how: dict[str, Any] = {"update_conflicts": True, **known} if is_download else {"ignore_conflicts": True}
        try:
            with transaction.atomic():
                Look.objects.bulk_create([Look(document=document, member=member, is_download=is_download)], **how)
        except DatabaseError:
            log.warning("A look at a document was not noted")
