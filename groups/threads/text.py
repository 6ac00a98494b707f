"""What people write, between the group it is for and richtext, which knows nothing of groups."""

from __future__ import annotations

from typing import NamedTuple

from django.db.models import Q, QuerySet
from django.utils.html import linebreaks, strip_tags
from django.utils.safestring import SafeString, SafeText

from community.members.models import Member
from groups.models import Group

VERSION = 0


class Rendered(NamedTuple):
    html: SafeString
    mentioned: set[int]


def written(body: str, group: Group) -> Rendered:
    """The HTML of a text for that group, and whom it mentions among those who can see the group."""
    return Rendered(SafeText(linebreaks(body, autoescape=True)), set())


def words(html: str) -> str:
    """The plain words of HTML that `written` made, for search."""
    return strip_tags(html)


def readers(group: Group) -> QuerySet[Member]:
    """The members who can read the inside of the group now: `Group.objects.visible_to` from the other side."""
    here = Member.objects.with_standing()
    if group.visibility == Group.Visibility.OPEN or group.joining == Group.Joining.AUTOMATIC:
        return here
    inside = Q(pk__in=group.memberships.in_force().values("member"))
    return here.filter(inside if group.is_confidential else inside | Q(is_staff=True))
