"""What every page's header shows. Lazy: a page that does not draw the header asks nothing."""

from collections.abc import Hashable
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from groups.mine import groups, heads, needs, state
from groups.models import Group


def site(request: HttpRequest) -> dict[str, Any]:
    """The site's name and, for members, their groups, their organisations and how much waits for them."""

    def my_groups() -> list[Group]:
        return groups(request) if request.user.is_authenticated else []

    def my_organisations() -> list[str]:
        return [str(tie) for tie in request.user.ties()] if request.user.is_authenticated else []

    def needs_you() -> int:
        return needs(request) if request.user.is_authenticated else 0

    def frame() -> Hashable:
        return state(request) if request.user.is_authenticated else None

    return {
        "site_name": settings.SITE_NAME,
        "my_groups": SimpleLazyObject(my_groups),
        "my_organisations": SimpleLazyObject(my_organisations),
        "needs_you": SimpleLazyObject(needs_you),
        "needs_you_since": SimpleLazyObject(lambda: heads(request)[f"member-{request.user.pk}"]),
        "frame": SimpleLazyObject(frame),
    }
