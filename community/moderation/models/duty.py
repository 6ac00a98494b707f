"""What the law asks of whoever runs the site, and how it is met: a record that staff keep and look through again."""

from __future__ import annotations

from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from community.moderation.models.listed import Listed


class Duty(Listed):
    """One measure. `shows` is what of the site's own rows stands beside it. Earlier words stay in the ledger."""

    sign = "duty"

    class Shows(models.TextChoices):
        NOTHING = "", _("Nothing")
        PROVIDER = "provider", _("Who is accountable, and since when")
        REPORTS = "reports", _("Reports in the last 12 months, with and without an account")
        ILLEGAL = "illegal", _("Kinds of illegal content reported in the last 12 months")
        CLOCKS = "clocks", _("Decided in time in the last 12 months")
        STAFF = "staff", _("How many moderators there are")
        APPEALS = "appeals", _("Appeals, and by whom they were heard")
        INTIMATE = "intimate", _("Intimate pictures, and decided within 48 hours")
        TEXTS = "texts", _("Terms and rules in force, and who has accepted them")
        KEEPERS = "keepers", _("Whether there is a safeguarding lead and a deputy")
        LEDGER = "ledger", _("How many rows the ledger has")
        REASONS = "reasons", _("Decisions with reasons in the last 12 months")

    code = models.CharField(_("sign"), max_length=10, unique=True, help_text=_("Such as OS4: the list goes by it."))
    source = models.CharField(_("where it is asked for"), max_length=160)
    asked = models.CharField(_("what is asked"), max_length=300)
    met = models.TextField(_("how it is met"), max_length=1000)
    since = models.DateField(_("since"), null=True, blank=True)
    shows = models.CharField(_("from the site’s own rows"), max_length=12, choices=Shows, blank=True)
    reviewer = models.CharField(_("who looks at it again"), max_length=120, blank=True)
    review_on = models.DateField(_("when"), null=True, blank=True)

    class Meta:
        ordering = ["code"]

    def __str__(self) -> str:
        return self.code

    def get_absolute_url(self) -> str:
        return reverse("moderation:duty", args=[self.pk])

    @property
    def is_due(self) -> bool:
        """Its day to be looked at again has come, or it has none."""
        return self.review_on is None or self.review_on <= timezone.localdate()
