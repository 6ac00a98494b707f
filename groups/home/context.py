"""What every page's header shows. Lazy: a page that does not draw the header asks nothing."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from community import live
from community.members.models import Affiliation
from community.notifications.models import waiting
from groups.models import Group


def site(request: HttpRequest) -> dict[str, Any]:
    """The site's name and, for members, their groups, their organisations and how much waits for them."""

    def my_groups() -> list[Group]:
        return list(Group.objects.joined_by(request.user)) if request.user.is_authenticated else []

    def my_organisations() -> list[str]:
        mine = Affiliation.objects.in_force().filter(member=request.user.pk)
        return list(mine.values_list("organisation__name", flat=True))

    def needs_you() -> int:
        return waiting(request.user) if request.user.is_authenticated else 0

    return {
        "site_name": settings.SITE_NAME,
        "my_groups": SimpleLazyObject(my_groups),
        "my_organisations": SimpleLazyObject(my_organisations),
        "needs_you": SimpleLazyObject(needs_you),
        "needs_you_since": SimpleLazyObject(lambda: live.head(f"member-{request.user.pk}")),
    }
