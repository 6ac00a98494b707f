"""The demo many times over, in bulk, for measurements: same numbers, counters and search records as by the deeds."""

from __future__ import annotations


def multiply(scale: int) -> bool:
    """Bring the demo to so many times its size. Whether anything was added."""
    return False
