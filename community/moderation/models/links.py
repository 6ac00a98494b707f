"""The addresses in letters of the desk: they open what concerns one person, who need not be able to sign in."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.core import signing
from django.urls import reverse

from community.members.models import Member
from community.moderation.models.decision import Decision

SALT = "moderation.appeal"
LASTS = dt.timedelta(days=366)  # longer than the time to appeal: the outcome is read at the same address


def address(decision: Decision, member: Member) -> str:
    """Where the member can read what was decided and appeal, signed in or not."""
    token = signing.dumps([decision.pk, member.pk], salt=SALT)
    return reverse("moderation:appeal", args=[token])


def behind(token: str) -> tuple[Decision, Member] | None:
    """Whom such an address was given to, and about which decision."""
    try:
        decision, member = signing.loads(token, salt=SALT, max_age=LASTS)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    found: Any = Decision.objects.select_related("author").filter(pk=decision).first()
    person = Member.objects.filter(pk=member).first()
    return (found, person) if found and person else None
