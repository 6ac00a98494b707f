"""How much of a thing one member is told now, in words, and what they can choose instead."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import models
from django.db.models.expressions import Combinable
from django.utils.translation import gettext as _

from community import live
from community.members.models import Member
from groups.models import Group
from groups.watching.models import Level, Watch, with_levels

NOT = models.Value(value=False)


@dataclass(frozen=True)
class State:
    """`level` is what counts, `own` what they chose for just this, "" if they did not."""

    subject: str
    level: str
    own: str
    takes_part: bool = False

    @property
    def is_on(self) -> bool:
        """Whether they are told of every post."""
        return self.level == Level.EVERYTHING or (self.level == Level.MINE and self.takes_part)

    @property
    def label(self) -> str:
        """What stands on the button."""
        if self.is_on:
            return _("Following")
        return {Level.MINE.value: _("Follow"), Level.MENTIONS.value: _("Mentions only")}.get(self.level, _("Muted"))

    @property
    def choices(self) -> list[tuple[str, str]]:
        return [(level, str(label)) for level, label in Level.choices]


def state(
    member: Member, group: Group, thing: models.Model | None = None, takes_part: Combinable | models.Q = NOT
) -> State:
    """For one member: of the group, or of a thing in it; `takes_part` asks of them whether they do."""
    about = thing or group
    own = Watch.objects.of(about).filter(member=models.OuterRef("pk"))
    one = with_levels(Member.objects.filter(pk=member.pk), group, thing)
    one = one.annotate(own=models.Subquery(own.values("level")), takes_part=takes_part)
    level, chosen, does = one.values_list("level", "own", "takes_part").get()
    return State(live.stream_of(about), level, chosen or "", does)
