"""A stored file: bytes that passed the checks, with the facts found by content."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import secrets
import shutil
import tempfile
import zlib
from contextvars import ContextVar
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files import File
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import UploadedFile
from django.db import models, transaction
from django.db.models import Exists, OuterRef, Sum
from django.template.defaultfilters import filesizeformat
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from community.files import BadFile
from community.files.apart import CannotOpen, apart
from community.files.checks import Checked, check
from community.files.guards import Guard
from community.members.models import Member

WAITS = dt.timedelta(hours=23)  # an hour less than the sweep's grace: nothing goes while it is being sent
written: ContextVar[list[str]] = ContextVar("written")  # what the running request wrote, see the middleware


def random_key(stored: StoredFile, name: str) -> str:
    """Where the bytes lie: says nothing about whose they are or what they are called."""
    key = secrets.token_hex(16)
    return f"{key[:2]}/{key}"


class StoredFileQuerySet(models.QuerySet["StoredFile"]):
    def keep(
        self, upload: UploadedFile[Any], owner: Member, *, images_only: bool = False, guard: Guard | None = None
    ) -> StoredFile:
        """Check what was uploaded and keep it, or raise `BadFile` and leave nothing behind.

        Before calling, the view asks `limits.spend("upload", member)`; after, the room keeps a foreign key to the row.
        With a `guard`, what it wants to know is asked first. Called inside a deed's transaction, bytes whose row is
        rolled back go when the request is answered.
        """
        with tempfile.TemporaryDirectory(prefix="file-") as folder:
            checked = check(upload, Path(folder), images_only=images_only, guard=guard)
            size = checked.path.stat().st_size
            self._room_for(owner, size)
            return self._store(checked, owner, size)

    def unheld(self) -> StoredFileQuerySet:
        """Files that no room points at: their deed was refused, or was a repeat of one done before."""
        found = self
        for field in StoredFile._meta.get_fields(include_hidden=True):
            if isinstance(field, models.ManyToOneRel) and field.on_delete is not models.CASCADE:  # that falls with it
                holders = field.related_model._default_manager.filter(**{field.remote_field.name: OuterRef("pk")})
                found = found.exclude(Exists(holders))
        return found

    def waiting(self, owner: Member) -> StoredFileQuerySet:
        """What the owner uploaded for something not yet sent. It waits almost a day, then the sweep takes it."""
        return self.unheld().filter(owner=owner, kept_at__gt=timezone.now() - WAITS)

    def _room_for(self, owner: Member, size: int) -> None:
        held = self.filter(owner=owner).aggregate(held=Sum("size"))["held"] or 0
        if held + size > settings.FILES_LIMIT_EACH:
            most = filesizeformat(settings.FILES_LIMIT_EACH)
            raise BadFile(
                _("Your files together would take more than %(most)s. Remove some, or ask staff.") % {"most": most}
            )

    @transaction.atomic
    def _store(self, checked: Checked, owner: Member, size: int) -> StoredFile:
        facts = {"kind": checked.kind, "width": checked.width, "height": checked.height}
        stored = StoredFile(owner=owner, name=checked.name, size=size, **facts)
        with checked.path.open("rb") as file:
            stored.sha256 = hashlib.file_digest(file, "sha256").hexdigest()
            stored.blob.save(checked.name, File(file), save=False)
        written.get([]).append(str(stored.blob))
        stored.save()
        return stored


class StoredFile(models.Model):
    """`kind` is the media type found by content, `name` the cleaned name, `sha256` of the bytes as kept."""

    owner = models.ForeignKey(Member, models.PROTECT, related_name="+")
    blob = models.FileField(max_length=200, upload_to=random_key)
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=80)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64, db_index=True)
    width = models.PositiveIntegerField(null=True)
    height = models.PositiveIntegerField(null=True)
    kept_at = models.DateTimeField(default=timezone.now)

    objects = StoredFileQuerySet.as_manager()

    def __str__(self) -> str:
        return self.name

    @property
    def is_image(self) -> bool:
        return self.kind.startswith("image/")

    @property
    def is_pdf(self) -> bool:
        return self.kind == "application/pdf"


class AttachedFile(models.Model):
    """A stored file that came with a text. `alt` describes a picture to whoever cannot see it."""

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


class Contents(models.Model):
    """What is written in a stored file, read out once in a process of its own; or why it could not be."""

    class State(models.TextChoices):
        READ = "read"
        EMPTY = "empty"  # nothing is written in it, as in a scan
        LOCKED = "locked"
        BROKEN = "broken"
        TOO_MUCH = "bomb"

    stored = models.OneToOneField(StoredFile, models.CASCADE, related_name="contents")
    state = models.CharField(max_length=8, choices=State)
    packed = models.BinaryField(default=b"")
    is_cut = models.BooleanField(default=False)

    @classmethod
    def read(cls, stored: StoredFile) -> Contents:
        """Read the file and keep its text; done twice, it is done once."""
        if known := cls.objects.filter(stored=stored).first():
            return known
        with tempfile.TemporaryDirectory(prefix="read-") as folder:
            came, made = Path(folder) / "came", Path(folder) / "made"
            with stored.blob.open("rb") as kept, came.open("wb") as copy:
                shutil.copyfileobj(kept, copy)
            try:
                found = apart("text", came, made, stored.kind)
                nothing = cls.State.TOO_MUCH if found["cut"] else cls.State.EMPTY
                facts = {"is_cut": found["cut"], "state": nothing if found["empty"] else cls.State.READ}
                facts["packed"] = b"" if found["empty"] else zlib.compress(made.read_bytes())
            except CannotOpen as why:
                facts = {"state": why.word if why.word in cls.State.values else cls.State.BROKEN}
        return cls.objects.update_or_create(stored=stored, defaults=facts)[0]

    @property
    def blocks(self) -> list[list[str]]:
        """As `alone.texts` says."""
        return [json.loads(line) for line in zlib.decompress(self.packed).splitlines()] if self.packed else []

    @property
    def words(self) -> str:
        """All of it as plain text, a row of a table to a line."""
        said = [block for block in self.blocks if block[0] not in {"page", "slide"}]
        return "\n".join(" | ".join(block[2 if block[0] == "row" else 1 :]) for block in said)


def settle(blobs: list[str]) -> None:
    """The request that wrote these is over: bytes without a row, since its transaction was undone, go."""
    held = set(StoredFile.objects.filter(blob__in=blobs).values_list("blob", flat=True))
    for blob in set(blobs) - held:
        default_storage.delete(blob)
