"""What members say of themselves, as something that can be reported and hidden."""

from __future__ import annotations

import datetime as dt
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from community import live
from community.members.models import Member
from community.moderation.models.acts import Act
from community.moderation.models.moderatable import Moderatable
from community.policy import Refused


class ProfileQuerySet(models.QuerySet["Profile"]):
    def visible_to(self, member: Member) -> Self:
        """Whose profile the member may open."""
        return self.filter(member__in=Member.objects.visible_to(member))

    def to_show(self) -> Self:
        return self.select_related("member", "hidden")


class Profile(Moderatable):
    """Its key is the member's. The words stand with the member, who shows none of them while `profile_hidden`.

    Its row begins with the first report: until then there is nothing to keep about it.
    """

    member = models.OneToOneField(Member, models.PROTECT, primary_key=True, related_name="+")

    objects = ProfileQuerySet.as_manager()

    class Meta:
        verbose_name = _("profile")

    def __str__(self) -> str:
        return self.member.name

    def get_absolute_url(self) -> str:
        return self.member.get_absolute_url()

    @classmethod
    def with_key(cls, pk: int) -> Profile | None:
        """That of the member with the key, reported before or not."""
        if found := cls.objects.to_show().filter(pk=pk).first():
            return found
        member = Member.objects.filter(pk=pk).first()
        return None if member is None or member.is_nameless else cls(member=member)

    @property
    def author(self) -> Member:
        return self.member

    @classmethod
    def written_by(cls, member: Member) -> Q:
        return Q(member=member)

    def is_visible_to(self, member: Member) -> bool:
        return Member.objects.visible_to(member).filter(pk=self.pk).exists()

    @property
    def at(self) -> dt.datetime:
        """Since when it can be read."""
        return self.member.joined_at

    @property
    def evidence(self) -> str:
        said = self.member
        return "\n".join(filter(None, [said.name, said.title, said.pronouns, said.bio]))

    @property
    def acts(self) -> set[str]:
        """All but those about a place: it stands in none."""
        return {*Act} - {Act.MOVE, Act.SLOW, Act.LOCK, Act.RESTRICT}

    def hold_row(self, act: str = "") -> None:
        """The member's row first, as in all that members write; then its own, which begins now if there is none."""
        self.member = Member.objects.select_for_update(no_key=True).get(pk=self.pk)
        if self.member.is_nameless:
            raise Refused(_("This is not here any more."))
        Profile.objects.get_or_create(pk=self.pk)
        self._state.adding = False
        super().hold_row(act)

    def shown_anew(self) -> None:
        Member.objects.filter(pk=self.pk).update(profile_hidden=self.is_hidden)
        self.member.profile_hidden = self.is_hidden
        live.renamed()
