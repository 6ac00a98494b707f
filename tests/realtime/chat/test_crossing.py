"""Deeds of one room at the same moment: each waits its turn, and none for ever."""

from functools import partial

import pytest

from groups.threads.models import Thread
from realtime.chat.models import Message, Room
from tests.realtime.servers import in_threads

pytestmark = pytest.mark.django_db(transaction=True)
TURNS = 12


def test_replies_changes_removals_and_taking_up_never_wait_for_each_other_for_ever(group, member, lead, staff):
    room, mine, theirs = Room.of(group), member.affiliations.get(), lead.affiliations.get()
    root = room.say(member, "Which mutes?", "root", mine)
    replies = [room.say(lead, f"Reply {n}", f"r{n}", theirs, root.number) for n in range(TURNS)]

    def say():
        for n in range(TURNS):
            Room.objects.get(pk=room.pk).say(lead, f"More {n}", f"m{n}", theirs, root.number)

    def take_up():
        for n in range(TURNS):
            said = [root.pk, *(each.pk for each in replies[TURNS // 2 :])]
            start = partial(Thread(group=group, title=f"Mutes {n}").start, mine, "Words")
            Message.take_up(Room.objects.get(pk=room.pk), said, start)

    def edit():
        for n in range(TURNS):
            Message.objects.to_show().get(pk=root.pk).edit(f"Which mutes? {n}")

    def hide():
        for reply in replies[: TURNS // 2]:
            Message.objects.to_show().get(pk=reply.pk).hide(staff, "A reason")

    deeds = [say, take_up, edit, hide]
    in_threads(lambda n: deeds[n](), len(deeds))
    root.refresh_from_db()
    assert root.under_count == 2 * TURNS - TURNS // 2
    assert Thread.objects.count() == TURNS
