"""What a report rests on besides its words: files that its writer added, or the very part of the thing they meant."""

from __future__ import annotations

from typing import Any, Self

from django.core.files.uploadedfile import UploadedFile
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from community import ledger
from community.files import BadFile
from community.files.kinds import PICTURES
from community.files.models import StoredFile
from community.members.models import Member
from community.moderation.models.case import Case
from community.moderation.models.notice import Notice
from community.moderation.models.report import Report
from community.policy import Refused

TAKEN = {*PICTURES, "application/pdf", "text/plain"}  # kinds that somebody may add to a report
LARGEST = 10_000_000  # bytes of one of them
MOST, MOST_IN_ALL = 3, 9  # files that are sent at once, and that come together where a report is added to
OUTSIDE = 1_000_000_000  # bytes of files from outside that wait for an answer together
LONGEST = 20_000  # characters of a part's text that are kept


class ExhibitQuerySet(models.QuerySet["Exhibit"]):
    def visible_to(self, member: Member) -> Self:
        """Of the cases and reports from outside that they may read; of what is held, nobody."""
        inside, outside = Case.objects.visible_to(member), Notice.objects.visible_to(member)
        outside = outside.filter(Q(case=None) | Q(case__in=inside))
        return self.filter(Q(report__case__in=inside) | Q(notice__in=outside)).select_related("stored")

    def about(self, *subjects: str) -> Self:
        """Of all that was reported about these things, here and from outside."""
        return self.filter(Q(report__subject__in=subjects) | Q(notice__case__subject__in=subjects))

    def let_go_of_parts(self) -> None:
        """The thing itself goes for good: of its parts stays what they were called and said, and no file."""
        self.exclude(part="").update(stored=None)

    def room_outside(self, size: int) -> bool:
        """Whether so much more can wait with reports from outside that nobody has answered or handed over yet."""
        waiting = self.filter(notice__answered_at=None, notice__sealed=None).exclude(notice=None).values("stored")
        return StoredFile.objects.filter(pk__in=waiting).weight() + size <= OUTSIDE

    def forget(self) -> None:
        """They go for good, and the files with them that nothing else holds."""
        files = list(self.exclude(stored=None).values_list("stored", flat=True))
        self.delete()
        StoredFile.objects.filter(pk__in=files).delete_unheld()


class Exhibit(models.Model):
    """`part` is what the thing calls the part of it, such as the number of a version; a file of the writer is none.

    A file is held where it lies: the same bytes are kept once. Only whoever may work on the case opens it, and each
    look is in the ledger.
    """

    report = models.ForeignKey(Report, models.CASCADE, null=True, related_name="exhibits")
    notice = models.ForeignKey(Notice, models.CASCADE, null=True, related_name="exhibits")
    part = models.CharField(max_length=20, blank=True)
    title = models.CharField(max_length=200)
    words = models.TextField(blank=True, help_text="The part's text as it was when reported")
    stored = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    url = ""  # of the part, where its thing says it

    objects = ExhibitQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=Q(report=None) ^ Q(notice=None), name="an_exhibit_is_of_one_report"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def name(self) -> str:
        """What its file is called: by its own writer, for who else sent the same bytes under which name is not told."""
        return self.stored.name if self.stored and self.part else self.title

    @classmethod
    def keep(cls, upload: UploadedFile[Any], owner: Member) -> Exhibit:
        """A file, checked like all that come in; not yet of any report. `BadFile` leaves nothing behind."""
        stored = StoredFile.objects.keep(upload, owner)
        mine = StoredFile.objects.filter(pk=stored.pk)
        title = stored.name
        if stored.kind not in TAKEN:
            mine.delete_unheld()
            raise BadFile(_("Pictures, PDF and plain text can be added here. Save it as one of these."))
        held = cls.objects.filter(stored__sha256=stored.sha256).select_related("stored").first()
        if held and held.stored:
            mine.delete_unheld()
            stored = held.stored
        return cls(title=title, stored=stored)

    def open(self, by: Member, subject: str) -> StoredFile:
        """Its file, for one of staff: the look is in the ledger."""
        assert self.stored is not None
        ledger.record(by, "look", subject, "a file of a report", file=self.stored.sha256)
        return self.stored

    @classmethod
    def drop(cls, kept: list[Exhibit]) -> None:
        """They come to no report: what was stored for them goes."""
        StoredFile.objects.filter(pk__in=[each.stored_id for each in kept]).delete_unheld()

    @classmethod
    def add(cls, to: Report | Notice, kept: list[Exhibit]) -> None:
        """These belong to the report. Once each, and not without end."""
        field = to._meta.model_name
        known = set(to.exhibits.values_list("part", "stored"))
        fresh = [each for each in kept if (each.part, each.stored_id) not in known]
        if len(known) + len(fresh) > MOST_IN_ALL:
            raise Refused(_("That is more than a report can carry. Say in words what else there is."))
        for each in fresh:
            setattr(each, str(field), to)
            each.save()
