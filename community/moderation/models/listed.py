"""Lists that staff keep, a line a row: each change is in the ledger, with what the line said before."""

from __future__ import annotations

from typing import Any, ClassVar

from django.core.cache import cache
from django.db import IntegrityError, models, transaction
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from community import ledger
from community.members.models import Member
from community.policy import Refused


class Listed(models.Model):
    """A line. `sign` is what the ledger calls it ("add-contact"); `cached` is the key of what is remembered of all."""

    sign: ClassVar[str]
    cached: ClassVar[str] = ""

    class Meta:
        abstract = True

    @property
    def why_stays(self) -> str | Promise:
        """Why it cannot be taken off the list, if it cannot."""
        return ""

    @property
    def take_off(self) -> str | Promise:
        """What the button says that takes it off."""
        return _("Take off the list")

    @property
    def hint(self) -> str | Promise:
        """What to know before it is changed."""
        return ""

    @property
    def facts(self) -> dict[str, Any]:
        """What it says, for the ledger."""
        fields = [field for field in self._meta.concrete_fields if field.name != "id"]
        return {field.name: str(field.value_from_object(self) or "") for field in fields}

    @transaction.atomic
    def keep(self, by: Member) -> None:
        """It is so from now on."""
        before = type(self)._default_manager.filter(pk=self.pk).first()
        try:
            with transaction.atomic():
                self.save()
        except IntegrityError as same:
            raise Refused(_("A colleague has just put the same on this list. Load the page again.")) from same
        self._put_down(by, "change" if before else "add", before.facts if before else {}, self.facts)

    @transaction.atomic
    def drop(self, by: Member) -> None:
        """It is not on the list any more. Where a colleague was quicker, or it never was, nothing is left to do."""
        now = type(self)._default_manager.select_for_update().filter(pk=self.pk).first()
        if now is None:
            return
        if why := now.why_stays:
            raise Refused(str(why))
        now._put_down(by, "remove", now.facts, {})
        now.delete()

    def _put_down(self, by: Member, act: str, was: dict[str, Any], now: dict[str, Any]) -> None:
        ledger.record(by, f"{act}-{self.sign}", f"{self._meta.model_name}-{self.pk}", was=was, now=now)
        if self.cached:
            cache.delete(self.cached)  # so that this deed itself goes on with what it changed
            transaction.on_commit(lambda: cache.delete(self.cached))
