"""What a report can be about."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    """The short plain list that reporters choose from."""

    ILLEGAL = "illegal", _("Illegal content")
    INTIMATE = "intimate", _("An intimate picture of somebody")
    ABUSE = "abuse", _("Child abuse material")
    WORRY = "worry", _("A worry about a child or a colleague")
    PERSONAL = "personal", _("My personal data")
    DEFAMATION = "defamation", _("It harms my good name and is not true")
    COPYRIGHT = "copyright", _("Copyright")
    HARASSMENT = "harassment", _("Harassment")
    SPAM = "spam", _("Spam or selling")
    RULES = "rules", _("Breaks our rules")
    OTHER = "other", _("Something else")


SEALED = {Kind.ABUSE, Kind.WORRY}  # for the safeguarding lead and the deputy alone
GRAVITY = [  # the gravest first: what a case is known by that was reported as several
    *(Kind.ABUSE, Kind.WORRY, Kind.INTIMATE, Kind.ILLEGAL, Kind.DEFAMATION, Kind.PERSONAL),
    *(Kind.HARASSMENT, Kind.COPYRIGHT, Kind.RULES, Kind.SPAM, Kind.OTHER),
]
URGENT = {Kind.INTIMATE, Kind.ILLEGAL, Kind.DEFAMATION}  # whoever is on duty hears of them at once
GRAVE = {Kind.INTIMATE, Kind.ILLEGAL}  # what is only hidden stays away too, and the same bytes elsewhere are looked for


def graver(one: str, other: str) -> str:
    """Which of two kinds weighs more."""
    return min(one, other, key=[str(kind) for kind in GRAVITY].index)
