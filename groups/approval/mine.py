"""What somebody sent and waits, on the page they sent it from: asked only where that may have changed."""

from __future__ import annotations

from django.http import HttpRequest

from community.kept import Kept
from groups.approval.models import Waiting
from groups.mine import own_state

_here: Kept[list[Waiting]] = Kept(5000)  # members and places


def waiting_here(request: HttpRequest, place: str) -> list[Waiting]:
    """Their own that wait at that place or were declined there, the latest last."""

    def found() -> list[Waiting]:
        mine = Waiting.objects.visible_to(request.user).filter(author=request.user, place=place)  # type: ignore[misc, arg-type]
        return list(mine.to_show().order_by("sent_at", "pk"))

    return _here.get_or_make((own_state(request), place), found)
