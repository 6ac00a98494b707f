"""Who reads what is sealed, and whom a reporter is told to turn to first."""

from __future__ import annotations

from typing import Self

from django.apps import apps
from django.db import models, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from community import ledger
from community.members.models import Member, Nation
from community.members.policy import come_in
from community.moderation.models.listed import Listed


class Keeper(models.Model):
    """One of the two who read what is sealed. Whoever runs the server names them; no page does."""

    class Part(models.TextChoices):
        LEAD = "lead", _("Safeguarding lead")
        DEPUTY = "deputy", _("Deputy safeguarding lead")

    part = models.CharField(max_length=10, choices=Part, unique=True)
    member = models.OneToOneField(Member, models.PROTECT, related_name="+")
    since = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return str(self.get_part_display())

    @property
    def is_in_office(self) -> bool:
        """Still staff who can come in: a suspended or departed keeper is none."""
        return self.member.is_staff and bool(come_in(self.member))

    @classmethod
    def in_office(cls) -> list[Keeper]:
        return [each for each in cls.objects.select_related("member").order_by("-part") if each.is_in_office]

    @classmethod
    def part_of(cls, member: Member) -> str:
        """Which of the two the member is now; "" for everybody else."""
        found = cls.objects.select_related("member").filter(member=member).first() if member.is_authenticated else None
        return found.part if found and found.is_in_office else ""

    @classmethod
    def holding(cls, part: str) -> Member | None:
        """Who has that part now, in office or not."""
        found = cls.objects.select_related("member").filter(part=part).first()
        return found.member if found else None

    @classmethod
    @transaction.atomic
    def name(cls, part: str, member: Member | None) -> None:
        """From now on it is this member, or nobody. If something waits for them, a letter says so."""
        cls.objects.filter(part=part).delete()
        if member:
            cls.objects.filter(member=member).delete()
            keeper = cls.objects.create(part=part, member=member)
            apps.get_model("moderation.SealedCase").tell_new(keeper)
        ledger.record(None, f"name-safeguarding-{part}", member.subject if member else "nobody")


class Trustee(models.Model):
    """Somebody who sees the figures of the desk and checks the ledger's chain, and nothing of what they are made of."""

    member = models.OneToOneField(Member, models.PROTECT, related_name="+")
    since = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return self.member.name

    @classmethod
    def has(cls, member: Member) -> bool:
        """Whether the member is one."""
        return cls.objects.filter(member=member.pk).exists()

    @classmethod
    @transaction.atomic
    def name(cls, member: Member, *, ends: bool = False) -> None:
        """From now on they are one; or no longer."""
        if ends:
            cls.objects.filter(member=member).delete()
        else:
            cls.objects.get_or_create(member=member)
        ledger.record(None, "end-trustee" if ends else "name-trustee", member.subject)


class Contact(Listed):
    """Whom to turn to about a child in danger, everywhere or in one nation. Staff keep the list."""

    sign = "contact"

    nation = models.CharField(_("where"), max_length=20, choices=Nation, default=Nation.UK)
    name = models.CharField(_("whom to turn to"), max_length=120)
    words = models.CharField(_("when, and what for"), max_length=300, blank=True)
    phone = models.CharField(_("telephone"), max_length=40, blank=True)
    link = models.URLField(_("web address"), blank=True)
    source = models.CharField(_("where this was found"), max_length=200, blank=True)
    checked_on = models.DateField(_("checked on"), null=True, blank=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("moderation:contact", args=[self.pk])

    @classmethod
    def by_nation(cls, first: str = "") -> list[tuple[str, list[Self]]]:
        """Those for everywhere, then nation by nation, beginning with the reader's own."""
        found = list(cls.objects.all())
        order = [Nation.UK, first, *Nation.values]
        return [
            (str(Nation(nation).label), rows)
            for nation in dict.fromkeys(filter(None, order))
            if (rows := [each for each in found if each.nation == nation])
        ]
