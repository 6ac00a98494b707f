"""An erasure that goes on: what is still to do once somebody is called otherwise and nobody can sign in as them."""

from __future__ import annotations

import datetime as dt

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from community import jobs
from community.files.models import StoredFile
from community.members.models import Member
from community.order import rows_first
from community.policy import Refused
from community.privacy import echoes, removal, tasks
from community.privacy.needed import is_needed

NEEDED = _("Something that is held about them is still needed, or kept by law. Try again later.")
PIECE = 25  # things: nobody waits for longer than it takes to remove so many
AT_ONCE = 2  # pieces before whoever pressed gets an answer: most erasures are done by then
LONGEST = dt.timedelta(hours=1)  # between two pieces
ON = "community.privacy.tasks.erase_on"


class Way(models.TextChoices):
    """What becomes of what they wrote."""

    KEEP = "keep", _("Keep what they wrote, without their name")
    REMOVE = "remove", _("Remove what they wrote as well")


class Stage(models.TextChoices):
    """In this order: who they were goes out of what others wrote, then their own words, then others' quotations."""

    NAMES = "names", _("Their name is being taken out of what others wrote.")
    THINGS = "things", _("What they wrote is being removed.")
    QUOTES = "quotes", _("What others quoted of it is being removed.")


class ErasingQuerySet(models.QuerySet["Erasing"]):
    def visible_to(self, member: Member) -> ErasingQuerySet:
        """Staff who can come in."""
        return self if member.is_staff and member.has_standing() else self.none()


class Erasing(models.Model):
    """Somebody who is being erased, piece by piece: each as a whole or not at all. Gone when all is done.

    `was`: how they were called, and what goes, to be found in what is left. `step` and `after`: where the last piece
    ended. `waits_since`: something of it is needed, so nothing goes until that is over.
    """

    member = models.OneToOneField(Member, models.CASCADE, related_name="+")
    by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    way = models.CharField(max_length=10, choices=Way)
    was = models.JSONField()
    begun_at = models.DateTimeField(default=timezone.now)
    moved_at = models.DateTimeField(default=timezone.now)
    waits_since = models.DateTimeField(null=True)
    step = models.CharField(max_length=80, blank=True)
    after = models.PositiveBigIntegerField(default=0)

    objects = ErasingQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.member.subject}: {self.stage}"

    @property
    def stage(self) -> Stage:
        """All that is shown of how far it is: any number would say how much they wrote without their name."""
        return Stage(self.step.partition(" ")[0] or Stage.NAMES)

    @property
    def is_stuck(self) -> bool:
        """It neither waits nor goes on: something is wrong."""
        return self.waits_since is None and self.moved_at < timezone.now() - LONGEST

    @property
    def steps(self) -> list[str]:
        """All there is to do: "things threads.post.author"."""
        names = [f"{Stage.NAMES} {text}" for text in echoes.TEXTS]
        if self.way == Way.KEEP:
            return names
        things = [f"{Stage.THINGS} {key}" for key in removal.WIPED]
        return [*names, *things, *(f"{Stage.QUOTES} {text}" for text in echoes.TEXTS)]

    @classmethod
    def work(cls, pk: int, pieces: int = 1) -> None:
        """So many pieces, and the next in the background. Where that is cut off, `resume` takes it up."""
        if all(cls.go_on(pk) for _piece in range(pieces)):
            tasks.erase_on.enqueue(pk)

    @classmethod
    def resume(cls) -> None:
        """Those that waited for something, or whose work was cut off."""
        for pk in sorted(set(cls.objects.values_list("pk", flat=True)) - jobs.waiting(ON)):
            tasks.erase_on.enqueue(pk)

    @classmethod
    def go_on(cls, pk: int) -> bool:
        """The next piece. False if there is no more to do, or not now."""
        try:
            return cls._piece(pk)
        except Refused:
            cls.objects.filter(pk=pk, waits_since=None).update(waits_since=timezone.now())
            return False

    @classmethod
    @transaction.atomic
    @rows_first()
    def _piece(cls, pk: int) -> bool:
        """Their row is held first: two runs take turns, and so do this and whoever wants something of it kept.

        Only its key is left to others: who decides about a thing holds that, and then puts down whose it is.
        """
        found = Member.objects.select_for_update(no_key=True).filter(pk__in=cls.objects.filter(pk=pk).values("member"))
        member = found.first()
        erasing = cls.objects.filter(pk=pk).first()
        if member is None or erasing is None:
            return False
        if is_needed(member, removes=erasing.stage != Stage.NAMES):
            raise Refused(NEEDED)
        return erasing._go(member)

    def _go(self, member: Member) -> bool:
        steps, left = self.steps, PIECE
        for step in steps[steps.index(self.step) if self.step in steps else 0 :]:
            if step != self.step:
                before, self.step, self.after = self.stage, step, 0
                if before == Stage.NAMES != self.stage and is_needed(member, removes=True):
                    self.waits_since = timezone.now()
                    self.save()
                    return False
            keys = self._take(member, left)
            left -= len(keys)
            if not left:
                self.after, self.moved_at, self.waits_since = keys[-1], timezone.now(), None
                self.save()
                return True
        self._finish(member)
        return False

    def _take(self, member: Member, most: int) -> list[int]:
        """So many of this step: gives their keys."""
        _stage, _space, of = self.step.partition(" ")
        if self.stage == Stage.THINGS:
            keys = removal.wipe(of, member, self.by, self.after, most)
            if keys and is_needed(member, removes=True):  # since it was asked, for a row was waited for
                raise Refused(NEEDED)
            return keys
        return echoes.silence(of, self._echo(member, is_gone=self.stage == Stage.QUOTES), self.after, most)

    def _finish(self, member: Member) -> None:
        echoes.forget_letters(self._echo(member, is_gone=self.way == Way.REMOVE), set(self.was["titles"]))
        StoredFile.objects.filter(owner=member).delete_unheld()
        self.delete()

    def _echo(self, member: Member, *, is_gone: bool) -> echoes.Echo:
        return echoes.heard(member, self.was["name"], self.was["handle"], is_gone=is_gone)
