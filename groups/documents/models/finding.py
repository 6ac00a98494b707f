"""Documents by what is asked of them: who may see them, which stand, which are due, which can go."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.apps import apps
from django.db import models
from django.db.models import Count, Exists, F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from community.files.models import StoredFile
from community.members.models import Member
from community.moderation.models.acts import HOLD
from community.notifications.models import notify
from groups.documents.models.look import Look
from groups.documents.models.order import FACETS, SEEN
from groups.documents.models.owned import can_own
from groups.documents.models.removed import BIN, in_question
from groups.documents.models.review import State
from groups.models import Group
from groups.tags.models import Tag

if TYPE_CHECKING:
    from groups.documents.models.document import Document

LOOK_AGAIN = dt.timedelta(days=14)  # before its review date, the owner is reminded


class DocumentQuerySet(models.QuerySet["Document"]):
    def visible_to(self, member: Member) -> DocumentQuerySet:
        """Documents of the groups the member may read now. A hidden one is there, but shows only that it is."""
        return self.standing().filter(group__in=Group.objects.visible_to(member))

    def standing(self) -> DocumentQuerySet:
        """Documents that nobody removed."""
        return self.filter(removed_at=None)

    def removed(self) -> DocumentQuerySet:
        """What was taken out of the library and could be put back, latest first."""
        return self.exclude(removed_at=None).select_related("removed_by", "group").order_by("-removed_at", "-pk")

    def due_to_go(self, after: dt.timedelta = BIN) -> DocumentQuerySet:
        """What was removed that long ago, and that nobody may still have to decide about."""
        return self.removed().filter(removed_at__lt=timezone.now() - after).exclude(pk__in=in_question())

    def held_back(self, after: dt.timedelta = BIN) -> DocumentQuerySet:
        """What would be due by its age, and stays all the same."""
        return self.removed().filter(removed_at__lt=timezone.now() - after, pk__in=in_question())

    def hidden_and_over(self) -> DocumentQuerySet:
        """What staff hid, and nobody may still have to decide about."""
        return self.standing().filter(hidden__isnull=False).exclude(hidden__act=HOLD).exclude(pk__in=in_question())

    def wiped_with(self, member: Member) -> DocumentQuerySet:
        """What is one's own alone: nobody else gave it a version, and no group agreed upon it."""
        others = (
            apps.get_model("documents.Version")._default_manager.filter(document=OuterRef("pk")).exclude(author=member)
        )
        agreed = apps.get_model("documents.Review")._default_manager.filter(document=OuterRef("pk"), outcome="agreed")
        return self.filter(author=member, agreed=None).exclude(Exists(others)).exclude(Exists(agreed))

    def weight(self) -> int:
        """How many bytes are free once they all have gone for good: of files that nothing else holds."""
        holders = [
            apps.get_model(f"documents.{kind}")._default_manager.filter(document__in=self.order_by().values("pk"))
            for kind in ("Version", "Proposal")
        ]
        files = StoredFile.objects.filter(pk__in=holders[0].exclude(file=None).values("file"))
        return files.unheld(*holders).weight()

    def remind_owners(self) -> None:
        """Whose review date comes near, and once more when it has passed: the owner is asked to look again.

        Where the owner cannot keep it up any more, the leads are.
        """
        today = timezone.localdate()
        current = self.standing().filter(hidden=None, superseded_by=None).exclude(state=State.ARCHIVED)
        near = Q(review_on__lte=today + LOOK_AGAIN, looked_at_again=None)
        passed = Q(review_on__lt=today, looked_at_again__lte=F("review_on"))
        for document in current.filter(near | passed).select_related("author", "group"):
            is_kept_up = can_own(document.group, document.author)
            leads = [] if is_kept_up else [lead.member for lead in document.group.leads().select_related("member")]
            notify([document.author] if is_kept_up else leads, "look-again", document)
            self.filter(pk=document.pk).update(looked_at_again=today)

    def count_use(self) -> None:
        """How often each was opened by others, a day and member at a time, in the time for which that is kept."""
        looks = Look.objects.in_time().filter(document=OuterRef("pk")).exclude(member=OuterRef("author"))
        count = looks.order_by().values("document").annotate(count=Count("pk")).values("count")
        counted = self.annotate(count=Coalesce(Subquery(count), 0)).exclude(use=F("count")).order_by("pk")
        for pk, count in list(counted.values_list("pk", "count")):
            self.filter(pk=pk).update(use=count)

    def opened_by(self, member: Member) -> DocumentQuerySet:
        """What they opened in the time for which that is kept. `opened` grows with the day of their last look."""
        looks = Look.objects.in_time().filter(member=member.pk)
        last = looks.filter(document=OuterRef("pk")).order_by("-pk").values("pk")[:1]
        return self.filter(pk__in=looks.order_by().values("document")).annotate(opened=Subquery(last))

    def present(self) -> dict[str, set[str]]:
        """Which kinds, nations and so on there are among them. Of hidden ones nothing is told."""
        rows = set(self.filter(SEEN).order_by().values_list(*FACETS).distinct())
        return {name: {row[place] for row in rows} - {""} for place, name in enumerate(FACETS)}

    def pages_in_use(self) -> DocumentQuerySet:
        """Those that are written here and may go on being written, by title."""
        written = self.standing().filter(hidden=None, superseded_by=None, current__file=None, current__url="")
        return written.exclude(state=State.ARCHIVED).order_by("title", "pk")

    def could_replace(self, document: Document) -> DocumentQuerySet:
        """Others of its group that are current, so that replacements never run in a circle."""
        current = Q(superseded_by=None) | Q(superseded_by__removed_at__isnull=False)
        return self.standing().filter(current, group=document.group_id, hidden=None).exclude(pk=document.pk)

    def tagged(self, tags: Iterable[Tag]) -> DocumentQuerySet:
        """Those that carry one of the tags."""
        carry = self.model.tags.through.objects.filter(tag__in=list(tags))
        return self.filter(pk__in=carry.values("document"))

    def to_show(self) -> DocumentQuerySet:
        """With everything its row and page need, in one query."""
        return self.standing().select_related(
            "group",
            "author",
            "posted_as__organisation",
            "current__file",
            "superseded_by",
            "hidden",
            "folder",
            "held_by",
            "agreed",
        )


def carried_in(group: Group) -> Exists:
    """Of a tag: whether a document of the group that can be seen carries it."""
    seen = {"document__group": group, "document__hidden": None, "document__removed_at": None}
    carried = apps.get_model("documents.Document").tags.through._default_manager
    return Exists(carried.filter(tag=OuterRef("pk"), **seen))
