"""What happened in a discussion and is worth finding again: who closed it, which post is the answer or a decision."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from community.members.models import Member
from groups.threads.models.tellable import told_at

if TYPE_CHECKING:
    import datetime as dt

WHOLE = ("answered", "unanswered")  # acts about a post that hold only in its thread
OF_A_POST = ("document", "decision", "note")  # that go with their post, and end with what they say of it


class MomentQuerySet(models.QuerySet["Moment"]):
    def standing(self) -> MomentQuerySet:
        """What is still so: of a post only as long as it can be read here, of an answer as long as it is the answer."""
        readable = Q(post__thread=F("thread"), post__hidden=None, post__deleted_at=None)
        answer = Q(act=Moment.Act.ANSWERED, post__accepted_at__isnull=False)
        life = ~Q(act__in=[*WHOLE, *OF_A_POST])
        return self.filter(life | readable & (answer | Q(act__in=OF_A_POST)))

    def to_show(self) -> MomentQuerySet:
        """With what the rail says of each, and without the texts of the posts."""
        posts = ("post__number", "post__posted_at", "post__author__name", "post__author__handle")
        return self.select_related("by", "post__author").only("thread", "act", "at", "by__name", "by__handle", *posts)


class Moment(models.Model):
    """Somebody did this, then. `post` is the one it is about, if any.

    Rows are added and never changed. Only what is said of a post itself moves with it, and goes when it is taken off.
    """

    class Act(models.TextChoices):
        OPENED = "opened", _("Opened")
        ANSWERED = "answered", _("Answer")
        UNANSWERED = "unanswered", _("Answer taken back")
        DOCUMENT = "document", _("Document")
        DECISION = "decision", _("Decision")
        NOTE = "note", _("Moderator note")
        CLOSED = "closed", _("Closed")
        REOPENED = "reopened", _("Open again")
        SLOWED = "slowed", _("Slow mode")
        FREED = "freed", _("Slow mode is over")
        ARCHIVED = "archived", _("Archived")
        BROUGHT_BACK = "brought-back", _("Back from the archive")

    thread = models.ForeignKey("threads.Thread", models.CASCADE, related_name="moments")
    act = models.CharField(max_length=20, choices=Act)
    post = models.ForeignKey("threads.Post", models.SET_NULL, null=True, related_name="+")
    by = models.ForeignKey(Member, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    objects = MomentQuerySet.as_manager()

    class Meta:
        ordering = ["at", "pk"]
        indexes = [models.Index(fields=["thread", "-at", "-id"], name="latest_moments")]

    def __str__(self) -> str:
        return str(self.get_act_display())

    @property
    def told(self) -> dt.date:
        """When it was, as far as that may be shown."""
        return told_at(self.at, self.by) if self.by else self.at
