"""What is new for a member, group by group: as many queries for one group as for twenty."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from django.db.models import F, Window
from django.db.models.functions import RowNumber
from django.utils import timezone

from community.members.models import Member
from groups.documents.models import Document
from groups.models import Group

SHOWN = 5  # of each kind and group
RECENT = dt.timedelta(days=14)


@dataclass
class News:
    """What is new in one group."""

    group: Group
    documents: list[Document] = field(default_factory=list)


def news_for(member: Member) -> list[News]:
    """The member's groups in which something is new, each with the newest of it."""
    mine = {group.pk: News(group) for group in Group.objects.joined_by(member)}
    for document in _documents(member, mine):
        mine[document.group_id].documents.append(document)
    return [news for news in mine.values() if news.documents]


def _documents(member: Member, groups: dict[int, News]) -> list[Document]:
    recent = Document.objects.visible_to(member).filter(
        group__in=groups, hidden=None, changed_at__gt=timezone.now() - RECENT
    )
    rank = Window(RowNumber(), partition_by=F("group"), order_by=F("changed_at").desc())
    return list(recent.select_related("group").annotate(rank=rank).filter(rank__lte=SHOWN).order_by("-changed_at"))
