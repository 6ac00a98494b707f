"""A file on its way: what has arrived of it, piece by piece, so that a broken line costs one piece and no more.

Each piece is a blob of its own, on whichever storage, for object stores cannot append. Nothing joins them on disk or in
memory: the form that ends it reads them one after the other, and what is kept goes through the same door as any file.
"""

from __future__ import annotations

import datetime as dt
import secrets
import uuid
from collections.abc import Iterator
from functools import partial
from typing import Any

from django.conf import settings
from django.core.files import File
from django.core.files.uploadedfile import UploadedFile
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from community.files import BadFile, names
from community.files.checks import too_large
from community.files.models.stored import StoredFile, written
from community.members.models import Member

PIECE = 3_000_000  # bytes; more than Django holds in memory, so that each goes to disk while it is received
CHUNK = 65_536
MOST = 30  # files of one member on their way at a time
MOST_OF_LIMIT = 5  # together as large as so many of the largest
QUIET = dt.timedelta(hours=1)  # when nothing came for so long, it makes room for others
KEPT = dt.timedelta(days=1)  # after its last piece
PIECES = "pieces"  # the folder


class ArrivingQuerySet(models.QuerySet["Arriving"]):
    def mine(self, member: Member, place: str) -> ArrivingQuerySet:
        """What the member began for this place; nobody else ever meets it."""
        return self.filter(member=member.pk, place=place)

    @transaction.atomic
    def begin(self, member: Member, place: str, name: str, size: int, modified: int) -> Arriving:
        """To be gone on with where the browser sends the same file to the same place; else from its first byte.

        Raises `BadFile` with a sentence where it could not be taken in the end, or too much is on its way.
        """
        if size > settings.FILE_LIMIT:
            raise too_large()
        Member.objects.select_for_update(no_key=True).get(pk=member.pk)
        facts = {"name": names.clean(name), "size": size, "modified": modified}
        if known := self.mine(member, place).filter(**facts).first():
            return known
        StoredFile.objects.room_for(member, size)
        self._make_room(member, size)
        return self.create(member=member, place=place, **facts)

    def forget(self) -> None:
        """They are finished, or given up: rows and bytes go."""
        pieces = list(Piece.objects.filter(of__in=self))
        self.delete()
        for blob in (piece.blob for piece in pieces):  # what fails is left to the daily sweep
            transaction.on_commit(partial(blob.storage.delete, str(blob.name)), robust=True)

    def _make_room(self, member: Member, size: int) -> None:
        theirs = self.filter(member=member.pk)
        if theirs._have_room(size):
            return
        theirs.filter(at__lt=timezone.now() - QUIET).forget()
        if not theirs._have_room(size):
            raise BadFile(_("Many of your files are on their way already. Let them arrive, then send this one."))

    def _have_room(self, size: int) -> bool:
        taken = self.aggregate(count=models.Count("pk"), size=models.Sum("size"))
        most = MOST_OF_LIMIT * settings.FILE_LIMIT
        return bool(taken["count"] < MOST and (taken["size"] or 0) + size <= most)


class Arriving(models.Model):
    """`place` is the address of the form it is for, where its sender is asked for their right at every piece.

    A browser knows a file again by name, size and when it was changed (in milliseconds).
    """

    member = models.ForeignKey(Member, models.CASCADE, related_name="+")
    place = models.CharField(max_length=200)
    key = models.UUIDField(default=uuid.uuid4, unique=True)
    name = models.CharField(max_length=names.LONGEST)
    size = models.PositiveBigIntegerField()
    modified = models.BigIntegerField()
    arrived = models.PositiveBigIntegerField(default=0)
    at = models.DateTimeField(default=timezone.now, db_index=True)

    objects = ArrivingQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint("member", "place", "name", "size", "modified", name="one_on_its_way")]

    def __str__(self) -> str:
        return self.name

    @property
    def is_whole(self) -> bool:
        return self.arrived == self.size

    def add(self, came: UploadedFile[Any], begins: int) -> bool:
        """Keep its next piece. False, and nothing is changed, where it does not go on from here.

        All pieces but the last are of one size: what a broken line cut off is none, whatever else a server makes of it.
        """
        if begins != self.arrived or not came.size or came.size != min(PIECE, self.size - begins):
            return False
        piece = Piece(of=self, begins=begins)
        piece.blob.save("", File(came), save=False)
        written.get([]).append(str(piece.blob))  # goes when the request ends, unless a row holds it
        with transaction.atomic():
            as_known = Arriving.objects.filter(pk=self.pk, arrived=begins)  # of two that come at once, one
            goes_on = as_known.update(arrived=begins + came.size, at=timezone.now())
            if goes_on:
                piece.save()
        self.refresh_from_db()
        return bool(goes_on)


def piece_key(piece: Piece, name: str) -> str:
    """Where its bytes lie: a folder of its own, which the sweep knows and backups leave out, for none is kept."""
    return f"{PIECES}/{secrets.token_hex(16)}"


class Piece(models.Model):
    of = models.ForeignKey(Arriving, models.CASCADE, related_name="pieces")
    begins = models.PositiveBigIntegerField()
    blob = models.FileField(max_length=200, upload_to=piece_key)

    class Meta:
        ordering = ["begins"]
        constraints = [models.UniqueConstraint("of", "begins", name="one_piece_a_place")]

    def __str__(self) -> str:
        return f"{self.of_id} from {self.begins}"


class Joined(UploadedFile[Any]):
    """What arrived in pieces, to the form like any file that was uploaded with it."""

    def __init__(self, whole: Arriving) -> None:
        super().__init__(None, whole.name, size=whole.size)
        self.whole = whole

    def chunks(self, chunk_size: int | None = None) -> Iterator[bytes]:
        """Raises `BadFile` where a piece is gone: the same file was finished, or given up, in another window."""
        for piece in self.whole.pieces.all():
            try:
                with piece.blob.open("rb") as file:
                    while some := file.read(chunk_size or CHUNK):
                        yield some
            except FileNotFoundError as gone:
                raise BadFile(_("A part of this file is missing here. Send it again.")) from gone

    def let_go(self) -> None:
        """It was kept as a file, or refused: its pieces are needed no more."""
        Arriving.objects.filter(pk=self.whole.pk).forget()
