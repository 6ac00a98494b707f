"""The kinds of notifications. A kind's sentence is its template, `notifications/kinds/<name>.html`.

A new kind is one call of `notify` and that template. It stands here only if it asks for something, or is not meant for
the one member alone.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Kind:
    """`asks`: it waits for the member to do something. `is_direct`: it is meant for them, not for all who follow.

    `unless`: it is not told to whom keeps such a distance ("mute", which a block is too) from the one it is by.
    `is_alone`: it has a line for each thing, also where the things are many of one, as posts of a thread.
    """

    name: str
    asks: bool = False
    is_direct: bool = True
    is_alone: bool = False
    unless: str = ""


KINDS = {
    kind.name: kind
    for kind in (
        Kind("mentioned", asks=True, unless="block"),
        Kind("asked", asks=True),
        Kind("asked-leads", asks=True),
        Kind("asked-staff", asks=True),
        Kind("acknowledge", asks=True),
        Kind("reminder", asks=True),
        Kind("review", asks=True),
        Kind("review-due", asks=True),
        Kind("look-again", asks=True),
        Kind("yours-now", asks=True),
        Kind("asked-format", asks=True),
        Kind("proposed", asks=True),
        Kind("invited", asks=True),
        Kind("to-approve", asks=True),
        Kind("not-approved", asks=True),
        Kind("hide", asks=True),
        Kind("decided", asks=True),
        Kind("appeal-heard", asks=True),
        Kind("due", asks=True),
        Kind("posted", is_direct=False, unless="mute"),
        Kind("commented", is_direct=False, unless="mute"),
        Kind("new-version", is_direct=False, unless="mute"),
        Kind("look-at", asks=True, unless="block"),
        Kind("reacted", is_alone=True, unless="mute"),
        Kind("replied", unless="block"),
        Kind("on-page", unless="block"),
        Kind("wrote-to-you", unless="block"),
    )
}
ASKING = sorted(kind.name for kind in KINDS.values() if kind.asks)
ALONE = sorted(kind.name for kind in KINDS.values() if kind.asks or kind.is_alone)
FOR_ALL = sorted(kind.name for kind in KINDS.values() if not kind.is_direct)
