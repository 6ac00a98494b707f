"""The same words in several places within the hour: what adverts do, and hardly anybody else."""

from __future__ import annotations

import hashlib

from django.core.cache import cache

from community.members.models import Member
from community.moderation.models.watch import plain_words

HOUR = 3600
SHORT = 40  # characters: thanks and greetings may be said everywhere


def was_sent_elsewhere(member: Member, place: str, words: str) -> bool:
    """Whether the same words went to another place. If not, they count as sent to this one."""
    mark = _mark(member, words)
    return mark is not None and bool(cache.get_or_set(mark, place, HOUR) != place)


def is_taken_back(member: Member, words: str) -> None:
    """They stand nowhere any more, so they may go to the place they were meant for."""
    mark = _mark(member, words)
    if mark:
        cache.delete(mark)


def is_long(words: str) -> bool:
    """Whether there is more in it than thanks or a greeting."""
    return len(plain_words(words)) >= SHORT


def _mark(member: Member, words: str) -> str | None:
    plain = plain_words(words)
    return f"sent-{member.pk}-{hashlib.sha256(plain.encode()).hexdigest()}" if len(plain) >= SHORT else None
