"""What newcomers of a group read first."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from django.db import models
from django.utils.translation import gettext_lazy as _


class Rule(NamedTuple):
    """What is done about the things that the text quotes: before it is written (`hold`), and after that (`settle`)."""

    hold: Callable[[str], None]
    settle: Callable[[Any], None]


class Welcoming(models.Model):
    """A group with such a text. What it quotes is known to a room above, which says how that goes out of sight."""

    welcome = models.TextField(_("start here"), blank=True, max_length=2000)

    front_hidden: bool

    class Meta:
        abstract = True

    @property
    def shown_welcome(self) -> str:
        return "" if self.front_hidden else self.welcome

    @staticmethod
    def quotes_by(rule: Rule) -> None:
        _rules.append(rule)

    def hold_quoted(self, welcome: str) -> None:
        """Before the row: what the text quotes is not hidden while it is being written."""
        for rule in _rules:
            rule.hold(welcome)

    def settle_welcome(self) -> None:
        """It was written: what it quotes and is out of sight is not read in it."""
        for rule in _rules:
            rule.settle(self)


_rules: list[Rule] = []
