"""A discussion that staff send to another group, by a decision with reasons; undone, it is back exactly as it was."""

from __future__ import annotations

from typing import Any, Self

from django.apps import apps
from django.utils.translation import gettext_lazy as _

from community.members.models import Member
from community.moderation.models import Moderatable
from community.policy import Refused
from groups.models import Group


class Elsewhere(Moderatable):
    """What can stand in another group."""

    pk: Any
    group: Any
    group_id: Any
    is_pinned: Any
    pinned_until: Any
    merged_into_id: Any
    posts: Any
    tags: Any  # columns of the row: the type checker knows them of whole models only

    class Meta:
        abstract = True

    @property
    def moves(self) -> Self:
        return self

    @property
    def can_move(self) -> bool:
        """What was said in a confidential group is shown nowhere else."""
        return not (self.group.is_confidential or self.merged_into_id or self.is_gone)

    def places_for(self, by: Member) -> dict[str, str]:
        """Where it can go: the stream of each group, and its name."""
        groups = Group.objects.visible_to(by).exclude(pk=self.group_id).order_by("name")
        return {group.stream: group.name for group in groups if not group.is_read_only}

    def hold_all(self) -> None:
        """Whoever changes a post holds its row before that of its discussion: see `tidying`."""
        list(self.posts.select_for_update(no_key=True).order_by("pk").values_list("pk"))

    def send_to(self, place: str, by: Member, reason: str) -> dict[str, Any]:
        """It stands there from now on. Gives what is needed to bring it back."""
        key = place.rpartition("-")[2]
        there = Group.objects.visible_to(by).filter(pk=key).first() if key.isdecimal() and len(key) < 19 else None
        if there is None or not self.can_move:
            raise Refused(_("This discussion cannot go there now. Look at both again and try once more."))
        self.refresh_from_db(fields=["group", "is_pinned", "pinned_until"])
        own = list(self.tags.filter(group=self.group_id).values_list("pk", flat=True))
        until = self.pinned_until.isoformat() if self.pinned_until else None
        before = {"from": self.group_id, "to": there.pk, "pinned": self.is_pinned, "until": until, "tags": own}
        former: Any = apps.get_model("threads.FormerGroup")
        former.leave(self, there, by, reason)
        return before

    def send_back(self, before: dict[str, Any], by: Member) -> None:
        """Unless somebody has sent it on meanwhile. Also to a group that is closed by now: it was there before."""
        self.refresh_from_db(fields=["group"])
        home = Group.objects.filter(pk=before["from"]).first()
        if home is None or self.group_id != before["to"]:
            return
        former: Any = apps.get_model("threads.FormerGroup")
        former.go_home(self, home, by)
        rows: Any = type(self)._base_manager
        rows.filter(pk=self.pk).update(is_pinned=before["pinned"], pinned_until=before["until"])
        self.tags.add(*self.tags.model._default_manager.filter(pk__in=before["tags"], group=home))
