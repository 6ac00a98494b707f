"""What a group says of itself, as something that can be reported and hidden."""

from __future__ import annotations

import datetime as dt

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from community import live
from community.members.models import Member
from community.moderation.models import Act, Moderatable
from groups.models.group import Group
from groups.models.joining import Invite


class FrontQuerySet(models.QuerySet["Front"]):
    def visible_to(self, member: Member) -> FrontQuerySet:
        """Of groups whose inside the member may read: it has the welcome in it."""
        return self.filter(group__in=Group.objects.visible_to(member))

    def to_show(self) -> FrontQuerySet:
        return self.select_related("group", "hidden")


class Front(Moderatable):
    """Name, purpose and welcome of a group: its key is the group's. Its leads answer for it: all of them hear, the
    first by letter.

    The words stand with the group, which shows neither purpose nor welcome while `front_hidden`. Its row begins with
    the first report.
    """

    group = models.OneToOneField(Group, models.PROTECT, primary_key=True, related_name="+")

    objects = FrontQuerySet.as_manager()

    class Meta:
        verbose_name = _("group description")

    def __str__(self) -> str:
        return self.group.name

    def get_absolute_url(self) -> str:
        return self.group.get_absolute_url()

    @classmethod
    def with_key(cls, pk: int) -> Front | None:
        """That of the group with the key, reported before or not."""
        if found := cls.objects.to_show().filter(pk=pk).first():
            return found
        group = Group.objects.filter(pk=pk).first()
        return cls(group=group) if group else None

    @property
    def settings_url(self) -> str:
        """Where staff close the group, or set it otherwise."""
        return reverse("groups:settings", args=[self.group.slug])

    @property
    def author(self) -> Member:
        first = self.group.leads().select_related("member").first()
        return first.member if first else Member.objects.nameless()

    @classmethod
    def written_by(cls, member: Member) -> Q:
        return Q(group__in=Group.objects.led_by(member))

    def whose(self, member: Member) -> Member:
        return member if self.group.leads().filter(member=member).exists() else self.writer

    @property
    def answering_too(self) -> list[Member]:
        return [place.member for place in self.group.leads().select_related("member")[1:]]

    def is_visible_to(self, member: Member) -> bool:
        """Whoever may know its name and purpose, or was invited and reads them there."""
        is_listed = Group.objects.listed_to(member).filter(pk=self.pk).exists()
        return is_listed or Invite.objects.visible_to(member).filter(group=self.pk).exists()

    def is_read_by(self, member: Member) -> bool:
        return Group.objects.visible_to(member).filter(pk=self.pk).exists()

    @property
    def at(self) -> dt.datetime:
        """Since when it can be read."""
        return self.group.created_at

    @property
    def evidence(self) -> str:
        return f"{self.known}\n{self.group.welcome}".strip()

    @property
    def known(self) -> str:
        return f"{self.group.name}\n{self.group.purpose}".strip()

    @property
    def acts(self) -> set[str]:
        """What the leads do can be undone with a word of theirs; a group is closed in its settings."""
        return {Act.NOTHING, Act.NOTE, Act.EDIT, Act.HIDE, Act.RESTORE}

    def hold_row(self, act: str = "") -> None:
        """The group's row, then its own, which begins now if there is none."""
        self.group = Group.objects.select_for_update(no_key=True).get(pk=self.pk)
        Front.objects.get_or_create(pk=self.pk)
        self._state.adding = False
        super().hold_row(act)

    def shown_anew(self) -> None:
        Group.objects.filter(pk=self.pk).update(front_hidden=self.is_hidden)
        self.group.front_hidden = self.is_hidden
        live.publish(self.group, "refresh")
        live.renamed()
