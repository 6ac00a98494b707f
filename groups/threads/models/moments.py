"""What happened to a discussion and is worth finding again: who closed it, which post became the answer."""

from __future__ import annotations

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from community.members.models import Member


class Moment(models.Model):
    """Somebody did this, then. `post` is the one it is about, if any. Rows are added and never changed."""

    class Act(models.TextChoices):
        OPENED = "opened", _("Opened")
        ANSWERED = "answered", _("Answer chosen")
        UNANSWERED = "unanswered", _("Answer taken back")
        CLOSED = "closed", _("Closed")
        REOPENED = "reopened", _("Open again")
        ARCHIVED = "archived", _("Archived")
        BROUGHT_BACK = "brought-back", _("Back from the archive")

    thread = models.ForeignKey("threads.Thread", models.CASCADE, related_name="moments")
    act = models.CharField(max_length=20, choices=Act)
    post = models.ForeignKey("threads.Post", models.SET_NULL, null=True, related_name="+")
    by = models.ForeignKey(Member, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return str(self.get_act_display())
