"""What a letter may say of a thing. Mail leaves the house: it tells as much as the thing's own room lets out."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Told:
    """A thing gives it as `told`; one that has none is only pointed to. Without a title it is a link and no more."""

    place: str = ""  # the group, as people know it
    list_id: str = ""  # the group, as a mail program sorts by
    whole: str = ""  # what it is part of and can be silenced with: "thread-12"
    title: str = ""
    words: str = ""
