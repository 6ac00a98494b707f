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


def mark(page: PageOfPosts, thread: Thread, member: Member) -> list[Line]:
    """Give each post of the page the lines that stand before it. Returns those that stand after the last."""
    if len(page.posts) >= page.end - page.start + 1:
        return []
    lines = _lines(page, thread, member)
    for post in page.posts:
        post.moved_before.extend(line for line in lines if line.last < post.number)
        lines = [line for line in lines if line.last > post.number]
    return lines


def _lines(page: PageOfPosts, thread: Thread, member: Member) -> list[Line]:
    traces = Trace.objects.filter(thread=thread, number__gte=page.start, number__lte=page.end)
    found = list(traces.select_related("move__by").order_by("number"))
    now = dict(Post.objects.filter(pk__in=[trace.post_id for trace in found]).values_list("pk", "thread"))
    seen = Thread.objects.visible_to(member).in_sight().select_related("group").in_bulk(set(now.values()))
    lines: list[Line] = []
    for trace in found:
        target = seen.get(now[trace.post_id])
        line = lines[-1] if lines else None
        if line and line.move == trace.move and line.last == trace.number - 1 and line.target == target:
            line.last = trace.number
        else:
            lines.append(Line(trace.move, trace.number, trace.number, target, trace.post_id))
    return lines
