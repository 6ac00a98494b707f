"""What belongs to a thing that can be moderated: the posts of a discussion, the versions of a document."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.db import models
from django.db.models import Value
from django.db.models.functions import Cast, Concat

from community.files.models import StoredFile
from community.members.models import Member
from community.moderation.models.acts import HOLD
from community.moderation.models.hold import Hold


def writers_of(thing: Any) -> set[Member]:
    """Who wrote it or a part of it, with those whom it does not name."""
    found = {thing.writer}
    for kind, field in _parts_of(type(thing)):
        if "author" in {each.name for each in kind._meta.concrete_fields}:
            rows = kind._base_manager.filter(**{field: thing})
            found |= set(Member.objects.filter(pk__in=rows.values("author")))
            if _is_moderated(kind):
                found |= {row.writer for row in rows.filter(author__in=[each for each in found if each.is_nameless])}
    return {each for each in found if not each.is_nameless}


def hold_writers(thing: Any) -> None:
    """The rows of all who wrote it or a part of it, to the end of the transaction, before any row of what they wrote:
    while it is deleted for good, nobody is told that it is kept, neither it nor what they wrote."""
    rows = Member.objects.select_for_update(no_key=True).filter(pk__in=[each.pk for each in writers_of(thing)])
    list(rows.order_by("pk").values_list("pk"))


def has_withheld(thing: Any) -> bool:
    """Whether a part of it, or what it carries, is kept from everybody: what the whole said once may tell that."""
    if Hold.on_any(getattr(thing, "carried_subjects", ())):
        return True
    kinds = [(kind, field) for kind, field in _parts_of(type(thing)) if _is_moderated(kind)]
    return any(kind._base_manager.filter(**{field: thing, "hidden__act": HOLD}).exists() for kind, field in kinds)


def hashes_under(thing: Any) -> set[str]:
    """Of all files that it carries, or a part of it does."""
    found: set[str] = set()
    for relation in StoredFile._meta.get_fields(include_hidden=True):
        if isinstance(relation, models.ManyToOneRel):
            for way in _ways_to(type(thing), relation.related_model):
                rows = relation.related_model._base_manager.filter(**{way: thing.pk})
                found |= set(rows.values_list(f"{relation.field.name}__sha256", flat=True)) - {None}
    return found


def subjects_under(thing: Any) -> set[str]:
    """The names of the thing, and of its parts that can be reported themselves."""
    found = {str(thing.subject)}
    for kind, field in _parts_of(type(thing)):
        if _is_moderated(kind):
            keys = kind._base_manager.filter(**{field: thing}).values_list("pk", flat=True)
            found |= {f"{kind._meta.model_name}-{pk}" for pk in keys}
    return found


def let_go(rows: models.QuerySet[Any], subject: str = "subject") -> Any:
    """Without those whose subject ("post-12") is held, or is a part of what is."""
    rows = rows.exclude(**{f"{subject}__in": Hold.objects.values("subject")})
    for whole in filter(_is_moderated, apps.get_models()):
        for kind, field in _parts_of(whole):
            if _is_moderated(kind):
                parts = kind._base_manager.filter(**{f"{field}__hidden__act": HOLD})
                rows = rows.exclude(**{f"{subject}__in": _names(kind, parts)})
    return rows


def not_within(rows: models.QuerySet[Any], subjects: set[str]) -> Any:
    """Without those whose subject ("post-12") is one of these, or is a part of one."""
    rows = rows.exclude(subject__in=subjects)
    for whole in filter(_is_moderated, apps.get_models()):
        name = f"{whole._meta.model_name}-"
        keys = [int(each.removeprefix(name)) for each in subjects if each.startswith(name)]
        for kind, field in _parts_of(whole) if keys else ():
            if _is_moderated(kind):
                rows = rows.exclude(subject__in=_names(kind, kind._base_manager.filter(**{f"{field}__in": keys})))
    return rows


def without_own(rows: models.QuerySet[Any], member: Member) -> Any:
    """Without those whose subject ("post-12") the member wrote."""
    for kind in filter(_is_moderated, apps.get_models()):
        rows = rows.exclude(subject__in=_names(kind, kind._base_manager.filter(kind.written_by(member))))  # type: ignore[attr-defined]
    return rows


def without_shared(rows: models.QuerySet[Any], member: Member) -> Any:
    """Without those in whose subject ("thread-12") the member wrote a part."""
    for whole in filter(_is_moderated, apps.get_models()):
        for kind, field in _parts_of(whole):
            if (theirs := _written_by(kind, member)) is not None:
                wholes = whole._base_manager.filter(pk__in=kind._base_manager.filter(theirs).order_by().values(field))
                rows = rows.exclude(subject__in=_names(whole, wholes))
    return rows


def _written_by(kind: type[Any], member: Member) -> models.Q | None:
    """Which rows of a kind are the member's, if it says whose they are."""
    if _is_moderated(kind):
        found: models.Q = kind.written_by(member)
        return found
    return models.Q(author=member) if "author" in {each.name for each in kind._meta.concrete_fields} else None


def _names(kind: type[models.Model], rows: models.QuerySet[Any]) -> models.QuerySet[Any]:
    """The subjects of rows of that kind."""
    name = Concat(Value(f"{kind._meta.model_name}-"), Cast("pk", models.CharField()))
    return rows.annotate(_name=name).values("_name")


def _ways_to(whole: type[models.Model], holder: type[Any]) -> Iterator[str]:
    """How a row that holds a file leads to such a whole: it is one, belongs to one, or to a part of one."""
    if holder is whole._meta.concrete_model:
        yield "pk"
    for field in holder._meta.concrete_fields:
        if field.related_model is whole:
            yield field.name
        elif field.related_model and _is_moderated(field.related_model):
            for key in field.related_model._meta.concrete_fields:
                if key.related_model is whole and not key.null:
                    yield f"{field.name}__{key.name}"


def _parts_of(whole: type[models.Model]) -> Iterator[tuple[type[Any], str]]:
    """Each kind of row that cannot be without such a whole, with the field that leads there."""
    for relation in whole._meta.get_fields(include_hidden=True):
        if isinstance(relation, models.ManyToOneRel) and not relation.field.null:
            yield relation.related_model, relation.field.name


def _is_moderated(kind: type[models.Model]) -> bool:
    return hasattr(kind, "withhold")
