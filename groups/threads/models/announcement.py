"""An announcement: it may ask everybody to say that they have read it."""

from __future__ import annotations

from typing import Any

from django.db import models, transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from community import live
from community.members.models import Affiliation, Member
from community.notifications.models import Notification, notify
from groups import text
from groups.threads import tasks
from groups.threads.models.life import Life


class Announcement(Life):
    """`asks` whether people shall acknowledge it."""

    asks = models.BooleanField(default=False, editable=False)

    acknowledgements: Any  # rows that point here: the type checker knows them of whole models only

    class Meta:
        abstract = True

    @transaction.atomic
    def acknowledge(self, member: Member) -> None:
        """The member has read it. Saying so twice is saying it once; what asked them is off their list."""
        _row, is_new = self.acknowledgements.get_or_create(member=member)
        Notification.objects.visible_to(member).filter(kind="acknowledge").about(self._itself()).mark_read()
        if is_new:
            live.publish(self, "replace", f"acknowledged-{self.subject}", self)

    def asked(self) -> models.QuerySet[Member]:
        """Who is asked: the people of the group who can read it now; its author only if they are not named.

        A list of everybody but the author would name them.
        """
        people = text.readers(self.group).exclude(pk=self.author.pk)
        if self.group.joining == self.group.Joining.AUTOMATIC:
            return people
        return people.filter(pk__in=self.group.memberships.in_force().values("member"))

    def who_was_asked(self) -> models.QuerySet[Any]:
        """Those, by organisation, each with `organisation_name` and `has_read`."""
        ties = Affiliation.objects.in_force().filter(member=OuterRef("pk"))
        here = self.group.memberships.filter(member=OuterRef("pk")).values("affiliation__organisation__name")
        name = models.functions.Coalesce(
            models.Subquery(here[:1]), models.Subquery(ties.order_by("pk").values("organisation__name")[:1])
        )
        read = Exists(self.acknowledgements.filter(member=OuterRef("pk")))
        return self.asked().annotate(organisation_name=name, has_read=read).order_by("organisation_name", "name", "pk")

    def ask_later(self) -> None:
        """A task asks, for there may be thousands."""
        tasks.ask_to_acknowledge.enqueue(self.pk)

    @transaction.atomic
    def ask_the_rest(self) -> None:
        """Put it into the trays of those who have not acknowledged, newly: an earlier request there gives way."""
        if self.is_gone or self.is_waiting:
            return
        rest = self.asked().exclude(pk__in=self.acknowledgements.values("member")).order_by("pk")
        asked = Notification.objects.filter(kind="acknowledge", member__in=rest)
        asked.about(self._itself()).unread().update(read_at=timezone.now())
        notify(rest, "acknowledge", self)

    def _itself(self) -> models.QuerySet[Announcement]:
        return type(self)._default_manager.filter(pk=self.pk)


class Acknowledgement(models.Model):
    """The member says that they have read the announcement."""

    thread = models.ForeignKey("threads.Thread", models.CASCADE, related_name="acknowledgements")
    member = models.ForeignKey(Member, models.CASCADE, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint("thread", "member", name="one_acknowledgement_each")]
