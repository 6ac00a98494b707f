"""Why something waits: as its writer reads it, and as those who answer do."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _


class Why(models.TextChoices):
    """Why something waits, as its writer and those who answer read it."""

    PERSON = "person", _("What you write is approved first for a while. “Your standing”, in your account, says why.")
    FIRST = "first", _("The first posts of each person in this group are approved before they are shown.")
    WORD = "word", _("It holds words that are looked at before they are shown.")
    LINKS = "links", _("There are many links in it, and you are new here.")
    TWICE = "twice", _("You sent the same words to another place within the hour.")
    CHECK = "check", _("It is looked at before it is shown, as some first posts are.")
    ALL = "all", _("All posts in this group are approved before they are shown.")


def told(why: str, about: str) -> str:
    """For those who answer; `about` are the watched words in it."""
    return {
        Why.PERSON: gettext("Staff have decided that what this person writes is approved first."),
        Why.FIRST: gettext("It is one of the first posts of this person here."),
        Why.WORD: gettext("It holds words that staff watch for: %(words)s.") % {"words": about},
        Why.LINKS: gettext("There are many links in it, from somebody who is new here."),
        Why.TWICE: gettext("The same words were sent to another place within the hour."),
        Why.CHECK: gettext("The check outside doubts it, gave no answer, or is not asked in this group."),
        Why.ALL: gettext("Everything is approved first in this group."),
    }[Why(why)]
