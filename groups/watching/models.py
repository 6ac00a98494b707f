"""How much of a group, or of a thing in it, a member wants to be told, and how to ask that of many at once."""

from __future__ import annotations

from typing import Any, TypeVar

from django.db import models, transaction
from django.db.models import Case, F, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce
from django.utils import timezone

from community import live, things
from community.members.models import Member
from community.notifications.stopping import Wish
from groups.models import Group
from groups.models.choices import Watch as Level

__all__ = ["Level", "Watch", "chosen", "groups_at", "seen", "watchable", "with_levels"]

M = TypeVar("M", bound=models.Model)
GROUP = Group._meta.label_lower
ATTENTION = [Level.NOTHING, Level.MENTIONS, Level.MINE, Level.EVERYTHING]
MOST = 200  # shown on one page of what a member chose
_watchable: dict[str, type[models.Model]] = {"group": Group}


def watchable(model: type[M]) -> type[M]:
    """Let members choose how much they are told of things of this model, which have a `group`."""
    _watchable[str(model._meta.model_name)] = model
    return model


def seen(member: Member, subject: str) -> Any:
    """The thing called "thread-12" or "group-3" if the member may see it, else None."""
    model, pk = _named(subject)
    name = (model._meta.label_lower, pk) if model else ("", 0)
    return things.seen_by(member, [name], in_sight=True).get(name) if model else None


class WatchQuerySet(models.QuerySet["Watch"]):
    def visible_to(self, member: Member) -> WatchQuerySet:
        """The member's own. Whether the thing can be seen is asked when it is shown."""
        return self.filter(member=member.pk)

    def of(self, thing: models.Model) -> WatchQuerySet:
        return self.filter(thing_model=thing._meta.label_lower, thing_id=thing.pk)


class Watch(models.Model):
    """The member's own `level` for a thing ("threads.thread", 12) or a whole group ("groups.group", 3).

    The thing's level beats the group's, which beats what the leads set for all (`Group.watch`).
    """

    Level = Level

    member = models.ForeignKey(Member, models.CASCADE, related_name="+")
    thing_model = models.CharField(max_length=80)
    thing_id = models.PositiveBigIntegerField()
    level = models.CharField(max_length=12, choices=Level)
    at = models.DateTimeField(default=timezone.now)

    thing: Any  # as far as the member may see it, given by whoever shows it

    objects = WatchQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint("member", "thing_model", "thing_id", name="one_level_for_a_thing")]
        indexes = [models.Index(fields=["thing_model", "thing_id"], name="who_watches")]

    def __str__(self) -> str:
        return f"{self.level} of {self.thing_model} {self.thing_id}"

    @property
    def name(self) -> tuple[str, int]:
        """The thing's name, as `community.things` takes it."""
        return self.thing_model, self.thing_id

    @property
    def subject(self) -> str:
        """As addresses name it: "thread-12"."""
        return f"{self.thing_model.rpartition('.')[2]}-{self.thing_id}"

    @classmethod
    @transaction.atomic
    def choose(cls, member: Member, name: tuple[str, int], level: str) -> None:
        """From now on this much of the thing; "" leaves it to the group's level again."""
        label, pk = name
        if level:
            cls.objects.update_or_create(
                member=member, thing_model=label, thing_id=pk, defaults={"level": level, "at": timezone.now()}
            )
        else:
            cls.objects.filter(member=member, thing_model=label, thing_id=pk).delete()
        live.own_changed(member)

    @classmethod
    @transaction.atomic
    def carry(cls, source: models.Model, target: models.Model, group: Group) -> None:
        """`source` is part of the group's `target` now: whoever chose to hear more of it hears more of that.

        Whoever wants nothing of the target is left alone.
        """
        wanted, own = (
            cls.objects.of(thing).filter(member=OuterRef("pk")).values("level") for thing in (source, target)
        )
        people = with_levels(Member.objects.all(), group, target).annotate(wanted=Subquery(wanted), own=Subquery(own))
        more = [each for each in people.filter(wanted__isnull=False).order_by("pk") if _wants_more(each)]
        name = {"thing_model": target._meta.label_lower, "thing_id": target.pk}
        rows = [Watch(member=each, level=each.wanted, **name) for each in more]
        Watch.objects.bulk_create(
            rows, update_conflicts=True, update_fields=["level", "at"], unique_fields=["member", *name], batch_size=500
        )
        for each in more:
            live.own_changed(each)

    @classmethod
    @transaction.atomic
    def copy(cls, source: models.Model, target: models.Model) -> None:
        """A new thing that was part of another one is followed as that is."""
        name = {"thing_model": target._meta.label_lower, "thing_id": target.pk}
        known = list(cls.objects.of(source).select_related("member").order_by("member"))
        Watch.objects.bulk_create([Watch(member=row.member, level=row.level, **name) for row in known], batch_size=500)
        for row in known:
            live.own_changed(row.member)

    @classmethod
    @transaction.atomic
    def wish(cls, wish: Wish) -> str | None:
        """Do what a letter's link asks; the level before, None if nobody can wish it any more."""
        model, pk = _named(wish.what)
        member = Member.objects.select_for_update().filter(pk=wish.member).first()
        if model is None or member is None or wish.level not in {"", *Level.values}:
            return None
        name = (model._meta.label_lower, pk)
        own = cls.objects.filter(member=member, thing_model=name[0], thing_id=pk)
        before = own.values_list("level", flat=True).first() or ""
        cls.choose(member, name, wish.level)
        return before


def chosen(member: Member) -> list[Watch]:
    """The things (groups apart) for which the member chose a level, newest first, as far as they can see them."""
    rows = list(Watch.objects.visible_to(member).exclude(thing_model=GROUP).order_by("-at", "-pk")[:MOST])
    found = things.seen_by(member, [row.name for row in rows], in_sight=True)
    for row in rows:
        row.thing = found.get(row.name)
    return [row for row in rows if row.thing is not None]


def with_levels(members: QuerySet[Member], group: Group, thing: models.Model | None = None) -> QuerySet[Member]:
    """Each of the members with `level`, how much of the thing (or of the group) they want to be told: one query.

    What the leads set counts for the group's people. Others who can read it are told what concerns them.
    """
    own = Watch.objects.filter(member=OuterRef("pk"))
    chosen = [Subquery(own.of(each).values("level")) for each in (thing, group) if each is not None]
    return members.annotate(level=Coalesce(*chosen, _set_by_leads(group), output_field=models.CharField()))


def groups_at(member: Member, *levels: str) -> list[int]:
    """The keys of the member's groups of which they want to be told at one of the levels."""
    own = Watch.objects.visible_to(member).filter(thing_model=GROUP, thing_id=OuterRef("pk")).values("level")
    groups = Group.objects.joined_by(member).alias(level=Coalesce(Subquery(own), F("watch")))
    return list(groups.filter(level__in=levels).order_by().values_list("pk", flat=True))


def _wants_more(member: Any) -> bool:
    """Whether what is `wanted` is more than the `level` that counts, and their `own` does not rule that out."""
    return member.own != Level.NOTHING and ATTENTION.index(member.wanted) > ATTENTION.index(member.level)


def _named(subject: str) -> tuple[type[models.Model] | None, int]:
    name, _dash, pk = subject.rpartition("-")
    is_number = pk.isascii() and pk.isdigit() and len(pk) < 19
    return (_watchable.get(name), int(pk)) if is_number else (None, 0)


def _set_by_leads(group: Group) -> Case | Value:
    if group.joining == Group.Joining.AUTOMATIC or group.watch == Level.MINE:
        return Value(group.watch)
    inside = Q(pk__in=group.memberships.in_force().values("member"))
    return Case(When(inside, then=Value(group.watch)), default=Value(Level.MINE.value))
