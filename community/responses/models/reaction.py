"""A reaction: one of a few words that a member says of a thing, at most once each."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.apps import apps
from django.core.cache import cache
from django.db import models, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from community import live, things
from community.members.models import Member
from community.notifications.models import Notification, notify

QUIET = dt.timedelta(seconds=2)  # open pages are told of one thing's reactions once in that time, however many come


class Say(models.TextChoices):
    """What can be said. Words, not pictures: they mean the same to everyone."""

    THANKS = "thanks", _("Thank you")
    AGREE = "agree", _("I agree")
    HELPFUL = "helpful", _("Helpful")
    SAME = "same", _("Same here")
    BRAVO = "bravo", _("Bravo")


class ReactionQuerySet(models.QuerySet["Reaction"]):
    def visible_to(self, member: Member, name: things.Name) -> ReactionQuerySet:
        """Those to the thing of that name, if the member may see it."""
        return self.to(name) if name in things.visible_names(member, [name]) else self.none()

    def to(self, name: things.Name) -> ReactionQuerySet:
        return self.filter(thing_model=name[0], thing_id=name[1])


class Reaction(models.Model):
    """The member says it of a thing ("threads.post", 12)."""

    member = models.ForeignKey(Member, models.CASCADE, related_name="+")
    say = models.CharField(max_length=10, choices=Say)
    thing_model = models.CharField(max_length=80)
    thing_id = models.PositiveBigIntegerField()
    at = models.DateTimeField(default=timezone.now)

    objects = ReactionQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint("member", "thing_model", "thing_id", "say", name="said_once_by_each")]
        indexes = [models.Index(fields=["thing_model", "thing_id", "-id"], name="who_said_it")]

    def wipe(self, by: Member) -> None:
        """Whoever said it is erased with what they said: counts follow."""
        thing = apps.get_model(self.thing_model)._default_manager.filter(pk=self.thing_id).first()
        if thing is None:
            self.delete()
        else:
            thing.take_back(self.member, self.say)


class Respondable(models.Model):
    """Something people react to. The counts stand on its own row, so that a list of things asks for no other.

    A subclass has `writer`, `subject`, `look`, a queryset with `visible_to`, and `show_reactions`.
    """

    reactions = models.JSONField(default=dict, editable=False)  # {"helpful": 14}

    class Meta:
        abstract = True

    @property
    def said(self) -> list[tuple[str, str, int]]:
        """What people said of it: kind, words, how many."""
        return [(kind, str(words), self.reactions[kind]) for kind, words in Say.choices if self.reactions.get(kind)]

    @property
    def unsaid(self) -> list[tuple[str, str]]:
        """What nobody has said of it yet: kind, words."""
        return [(kind, str(words)) for kind, words in Say.choices if not self.reactions.get(kind)]

    @transaction.atomic
    def react(self, member: Member, say: str) -> None:
        """The member says it of this thing; said again it is still said once. Its author finds a line in the tray."""
        self._hold()
        _reaction, is_new = self._reactions().get_or_create(member=member, say=say, defaults=self._named)
        if is_new:
            self._count(say, 1)
            if not self._told().exists():
                notify([self.writer], "reacted", self, member)  # type: ignore[attr-defined]
                self._told().update(mailed_at=timezone.now())  # the tray is enough: no letter about it
            live.own_changed(member)

    @transaction.atomic
    def take_back(self, member: Member, say: str) -> None:
        """The member no longer says it. If nobody says anything any more, the author's line goes as well."""
        self._hold()
        if self._reactions().filter(member=member, say=say).delete()[0]:
            self._count(say, -1)
            if not self.reactions and self._told().delete()[0]:
                live.publish(f"member-{self.writer.pk}", "refresh")  # type: ignore[attr-defined]
            live.own_changed(member)

    def has_from(self, member: Member, say: str) -> bool:
        """Whether the member says it now."""
        return self._reactions().filter(member=member, say=say).exists()

    @property
    def said_stream(self) -> str:
        """Tells of every reaction at once, for whoever keeps drawn counts. Open pages follow the calmer stream."""
        return f"said-{live.stream_of(self)}"

    def show_reactions(self) -> None:
        """Open pages show what is said of it now."""
        raise NotImplementedError

    @property
    def _named(self) -> dict[str, Any]:
        return {"thing_model": self._meta.label_lower, "thing_id": self.pk}

    def _reactions(self) -> ReactionQuerySet:
        return Reaction.objects.to((self._meta.label_lower, self.pk))

    def _told(self) -> models.QuerySet[Notification]:
        return Notification.objects.unread().filter(member=self.writer, kind="reacted", **self._named)  # type: ignore[attr-defined]

    def _hold(self) -> None:
        """One after the other: the row is held to the end of the transaction, and its counts are known as they are."""
        rows = type(self)._default_manager
        self.reactions = rows.select_for_update(no_key=True).only("reactions").get(pk=self.pk).reactions

    def _count(self, say: str, change: int) -> None:
        counts = {**self.reactions, say: self.reactions.get(say, 0) + change}
        self.reactions = {kind: count for kind, count in counts.items() if count > 0}
        type(self)._default_manager.filter(pk=self.pk).update(reactions=self.reactions, look=F("look") + 1)  # type: ignore[misc]
        live.publish(self.said_stream, "refresh")
        self._show_soon()

    def _show_soon(self) -> None:
        """At once if it has been quiet, else once for all that comes meanwhile."""
        from community.responses.tasks import show_reactions_later

        name, seconds = f"{self._meta.label_lower}-{self.pk}", QUIET.total_seconds()
        if cache.add(f"reactions-shown:{name}", 1, seconds):
            self.show_reactions()
        elif cache.add(f"reactions-later:{name}", 1, seconds):
            later = show_reactions_later.using(run_after=timezone.now() + QUIET)
            later.enqueue(self._meta.label_lower, self.pk)
