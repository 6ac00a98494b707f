"""Files that were taken down for good reason do not come back by being uploaded again."""

from __future__ import annotations

from community.files.models import StoredFile, bar_if
from community.moderation.models.acts import HOLD
from community.moderation.models.bar import BarredFile, why_kept_away
from community.moderation.models.kinds import Kind
from community.moderation.models.moderatable import Moderatable, moderated
from community.moderation.models.sealed import SealedCase


def is_barred(sha256: str) -> bool:
    """Whether the same bytes belong to something that is removed, or hidden as illegal or intimate, or sealed abuse."""
    if BarredFile.has(sha256):
        return True
    things = (
        thing
        for stored in StoredFile.objects.filter(sha256=sha256)
        for holder in stored.holders()
        for thing in moderated(holder)
    )
    lifted = set(BarredFile.objects.filter(sha256=sha256).exclude(lifted_at=None).values_list("decision", flat=True))
    return any(_keeps_away(each, lifted) for thing in things for each in (thing, *thing.wholes))


def _keeps_away(thing: Moderatable, lifted: set[int]) -> bool:
    hidden = thing.hidden
    if hidden is None:
        return False
    if hidden.act == HOLD:
        return SealedCase.objects.filter(subject=thing.subject, kind=Kind.ABUSE, given_back_at=None).exists()
    return hidden.pk not in lifted and bool(why_kept_away(hidden))


bar_if(is_barred)
