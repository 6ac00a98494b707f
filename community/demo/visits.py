"""What everyone has read by now."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from typing import TYPE_CHECKING

from django_tasks_db.models import DBTaskResult

from community.notifications.models import Notification
from groups.models import Group
from groups.threads.models import Post, ReadMark, Thread
from groups.threads.tasks import ask_to_acknowledge

if TYPE_CHECKING:
    from community.demo.play import Play

SEEN = dt.timedelta(days=3)  # notifications older than this have been read


def read(play: Play) -> None:
    """Everyone has read what stood there at their last visit, some days or hours ago, and up to what they wrote."""
    posts: dict[int, list[tuple[dt.datetime, int]]] = defaultdict(list)
    for thread, at, number in Post.objects.order_by("number").values_list("thread", "posted_at", "number"):
        posts[thread].append((at, number))
    wrote = {(mark.member_id, mark.thread_id): mark for mark in ReadMark.objects.all()}
    marks = []
    for member in play.members.values():
        visit = play.now - dt.timedelta(hours=play.random.randrange(20, 150))
        seen = Thread.objects.visible_to(member).filter(group__in=Group.objects.joined_by(member))
        for thread in seen.values_list("pk", flat=True):
            own = wrote.get((member.pk, thread))
            number = max([0, *(number for at, number in posts[thread] if at <= visit), *(_last(own) if own else [])])
            if number:
                mark = ReadMark(member=member, thread_id=thread, at=visit)
                mark.add(1, number)
                marks.append(mark)
    kept = ["number", "beyond", "count", "at"]
    unique = ["member", "thread"]
    ReadMark.objects.bulk_create(marks, update_conflicts=True, update_fields=kept, unique_fields=unique)
    told = Notification.objects.filter(at__lt=play.now - SEEN).exclude(kind="acknowledge")
    told.update(read_at=play.now - SEEN)
    DBTaskResult.objects.filter(task_path=ask_to_acknowledge.module_path).delete()  # they were, when it was begun


def _last(mark: ReadMark) -> list[int]:
    """The last number that it holds."""
    return [mark.number, *(last for _first, last in mark.beyond)]
