"""What every page's header shows. Lazy: a page that does not draw the header asks nothing."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from groups.models import Group


def site(request: HttpRequest) -> dict[str, Any]:
    """The site's name and, for members, their groups."""

    def my_groups() -> list[Group]:
        return list(Group.objects.joined_by(request.user)) if request.user.is_authenticated else []  # type: ignore[arg-type]

    return {"site_name": settings.SITE_NAME, "my_groups": SimpleLazyObject(my_groups)}
