"""What the frame of every page asks about its reader: read once a request, and kept as long as nothing of it changed.

Only for showing. Whether something may be done or seen is asked of the database each time.
"""

from __future__ import annotations

from collections.abc import Hashable

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import get_language

from community import live
from community.kept import Kept
from community.members.models import Member
from community.notifications.models import waiting
from groups.models import Group, Membership

MOST = 2000  # members, groups


_groups: Kept[list[Group]] = Kept(MOST)
_leads: Kept[frozenset[int]] = Kept(MOST)
_roles: Kept[dict[int, str]] = Kept(MOST)
_needs: Kept[int] = Kept(MOST)


def heads(request: HttpRequest, *more: str) -> dict[str, int]:
    """The last numbers of the streams that a page's frame depends on, and of `more`: all in one look."""
    known: dict[str, int] | None = getattr(request, "heads", None)
    if known is None or set(more) - known.keys():
        streams = [live.ACCESS, live.NAMES, live.SIGHT, f"member-{request.user.pk}", f"own-{request.user.pk}", *more]
        known = dict.fromkeys(streams, 0) | live.heads(streams)
        request.heads = known  # type: ignore[attr-defined]
    return known


def shown_state(request: HttpRequest) -> Hashable:
    """What is drawn for everyone stays the same as long as this does: access, names, the day, the language."""
    known = heads(request)
    return known[live.ACCESS], known[live.NAMES], timezone.localdate(), get_language()


def state(request: HttpRequest) -> Hashable:
    """What is drawn for the member stays the same as long as this does."""
    return request.user.pk, shown_state(request)


def own_state(request: HttpRequest) -> Hashable:
    """What the member chose for themselves stays the same as long as this does."""
    return request.user.pk, heads(request)[f"own-{request.user.pk}"]


def groups(request: HttpRequest) -> list[Group]:
    """The member's groups."""
    return _groups.get_or_make(state(request), lambda: list(Group.objects.joined_by(request.user)))  # type: ignore[arg-type]


def know_roles(request: HttpRequest) -> None:
    """A page that is read need not ask for the member's role in each of their groups, to show what they may do."""
    member = request.user
    if isinstance(member, Member) and member.known is not None:
        kept = _roles.get_or_make(state(request), lambda: Membership.objects.roles_of(member))
        member.known["roles"] = kept


def needs(request: HttpRequest) -> int:
    """How much waits for the member."""
    known = heads(request)
    key = (state(request), known[live.SIGHT], known[f"member-{request.user.pk}"])
    return _needs.get_or_make(key, lambda: waiting(request.user))  # type: ignore[arg-type]


def leads(request: HttpRequest, group: Group) -> frozenset[int]:
    """Who leads the group, by their keys."""
    known = heads(request)
    key = (group.pk, known[live.ACCESS], timezone.localdate())
    return _leads.get_or_make(key, lambda: frozenset(group.leads().values_list("member", flat=True)))
