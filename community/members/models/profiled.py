"""What members say of themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.utils.translation import gettext_lazy as _


class Profiled(models.Model):
    """Their own words. While `profile_hidden`, none of these is shown to anybody: see moderation."""

    if TYPE_CHECKING:
        pk: int

    title = models.CharField(_("role"), max_length=80, blank=True, help_text=_("What you do, such as “brass tutor”"))
    pronouns = models.CharField(_("pronouns"), max_length=30, blank=True)
    bio = models.CharField(_("about you"), max_length=400, blank=True)
    profile_hidden = models.BooleanField(default=False, editable=False)

    class Meta:
        abstract = True

    @property
    def profile_subject(self) -> str:
        """The name by which reports speak of it: "profile-12"."""
        return f"profile-{self.pk}"

    @property
    def shown_title(self) -> str:
        return "" if self.profile_hidden else self.title

    @property
    def shown_pronouns(self) -> str:
        return "" if self.profile_hidden else self.pronouns
