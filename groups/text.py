"""What people write, between the group it is for and richtext, which knows nothing of groups."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from community import richtext
from community.members.models import Member
from community.richtext import Mention, Rendered
from groups.models import Group

# What a form calls what others read of it, and "alt-12" of pictures.
READ = (
    "title",
    "body",
    "sections",
    "passage",
    "name",
    "mark",
    "purpose",
    "welcome",
    "summary",
    "rights_note",
    "accessibility",
    "note",
    "words",
)

LONGEST = richtext.MAX_LENGTH
VERSION = richtext.VERSION
ASK = "leads"  # @leads asks whoever leads the group
LEADS = -1  # their key among those mentioned: no member's
MARKUP = set("#*_~`>-=+|[]()!\\:")


def tidied(source: str) -> str:
    """The same text without what no reader should meet. One that is too long stays as it is, to be sent back."""
    return source if len(source) > LONGEST else richtext.tidy(source)


def all_words(sent: Mapping[str, Any]) -> str:
    """All that others would read of what a form sent: its text, and what stands beside it."""
    names = [*READ, *(name for name in sent if name == "alt" or name.startswith("alt-"))]
    said = (sent.get(name, "") for name in names)
    return "\n".join(tidied(each if isinstance(each, str) else "\n".join(each)) for each in said)


def is_bare(source: str) -> bool:
    """Whether nothing would be left to read: only blanks, invisible characters and Markdown signs."""
    return all(char in MARKUP or char.isspace() or unicodedata.category(char) == "Cf" for char in source)


def written(body: str, group: Group) -> Rendered:
    """The HTML of a text for that group, and whom it mentions among those who can see the group."""
    return richtext.render(body, people=lambda handles: {**leads(handles, group), **named(handles, group)})


def leads(handles: set[str], group: Group) -> Mapping[str, Mention]:
    """@leads, where somebody leads the group: a link to who that is."""
    if ASK not in handles or not group.leads().exists():
        return {}
    return {ASK: Mention(LEADS, _("the leads"), reverse("groups:people", args=[group.slug]))}


def named(handles: set[str], group: Group, among: QuerySet[Member] | None = None) -> Mapping[str, Mention]:
    """Those of the handles that readers of this group may know: people by theirs, groups by their slug.

    `among`: those who can read it, where that is not everyone who can read the group. A group is a link and nobody is
    told; its key 0 is no member's. Hidden groups stay unknown outside of themselves.
    """
    groups = Group.objects.filter(Q(pk=group.pk) | ~Q(visibility=Group.Visibility.HIDDEN), slug__in=handles)
    people = (readers(group) if among is None else among).filter(handle__in=handles)
    return {
        **{found.slug: Mention(0, found.name, found.get_absolute_url()) for found in groups},
        **{member.handle: Mention(member.pk, member.name, "") for member in people},
    }


def unreached(body: str, group: Group, writer: Member) -> set[str]:
    """The names of those a text mentions in vain: the writer may know them, but they cannot see the group.

    Only whose profile the writer may open. Any other handle is no mention, whether or not it is somebody's.
    """
    asked: set[str] = set()

    def nobody(handles: set[str]) -> Mapping[str, Mention]:
        asked.update(handles)
        return {}

    if "@" in body:
        richtext.render(body, people=nobody)
    missed = asked - set(named(asked, group)) if asked else asked
    known = Member.objects.visible_to(writer).filter(handle__in=missed) if missed else []
    return {member.name for member in known}


def readers(group: Group) -> QuerySet[Member]:
    """The members who can read the inside of the group now: `Group.objects.visible_to` from the other side."""
    here = Member.objects.with_standing()
    if group.visibility == Group.Visibility.OPEN or group.joining == Group.Joining.AUTOMATIC:
        return here
    inside = Q(pk__in=group.memberships.in_force().values("member"))
    return here.filter(inside if group.is_confidential else inside | Q(is_staff=True))
