"""Who can see and change what in a library, and what differs from the usual: for its leads, to be looked through."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from community.members.models import Member
from groups.documents.models import Collection, Document, Reviewer, State
from groups.models import LEADING, Group, Membership, Role

MOST = 100  # people listed of a kind, what is most pressing first

IN_A_ROLE = {
    Role.LEAD: _("See everything. Add, change, arrange and remove every document, and ask for reviews."),
    Role.CO_LEAD: _("The same as leads."),
    Role.MEMBER: _(
        "See everything. Change the facts of documents that they own, and answer reviews they are asked for."
    ),
    Role.OBSERVER: _("See everything until their last day. Change nothing."),
}
STAFF = _("See everything. Add, change, arrange and remove, to help out. Hide what breaks a rule.")
STAFF_OF_CONFIDENTIAL = _("See only what was reported, or open more with a reason that is logged.")
ALL = _("See everything. Change nothing.")


@dataclass(frozen=True)
class Line:
    """Some people, how many there are (None: not counted), and what they can do."""

    who: str | Promise
    how_many: int | None
    may: str | Promise


@dataclass(frozen=True)
class Owner:
    """Somebody who owns documents here and can change none of them; `role` is theirs today, empty for none."""

    member: Member
    role: str
    how_many: int
    documents: list[Document]  # some of them, to hand over


def by_role(group: Group) -> list[Line]:
    """What each role may do here by the settings of today, and how many have it."""
    counted = dict(group.memberships.in_force().order_by().values_list("role").annotate(Count("pk")))
    frozen = _("See everything. The group is closed, so nothing can be changed.")
    lines = [
        Line(Role(role).label, counted.get(role, 0), frozen if group.is_read_only and role in LEADING else may)
        for role, may in IN_A_ROLE.items()
    ]
    lines.append(Line(_("Staff"), None, STAFF_OF_CONFIDENTIAL if group.is_confidential else STAFF))
    if group.visibility == Group.Visibility.OPEN or group.joining == Group.Joining.AUTOMATIC:
        lines.append(Line(_("All members of the site"), None, ALL))
    return lines


def observers(group: Group) -> list[Membership]:
    """Who reads along for a time, whose last day is next first."""
    found = group.memberships.in_force().filter(role=Role.OBSERVER).order_by("ends_on", "pk")
    return list(found.select_related("member", "affiliation__organisation")[:MOST])


def reviewers(group: Group) -> list[Reviewer]:
    """Who is asked about a document now."""
    found = Reviewer.objects.filter(review__ended_at=None, said="", review__document__in=_standing(group))
    return list(found.select_related("member", "review__document__group").order_by("review__due_on", "pk")[:MOST])


def owners_out(group: Group) -> list[Owner]:
    """Who owns documents and is no longer here, or only observes: nobody keeps these up but the leads."""
    roles: dict[int, str] = dict(group.memberships.in_force().values_list("member", "role"))
    writing = [pk for pk, role in roles.items() if role != Role.OBSERVER]
    owned = _standing(group).exclude(author__in=writing).order_by().values_list("author").annotate(n=Count("pk"))
    counted: dict[int, int] = dict(owned.order_by("-n", "author")[:MOST])
    people = Member.objects.in_bulk(counted)
    theirs: dict[int, list[Document]] = defaultdict(list)
    for document in _standing(group).filter(author__in=counted).order_by("title", "pk")[:MOST]:
        theirs[document.author_id].append(document)
    named = ((pk, n, str(Role(roles[pk]).label) if pk in roles else "") for pk, n in counted.items())
    return [Owner(people[pk], role, n, theirs[pk]) for pk, n, role in named]


def holders(group: Group) -> list[Document]:
    """What somebody keeps the next version of to themselves, longest first."""
    return list(_standing(group).exclude(held_by=None).to_show().order_by("held_at")[:MOST])


def differences(group: Group) -> list[tuple[str | Promise, int]]:
    """How many documents are not as any other: of each kind that there is, in words and in number."""
    standing = Document.objects.standing().filter(group=group)
    counts: dict[str, Any] = {
        "hidden": Count("pk", filter=~Q(hidden=None)),
        "agreed": Count("pk", filter=Q(state=State.AGREED)),
        "archived": Count("pk", filter=Q(state=State.ARCHIVED)),
        "links": Count("pk", filter=Q(rights="link")),
    }
    words = {
        "hidden": _("Hidden by staff: nobody reads or changes them until that is decided anew."),
        "agreed": _("Agreed and locked: what they say is changed by a new version only."),
        "archived": _("Archived: no new version until they are put back into use."),
        "links": _("Links: who can open them is decided elsewhere."),
    }
    found = standing.aggregate(**counts)
    return [(words[name], found[name]) for name in words if found[name]]


def carried_by(group: Group, reader: Member) -> list[Collection]:
    """Collections of other groups that the reader can see and that hold documents of this one."""
    found = Collection.objects.visible_to(reader).exclude(group=group).filter(items__document__in=_standing(group))
    return list(found.select_related("group").distinct()[:MOST])


def _standing(group: Group) -> Any:
    return Document.objects.standing().filter(group=group, hidden=None)
