"""What holds for every form of the site."""

from django.apps import AppConfig
from django.forms import ChoiceField, Field
from django.utils.translation import gettext_lazy as _


class CommunityConfig(AppConfig):
    """The base of all rooms."""

    name = "community"

    def ready(self) -> None:
        """What is missing is asked for, in place of being told that a field is required."""
        Field.default_error_messages = {**Field.default_error_messages, "required": _("Please fill this in.")}
        ChoiceField.default_error_messages = {**ChoiceField.default_error_messages, "required": _("Please choose one.")}
