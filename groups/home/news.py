"""What is new for a member, group by group: as many queries for one group as for twenty."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from django.db import models
from django.db.models import Count, F, QuerySet, Window
from django.db.models.functions import RowNumber
from django.utils import timezone

from community.members.models import Member
from groups.documents.models import Document
from groups.models import Group
from groups.tags.models import Tag
from groups.threads.models import Thread

SHOWN = 5  # of each kind and group
RECENT = dt.timedelta(days=30)


@dataclass
class News:
    """The newest of what is new in one group, and how many more discussions and documents there are."""

    group: Group
    threads: list[Thread] = field(default_factory=list)
    documents: list[Document] = field(default_factory=list)

    @property
    def unread(self) -> int:
        """In how many discussions of the group something is new."""
        return getattr(self.threads[0], "of", 0) if self.threads else 0

    @property
    def more_threads(self) -> int:
        return _left_out(self.threads)

    @property
    def more_documents(self) -> int:
        return _left_out(self.documents)


def news_for(member: Member, groups: Collection[Group]) -> list[News]:
    """Those of the groups in which something is new this month: posts not read yet, documents."""
    news = {group.pk: News(group) for group in groups}
    threads = Thread.objects.visible_to(member).in_sight().filter(group__in=news)
    threads = threads.without(list(Tag.objects.muted_by(member)), member)
    for thread in _newest(threads.unread_by(member).select_related("group", "last_author"), "last_post_at"):
        news[thread.group_id].threads.append(thread)
    documents = Document.objects.visible_to(member).filter(group__in=news, hidden=None)
    for document in _newest(documents.select_related("group"), "changed_at"):
        news[document.group_id].documents.append(document)
    return [each for each in news.values() if each.threads or each.documents]


def _left_out(shown: Sequence[models.Model]) -> int:
    return getattr(shown[0], "of", 0) - len(shown) if shown else 0


def _newest(things: QuerySet, when: str) -> QuerySet:
    """The few newest of each group, and of how many."""
    rank = Window(RowNumber(), partition_by=F("group"), order_by=[F(when).desc(), F("pk").desc()])
    of = Window(Count("pk"), partition_by=F("group"))
    recent = things.filter(**{f"{when}__gt": timezone.now() - RECENT})
    return recent.annotate(rank=rank, of=of).filter(rank__lte=SHOWN).order_by(f"-{when}", "-pk")
