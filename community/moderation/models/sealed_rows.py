"""What is written down with a sealed case: what was told, who read it, and to whom it was referred."""

from __future__ import annotations

from django.core.signing import BadSignature, Signer
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from community.members.models import Member
from community.moderation.models.kinds import Kind

_signer = Signer(salt="moderation.sealed")


class SealedReport(models.Model):
    """What one person told. They get a page that says that it was received, and no more."""

    MOST_WORDS = 5000

    case = models.ForeignKey("moderation.SealedCase", models.PROTECT, related_name="reports")
    reporter = models.ForeignKey(Member, models.PROTECT, null=True, related_name="+")
    reference = models.CharField(max_length=12, unique=True)
    kind = models.CharField(max_length=20, choices=Kind)
    words = models.TextField(_("in your own words"), max_length=MOST_WORDS, blank=True)
    evidence = models.TextField(blank=True, help_text="The thing's text as it was when reported")
    kept_from = models.ForeignKey(Member, models.PROTECT, null=True, related_name="+", help_text="Whom it concerns")
    address = models.CharField(_("where it is"), max_length=500, blank=True)
    name = models.CharField(_("your name"), max_length=80, blank=True)
    email = models.EmailField(_("your e-mail address"), blank=True)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.reference

    def get_absolute_url(self) -> str:
        """The page of whoever sent it, for whoever has its address."""
        return reverse("moderation:sealed-receipt", args=[_signer.sign(str(self.pk))])

    @classmethod
    def behind(cls, signed: str) -> SealedReport | None:
        """The one that a secret link leads to."""
        try:
            return cls.objects.filter(pk=_signer.unsign(signed)).first()
        except BadSignature:
            return None


class SealedLook(models.Model):
    """Who read what of a sealed case, and when."""

    class What(models.TextChoices):
        CASE = "case", _("Opened the case")
        WORDS = "words", _("Read what was told")
        TEXT = "text", _("Read the text of what was reported")
        FILE = "file", _("Opened a file that came with a report")

    case = models.ForeignKey("moderation.SealedCase", models.PROTECT, related_name="looks")
    by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    what = models.CharField(max_length=10, choices=What)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return str(self.get_what_display())


class Referral(models.Model):
    """To whom a sealed case was referred, when, and under which reference. No findings are kept here."""

    case = models.ForeignKey("moderation.SealedCase", models.PROTECT, related_name="referrals")
    by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    to = models.CharField(_("referred to"), max_length=120)
    on = models.DateField(_("on"))
    reference = models.CharField(_("their reference"), max_length=80, blank=True)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.to
