"""Asking and doing under one lock: nobody loses their place in a group between the question and the deed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.db import transaction

from community.members.models import Member
from community.members.policy import come_in
from community.policy import Verdict
from groups.models import Group


@contextmanager
def kept(member: Member, group: Group) -> Iterator[Member]:
    """The member as they are now, for a policy to be asked again just before the deed, in one transaction with it.

    Whoever may not come in any more is refused here. Until it ends, whoever removes, suspends or changes them waits;
    whoever did so a moment before is heard. Their own rows are held and nobody else's, always in this order. Keep files
    and other slow things out of it.
    """
    with transaction.atomic():
        now = Member.objects.select_for_update(no_key=True).get(pk=member.pk)
        list(now.affiliations.select_for_update(no_key=True).order_by("pk").values_list("pk"))
        list(group.memberships.select_for_update(no_key=True).filter(member=now).values_list("pk"))
        come_in(now).enforce()
        group.refresh_from_db(fields=["archived_at", "ends_on", "visibility", "joining"])
        yield now


@contextmanager
def allowed(member: Member, group: Group, ask: Callable[[Member], Verdict]) -> Iterator[Member]:
    """The member as they are now, who was asked under the lock and may do it; whoever may not is refused."""
    with kept(member, group) as now:
        ask(now).enforce()
        yield now
