"""A member asks for a document in another format: large print, tagged text, captions."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from community.members.models import Member
from community.notifications.models import Notification, notify
from community.policy import Refused

if TYPE_CHECKING:
    from groups.documents.models.document import Document

KEPT = dt.timedelta(days=90)  # after the answer: what somebody needs may say something of their health


class FormatRequestQuerySet(models.QuerySet["FormatRequest"]):
    def waiting(self) -> FormatRequestQuerySet:
        return self.filter(answered_at=None)

    def due_to_go(self) -> FormatRequestQuerySet:
        """Those that were answered so long ago that they are kept no longer."""
        return self.filter(answered_at__lte=timezone.now() - KEPT)


class FormatRequest(models.Model):
    """What they need is read by the owner and the leads alone: no notification, letter, log or search holds it."""

    document = models.ForeignKey("documents.Document", models.CASCADE, related_name="format_requests")
    member = models.ForeignKey(Member, models.CASCADE, related_name="+")
    words = models.CharField(
        _("what you need"),
        max_length=300,
        help_text=_("For example: large print, 18 point; a Word file; captions. You need not say why."),
    )
    at = models.DateTimeField(default=timezone.now)
    answered_at = models.DateTimeField(null=True, editable=False)
    answered_by = models.ForeignKey(Member, models.SET_NULL, null=True, editable=False, related_name="+")
    answer = models.CharField(
        _("answer"), max_length=500, help_text=_("Where to find it, or by when you can have it ready.")
    )

    objects = FormatRequestQuerySet.as_manager()

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            models.UniqueConstraint(
                "document", "member", condition=Q(answered_at=None), name="one_format_request_at_a_time"
            )
        ]

    def __str__(self) -> str:
        return f"{self.document}, {self.member}"

    @classmethod
    @transaction.atomic
    def ask(cls, document: Document, member: Member, words: str) -> FormatRequest:
        """Tell the owner and the leads. Asked twice before the answer, the later words count."""
        document.lock_row()
        waiting = document.format_requests.waiting().filter(member=member).first()
        if waiting:
            waiting.words = words
            waiting.save(update_fields=["words"])
            return waiting
        made = cls.objects.create(document=document, member=member, words=words)
        leads = [place.member for place in document.group.memberships.leading().select_related("member")]
        notify({document.author, *leads} - {member}, "asked-format", document)
        return made

    @transaction.atomic
    def reply(self, by: Member, answer: str) -> None:
        """Tell whoever asked. The first answer counts."""
        self.document.lock_row()
        self.refresh_from_db()
        if self.answered_at:
            raise Refused(_("Somebody has answered this already."))
        self.answer, self.answered_by, self.answered_at = answer, by, timezone.now()
        self.save(update_fields=["answer", "answered_by", "answered_at"])
        notify([self.member], "answered-format", self.document)
        if not self.document.format_requests.waiting().exists():
            asking = Notification.objects.filter(kind="asked-format", thing_id=self.document_id)
            asking.filter(thing_model="documents.document").mark_read()
