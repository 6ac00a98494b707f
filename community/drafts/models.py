"""A draft: the texts of a form that was not sent yet."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Hashable, Iterable, Mapping
from typing import Any

from django.db import models, transaction
from django.utils import timezone

from community import live, things
from community.asked import Asked
from community.drafts.typed import LARGEST, PLACE, Typed
from community.kept import Kept
from community.members.models import Member
from community.merge import brought_into

MOST = 100  # drafts of one member
MOST_BLANK = 10_000  # places where one wrote nothing, remembered
KEPT = dt.timedelta(days=90)
APPEAL = dt.timedelta(days=183)  # the time to appeal against the end of an account, as `moderation` gives it
DISCARDED_KEPT = dt.timedelta(days=1)  # as long as a discarded one can be put back


class Newer(Exception):
    """Another page saved, sent or discarded it meanwhile. `current` is what there is now; nothing was written."""

    def __init__(self, current: Draft) -> None:
        super().__init__()
        self.current = current


class Full(Exception):
    """It is too long, or the member has as many drafts as one may have."""


class DraftQuerySet(models.QuerySet["Draft"]):
    def visible_to(self, member: Member) -> DraftQuerySet:
        """One's own, and nobody else's: neither leads nor staff."""
        return self.filter(member=member.pk)

    def kept(self) -> DraftQuerySet:
        """Those with a text, the latest first."""
        return self.filter(size__gt=0, discarded_at=None).order_by("-at", "-pk")

    def forgotten(self, but: Collection[int] = ()) -> DraftQuerySet:
        """Those whose time is over; of closed accounts, that much later: an appeal brings all back as it was.

        None of the members with the keys `but`, whose drafts are still needed.
        """
        now = timezone.now()
        old = models.Q(at__lt=now - KEPT) & models.Q(member__is_active=True) | models.Q(at__lt=now - KEPT - APPEAL)
        return self.filter(old | models.Q(discarded_at__lt=now - DISCARDED_KEPT)).exclude(member__in=but)


class Draft(models.Model):
    """`place` says what is written and where: "reply:threads.thread-12".

    `sequence` counts the saves, and what ends a draft: a page that knew an earlier state cannot overwrite a later one,
    nor bring back what was sent. So the row stays when the text has gone.
    """

    member = models.ForeignKey(Member, models.CASCADE, related_name="+")
    place = models.CharField(max_length=110)
    fields = models.JSONField(default=dict)
    size = models.PositiveIntegerField(default=0)
    sequence = models.PositiveIntegerField(default=0)
    tab = models.CharField(max_length=40, blank=True)
    at = models.DateTimeField(default=timezone.now, db_index=True)
    discarded_at = models.DateTimeField(null=True)

    written: Mapping[str, Any] | None = None  # the fields as they are kept, of which `fields` may say less
    thing: Any = None  # what it belongs to, as far as the writer may see it, given by `with_things`

    objects = DraftQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint("member", "place", name="one_draft_a_place")]

    def __str__(self) -> str:
        return self.place

    @classmethod
    def read_by(cls, rule: Callable[[things.Name, Mapping[str, Any]], str]) -> None:
        """`rule` says what can be read of a draft's body, by the thing it belongs to and its fields."""
        _rules.append(rule)

    @classmethod
    def from_db(cls, *row: Any, **how: Any) -> Draft:
        """What it quotes and is out of sight is read by no door, and stays in the row for when that comes back."""
        draft = super().from_db(*row, **how)
        if "fields" not in draft.get_deferred_fields():
            draft._cover()
        return draft

    @classmethod
    def of(cls, member: Member, place: str) -> Draft:
        """The member's draft for that place; a blank one where nothing was written."""
        found = _drafts(member=member.pk, place=place)
        return found[0] if found else cls(member=member, place=place)

    @classmethod
    def known(cls, member: Member, place: str, own: Hashable) -> Draft:
        """The same, asked only where there was a text or may be one now: `own` is what `live.own_changed` changes."""
        key = (own, member.pk, place)
        draft = _blank.get(key)
        if draft is None:
            draft = cls.of(member, place)
            if not draft.is_kept:
                _blank.put(key, draft)
        return draft

    @classmethod
    def begun(cls, member: Member, data: Mapping[str, Any]) -> Draft:
        """As the page of a form that was sent knew it; a blank one of no place for a form that was not."""
        typed = Typed.of(data)
        return cls(member=member, place=typed.place, sequence=typed.sequence) if typed else cls(member=member)

    @classmethod
    @transaction.atomic
    def keep(cls, member: Member, typed: Typed) -> Draft:
        """Save it. Raises `Newer` if another page was there first, `Full` if there is no room.

        A page may repeat itself, and go on from its own last save whether or not it heard the answer.
        """
        if typed.size > LARGEST:
            raise Full
        now = cls._hold(member, typed.place)
        if not now._is_known_to(typed):
            raise Newer(now)
        if not now.size and typed.size and cls.objects.visible_to(member).kept().count() >= MOST:
            raise Full
        is_change = now.fields != typed.fields or not now.is_kept
        if is_change and (now.size or typed.size):
            now._write(typed.fields if typed.size else {}, typed.size, typed.tab)
        return now

    @classmethod
    @transaction.atomic
    def sent(cls, member: Member, data: Mapping[str, Any]) -> None:
        """The form was sent: its draft has ended. Another text, saved by another page meanwhile, stays."""
        typed = Typed.of(data)
        if typed is None:
            return
        now = cls._hold(member, typed.place)
        body = now.fields.get("body")
        if not now.size or now._is_known_to(typed) or (body and body == typed.fields.get("body")):
            now._write({}, 0, "")

    @classmethod
    def whole(cls, member: Member, data: Mapping[str, Any], body: str) -> str:
        """The body of a form that was sent, with all that its draft quotes: for a deed that covers it, and no page."""
        typed = Typed.of(data)
        return str(cls.of(member, typed.place)._taken_in({"body": body})["body"]) if typed else body

    @classmethod
    @transaction.atomic
    def bring_back(cls, member: Member, place: str, fields: Mapping[str, str | list[str]]) -> Draft:
        """What was sent and taken back is a draft again, before whatever was begun since."""
        now = cls._hold(member, place)
        later = now.fields.get("body", "") if now.is_kept else ""
        body = "\n\n".join(filter(None, [str(fields.get("body", "")), later]))
        typed = Typed(place, {**now.fields, **fields, "body": body})
        now._write(typed.fields, typed.size, "")
        return now

    @classmethod
    @transaction.atomic
    def move(cls, place: str, to: str) -> None:
        """What people were writing there goes on here, before what they began here. Replies answer no post any more."""
        for old in cls.objects.kept().filter(place=place).select_related("member").order_by("member"):
            now = cls._hold(old.member, place)
            if now.is_kept:
                kept = {name: value for name, value in now.fields.items() if name not in {"to", "section"}}
                cls.bring_back(old.member, to, now._taken_in(kept))
                now._write({}, 0, "")

    @transaction.atomic
    def discard(self) -> None:
        """Its writer does not want it any more; it can be put back for a day."""
        now = self._hold(self.member, self.place)
        now.discarded_at, now.tab, now.sequence = timezone.now(), "", now.sequence + 1
        now.save(update_fields=["discarded_at", "tab", "sequence"])
        live.own_changed(self.member)

    @transaction.atomic
    def put_back(self) -> None:
        """Not discarded after all."""
        now = self._hold(self.member, self.place)
        now.discarded_at, now.sequence = None, now.sequence + 1
        now.save(update_fields=["discarded_at", "sequence"])
        live.own_changed(self.member)

    @property
    def is_kept(self) -> bool:
        """Whether there is a text to go on with."""
        return self.size > 0 and self.discarded_at is None

    @property
    def deed(self) -> str:
        """What is being written: "reply", "new", "edit"."""
        return self.place.partition(":")[0]

    @property
    def name(self) -> things.Name:
        """The thing it belongs to, as `community.things` takes it."""
        found = PLACE.fullmatch(self.place)
        return (found[2], int(found[3])) if found else ("", 0)

    @property
    def is_at_hand(self) -> bool:
        """Whether the page of its thing has it in a form: not of one that went into another while this was saved."""
        return self.thing is not None and self.thing.pk == self.name[1]

    @property
    def words(self) -> str:
        """What to know it by: its text, or else its title."""
        return str(self.fields.get("body") or self.fields.get("title") or "")

    def onto(self, initial: Mapping[str, Any]) -> dict[str, Any]:
        """What a form begins with: the draft, where there is one."""
        return {**initial, **self.fields} if self.is_kept else dict(initial)

    @classmethod
    def _hold(cls, member: Member, place: str) -> Draft:
        """The row, held to the end of the transaction."""
        cls.objects.get_or_create(member=member, place=place)
        return cls.objects.select_for_update().get(member=member, place=place)

    def _is_known_to(self, typed: Typed) -> bool:
        """Whether the page had seen this state, wrote it itself, or says the same."""
        is_own = bool(typed.tab) and self.tab == typed.tab
        return self.sequence == typed.sequence or is_own or (self.is_kept and self.fields == typed.fields)

    def _write(self, fields: dict[str, str | list[str]], size: int, tab: str) -> None:
        was_kept = self.is_kept
        self.fields, self.size, self.tab = self._taken_in(fields), size, tab
        self.at, self.discarded_at, self.sequence = timezone.now(), None, self.sequence + 1
        self.save()
        self._cover()
        if not (was_kept and self.is_kept):
            live.own_changed(self.member)

    @property
    def _whole(self) -> Mapping[str, Any]:
        return self.fields if self.written is None else self.written

    def _cover(self) -> None:
        self.written = self.fields
        if (said := readable(self.fields, self.name)) != self.fields.get("body", ""):
            self.fields = {**self.fields, "body": said}

    def _taken_in(self, fields: dict[str, Any]) -> dict[str, Any]:
        """These, with what could not be read in the row while they were typed.

        Only as far as no more can be read with it: what answers nothing any more may not show what it was kept from.
        """
        if not (self.is_kept and fields.get("body")) or self._whole == self.fields:
            return fields
        whole = {**fields, "body": brought_into(self.fields["body"], self._whole["body"], fields["body"])}
        return whole if readable(whole, self.name).rstrip() == fields["body"].rstrip() else fields


_rules: list[Callable[[things.Name, Mapping[str, Any]], str]] = []
_drafts = Asked(lambda member, place: Draft.objects.filter(member=member, place=place))
_blank: Kept[Draft] = Kept(MOST_BLANK)


def readable(fields: Mapping[str, Any], of: things.Name = ("", 0)) -> str:
    """What can be read of the body of these now; `of` is the thing they belong to."""
    return next((rule(of, fields) for rule in _rules), str(fields.get("body", "")))


def with_things(drafts: Iterable[Draft], member: Member) -> list[Draft]:
    """Each with its `thing`, or what that went into; None where the member may not see it any more."""
    drafts = list(drafts)
    seen = things.followed(member, [draft.name for draft in drafts])
    for draft in drafts:
        draft.thing = seen.get(draft.name)
    return drafts
