"""Fill an empty site with the demo, once."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from community import live
from community.demo import bulk, sign_in
from community.demo.play import Play
from community.members.models import Member
from community.members.models.people import NAMELESS


class NotOurs(Exception):
    """People who are not of the demo live in this database."""


def is_empty() -> bool:
    """Nobody lives here yet."""
    return not Member.objects.exists()


def is_demo() -> bool:
    """Only the demo's people live here: every address ends in `.example`, where no post ever arrives.

    Who stands for posts without a name is nobody.
    """
    others = Member.objects.exclude(email__endswith=".example").exclude(handle=NAMELESS)
    return not is_empty() and not others.exists()


@live.silently()
@transaction.atomic
def fill(scale: int = 1) -> bool:
    """Put the demo in, and multiply it. Whether anything was added: what is there already stays as it is."""
    if not is_empty() and not is_demo():
        raise NotOurs
    was_empty = is_empty()
    if was_empty:
        play = Play(timezone.now())
        play.run()
        sign_in.open_accounts(list(play.members.values()))
    return bulk.multiply(scale) or was_empty
