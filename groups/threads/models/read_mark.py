"""How far a member has read a thread: which of its posts, as ranges of numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models

from community.members.models import Member

if TYPE_CHECKING:
    from groups.threads.models.thread import Thread

MOST_RANGES = 200  # whoever reads in more places than that meets the shortest of them again as new

Ranges = list[list[int]]


class ReadMark(models.Model):
    """Read are the posts up to and including `number`, and those of `beyond`: ranges [first, last] further on.

    `count` says how many that are in all, `at` when the member last read something.
    """

    member = models.ForeignKey(Member, models.CASCADE, related_name="+")
    thread = models.ForeignKey("Thread", models.CASCADE, related_name="read_marks")
    number = models.PositiveIntegerField(default=0)
    beyond = models.JSONField(default=list)
    count = models.PositiveIntegerField(default=0)
    at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint("member", "thread", name="one_mark_a_thread")]

    def add(self, start: int, end: int) -> None:
        """The posts from `start` to `end` are read as well."""
        self._set([*self._ranges, [max(1, start), end]])

    def add_all(self, ranges: Ranges) -> None:
        """All of these are read as well."""
        self._set([*self._ranges, *ranges])

    def take_back(self, number: int) -> None:
        """The posts from `number` on count as not read."""
        self._set([[first, min(last, number - 1)] for first, last in self._ranges])

    def holds(self, start: int, end: int) -> bool:
        """Whether all posts from `start` to `end` are read."""
        return any(first <= start and end <= last for first, last in self._ranges)

    @property
    def _ranges(self) -> Ranges:
        return [[1, self.number], *self.beyond]

    def _set(self, ranges: Ranges) -> None:
        ranges = joined(ranges)
        self.number = ranges.pop(0)[1] if ranges and ranges[0][0] == 1 else 0
        longest = sorted(ranges, key=lambda each: each[0] - each[1])[:MOST_RANGES]
        self.beyond = sorted(longest)
        self.count = self.number + sum(last - first + 1 for first, last in self.beyond)


def gaps(thread: Thread) -> Ranges:
    """Where posts stood before they were moved away: nothing is left to read there."""
    return joined([[number, number] for number in thread.traces.values_list("number", flat=True)])


def joined(ranges: Ranges) -> Ranges:
    """In order, without gaps of nothing and without the empty ones."""
    found: Ranges = []
    for first, last in sorted(each for each in ranges if each[0] <= each[1]):
        if found and first <= found[-1][1] + 1:
            found[-1][1] = max(found[-1][1], last)
        else:
            found.append([first, last])
    return found
