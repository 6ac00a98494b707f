"""What others wrote while someone was writing: told once, before the reply is sent."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Q

from groups.threads.models.mask import Mask
from groups.threads.reading import whole_number

if TYPE_CHECKING:
    from community.members.models import Member
    from groups.threads.models import Post, Thread

SHOWN = 3


@dataclass(frozen=True)
class Meanwhile:
    """The first of the posts, how many `more` there are, and how many people wrote them."""

    posts: list[Post]
    more: int
    people: int


def meanwhile(thread: Thread, member: Member, seen: str) -> Meanwhile | None:
    """The posts of others after the number that the writer's page had `seen`; None if there is nothing to tell.

    A page that says no number was told already, or asks for no telling.
    """
    number = whole_number(seen)
    if not number or number >= thread.last_number:
        return None
    own = Q(author=member) | Q(pk__in=Mask.objects.mine(member).values("post"))
    news = thread.posts.in_sight().filter(number__gt=number).exclude(own)
    people = news.order_by().values("author").distinct().count()
    if not people:
        return None
    return Meanwhile(list(news.to_show().order_by("number")[:SHOWN]), max(0, news.count() - SHOWN), people)
