"""Where posts stood before they were moved: the lines that say so on a page of the thread."""

from __future__ import annotations

from dataclasses import dataclass

from community.members.models import Member
from groups.threads.models import Move, Post, Thread, Trace
from groups.threads.reading import PageOfPosts


@dataclass
class Line:
    """Posts `first` to `last` of one move; `target` if the reader may see where they went."""

    move: Move
    first: int
    last: int
    target: Thread | None
    post: int

    @property
    def count(self) -> int:
        return self.last - self.first + 1


def lines(page: PageOfPosts, thread: Thread, member: Member) -> dict[int, list[Line]]:
    """The lines that stand before posts, by the number of the post; those after the last by 0."""
    if len(page.posts) >= page.end - page.start + 1:
        return {}
    before: dict[int, list[Line]] = {}
    for line in _lines(page, thread, member):
        after = (post.number for post in page.posts if post.number > line.last)
        before.setdefault(next(after, 0), []).append(line)
    return before


def _lines(page: PageOfPosts, thread: Thread, member: Member) -> list[Line]:
    traces = Trace.objects.filter(thread=thread, number__gte=page.start, number__lte=page.end)
    found = list(traces.select_related("move__by").order_by("number"))
    now = dict(Post.objects.filter(pk__in=[trace.post_id for trace in found]).values_list("pk", "thread"))
    seen = Thread.objects.visible_to(member).in_sight().select_related("group").in_bulk(set(now.values()))
    shown: list[Line] = []
    for trace in found:
        target = seen.get(now[trace.post_id])
        line = shown[-1] if shown else None
        if line and line.move == trace.move and line.last == trace.number - 1 and line.target == target:
            line.last = trace.number
        else:
            shown.append(Line(trace.move, trace.number, trace.number, target, trace.post_id))
    return shown
