"""Who runs the site: whom the law holds to account, and where people turn who want to complain."""

from __future__ import annotations

import datetime as dt

from django.db import IntegrityError, models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from community import ledger
from community.members.models.people import Member

ONE = 1  # there is one row


class Provider(models.Model):
    """What everybody may read about whoever runs this site. Staff keep it."""

    name = models.CharField(_("who runs this site"), max_length=120)
    number = models.CharField(_("charity or company number"), max_length=60, blank=True)
    address = models.TextField(_("postal address"), max_length=400, blank=True)
    email = models.EmailField(_("e-mail address"), blank=True)
    phone = models.CharField(_("telephone"), max_length=40, blank=True)
    accountable = models.CharField(_("accountable person"), max_length=120)
    since = models.DateField(_("accountable since"), null=True, blank=True)
    minute = models.CharField(_("where that was decided"), max_length=120, blank=True)
    data = models.CharField(_("whom to ask about personal data"), max_length=160, blank=True)
    registration = models.CharField(_("registration with the Information Commissioner"), max_length=40, blank=True)
    complaints = models.TextField(_("how to complain"), max_length=2000, blank=True)
    checked_at = models.DateTimeField(default=timezone.now, editable=False)

    def __str__(self) -> str:
        return self.name

    @classmethod
    def current(cls) -> Provider | None:
        """None until staff have said."""
        return cls.objects.filter(pk=ONE).first()

    @transaction.atomic
    def keep(self, by: Member, seen: dt.datetime | None) -> bool:
        """It is so from now on. False, and it is not, unless what stood there is still that of `seen`.

        That it changed stays in the ledger for ever, so it does not say who was named.
        """
        now = Provider.objects.select_for_update().filter(pk=ONE).first()
        if (now.checked_at if now else None) != seen:
            return False
        self.pk, self.checked_at = ONE, timezone.now()
        try:
            with transaction.atomic():
                self.save(force_insert=now is None)
        except IntegrityError:
            return False  # somebody else was first
        ledger.record(by, "name-provider", "provider")
        return True
