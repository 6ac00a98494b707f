"""The thread's level beats the group's, which beats what the leads set; nobody is told who may not see it."""

import pytest

from community.members.models import Member
from community.notifications.models import Notification
from groups.threads.models import Thread
from groups.watching.models import Level, Watch
from tests import make


@pytest.fixture
def thread(group, lead):
    return make.thread(group, lead, "Brass in a low hall")


def reply(thread, author, body="Practice mutes."):
    return thread.reply(author.affiliations.order_by("pk").first(), body)


def choose(member, thing, level):
    Watch.choose(member, (thing._meta.label_lower, thing.pk), level)


def told(post):
    rows = Notification.objects.filter(thing_model="threads.post", thing_id=post.pk)
    return {(row.member.name, row.kind) for row in rows.select_related("member")}


def follows(member, thread):
    return Thread.objects.visible_to(member).followed_by(member).filter(pk=thread.pk).exists()


def test_by_default_one_is_told_of_replies_where_one_wrote_and_of_mentions(group, thread, lead, member, observer):
    assert told(reply(thread, member)) == {(lead.name, "replied")}
    assert told(reply(thread, lead, f"@{observer.handle}?")) == {(member.name, "replied"), (observer.name, "mentioned")}
    assert follows(member, thread)
    assert not follows(observer, thread)


def test_whoever_follows_a_thread_is_told_of_every_post_and_nobody_twice(thread, lead, member, observer):
    choose(observer, thread, Level.EVERYTHING)
    assert told(reply(thread, member)) == {(lead.name, "replied"), (observer.name, "posted")}
    assert told(reply(thread, member, f"@{observer.handle}")) == {(lead.name, "replied"), (observer.name, "mentioned")}
    assert follows(observer, thread)


@pytest.mark.parametrize(("level", "kinds"), [("mentions", ["mentioned"]), ("nothing", [])])
def test_less_is_less_also_where_one_wrote(thread, lead, member, level, kinds):
    choose(lead, thread, level)
    reply(thread, member)
    reply(thread, member, f"@{lead.handle}, and you?")
    assert [row.kind for row in Notification.objects.filter(member=lead)] == kinds
    assert not follows(lead, thread)


def test_the_threads_level_beats_the_groups_and_that_the_leads_default(group, thread, lead, member, observer):
    group.watch = Level.EVERYTHING
    group.save()
    assert told(reply(thread, lead)) == {(member.name, "posted"), (observer.name, "posted")}
    assert follows(observer, thread)
    choose(observer, group, Level.MENTIONS)
    assert told(reply(thread, lead)) == {(member.name, "posted")}
    assert not follows(observer, thread)
    choose(observer, thread, Level.EVERYTHING)
    choose(member, thread, Level.MINE)
    assert told(reply(thread, lead)) == {(observer.name, "posted")}
    assert follows(observer, thread)
    assert not follows(member, thread)
    choose(observer, thread, "")
    assert told(reply(thread, lead)) == set()


def test_the_leads_default_counts_only_for_the_groups_people(group, thread, lead, member, outsider, staff):
    group.visibility, group.watch = group.Visibility.OPEN, Level.EVERYTHING
    group.save()
    assert told(reply(thread, lead)) == {(member.name, "posted")}
    assert not follows(outsider, thread)
    group.joining = group.Joining.AUTOMATIC
    group.save()
    assert {name for name, _kind in told(reply(thread, lead))} == {member.name, outsider.name, staff.name}
    assert follows(outsider, thread)


def test_whoever_lost_access_is_told_nothing(group, thread, lead, member, outsider):
    choose(member, thread, Level.EVERYTHING)
    choose(member, group, Level.EVERYTHING)
    choose(outsider, thread, Level.EVERYTHING)
    group.remove(member)
    assert told(reply(thread, lead, f"@{member.handle} @{outsider.handle}")) == set()
    assert not follows(member, thread)


def test_an_announcement_reaches_all_but_those_who_want_nothing(group, lead, member, observer):
    choose(observer, group, Level.NOTHING)
    choose(member, group, Level.MENTIONS)
    news = make.thread(group, lead, "The hall is closed", kind="announcement")
    assert told(news.posts.get()) == {(member.name, "posted")}
    assert told(reply(news, lead)) == set()


def test_whoever_is_mentioned_later_is_told_then_and_nobody_again(thread, lead, member, observer):
    choose(observer, thread, Level.NOTHING)
    post = reply(thread, member)
    post.edit(member, f"@{lead.handle} @{observer.handle}, look", 1)
    assert told(post) == {(lead.name, "replied"), (lead.name, "mentioned")}


def test_two_thousand_watch_and_it_is_one_question(group, thread, lead, member, django_assert_max_num_queries):
    choose(member, thread, Level.EVERYTHING)
    reply(thread, lead)
    with django_assert_max_num_queries(60) as few:
        reply(thread, lead)
    group.watch = Level.EVERYTHING
    group.save()
    body = make.organisation()
    for _number in range(60):
        make.place(group, make.person(of=body))
    with django_assert_max_num_queries(len(few)):
        reply(thread, lead)


def test_the_levels_go_with_the_member(thread, outsider):
    choose(outsider, thread, Level.EVERYTHING)
    Member.objects.get(pk=outsider.pk).affiliations.all().delete()
    Member.objects.get(pk=outsider.pk).delete()
    assert not Watch.objects.exists()
