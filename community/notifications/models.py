"""A notification: that something concerns a member. The words come from the thing when it is shown."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.core.cache import cache
from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone

from community import live, things
from community.jobs import task
from community.mail.models import worded_again_by
from community.members.models import Distance, Member
from community.notifications.kinds import ASKING, FOR_ALL, KINDS
from community.notifications.mailing import QUIET, Mailing

__all__ = ["Mailing", "Notification", "notify", "shown", "tell_many", "waiting"]

MOST_COUNTED = 100  # the header's number looks no further back
FEW = 50  # trays filled at once, and in one transaction
GATHERED = dt.timedelta(seconds=15)  # what is told within that time is looked at once for letters
RING = 5  # seconds: whoever follows much is not rung for every single post


class NotificationQuerySet(models.QuerySet["Notification"]):
    def visible_to(self, member: Member) -> NotificationQuerySet:
        """The member's own. Whether the thing can be seen is asked when it is shown or counted."""
        return self.filter(member=member.pk)

    def unread(self) -> NotificationQuerySet:
        return self.filter(read_at=None)

    def about(self, found: models.QuerySet[Any]) -> NotificationQuerySet:
        """Those about the things found."""
        return self.filter(thing_model=found.model._meta.label_lower, thing_id__in=found.order_by().values("pk"))

    @transaction.atomic
    def mark_read(self) -> dt.datetime:
        """They have been seen; the member's open pages show one less. Says when, so that it can be undone."""
        told, now = set(self.unread().values_list("member_id", flat=True)), timezone.now()
        self.unread().update(read_at=now)
        for pk in told:
            live.publish(f"member-{pk}", "refresh")
        return now

    @transaction.atomic
    def mark_unread(self) -> None:
        """They wait again."""
        told = set(self.exclude(read_at=None).values_list("member_id", flat=True))
        self.update(read_at=None)
        for pk in told:
            live.publish(f"member-{pk}", "refresh")


class Notification(models.Model):
    """`kind` ("mentioned", "replied", "hide") happened to a thing ("threads.post", 12) and concerns the member."""

    member = models.ForeignKey(Member, models.CASCADE, related_name="notifications")
    kind = models.CharField(max_length=20)
    thing_model = models.CharField(max_length=80)
    thing_id = models.PositiveBigIntegerField()
    at = models.DateTimeField(default=timezone.now)
    read_at = models.DateTimeField(null=True, blank=True)
    mailed_at = models.DateTimeField(null=True, blank=True)

    thing: Any  # as far as the member may see it, given by `shown`

    objects = NotificationQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]
        indexes = [
            models.Index(fields=["member", "read_at", "-at"]),
            models.Index(fields=["at"], condition=Q(read_at=None, mailed_at=None), name="not_read_nor_mailed"),
        ]

    @property
    def name(self) -> things.Name:
        """The thing's name, as `community.things` takes it."""
        return self.thing_model, self.thing_id

    @property
    def titles(self) -> list[str]:
        """The templates to name it by; the first that exists is taken."""
        return [f"notifications/titles/{self.kind}.html", "notifications/titles/_thing.html"]

    @property
    def reasons(self) -> list[str]:
        """The templates that say why it is in the tray; the first that exists is taken."""
        return [f"notifications/kinds/{self.kind}.html", "notifications/kinds/_other.html"]

    @property
    def asks(self) -> bool:
        """Whether it waits for the member to do something."""
        return self.kind in ASKING

    @property
    def is_direct(self) -> bool:
        """Whether it is meant for the member, not for all who follow."""
        return self.kind not in FOR_ALL


def notify(
    members: Iterable[Member], kind: str, thing: models.Model, by: Member | None = None, unless: str | None = None
) -> None:
    """Put it into each member's tray, inside the deed's transaction; into very many trays a little later.

    Not to whom keeps a distance from the one it is `by`, which is the author of the thing unless said otherwise:
    `unless` is that of the kind, or as told here; "" for what somebody says in office.
    Their pages are told after it, in one order: two deeds that tell the same people must not wait for each other.
    """
    at_a_distance = _at_a_distance(_unless(kind) if unless is None else unless, by or getattr(thing, "author", None))
    told = sorted({member.pk for member in members} - at_a_distance)
    if len(told) > FEW:
        tell_many.enqueue(told, kind, thing._meta.label_lower, thing.pk)
    else:
        _put(told, kind, (thing._meta.label_lower, thing.pk))


def _unless(kind: str) -> str:
    return KINDS[kind].unless if kind in KINDS else ""


def _at_a_distance(unless: str, by: Member | None) -> set[int]:
    """Staff have to reach everybody, also whoever kept away from them before they were staff."""
    is_heeded = unless and by and not by.is_staff
    return Distance.kept_from(by, {unless, Distance.Kind.BLOCK}) if is_heeded and by else set()


@task()
def tell_many(members: list[int], kind: str, label: str, pk: int) -> None:
    """Into many trays, some at a time. Run again, it goes on with those it has not told."""
    for at in range(0, len(members), FEW):
        with transaction.atomic():
            some = members[at : at + FEW]
            known = Notification.objects.filter(member__in=some, kind=kind, thing_model=label, thing_id=pk)
            reached = set(known.values_list("member_id", flat=True))
            there = Member.objects.filter(pk__in=some).values_list("pk", flat=True)
            _put(sorted(set(there) - reached), kind, (label, pk))


def _put(members: list[int], kind: str, name: things.Name) -> None:
    label, pk = name
    Notification.objects.bulk_create(
        Notification(member_id=member, kind=kind, thing_model=label, thing_id=pk) for member in members
    )
    rung = members if kind not in FOR_ALL else [member for member in members if cache.add(f"rung:{member}", 1, RING)]
    transaction.on_commit(lambda: _tell(rung), robust=True)
    if members and cache.add("letters-later", 1, GATHERED.total_seconds()):
        letters_later.using(run_after=timezone.now() + GATHERED + QUIET).enqueue()


@task()
def letters_later() -> None:
    """Write the letters that are due. Enqueued with what is new; a routine sees to what that misses."""
    from community.notifications.letters import write_all

    write_all()


@transaction.atomic
def _tell(members: list[int]) -> None:
    for pk in members:
        live.publish(f"member-{pk}", "refresh")


def shown(rows: Iterable[Notification], member: Member) -> list[Notification]:
    """Those whose `thing` the member may see now. What one may see no more leaves no line behind."""
    rows = list(rows)
    seen = things.seen_by(member, [row.name for row in rows], in_sight=True)
    for row in rows:
        row.thing = seen.get(row.name)
    return [row for row in rows if row.thing is not None]


def waiting(member: Member) -> int:
    """How many things ask something of the member, of those they may see now."""
    asking = Notification.objects.visible_to(member).unread().filter(kind__in=ASKING)
    newest = list(asking[:MOST_COUNTED])
    names = things.visible_names(member, [row.name for row in newest], in_sight=True)
    return sum(row.name in names for row in newest)


worded_again_by("news", "community.notifications.letters.again")
live.follow_if("member", lambda member, pk: member.pk == pk)
