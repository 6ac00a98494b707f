"""How views reach things: what the member may not see, or nobody can respond to, is not found."""

from __future__ import annotations

from typing import Any

from django.http import Http404

from community import things
from community.http import LARGEST, MemberRequest
from community.responses import policy


def find_thing(request: MemberRequest, subject: str) -> Any:
    """The thing that a page calls "post-12"."""
    name = policy.named(subject)
    thing = things.seen_by(request.user, [name]).get(name) if name and name[1] <= LARGEST else None
    if thing is None:
        raise Http404
    return thing


def wants_fragment(request: MemberRequest) -> bool:
    """Whether a script asks, which puts the answer into its page."""
    return "fragment" in request.headers.get("Accept", "")
