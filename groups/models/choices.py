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


SAID = {"name", "purpose", "welcome"}  # what a group says of itself
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


EVERY_POST = 10_000  # posts of somebody in a group: nobody gets that far


class Approval(models.IntegerChoices):
    """How many posts of each person in a group wait until a lead or staff approve them."""

    NONE = 0, _("None: everything is shown at once")
    ONE = 1, _("The first post of each person")
    THREE = 3, _("The first 3 posts of each person")
    TEN = 10, _("The first 10 posts of each person")
    EVERY = EVERY_POST, _("Every post, but of leads and staff")

    __empty__ = _("As everywhere on this site")


def every_say() -> list[str]:
    """The reactions of a group that has not chosen: all."""
    return list(Say.values)
