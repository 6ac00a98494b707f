"""What a page needs to know of its one viewer's responses, beside the things that are drawn the same for everyone."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import CharField, Value
from django.db.models.functions import Cast

from community.members.models import Member
from community.responses.models import Bookmark, Reaction
from community.things import Name

SAVED = "saved"


@dataclass(frozen=True)
class Own:
    """`said` ("post-12:helpful post-13:saved") is the viewer's own; `without` is what cannot be said here."""

    said: str
    without: str


def own_responses(member: Member, things: Collection[Name], without: Collection[str] = ()) -> Own:
    """The member's responses to the things with these names, in one query."""
    names = {name: f"{name[0].rpartition('.')[2]}-{name[1]}" for name in things}
    wanted = {"thing_model__in": {model for model, _pk in names}, "thing_id__in": {pk for _model, pk in names}}
    reactions = Reaction.objects.filter(member=member, **wanted).values_list("thing_model", "thing_id", "say")
    kept = Bookmark.objects.visible_to(member).kept().filter(**wanted)
    saved = kept.values_list("thing_model", "thing_id", Cast(Value(SAVED), CharField(max_length=10)))
    rows = reactions.union(saved, all=True) if names else []
    said = [f"{names[model, pk]}:{word}" for model, pk, word in rows if (model, pk) in names]
    return Own(" ".join(sorted(said)), " ".join(without))
