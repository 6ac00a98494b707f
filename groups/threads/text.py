"""What people write, between the group it is for and richtext, which knows nothing of groups."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping

from django.db.models import Q, QuerySet

from community import richtext
from community.members.models import Member
from community.richtext import Mention, Rendered
from groups.models import Group

LONGEST = richtext.MAX_LENGTH
VERSION = richtext.VERSION
MARKUP = set("#*_~`>-=+|[]()!\\:")


def tidied(source: str) -> str:
    """The same text without what no reader should meet. One that is too long stays as it is, to be sent back."""
    return source if len(source) > LONGEST else richtext.tidy(source)


def is_bare(source: str) -> bool:
    """Whether nothing would be left to read: only blanks, invisible characters and Markdown signs."""
    return all(char in MARKUP or char.isspace() or unicodedata.category(char) == "Cf" for char in source)


def written(body: str, group: Group) -> Rendered:
    """The HTML of a text for that group, and whom it mentions among those who can see the group."""

    def people(handles: set[str]) -> Mapping[str, Mention]:
        found = readers(group).filter(handle__in=handles)
        return {member.handle: Mention(member.pk, member.name, "") for member in found}

    return richtext.render(body, people=people)


def readers(group: Group) -> QuerySet[Member]:
    """The members who can read the inside of the group now: `Group.objects.visible_to` from the other side."""
    here = Member.objects.with_standing()
    if group.visibility == Group.Visibility.OPEN or group.joining == Group.Joining.AUTOMATIC:
        return here
    inside = Q(pk__in=group.memberships.in_force().values("member"))
    return here.filter(inside if group.is_confidential else inside | Q(is_staff=True))
