"""Tidying costs nobody the level at which they follow a discussion."""

import pytest

from community.models import Event
from groups.models import Role
from groups.threads.models import FormerGroup, Move
from groups.watching.models import Level, Watch
from tests import make
from tests.groups.watching.test_levels import choose, follows, reply, told

pytestmark = pytest.mark.django_db


@pytest.fixture
def thread(group, lead):
    return make.thread(group, lead, "Breath")


@pytest.fixture
def other(group, lead):
    return make.thread(group, lead, "Mutes")


def level(member, thing):
    return Watch.objects.visible_to(member).of(thing).values_list("level", flat=True).first()


def test_who_followed_a_merged_discussion_is_told_of_what_is_written_in_the_other(
    thread, other, lead, member, observer
):
    choose(observer, thread, Level.EVERYTHING)
    Move.merge(thread, other, lead)
    assert follows(observer, other)
    assert (observer.name, "posted") in told(reply(other, member))
    assert Event.objects.filter(stream=f"own-{observer.pk}").exists()


@pytest.mark.parametrize(
    ("here", "there", "after"),
    [
        ("everything", "mentions", "everything"),
        ("mentions", "everything", "everything"),
        ("nothing", "mentions", "mentions"),
        ("everything", "nothing", "nothing"),
        ("mentions", None, None),
        ("nothing", None, None),
    ],
)
def test_of_two_levels_the_more_attentive_stays_and_who_wants_nothing_is_left_alone(
    thread, other, lead, observer, here, there, after
):
    choose(observer, thread, here)
    if there:
        choose(observer, other, there)
    Move.merge(thread, other, lead)
    assert level(observer, other) == after


def test_the_level_of_the_group_counts_where_none_is_chosen_for_the_other(group, thread, other, lead, observer):
    choose(observer, thread, Level.MINE)
    choose(observer, group, Level.MENTIONS)
    Move.merge(thread, other, lead)
    assert level(observer, other) == Level.MINE


def test_what_is_split_off_is_followed_as_the_whole_was(thread, lead, member, observer):
    post = reply(thread, member)
    choose(observer, thread, Level.EVERYTHING)
    choose(lead, thread, Level.NOTHING)
    part = Move.split(thread, [post.number], "Mutes alone", lead).target
    assert (level(observer, thread), level(observer, part)) == (Level.EVERYTHING, Level.EVERYTHING)
    assert level(lead, part) == Level.NOTHING
    assert told(reply(part, lead)) == {(member.name, "replied"), (observer.name, "posted")}


def test_a_discussion_in_another_group_is_followed_as_before_by_those_who_see_it(thread, lead, member, observer):
    choose(observer, thread, Level.EVERYTHING)
    choose(member, thread, Level.EVERYTHING)
    inner = make.group("Inner circle")
    for one, role in ((lead, Role.LEAD), (observer, Role.MEMBER)):
        make.place(inner, one, role)
    FormerGroup.leave(thread, inner, lead)
    assert told(reply(thread, lead)) == {(observer.name, "posted")}
