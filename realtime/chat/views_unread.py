"""How much was said that one has not read, in each of one's groups: shown beside their names on every page."""

from __future__ import annotations

from django.http import HttpResponse, JsonResponse
from django.views.decorators.http import require_safe

from community.http import MemberRequest, members_only
from groups.models import Group
from realtime.chat.models import Room


@members_only
@require_safe
def unread(request: MemberRequest) -> HttpResponse:
    """The rooms of one's groups, by their keys: whose each is, its last number, and up to which one has read it.

    Private ones aside: what is said there is in the tray. Fetched when a page is quiet; what is said from then on is
    whispered in the stream of the group, what one reads on another page in one's own.
    """
    member = request.user
    groups = Group.objects.joined_by(member).order_by()
    rooms = Room.objects.visible_to(member).filter(group__in=groups).shared().in_use().with_read_by(member)
    told = {each.pk: {"group": each.group_id, "last": each.last, "read": each.read} for each in rooms}
    return JsonResponse({"me": member.pk, "rooms": told})
