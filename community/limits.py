"""Rate limits by name: a token bucket for each question ("post", "message") and each person or address.

The rates stand in `settings.LIMITS` as "tokens/period" ("30/10m"). Buckets live in the cache: one process with the
in-memory default, all processes with Redis. Two simultaneous requests may at worst spend one token together.
"""

from __future__ import annotations

import datetime as dt
import re
import time
from math import ceil

from django.conf import settings
from django.core.cache import cache
from django.utils import timezone

NEW = dt.timedelta(days=7)  # since somebody joined
SECONDS = {"s": 1, "m": 60, "h": 3600, "d": 86_400}


class TooMany(Exception):
    """The bucket is empty; `retry_after` is the number of seconds until the next token."""

    def __init__(self, name: str, retry_after: int) -> None:
        super().__init__(name)
        self.name = name
        self.retry_after = retry_after


def spend(name: str, who: object) -> None:
    """Take one token from the bucket `name` of `who` (a member, or an address), or raise `TooMany`.

    Of somebody new it has the rate "post-new", where there is one and it is slower.
    """
    tokens, period = rate(name)
    if _is_new(who) and f"{name}-new" in settings.LIMITS:
        tokens, period = min((tokens, period), rate(f"{name}-new"), key=lambda each: each[0] / each[1])
    key = f"limit:{name}:{getattr(who, 'pk', who)}"
    now = time.time()
    left, at = cache.get(key, (tokens, now))
    left = min(tokens, left + (now - at) * tokens / period)
    if left < 1:
        raise TooMany(name, ceil((1 - left) * period / tokens))
    cache.set(key, (left - 1, now), timeout=period)


def _is_new(who: object) -> bool:
    joined = getattr(who, "joined_at", None)
    return joined is not None and joined > timezone.now() - NEW


def rate(name: str) -> tuple[int, int]:
    """The (tokens, seconds) of the limit `name`."""
    match = re.fullmatch(r"(\d+)/(\d*)([smhd])", settings.LIMITS[name])
    assert match, f"LIMITS[{name!r}] must look like 30/10m"
    return int(match[1]), int(match[2] or 1) * SECONDS[match[3]]
