"""What was made once and is used again: kept in the memory of this process, under keys that hold all it depends on.

A key never lies, so nothing goes out of date and no process has to tell another: what changed has another key. Things
that depend on who may see what hold `live.ACCESS`'s head, and whatever depends on dates holds the day.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from threading import Lock
from typing import Generic, TypeVar

T = TypeVar("T")


class Kept(Generic[T]):
    """At most so many things; when it is full, the older half goes."""

    def __init__(self, most: int) -> None:
        self.most = most
        self._things: dict[Hashable, T] = {}
        self._lock = Lock()
        _all.append(self)

    def get(self, key: Hashable) -> T | None:
        return self._things.get(key)

    def put(self, key: Hashable, thing: T) -> T:
        if len(self._things) >= self.most:
            self._make_room()
        self._things[key] = thing
        return thing

    def get_or_make(self, key: Hashable, make: Callable[[], T]) -> T:
        found = self._things.get(key)
        return self.put(key, make()) if found is None else found

    def forget(self) -> None:
        self._things = {}

    def _make_room(self) -> None:
        with self._lock:
            self._things = dict(list(self._things.items())[len(self._things) // 2 :])


_all: list[Kept] = []


def forget_all() -> None:
    """As in a process that has just begun."""
    for each in _all:
        each.forget()
