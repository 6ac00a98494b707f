"""What can be responded to, and by whom: each room says it of its own things."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from community.members.models import Member
from community.policy import No, Verdict
from community.responses.models import Say

Rule = Callable[[Member, Any, str], Verdict]
Place = Callable[[Member, Any], AbstractContextManager[Member]]

_rules: dict[str, tuple[type[models.Model], Rule | None, Place]] = {}


def open_to_responses(
    model: type[models.Model], rule: Rule | None = None, place: Place = lambda member, thing: nullcontext(member)
) -> None:
    """Let members keep things of this model for later and, if there is a `rule`, react to them as it allows.

    `place` holds what the rule asks about until the reaction is written, and gives the member as they are now.
    """
    _rules[str(model._meta.model_name)] = (model, rule, place)


def named(subject: str) -> tuple[str, int] | None:
    """The name of the thing that a page calls "post-12", if it is one that can be responded to."""
    kind, _dash, pk = subject.rpartition("-")
    if kind not in _rules or not (pk.isascii() and pk.isdigit() and len(pk) < 19):
        return None
    return _rules[kind][0]._meta.label_lower, int(pk)


def react(member: Member, thing: models.Model, say: str) -> Verdict:
    """Say that of the thing."""
    rule = _rules[str(thing._meta.model_name)][1]
    if rule is None or say not in Say.values:
        return No(_("That cannot be said here."))
    return rule(member, thing, say)


def kept(member: Member, thing: models.Model) -> AbstractContextManager[Member]:
    """The member as they are until it ends: for asking and reacting in one transaction."""
    return _rules[str(thing._meta.model_name)][2](member, thing)
