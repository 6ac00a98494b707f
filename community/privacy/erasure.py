"""Erasing a person: what is theirs alone goes, what the groups still need stays without their name.

UK GDPR, Article 17. What they wrote is a part of other people's discussions, so it stays, under a stand-in; or it goes
as well, as its writer wants it. Either way others' own words stay theirs, and so does what a group agreed upon.
"""

from __future__ import annotations

import secrets
from typing import Any, NamedTuple

from django.apps import apps
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from community import ledger, live
from community.files.models import Arriving
from community.mail.models import Letter
from community.members.models import Member
from community.moderation.models import DataRequest, Note, Report
from community.order import rows_first
from community.privacy import echoes, policy, removal
from community.privacy.erasing import AT_ONCE, Erasing, Way
from community.privacy.holdings import GIVEN, THEIRS_ALONE
from community.privacy.models import OwnCopy
from community.privacy.needed import is_needed
from community.privacy.removal import Kind

# Rows that are gone with their person elsewhere, but on which what others see rests: counts, places, who was masked.
STAYS = {
    "members.affiliation.member",
    "responses.reaction.member",
    "threads.acknowledgement.member",
    "threads.mask.member",
}


class Plan(NamedTuple):
    """What erasing somebody would do: `goes` either way; `stays`, or `removed` but for what is `agreed`."""

    goes: list[Kind]
    stays: list[Kind]
    removed: list[Kind]
    agreed: list[Kind]


def plan(member: Member) -> Plan:
    """What would go and what would stay, before anybody decides; but nothing of what is nobody else's to know."""
    goes: list[Kind] = []
    stays: list[Kind] = []
    for key, title in GIVEN.items():
        if key not in THEIRS_ALONE and (rows := _rows(key, member).count()):
            (goes if _goes(key) else stays).append(Kind(str(title), rows))
    return Plan(goes, stays, removal.goes(member), removal.stays(member))


def erase(member: Member, by: Member, reason: str, way: str = Way.KEEP) -> bool:
    """For good. What stays is under a stand-in's name; the ledger says who did it, when, why and in which way.

    The person and their ways in are gone at once; what is left to do of a long life here is done in the background.
    False, and nothing is done, while something of it is needed. What it is needed for is not said, and each try is in
    the ledger: else one could find out who reported something, or wrote it without their name.
    """
    erasing = _begin(member, by, reason, way)
    if erasing:
        Erasing.work(erasing.pk, AT_ONCE)
    return erasing is not None


@transaction.atomic
@rows_first()
def _begin(member: Member, by: Member, reason: str, way: str) -> Erasing | None:
    """From now on nobody can sign in as them, and they are called otherwise."""
    member = Member.objects.select_for_update().get(pk=member.pk)
    policy.erase(by, member).enforce()
    removes = way == Way.REMOVE
    is_possible = not is_needed(member, removes=removes)
    ledger.record(by, "erase" if is_possible else "erase-later", member.subject, reason, way=str(way))
    if not is_possible:
        return None
    name, handle = member.name, member.handle
    was = {"name": name, "handle": handle, "titles": sorted(removal.titles(member)) if removes else []}
    _forget(member, by)
    echoes.forget_letters(echoes.heard(member, name, handle, is_gone=removes), set())
    live.recheck(member)
    live.renamed()
    return Erasing.objects.create(member=member, by=by, way=way, was=was)


def _forget(member: Member, by: Member) -> None:
    """What is theirs alone, and who they are."""
    OwnCopy.objects.filter(member=member).let_go()
    _forget_letters(member)
    member.sign_out_everywhere()
    Arriving.objects.filter(member=member).forget()
    for key in filter(_goes, GIVEN):
        _rows(key, member).delete()
    DataRequest.forget(member, by)
    Report.objects.filter(reporter=member).forget_tellers()
    Note.objects.filter(subject=member.subject).delete()
    today = timezone.localdate()
    member.affiliations.filter(starts_on__gt=today).delete()
    member.affiliations.filter(models.Q(ends_on=None) | models.Q(ends_on__gt=today)).update(ends_on=today)
    member.affiliations.update(role="", is_contact=False)
    _forget_facts(member)


def _forget_letters(member: Member) -> None:
    """What was written to their addresses, and what asks them in."""
    for address in {member.email, *_rows("account.emailaddress.user", member).values_list("email", flat=True)}:
        Letter.objects.filter(to__iexact=address).delete()
        for label in ("members.application", "members.invitation", "groups.invite"):
            apps.get_model(label)._base_manager.filter(email__iexact=address).delete()


def is_erased(member: Member) -> bool:
    """They are nobody any more. What stayed of what they wrote can still be removed."""
    return member.email == f"{member.handle}@invalid"


def _forget_facts(member: Member) -> None:
    stand_in = f"former-{secrets.token_hex(4)}"
    blank = Member(handle=stand_in, name=_("Former member"), email=f"{stand_in}@invalid", is_active=False)
    blank.set_unusable_password()
    for field in Member._meta.concrete_fields:
        if field.name not in {"id", "joined_at", "suspended_until"}:
            setattr(member, field.attname, getattr(blank, field.attname))
    member.save()


def _goes(key: str) -> bool:
    """Rows that the database would delete with the person are the person's alone, but for a few."""
    label, _dot, name = key.rpartition(".")
    field: Any = apps.get_model(label)._meta.get_field(name)
    return field.remote_field.on_delete is models.CASCADE and key not in STAYS


def _rows(key: str, member: Member) -> models.QuerySet[Any]:
    label, _dot, name = key.rpartition(".")
    return apps.get_model(label)._base_manager.filter(**{name: member})
