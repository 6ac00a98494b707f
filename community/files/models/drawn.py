"""What is made out of a stored file in a process of its own: the words in it, and how it is laid out."""

from __future__ import annotations

import hashlib
import json
import shutil
import tempfile
import zlib
from pathlib import Path
from typing import Any

from django.core.files import File
from django.db import models

from community.files import exact, names
from community.files.apart import CannotOpen, apart
from community.files.models.stored import APART, StoredFile, random_key

MOST_TIMEOUTS = 3  # then it is drawn no more


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
        with tempfile.TemporaryDirectory(prefix=f"{APART}read-") as folder:
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


class Rendition(models.Model):
    """A stored file as it is laid out, drawn once as a PDF; without a `blob`, where that could not be done."""

    stored = models.OneToOneField(StoredFile, models.CASCADE, related_name="rendition")
    blob = models.FileField(max_length=200, upload_to=random_key, blank=True)
    size = models.PositiveBigIntegerField(default=0)
    sha256 = models.CharField(max_length=64, blank=True)
    timeouts = models.PositiveSmallIntegerField(default=0)

    kind = "application/pdf"
    is_image, is_pdf = False, True

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        return names.with_ending(self.stored.name, "pdf")

    @classmethod
    def draw(cls, stored: StoredFile) -> Rendition:
        """Draw it, or note that it cannot be; done twice, it is done once. What took too long is tried again later."""
        known = cls.objects.filter(stored=stored).first()
        if known and (known.blob or not 0 < known.timeouts < MOST_TIMEOUTS):
            return known
        try:
            facts = cls._drawn(stored)
        except TimeoutError:
            facts = {"timeouts": known.timeouts + 1 if known else 1}
        return cls.objects.update_or_create(stored=stored, defaults=facts)[0]

    @classmethod
    def _drawn(cls, stored: StoredFile) -> dict[str, Any]:
        drawn = cls(stored=stored)
        with tempfile.TemporaryDirectory(prefix=f"{APART}draw-", ignore_cleanup_errors=True) as folder:
            came = Path(folder) / "came"
            with stored.blob.open("rb") as kept, came.open("wb") as copy:
                shutil.copyfileobj(kept, copy)
            if made := exact.draw(came, stored.kind):
                drawn.size = made.stat().st_size
                with made.open("rb") as file:
                    drawn.sha256 = hashlib.file_digest(file, "sha256").hexdigest()
                    drawn.blob.save(drawn.name, File(file), save=False)
        return {"blob": drawn.blob.name or "", "size": drawn.size, "sha256": drawn.sha256, "timeouts": 0}
