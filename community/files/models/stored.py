"""A stored file: bytes that passed the checks, with the facts found by content."""

from __future__ import annotations

import datetime as dt
import hashlib
import secrets
import tempfile
from collections.abc import Callable, Iterator
from contextvars import ContextVar
from functools import partial
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files import File
from django.core.files.uploadedfile import UploadedFile
from django.db import models, transaction
from django.db.models import Exists, OuterRef, Sum
from django.template.defaultfilters import filesizeformat
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from community.files import BadFile
from community.files.checks import Checked, check
from community.files.guards import Guard
from community.files.kinds import PICTURES
from community.members.models import Member

APART = "ensemble-"  # how folders of a moment are called; what a crash left of them is swept
WAITS = dt.timedelta(hours=23)  # an hour less than the sweep's grace: nothing goes while it is being sent
written: ContextVar[list[str]] = ContextVar("written")  # what the running request wrote, see the middleware


def random_key(stored: StoredFile, name: str) -> str:
    """Where the bytes lie: says nothing about whose they are or what they are called."""
    key = secrets.token_hex(16)
    return f"{key[:2]}/{key}"


_barred: list[Callable[[str], bool]] = []


def bar_if(is_barred: Callable[[str], bool]) -> None:
    """A room above says by their hash which bytes are not taken any more."""
    _barred.append(is_barred)


class StoredFileQuerySet(models.QuerySet["StoredFile"]):
    def keep(
        self, upload: UploadedFile[Any], owner: Member, *, images_only: bool = False, guard: Guard | None = None
    ) -> StoredFile:
        """Check what was uploaded and keep it, or raise `BadFile` and leave nothing behind.

        Before calling, the view asks `limits.spend("upload", member)`; after, the room keeps a foreign key to the row.
        With a `guard`, what it wants to know is asked first. Called inside a deed's transaction, bytes whose row is
        rolled back go when the request is answered.
        """
        with tempfile.TemporaryDirectory(prefix=f"{APART}file-") as folder:
            checked = check(upload, Path(folder), images_only=images_only, guard=guard)
            size = checked.path.stat().st_size
            self.room_for(owner, size)
            is_declared = guard is not None and guard.asks_of_pictures and checked.kind in PICTURES
            return self._store(checked, owner, size, timezone.now() if is_declared else None)

    def declared(self) -> None:
        """Of the pictures among them their owner declares now what is asked of pictures."""
        self.filter(kind__in=PICTURES, photograph_declared_at=None).update(photograph_declared_at=timezone.now())

    def unheld(self, *going: models.QuerySet[Any]) -> StoredFileQuerySet:
        """Files that no room points at: their deed was refused, or was a repeat of one done before.

        Rows that are `going` hold nothing any more.
        """
        found = self
        for field in StoredFile._meta.get_fields(include_hidden=True):
            if isinstance(field, models.ManyToOneRel) and field.on_delete is not models.CASCADE:  # that falls with it
                holders = field.related_model._default_manager.filter(**{field.remote_field.name: OuterRef("pk")})
                for rows in going:
                    if rows.model is field.related_model:
                        holders = holders.exclude(pk__in=rows.order_by().values("pk"))
                found = found.exclude(Exists(holders))
        return found

    def weight(self) -> int:
        """How many bytes they take, with what was drawn of them."""
        taken = self.aggregate(kept=Sum("size"), drawn=Sum("rendition__size"))
        return sum(each or 0 for each in taken.values())

    def delete_unheld(self) -> int:
        """Those that nothing holds any more, with what was drawn of them. Says how many bytes that frees."""
        unheld = list(self.unheld().select_related("rendition"))
        going = StoredFile.objects.filter(pk__in=[each.pk for each in unheld])  # these: what is held meanwhile refuses
        freed = going.weight()
        drawn = [each.rendition for each in unheld if hasattr(each, "rendition") and each.rendition.blob]
        going.delete()
        for blob in (each.blob for rows in (unheld, drawn) for each in rows):  # what fails is left to the daily sweep
            transaction.on_commit(partial(blob.storage.delete, str(blob.name)), robust=True)
        return freed

    def waiting(self, owner: Member) -> StoredFileQuerySet:
        """What the owner uploaded for something not yet sent, kept as evidence or not. The sweep takes it in a day."""
        copies = [kind._default_manager.all() for kind in AttachedFile.__subclasses__() if kind.is_evidence]
        return self.unheld(*copies).filter(owner=owner, kept_at__gt=timezone.now() - WAITS)

    def room_for(self, owner: Member, size: int) -> None:
        """Raise `BadFile` where so much more would be too much of one person's. Nobody's is bounded elsewhere."""
        if owner.is_nameless:
            return
        if self.filter(owner=owner).weight() + size > settings.FILES_LIMIT_EACH:
            most = filesizeformat(settings.FILES_LIMIT_EACH)
            raise BadFile(
                _("Your files together would take more than %(most)s. Ask staff for more room.") % {"most": most}
            )

    def _store(self, checked: Checked, owner: Member, size: int, declared_at: dt.datetime | None) -> StoredFile:
        """The bytes first, in no transaction: copying a large file would keep every other writer waiting."""
        facts = {"kind": checked.kind, "width": checked.width, "height": checked.height}
        stored = StoredFile(owner=owner, name=checked.name, size=size, photograph_declared_at=declared_at, **facts)
        with checked.path.open("rb") as file:
            stored.sha256 = hashlib.file_digest(file, "sha256").hexdigest()
            if stored.is_barred:
                raise BadFile(_("This file was taken down here before. Ask staff if you think that it was wrong."))
            stored.blob.save(checked.name, File(file), save=False)
        written.get([]).append(str(stored.blob))
        try:
            stored.save()
        except Exception:
            stored.blob.delete(save=False)
            raise
        return stored


class StoredFile(models.Model):
    """`kind` is the media type found by content, `name` the cleaned name, `sha256` of the bytes as kept.

    `photograph_declared_at`: when its owner declared of a picture that no child can be recognised in it, or that the
    written consent is held. It goes with the file: into its owner's copy of what is held, and away when the file goes.
    """

    owner = models.ForeignKey(Member, models.PROTECT, related_name="+")
    blob = models.FileField(max_length=200, upload_to=random_key)
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=80)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64, db_index=True)
    width = models.PositiveIntegerField(null=True)
    height = models.PositiveIntegerField(null=True)
    kept_at = models.DateTimeField(default=timezone.now)
    photograph_declared_at = models.DateTimeField(null=True)

    objects = StoredFileQuerySet.as_manager()

    def __str__(self) -> str:
        return self.name

    def holders(self) -> Iterator[models.Model]:
        """What the file belongs to."""
        for relation in StoredFile._meta.get_fields(include_hidden=True):
            if isinstance(relation, models.ManyToOneRel):
                yield from relation.related_model._base_manager.filter(**{relation.field.name: self})

    @property
    def is_barred(self) -> bool:
        """Whether the same bytes were taken down for good reason, perhaps since they were uploaded here."""
        return any(is_barred(self.sha256) for is_barred in _barred)

    @property
    def is_image(self) -> bool:
        return self.kind.startswith("image/")

    @property
    def is_pdf(self) -> bool:
        return self.kind == "application/pdf"


class AttachedFile(models.Model):
    """A stored file that came with a text. `alt` describes a picture to whoever cannot see it."""

    is_evidence = False  # kept for a case, which does not hinder its owner to send it

    stored = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    alt = models.CharField(_lazy("description of the picture"), max_length=300, blank=True)
    is_decoration = models.BooleanField(default=False, help_text="A picture that says nothing the text does not")

    class Meta:
        abstract = True
        ordering = ["pk"]

    @property
    def description(self) -> str:
        """What a picture shows; its name if nobody said, nothing if it only decorates."""
        return "" if self.is_decoration else self.alt or self.stored.name
