"""Which version of a document a member saw last."""

from __future__ import annotations

from django.db import models
from django.utils import timezone

from community.members.models import Member
from groups.documents.models.document import Document


class SeenQuerySet(models.QuerySet["SeenUpTo"]):
    def visible_to(self, member: Member) -> SeenQuerySet:
        """The member's own, and nobody else's."""
        return self.filter(member=member.pk)


class SeenUpTo(models.Model):
    """`number` is the newest version that the member had on a page, `at` when that was."""

    member = models.ForeignKey(Member, models.CASCADE, related_name="+")
    document = models.ForeignKey(Document, models.CASCADE, related_name="seen_by")
    number = models.PositiveIntegerField()
    at = models.DateTimeField(default=timezone.now)

    objects = SeenQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint("member", "document", name="one_seen_a_document")]

    def __str__(self) -> str:
        return f"{self.document} {self.number}"

    @classmethod
    def note(cls, member: Member, document: Document, number: int) -> None:
        """They have it before them now. No version that there is not yet; what was seen stays seen."""
        seen = min(number, document.version_count)
        known, is_new = cls.objects.get_or_create(member=member, document=document, defaults={"number": seen})
        if not is_new and known.number < seen:
            cls.objects.filter(pk=known.pk).update(number=seen, at=timezone.now())
