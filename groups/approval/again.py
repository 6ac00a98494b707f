"""A form that is sent again: with the same words it is what was sent before, with others it is something new."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import NAMESPACE_OID, uuid5

from community.drafts.typed import TEXTS
from community.members.models import Member
from groups.approval.models import Waiting


def is_same(waiting: Waiting, data: Mapping[str, Any]) -> bool:
    """Whether a form holds the same title and text as what waits."""
    return all(_text(data, name) == _text(waiting.fields, name) for name in TEXTS)


def key_now(author: Member, key: str, data: Mapping[str, Any]) -> str:
    """The key under which the words of a form are sent: its own, unless what came with that was declined.

    Other words have another one then, made of them, so that a second click on these is harmless as well.
    """
    before = Waiting.objects.sent(author, key)
    if before is None or before.is_open or is_same(before, data):
        return key
    return str(uuid5(NAMESPACE_OID, "\n".join([key, *(_text(data, name) for name in TEXTS)])))


def _text(fields: Mapping[str, Any], name: str) -> str:
    return str(fields.get(name, "")).replace("\0", "").replace("\r\n", "\n").strip()
