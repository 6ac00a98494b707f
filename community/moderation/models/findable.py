"""How a thing is found by the name that reports and the ledger call it by: "post-12"."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from django.db import models

from community.asked import Asked

if TYPE_CHECKING:
    from community.moderation.models.moderatable import Moderatable


class Findable(models.Model):
    """What has such a name: its kind, and its key."""

    is_withheld: Any  # given by what can be moderated

    class Meta:
        abstract = True

    @classmethod
    def named(cls, subject: str) -> type[Moderatable] | None:
        """The model that "post-12" speaks of."""
        name = subject.rpartition("-")[0]
        kinds: list[Any] = [kind for kind in _below(cls) if not kind._meta.abstract]
        return next((kind for kind in kinds if kind._meta.model_name == name), None)

    @classmethod
    def find(cls, subject: str) -> Moderatable | None:
        """The thing itself, whoever asks: the caller has to ask the access rule. What is held is nobody's to find."""
        return thing if (thing := cls.find_withheld(subject)) and not thing.is_withheld else None

    @classmethod
    def find_withheld(cls, subject: str) -> Moderatable | None:
        """The same, held or not: for those who never show it, and for whoever may look at what is held."""
        kind, pk = cls.named(subject), subject.rpartition("-")[2]
        if kind is None or not pk.isascii() or not pk.isdigit() or len(pk) > 18:
            return None
        return kind.with_key(int(pk))

    @classmethod
    def with_key(cls, pk: int) -> Any:
        """The one with that key."""
        return next(iter(_with_key(cls)(pk=pk)), None)


@cache
def _with_key(kind: type[Any]) -> Asked[Any]:
    return Asked(lambda pk: kind._default_manager.to_show().filter(pk=pk).order_by())


def _below(kind: type[Findable]) -> list[type[Findable]]:
    return [each for sub in kind.__subclasses__() for each in (sub, *_below(sub))]
