"""Live is a hint, the database is the truth: numbered events that pages follow, and the bell that announces them.

A deed calls `publish` inside its transaction. That writes an event with the stream's next number; after commit the bell
rings in every process with the rendered frame, and whoever missed it (layers drop silently) catches up by number.
"""

from __future__ import annotations

import json
import logging
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from functools import cache, partial
from typing import TYPE_CHECKING, Any, TypeVar

from django.apps import apps
from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.exceptions import EmptyResultSet
from django.db import models, transaction
from django.template.loader import render_to_string
from django.utils import translation

from community.asked import Asked
from community.bell import ring
from community.models import Event, Stream
from community.order import at_its_turn

if TYPE_CHECKING:
    from community.members.models import Member

ACCESS = "access"  # the stream that says whose access to look at again
NAMES = "names"  # the stream that says that people, groups or tags are called something else
SIGHT = "sight"  # the stream that says that things were hidden, removed or put back
PAGE = 200  # events of one go of catching up; whoever missed more asks again from the last number told
LONGEST_PAGE = 200_000  # characters of HTML in it: it ends with the event that exceeds them

log = logging.getLogger(__name__)
M = TypeVar("M", bound=models.Model)

_streams = Asked(lambda **names: Stream.objects.filter(name__in=list(names.values())))
_is_silent = ContextVar("is_silent", default=False)
_followable: dict[str, Callable[[Collection[Member], int], set[int]]] = {}


def streamable(model: type[M]) -> type[M]:
    """Let pages follow things of this model, guarded by its own `visible_to`."""
    _followable[str(model._meta.model_name)] = seen_by(model)
    return model


@cache
def seen_by(model: type[models.Model]) -> Callable[[Collection[Member], int], set[int]]:
    """Which of these members see the thing with that key: by the model's own `visible_to`, put into SQL once a day."""
    asked = {is_staff: Asked(partial(_visible_to_one, model, is_staff)) for is_staff in (True, False)}

    def visible(members: Collection[Member], pk: int) -> set[int]:
        found: set[int] = set()
        standing = [member for member in members if member.is_active and not member.is_suspended]
        for is_staff, question in asked.items():
            with suppress(EmptyResultSet):  # such members see none of them
                found |= question.among("member", [each.pk for each in standing if each.is_staff == is_staff], pk=pk)
        return found

    return visible


def _visible_to_one(model: type[models.Model], is_staff: bool, member: int, pk: int) -> models.QuerySet[Any]:
    """What a member with that key may see of the thing with that key.

    Only what is given here is known of the member: a `visible_to` that looked at anything else would not find it.
    """
    known = {"id": member, "is_staff": is_staff, "is_active": True, "suspended_until": None}
    fields = [field.attname for field in get_user_model()._meta.concrete_fields if field.attname in known]
    somebody = get_user_model().from_db("default", fields, [known[field] for field in fields])
    return model._default_manager.visible_to(somebody).filter(pk=pk).order_by().only("pk")  # type: ignore[attr-defined]


def follow_if(name: str, rule: Callable[[Member, int], bool]) -> None:
    """Let pages follow streams called `name-<pk>` that are no row of their own, guarded by `rule`."""
    _followable[name] = lambda members, pk: {member.pk for member in members if rule(member, pk)}


def stream_of(thing: models.Model) -> str:
    """The stream's name, which is also the thing's id on a page: "thread-12"."""
    return f"{thing._meta.model_name}-{thing.pk}"


def may_follow(member: Member, stream: str) -> bool:
    """Whether the member may see what happens in the stream now. A malformed name is one that never was."""
    return member.pk in who_may_follow([member], stream)


def who_may_follow(members: Collection[Member], stream: str) -> set[int]:
    """The keys of those of the members who may: one question for all."""
    name, _, pk = stream.rpartition("-")
    rule = _followable.get(name)
    return rule(members, int(pk)) if rule and pk.isascii() and pk.isdigit() and len(pk) < 19 else set()


def publish(
    owner: models.Model | str, verb: str, target: str = "", thing: models.Model | None = None, *, is_whole: bool = False
) -> None:
    """Tell all who follow `owner`: `append` or `replace` the thing at `target`, `remove` it, or `refresh`.

    A target like "reactions-post-12" is a part of the thing that has a partial of its own, named in its `parts`. A
    thing that `is_whole` was made by the deed as it stands in the database: it is not read again, and what was drawn of
    it is afterwards its `drawn`.

    Call inside the deed's transaction. A broadcast that fails is logged and never fails the deed.
    """
    if _is_silent.get():
        return
    stream = owner if isinstance(owner, str) else stream_of(owner)
    named = {"thing_model": thing._meta.label_lower, "thing_id": thing.pk} if thing else {}
    event = Event(stream=stream, verb=verb, target=target, **named)
    whole = thing if is_whole else None
    at_its_turn("streams", lambda: _tell(event, whole))


def _tell(event: Event, whole: models.Model | None) -> None:
    event.number = Stream.advance(event.stream)
    event.save(force_insert=True)
    transaction.on_commit(lambda: _ring(event, whole), robust=True)  # no partial: Django logs the failure by its name


def whisper(owner: models.Model | str, verb: str, **facts: str | int) -> None:
    """Tell open pages something of this moment that nobody needs to catch up on. It is kept nowhere."""
    if _is_silent.get():
        return
    stream = owner if isinstance(owner, str) else stream_of(owner)
    told = encode({"stream": stream, "verb": verb, **facts})
    try:
        ring(stream, 0, told)
    except Exception:
        log.warning("A whisper was not heard", exc_info=True)


@contextmanager
def silently() -> Iterator[None]:
    """Nothing is told: for deeds that nobody can be watching, for nobody is here yet, such as the demo's."""
    token = _is_silent.set(True)
    try:
        yield
    finally:
        _is_silent.reset(token)


def recheck(member: Member) -> None:
    """The member lost something: every open connection of theirs asks `may_follow` again, at once."""
    publish(ACCESS, "recheck", thing=member)


def recheck_everyone() -> None:
    """Many may have lost something, such as the people of an organisation: all connections ask again."""
    publish(ACCESS, "recheck")


def renamed() -> None:
    """Somebody or something has another name, or a group was set up: whoever keeps a drawn name draws it anew."""
    publish(NAMES, "refresh")


def out_of_sight_or_back() -> None:
    """Something can be seen no more, or again: whoever keeps a count of such things counts anew."""
    publish(SIGHT, "refresh")


def own_changed(member: Member) -> None:
    """The member chose something for themselves: whoever keeps what they chose looks anew. Last in a deed.

    What a deed does to the same person's stream and to others' it must do in one order, or two deeds wait for each
    other.
    """
    publish(f"own-{member.pk}", "refresh")


def access_changes(number: int) -> tuple[int, set[int] | None]:
    """The number of the last change of access, and whom those after `number` concern (None: everybody)."""
    found = Event.objects.filter(stream=ACCESS, number__gt=number).order_by("number")
    changes = list(found.values_list("number", "thing_id"))
    members = {member for _number, member in changes}
    known = changes and changes[0][0] == number + 1 and None not in members
    return (changes[-1][0] if changes else head(ACCESS)), (members if known else None)  # type: ignore[return-value]


def head(stream: str) -> int:
    """The number of the stream's last event, 0 if nothing ever happened. A page starts following from here."""
    return Stream.objects.filter(name=stream).values_list("last", flat=True).first() or 0


def heads(streams: Iterable[str]) -> dict[str, int]:
    """The heads of several streams in one look; those in which nothing ever happened are left out."""
    names = {f"name_{n}": name for n, name in enumerate(streams)}
    return {found.name: found.last for found in _streams(**names)} if names else {}


def since(stream: str, number: int) -> list[dict[str, Any]]:
    """The next frames after `number`, oldest first, each showing its thing as it is now; none when that was all.

    What was changed several times in this page is told once, where it changed last; `after` is the number of the frame
    before it. "refresh" where the log does not reach back that far, or the number was never given.
    """
    last = head(stream)  # first, so that what happens between the two looks is no gap
    events = list(Event.objects.filter(stream=stream, number__gt=number).order_by("number")[:PAGE])
    if (last > number and (not events or events[0].number != number + 1)) or number > last:
        return [{"stream": stream, "number": last, "verb": "refresh"}]
    things = _things_of(events)
    told: list[dict[str, Any]] = []
    length = 0
    for event in _told_once(events):
        told.append(frame(event, things.get(_key(event))) | {"after": told[-1]["number"] if told else number})
        length += len(told[-1].get("html", ""))
        if length > LONGEST_PAGE:
            break
    return told


def frame(event: Event, thing: models.Model | None) -> dict[str, Any]:
    """What a page is told. A thing that is gone meanwhile is told as removed.

    `after` is the number before: whoever knows less has missed something on the way, and asks again.
    """
    told: dict[str, Any] = {"stream": event.stream, "number": event.number, "after": event.number - 1}
    told |= {"verb": event.verb, "target": event.target}
    if event.thing_model:
        told["id"] = f"{event.thing_model.rpartition('.')[2]}-{event.thing_id}"
    if event.verb in {"append", "replace"}:
        if thing is None:
            return told | {"verb": "remove", "target": told["id"]}
        part = _part(event.target, thing)
        told |= {"id": event.target if part else told["id"], "html": render(thing, part)}
    return told


def render(thing: models.Model, part: str = "") -> str:
    """The thing's one partial, the same for everyone: in the site's own language, never asking who looks.

    Or the partial of one of its parts, by the names that the model gives them in `parts`.
    """
    partial = thing.parts[part] if part else thing.partial  # type: ignore[attr-defined]
    with translation.override(settings.LANGUAGE_CODE):
        return render_to_string(partial, {str(thing._meta.model_name): thing, "thing": thing})


def encode(told: dict[str, Any]) -> str:
    """A frame as it goes over the wire."""
    return json.dumps(told, ensure_ascii=False, separators=(",", ":"))


def _part(target: str, thing: models.Model) -> str:
    """The part of the thing that a target like "reactions-post-12" names, if it is one."""
    part = target.removesuffix(f"-{stream_of(thing)}")
    return part if part in getattr(thing, "parts", {}) else ""


def _told_once(events: list[Event]) -> list[Event]:
    """Without the replacements that a later one of the same part makes needless. The last event always stays."""
    latest = {(event.target, *_key(event)): event.number for event in events if event.verb == "replace"}
    return [event for event in events if event.verb != "replace" or latest[event.target, *_key(event)] == event.number]


def _key(event: Event) -> tuple[str, int | None]:
    return event.thing_model, event.thing_id


def _things_of(events: Iterable[Event]) -> dict[tuple[str, int | None], models.Model]:
    wanted: dict[str, set[int]] = defaultdict(set)
    for event in events:
        if event.thing_id is not None and event.verb in {"append", "replace"}:
            wanted[event.thing_model].add(event.thing_id)
    return {
        (label, pk): thing
        for label, pks in wanted.items()
        for pk, thing in apps.get_model(label)._default_manager.to_show().in_bulk(pks).items()
    }


def _ring(event: Event, whole: models.Model | None) -> None:
    told = {} if event.stream == ACCESS else frame(event, whole or _things_of([event]).get(_key(event)))
    if whole:
        whole.drawn = told["html"]  # type: ignore[attr-defined]
    ring(event.stream, event.number, encode(told) if told else "")
