"""What the room keeps for a while: a copy that somebody asked for of what is held about them."""

from __future__ import annotations

import datetime as dt
import hashlib
import secrets
import tempfile
from functools import partial
from pathlib import Path

from django.conf import settings
from django.core.files import File
from django.core.files.storage import default_storage
from django.db import models, transaction
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from community import mail
from community.files.models import APART, StoredFile
from community.members.models import Member
from community.moderation.models import Decision
from community.moderation.models.acts import HIDING, HOLD
from community.privacy import tasks
from community.privacy.copy import own_copy
from community.privacy.erasing import Erasing

__all__ = ["Erasing", "OwnCopy", "copy_name"]

FOLDER = "copies"
KEPT = dt.timedelta(days=7)
LONGEST = dt.timedelta(hours=2)  # all tries together; what is not ready by then never will be
STEP = 1_000_000  # bytes between two looks at how far it is


def random_key(copy: OwnCopy, name: str) -> str:
    """Where the bytes lie: a folder of its own, which the sweep of files and the backup leave alone."""
    return f"{FOLDER}/{secrets.token_hex(16)}"


class OwnCopyQuerySet(models.QuerySet["OwnCopy"]):
    def visible_to(self, member: Member) -> OwnCopyQuerySet:
        """One's own, and nobody else's, staff or not; it goes on when the membership has ended."""
        return self.filter(member=member, asked_at__gt=timezone.now() - KEPT)

    def over(self, after: dt.timedelta = KEPT) -> OwnCopyQuerySet:
        """Those that were kept for long enough."""
        return self.filter(asked_at__lte=timezone.now() - after)

    def let_go(self) -> None:
        """Rows and bytes."""
        for each in self:
            if each.blob:
                transaction.on_commit(partial(default_storage.delete, str(each.blob)), robust=True)
        self.delete()


class OwnCopy(models.Model):
    """All that is held about somebody, as they asked for it: one each, which the next takes the place of.

    `begun_at` is when it was begun to be written, `size` how many bytes of it there are, of about `expected`.
    """

    kind = "application/zip"
    is_image = is_pdf = False

    member = models.OneToOneField(Member, models.CASCADE, related_name="+")
    asked_at = models.DateTimeField(default=timezone.now)
    begun_at = models.DateTimeField(null=True)
    ready_at = models.DateTimeField(null=True)
    expected = models.PositiveBigIntegerField(default=0)
    size = models.PositiveBigIntegerField(default=0)
    sha256 = models.CharField(max_length=64, blank=True)
    blob = models.FileField(max_length=200, upload_to=random_key, blank=True)

    objects = OwnCopyQuerySet.as_manager()

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        return copy_name(self.member, self.asked_at)

    @property
    def until(self) -> dt.datetime:
        return self.asked_at + KEPT

    @property
    def is_failed(self) -> bool:
        """All tries went wrong."""
        return self.ready_at is None and self.asked_at < timezone.now() - LONGEST

    @property
    def is_being_made(self) -> bool:
        return self.ready_at is None and not self.is_failed

    @property
    def is_outdated(self) -> bool:
        """Something was taken out of sight since it was begun: what nobody sees any more is not handed out either.

        Whatever it was, and by whomever: that it was something of theirs, which may not be told, cannot be concluded.
        """
        since = Decision.objects.filter(act__in=[*HIDING, HOLD], at__gte=self.begun_at or self.asked_at)
        return self.ready_at is not None and since.exists()

    @property
    def is_ready(self) -> bool:
        return self.ready_at is not None and not self.is_outdated

    @classmethod
    @transaction.atomic
    def ask(cls, member: Member) -> OwnCopy:
        """It is made in the background. Pressed again meanwhile, it is the same one; later, a new one in its place."""
        Member.objects.select_for_update(no_key=True).get(pk=member.pk)
        mine = cls.objects.filter(member=member)
        for found in mine:
            if found.is_being_made:
                return found
        mine.let_go()
        asked = cls.objects.create(member=member)
        tasks.make_copy.enqueue(asked.pk)
        return asked

    @classmethod
    def sweep(cls) -> None:
        """Copies whose time is over go, and bytes that a crash left."""
        cls.objects.over().let_go()
        before = timezone.now() - LONGEST
        try:
            names = default_storage.listdir(FOLDER)[1]
        except FileNotFoundError:  # nobody ever asked for one
            return
        for blob in (f"{FOLDER}/{name}" for name in names):
            if default_storage.get_modified_time(blob) < before and not cls.objects.filter(blob=blob).exists():
                default_storage.delete(blob)

    def make(self) -> None:
        """Write it, in no transaction: others must not wait. Left in the middle, it is written anew from the start."""
        self.begun_at, self.size = timezone.now(), 0
        self.expected = StoredFile.objects.filter(owner=self.member).weight()
        self._note()
        with tempfile.TemporaryDirectory(prefix=f"{APART}copy-") as folder:
            made = Path(folder) / "copy.zip"
            self._write(made)
            with made.open("rb") as file:
                self.blob.save("", File(file), save=False)
        if not self._finish():  # another took its place, or they are erased
            default_storage.delete(str(self.blob))

    def _write(self, to: Path) -> None:
        digest, noted = hashlib.sha256(), 0
        with to.open("wb") as file, translation.override(self.member.language):
            for chunk in own_copy(self.member):
                file.write(chunk)
                digest.update(chunk)
                self.size += len(chunk)
                if self.size - noted > STEP:
                    noted = self.size
                    self._note()
        self.sha256 = digest.hexdigest()

    def _note(self) -> None:
        OwnCopy.objects.filter(pk=self.pk, ready_at=None).update(
            begun_at=self.begun_at, expected=self.expected, size=self.size
        )

    @transaction.atomic
    def _finish(self) -> bool:
        """It can be had from now on; the letter says that, and nothing of what is in it."""
        facts = {"ready_at": timezone.now(), "size": self.size, "sha256": self.sha256, "blob": str(self.blob)}
        is_first = bool(OwnCopy.objects.filter(pk=self.pk, ready_at=None).update(begun_at=self.begun_at, **facts))
        if is_first:
            said = {"url": settings.SITE_URL + reverse("privacy:mine"), "until": self.until}
            mail.send(self.member.email, "copy_ready", said, self.member.language)
        return is_first


def copy_name(member: Member, at: dt.datetime) -> str:
    """What the zip is called."""
    day = timezone.localdate(at).isoformat()
    return _("Data of %(handle)s, %(day)s") % {"handle": member.handle, "day": day} + ".zip"
