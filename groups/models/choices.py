"""The words that a group and its places are described with."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from community.responses.models import Say


class Hue(models.TextChoices):
    """The eight identity colours of the design tokens."""

    AMBER = "amber", _("Amber")
    PLUM = "plum", _("Plum")
    TEAL = "teal", _("Teal")
    VIOLET = "violet", _("Violet")
    SLATE = "slate", _("Slate")
    BRICK = "brick", _("Brick")
    MOSS = "moss", _("Moss")
    SEA = "sea", _("Sea")


class Role(models.TextChoices):
    LEAD = "lead", _("Lead")
    CO_LEAD = "co-lead", _("Co-lead")
    MEMBER = "member", _("Member")
    OBSERVER = "observer", _("Observer")


LEADING = (Role.LEAD, Role.CO_LEAD)


class Kind(models.TextChoices):
    STANDING = "standing", _("Standing group")
    TASK = "task", _("Task and finish")
    NETWORK = "network", _("Network")
    ANNOUNCEMENT = "announcement", _("Announcements")
    PRIVATE = "private", _("Private")


class Visibility(models.TextChoices):
    HIDDEN = "hidden", _("Only its people know it exists")
    LISTED = "listed", _("All members see its name and purpose")
    OPEN = "open", _("All members may read it")


class Joining(models.TextChoices):
    OPEN = "open", _("Open to members")
    REQUEST = "request", _("On request")
    INVITE = "invite", _("By invitation")
    AUTOMATIC = "automatic", _("Everyone belongs")


class Watch(models.TextChoices):
    EVERYTHING = "everything", _("Everything")
    MINE = "mine", _("Replies and mentions")
    MENTIONS = "mentions", _("Mentions")
    NOTHING = "nothing", _("Nothing")


class MailPrivacy(models.TextChoices):
    FULL = "full", _("May carry full text")
    SUMMARY = "summary", _("Summary only")
    LINK = "link", _("Link only")


def every_say() -> list[str]:
    """The reactions of a group that has not chosen: all."""
    return list(Say.values)
