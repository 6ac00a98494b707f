"""What the page of a thread shows for its kind, and of its life."""

from __future__ import annotations

from typing import Any

from community.members.models import Member
from groups.threads import policy_kinds
from groups.threads.models import Thread


def look(thread: Thread, member: Member, start: int) -> dict[str, Any]:
    """What the page of a thread, from the post with the number `start` on, shows for its kind. Nothing for most."""
    shown: dict[str, Any] = {}
    if thread.is_answered and start == 1:
        shown["answer"] = thread.answer
    if thread.asks:
        shown["may_acknowledge"] = policy_kinds.acknowledge(member, thread)
        shown["has_acknowledged"] = thread.acknowledgements.filter(member=member).exists()
    if thread.kind == Thread.Kind.CONSULTATION:
        shown["sections"] = thread.sections.with_comments()
    if thread.kind == Thread.Kind.RESOURCE:
        shown["linked"] = thread.linked_to(member)
    return shown
