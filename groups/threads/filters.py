"""What of a list is shown: the filters that an address holds, combined with each other and kept from page to page."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, NamedTuple, cast
from urllib.parse import urlencode

from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from community.members.models import Member
from groups.models import Group
from groups.tags.models import LONGEST, Tag
from groups.threads.models import Thread
from groups.threads.models.lists import begun_by
from groups.threads.models.thread import ThreadQuerySet
from groups.threads.paging import Order

SHOWS: dict[str, str | Promise] = {
    "": _("Latest"),
    "unread": _("Unread"),
    "unanswered": _("Unanswered"),
    "following": _("Following"),
    "mine": _("Mine"),
    "archive": _("Archive"),
}
SORTS: dict[str, str | Promise] = {"": _("Last written in"), "newest": _("Last begun")}
NAMES = ("show", "kind", "tag", "sort")
WORD = re.compile(rf"[\w-]{{1,{LONGEST}}}", re.ASCII)


class Choice(NamedTuple):
    """A filter to press: its words, where it leads, whether it is on, and how much it would show (None: not told)."""

    words: str | Promise
    href: str
    is_on: bool
    tally: int | None = None


@dataclass(frozen=True)
class Filters:
    """What a member asked of the lists of some groups. Anything an address holds that is no filter counts as none."""

    member: Member
    known: Sequence[Tag]  # of these groups, retired ones too
    muted: Sequence[Tag]
    show: str = ""
    kind: str = ""
    tag: str = ""
    sort: str = ""

    @classmethod
    def asked(cls, asked: Mapping[str, str], member: Member, groups: Sequence[Group]) -> Filters:
        tags = Tag.objects.visible_to(member)
        show, kind, tag, sort = (asked.get(name, "") for name in NAMES)
        return cls(
            member,
            list(tags.filter(Q(group=None) | Q(group__in=groups)).order_by("nation", "slug")),
            list(tags.muted_by(member)),
            show if show in SHOWS else "",
            kind if kind in Thread.Kind.values else "",
            tag if WORD.fullmatch(tag) else "",
            sort if sort in SORTS else "",
        )

    @property
    def kept(self) -> dict[str, str]:
        """What every address of the list carries on."""
        return {name: getattr(self, name) for name in NAMES if getattr(self, name)}

    @property
    def is_any(self) -> bool:
        """Whether something is left out; the order alone leaves out nothing."""
        return bool(self.show or self.kind or self.tag)

    def order(self, *, has_pins: bool) -> Order:
        """Pinned ones stand first in a group's whole list, as long as it is sorted by what is alive."""
        return Order("created_at" if self.sort else "last_post_at", has_pins and not self.is_any and not self.sort)

    def applied(self, threads: ThreadQuerySet) -> ThreadQuerySet:
        """The threads that are left, muted ones aside unless they are what was asked for."""
        if self.tag:
            threads = threads.tagged([tag for tag in self.known if tag.slug == self.tag])
        if self.kind:
            threads = threads.filter(kind=self.kind)
        if self.show == "archive":
            return threads.exclude(archived_at=None)
        threads = threads.current()
        if self.show == "mine":
            return threads.filter(begun_by(self.member))
        if self.show == "following":
            return threads.followed_by(self.member)
        if not self.tag:
            threads = threads.without(self.muted, self.member)
        if self.show == "unanswered":
            threads = threads.unanswered()
        return threads.unread_by(self.member) if self.show == "unread" else threads

    def shows(self, threads: ThreadQuerySet) -> list[Choice]:
        """Latest, Unread 4, Unanswered 3, Following, Mine."""
        counted = {name: replace(self, show=name).applied(threads).number() for name in ("unread", "unanswered")}
        return [self._choice("show", name, words, counted.get(name)) for name, words in SHOWS.items()]

    @property
    def kinds(self) -> list[Choice]:
        """Each kind; the one that is on leads back to all."""
        return [self._switch("kind", str(kind.value), kind.label) for kind in Thread.Kind]

    @property
    def sorts(self) -> list[Choice]:
        return [self._choice("sort", name, words) for name, words in SORTS.items()]

    @property
    def tags(self) -> list[Choice]:
        """Each word once, the one that is on also if it is offered no more."""
        words = {tag.slug: tag.name for tag in self.known if tag.retired_at is None or tag.slug == self.tag}
        if self.tag:
            words.setdefault(self.tag, self.tag)
        return [self._switch("tag", slug, name) for slug, name in words.items()]

    def _switch(self, name: str, value: str, words: str | Promise) -> Choice:
        is_on = getattr(self, name) == value
        return self._choice(name, "" if is_on else value, words)._replace(is_on=is_on)

    def _choice(self, name: str, value: str, words: str | Promise, tally: int | None = None) -> Choice:
        kept = replace(self, **cast(dict[str, Any], {name: value})).kept
        is_on = cast(str, getattr(self, name)) == value
        return Choice(words, f"?{urlencode(kept)}" if kept else "?", is_on, tally)
