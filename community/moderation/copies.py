"""The same bytes elsewhere: an intimate picture, or what is illegal, is taken down wherever it stands.

The law gives 48 hours for an intimate picture with its copies, so once staff have taken one down each copy is a case by
itself, due when the first is. It is not hidden unseen: the same bytes can stand in another place with consent, and its
author is owed reasons by a person. Of what is illegal the place may matter more: staff open those cases, and are told
until they have. Child abuse material is out of sight wherever it is once a keeper has closed the case without giving it
back; before that, one report could take down whatever shares a picture.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction
from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from community import ledger, live
from community.members.models import Member
from community.moderation.models import DESK, Case, Moderatable, SealedCase, Worry
from community.moderation.models.kinds import GRAVE, Kind
from community.moderation.models.parts import hashes_under
from community.moderation.named import beside, holding
from community.order import rows_first


def cause(thing: Moderatable) -> Case | None:
    """The grave case for which the same is looked for: the one that waits, or the one by which it is out of sight."""
    hid = thing.hidden.case if thing.hidden else None
    return next((case for case in (thing.open_case, hid) if case and case.kind in GRAVE), None)


def of(thing: Moderatable) -> list[Moderatable]:
    """What else carries a file of the thing or of a part of it, is in sight, and neither has a case due as soon nor had
    one because of this or of what this is a copy of."""
    case = cause(thing)
    if case is None or not (others := _beside(thing)):
        return []
    first = _first(case)
    cared_for = Q(closed_at=None, due_at__lte=case.due_at) | Q(copy_of=first) | Q(pk=first)
    done = set(Case.objects.filter(cared_for, subject__in=list(others)).values_list("subject", flat=True))
    return [each for name, each in others.items() if name not in done and not _is_gone(each)]


def said(thing: Moderatable) -> str | Promise:
    """What there is to know about them once something was decided; "" if there are none."""
    case = cause(thing)
    if case is None or not of(thing):
        return ""
    if become_cases(case, thing):
        return _("The same file is still in sight elsewhere: cases about that open by themselves, due when this was.")
    return _("The same file is still in sight elsewhere: open cases about that there too.")


def become_cases(case: Case, thing: Moderatable) -> bool:
    """Whether they do so by themselves: where the law gives hours, and staff have taken the first down."""
    return case.kind == Kind.INTIMATE and thing.hidden is not None and thing.hidden.case_id == case.pk


def look(case: Case) -> None:
    """They are cases now, or it is known that they wait for staff to make them such."""
    thing = Moderatable.find(case.subject)
    found = bool(thing and cause(thing) == case and of(thing))
    if thing and found and become_cases(case, thing):
        open_cases(None, case, thing)
        found = False
    if Case.objects.filter(pk=case.pk, copies_stand=not found).update(copies_stand=found):
        live.publish(DESK, "refresh", target="desk")


@transaction.atomic
@rows_first()
def open_cases(by: Member | None, case: Case, thing: Moderatable) -> None:
    """Each of them is a case of the same kind, due when this one is; without `by`, those on duty hear of it."""
    found = _held(of(thing))
    for each in found:
        copy = Case.gather(each.subject, case.kind, case.at)
        Case.objects.filter(pk=copy.pk, copy_of=None).update(copy_of=_first(case))
        ledger.record(by, "gather-copy", each.subject, case=copy.pk, of=case.pk)
    if found and by is None:
        copy.call()
    Case.objects.filter(pk=case.pk).update(copies_stand=False)


@transaction.atomic
@rows_first()
def close(case: SealedCase, by: Member) -> None:
    """Nothing is left to do about what is sealed. Where it is child abuse material, the same files are sealed too, and
    kept from whom this is kept from: they would read its number there."""
    thing = case.thing if case.is_abuse and case.is_held else None
    found = _held(_beside(thing).values()) if thing else []
    worry = Worry(Kind.ABUSE, gettext("The same file as in sealed case %(number)s.") % {"number": case.pk})
    SealedCase.tell([SealedCase.put_down(worry, each, case.kept_from).case for each in found])
    case.close(by)


def _first(case: Case) -> int:
    """The case from which all copies were found, however one leads to the next."""
    return case.copy_of_id or case.pk


def _beside(thing: Moderatable) -> dict[str, Moderatable]:
    """What else carries a file of it or of a part of it."""
    digests = hashes_under(thing)
    return beside(thing, holding(digests, None)) if digests else {}


def _held(things: Iterable[Moderatable]) -> list[Moderatable]:
    """Their rows are held in one order, all before anything is done with the first: see `cases.hide_all`."""
    found = sorted(things, key=lambda each: (each._meta.label, each.pk))
    for each in found:
        each.hold_row()
    return found


def _is_gone(thing: Moderatable) -> bool:
    return any(each.is_gone for each in (thing, *thing.wholes))
