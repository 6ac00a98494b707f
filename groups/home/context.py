"""What every page's header shows. Lazy: a page that does not draw the header asks nothing."""

from collections.abc import Hashable
from typing import Any

from django.conf import settings
from django.http import HttpRequest

from community.moderation.models import Trustee
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

    def needs_you_since() -> int:
        return heads(request)[f"member-{request.user.pk}"]

    def is_trustee() -> bool:
        return request.user.is_authenticated and Trustee.has(request.user)

    def frame() -> Hashable:
        """All that the header depends on, the page aside; None for whoever is signed out."""
        user = request.user
        if not user.is_authenticated:
            return None
        return state(request), needs_you(), needs_you_since(), user.has_keys, user.is_staff, user.theme

    def is_shared() -> bool:
        return bool(getattr(request, "session", {}).get("shared"))

    return {
        "site_name": settings.SITE_NAME,
        "one_to_one": settings.ONE_TO_ONE,
        "my_groups": my_groups,
        "my_organisations": my_organisations,
        "needs_you": needs_you,
        "needs_you_since": needs_you_since,
        "is_trustee": is_trustee,
        "frame": frame,
        "is_shared": is_shared,
    }
