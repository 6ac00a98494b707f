"""Many at once, each with a connection of their own: numbers have no gaps, a key makes one post, closed is closed."""

import time
from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest
from django.db import connection, transaction

from community.drafts.models import Draft, with_things
from community.drafts.typed import Typed
from community.policy import Refused
from groups.tags.models import Tag
from groups.threads.models import CaughtUp, EditConflict, Moment, Move, Post, ReadMark, Thread
from tests import make

pytestmark = [
    pytest.mark.django_db(transaction=True),
]


@pytest.fixture(autouse=True)
def _rows_of_their_own(request):
    """In-memory SQLite has one connection for all: two transactions at once exist only on disk and on PostgreSQL."""
    if connection.vendor == "sqlite" and connection.is_in_memory_db():
        pytest.skip("needs connections of their own, which an in-memory database does not have")


def at_once(*deeds):
    """Do them all at the same time; what each gave, or how it failed."""

    def do(deed):
        try:
            return deed()
        except (Refused, EditConflict) as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(len(deeds)) as pool:
        return list(pool.map(do, deeds))


def crowd(group, size):
    people = [make.person() for _ in range(size)]
    for person in people:
        make.place(group, person)
    return [person.affiliations.get() for person in people]


def test_twenty_replies_at_once_get_twenty_numbers(group, lead):
    thread = make.thread(group, lead)
    writers = crowd(group, 5) * 4
    posts = at_once(*(lambda who=who: Thread.objects.get(pk=thread.pk).reply(who, "Now") for who in writers))
    assert sorted(post.number for post in posts) == list(range(2, 22))
    thread.refresh_from_db()
    assert (thread.last_number, thread.post_count) == (21, 21)
    assert list(thread.posts.order_by("posted_at").values_list("number", flat=True)) == list(range(1, 22))


def test_replies_in_many_threads_that_name_each_other_all_arrive(group, lead):
    writers = crowd(group, 4)
    threads = [make.thread(group, lead, f"Thread {n}") for n in range(4)]
    names = " ".join(f"@{who.member.handle}" for who in writers)
    posts = at_once(
        *(
            lambda who=who, thread=thread: Thread.objects.get(pk=thread.pk).reply(who, names)
            for who, thread in zip(writers * 2, threads + threads[::-1], strict=True)
        )
    )
    assert sorted(post.number for post in posts) == [2, 2, 2, 2, 3, 3, 3, 3]


def test_five_clicks_at_once_make_one_post_and_one_thread(group, lead):
    thread = make.thread(group, lead)
    who = crowd(group, 1)[0]
    posts = at_once(*[lambda: Thread.objects.get(pk=thread.pk).reply(who, "Once", key="k1")] * 5)
    assert len({post.pk for post in posts}) == 1
    started = at_once(*[lambda: Thread(group=group, title="One").start(who, "Once", key="k2")] * 5)
    assert len({post.thread_id for post in started}) == 1
    assert Thread.objects.count() == 2


def test_nothing_is_added_after_a_thread_was_closed(group, lead):
    thread = make.thread(group, lead)
    writers = crowd(group, 6)
    deeds = [lambda who=who: Thread.objects.get(pk=thread.pk).reply(who, "In time?") for who in writers]
    deeds.insert(3, lambda: Thread.objects.get(pk=thread.pk).close(lead))
    posts = [done for done in at_once(*deeds) if isinstance(done, Post)]
    thread.refresh_from_db()
    assert thread.is_closed
    assert thread.last_number == 1 + len(posts) == thread.posts.count()


def test_of_two_edits_at_once_one_is_told_of_the_other(group, lead):
    post = make.thread(group, lead).posts.get()
    done = at_once(
        lambda: Post.objects.get(pk=post.pk).edit(lead, "From the phone", 1),
        lambda: Post.objects.get(pk=post.pk).edit(lead, "From the desk", 1),
    )
    assert sorted(type(each).__name__ for each in done) == ["EditConflict", "NoneType"]
    assert post.revisions.count() == 1


def test_all_marked_as_read_twice_at_once_while_one_reads_leaves_one_mark_each(group, lead, member):
    threads = [make.thread(group, lead) for _number in range(5)]
    deeds = [lambda: CaughtUp.mark(member, group)] * 3
    deeds += [lambda thread=thread: thread.mark_read(member, 1) for thread in threads]
    assert not any(at_once(*deeds))
    assert all(thread.read_by(member) == 1 for thread in threads)
    assert ReadMark.objects.filter(member=member).count() == 5


def test_the_same_word_added_twice_at_once_stands_once(group, lead):
    given = at_once(*[lambda: Tag.add(lead, group, "brass")] * 4)
    assert sum(isinstance(each, Refused) for each in given) == 3
    assert group.tags.count() == 1


def numbers(thread):
    return list(thread.posts.order_by("number").values_list("number", flat=True))


def test_replies_while_posts_move_away_and_come_keep_both_sides_whole(group, lead):
    one, two = make.thread(group, lead, "One"), make.thread(group, lead, "Two")
    writers = crowd(group, 4)
    for who in writers:
        one.reply(who, "Before")
    replies = [
        lambda who=who, to=to: Thread.objects.get(pk=to.pk).reply(who, "Now") for who in writers for to in (one, two)
    ]
    moves = [
        lambda n=n: Move.posts(Thread.objects.get(pk=one.pk), [n], Thread.objects.get(pk=two.pk), lead) for n in (2, 4)
    ]
    at_once(*moves, *replies)
    assert numbers(two) == list(range(1, 8))
    assert numbers(one) == [1, 3, 5, 6, 7, 8, 9]


def test_merges_that_cross_end_in_one_of_the_two(group, lead):
    one, two = make.thread(group, lead, "One"), make.thread(group, lead, "Two")
    done = at_once(
        lambda: Move.merge(Thread.objects.get(pk=one.pk), Thread.objects.get(pk=two.pk), lead),
        lambda: Move.merge(Thread.objects.get(pk=two.pk), Thread.objects.get(pk=one.pk), lead),
    )
    assert sorted(type(each).__name__ for each in done) == ["Move", "Refused"]
    left = Thread.objects.filter(merged_into=None).get()
    assert numbers(left) == [1, 2] and left.post_count == 2


def test_a_reply_while_its_thread_merges_is_in_the_other_or_refused(group, lead):
    one, two = make.thread(group, lead, "One"), make.thread(group, lead, "Two")
    deeds = [lambda who=who: Thread.objects.get(pk=one.pk).reply(who, "In time?") for who in crowd(group, 4)]
    deeds.insert(2, lambda: Move.merge(Thread.objects.get(pk=one.pk), Thread.objects.get(pk=two.pk), lead))
    written = [done for done in at_once(*deeds) if isinstance(done, Post)]
    assert not one.posts.exists() or not Thread.objects.get(pk=one.pk).merged_into_id
    assert numbers(two) == list(range(1, 3 + len(written)))


def test_removing_closing_and_moving_at_once_wait_for_each_other(group, lead):
    one, two = make.thread(group, lead, "One"), make.thread(group, lead, "Two")
    posts = [one.reply(who, "Before") for who in crowd(group, 3)]
    at_once(
        lambda: Move.posts(Thread.objects.get(pk=one.pk), [2, 3], Thread.objects.get(pk=two.pk), lead),
        lambda: Post.objects.to_show().get(pk=posts[0].pk).remove(posts[0].author),
        lambda: Thread.objects.get(pk=two.pk).close(lead),
        lambda: Post.objects.to_show().get(pk=posts[1].pk).hide(lead, "A look"),
    )
    one.refresh_from_db(), two.refresh_from_db()
    assert one.post_count == one.posts.in_sight().count()
    assert two.post_count == two.posts.in_sight().count()
    assert numbers(two) in ([1], [1, 2, 3])


def test_choosing_closing_pinning_removing_and_replying_at_once_leave_one_story(group, lead):
    asker = crowd(group, 1)[0]
    thread = make.thread(group, asker.member, kind="question")
    writers = crowd(group, 4)
    posts = [Thread.objects.get(pk=thread.pk).reply(who, "An answer") for who in writers]

    def now():
        return Thread.objects.get(pk=thread.pk)

    deeds = [
        *(lambda post=post: now().accept(lead, post) for post in posts),
        lambda: now().accept(asker.member, posts[0]),
        lambda: Post.objects.get(pk=posts[1].pk).remove(writers[1].member),
        lambda: now().pin(lead),
        *(lambda who=who: now().reply(who, "One more") for who in writers),
        lambda: now().close(lead),
        lambda: now().unaccept(lead),
    ]
    done = at_once(*deeds)
    replies = [each for each in done if isinstance(each, Post)]
    thread = now()
    assert thread.is_closed and thread.is_pinned
    assert sorted(thread.posts.values_list("number", flat=True)) == list(range(1, 6 + len(replies)))
    assert thread.last_number == 5 + len(replies)
    assert thread.post_count == thread.posts.in_sight().count()
    chosen = thread.posts.filter(accepted_at__isnull=False)
    assert chosen.count() <= 1
    assert thread.is_answered == chosen.in_sight().exists()


def test_ten_openings_at_once_tell_people_once(group, lead):
    reader = crowd(group, 1)[0].member
    thread = make.thread(group, lead, body=f"For @{reader.handle}", is_waiting=True)
    assert not reader.notifications.exists()
    at_once(*[lambda: Thread.objects.get(pk=thread.pk).open(lead)] * 10)
    assert reader.notifications.count() == 1
    assert thread.moments.count() == 1


def test_of_a_change_and_a_comment_at_once_nothing_is_changed_under_a_comment(group, lead):
    thread = make.thread(group, lead, kind="consultation")
    section, who = thread.add_section("One", "As read"), crowd(group, 1)[0]
    at_once(
        lambda: thread.sections.get().edit("One", "As changed", 1),
        lambda: thread.sections.get().comment(who, "On what I read"),
    )
    section.refresh_from_db()
    assert section.is_commented
    with pytest.raises(Refused):
        section.edit("One", "Later", section.edition)


def test_accepting_closing_moving_marking_and_replying_at_once_leave_one_story(group, lead):
    asker = crowd(group, 1)[0]
    one, two = make.thread(group, asker.member, "One", kind="question"), make.thread(group, lead, "Two")
    writers = crowd(group, 4)
    posts = [Thread.objects.get(pk=one.pk).reply(who, "An answer") for who in writers]

    def now(thread):
        return Thread.objects.get(pk=thread.pk)

    done = at_once(
        *(lambda post=post: now(one).accept(lead, Post.objects.to_show().get(pk=post.pk)) for post in posts),
        lambda: Move.posts(now(one), [2, 4], now(two), lead),
        *(lambda who=who, to=to: now(to).reply(who, "One more") for who in writers for to in (one, two)),
        lambda: now(one).close(lead),
        lambda: Post.objects.to_show().get(pk=posts[0].pk).put_mark(lead, "decision"),
        lambda: Post.objects.to_show().get(pk=posts[0].pk).put_mark(asker.member, "decision"),
        lambda: now(one).unaccept(lead),
    )
    replies = [each for each in done if isinstance(each, Post)]
    moved = any(isinstance(each, Move) for each in done)
    one, two = now(one), now(two)
    assert one.is_closed and moved
    there, here = numbers(two), numbers(one)
    assert there == list(range(1, len(there) + 1)) and two.last_number == len(there)
    assert here == [number for number in range(1, one.last_number + 1) if number not in {2, 4}]
    assert len(there) + len(here) == 6 + len(replies)
    for thread in (one, two):
        chosen = thread.posts.filter(accepted_at__isnull=False)
        assert thread.post_count == thread.posts.in_sight().count()
        assert chosen.count() <= 1 and thread.is_answered == chosen.in_sight().exists()
    assert not two.is_answered
    marks = Moment.objects.filter(act="decision")
    assert [(mark.post_id, mark.thread_id) for mark in marks] == [(posts[0].pk, two.pk)]


def test_of_undoing_a_discussion_and_a_reply_to_it_at_once_one_is_refused(group, lead):
    for _time in range(4):
        thread, who = make.thread(group, lead), crowd(group, 1)[0]
        done = at_once(
            lambda thread=thread: Thread.objects.get(pk=thread.pk).withdraw(),
            lambda thread=thread, who=who: Thread.objects.get(pk=thread.pk).reply(who, "In time?"),
        )
        assert sum(isinstance(each, Refused) for each in done) == 1
        is_there = Thread.objects.visible_to(lead).filter(pk=thread.pk).exists()
        assert numbers(thread) == ([1, 2] if is_there else [1])


def test_a_reply_that_quotes_two_posts_which_are_moved_meanwhile_waits_for_that(group, lead):
    if connection.vendor == "sqlite":
        pytest.skip("on SQLite one writes after the other")
    who = crowd(group, 1)[0]
    here, there, elsewhere = (make.thread(group, lead, title) for title in ("Here", "There", "Elsewhere"))
    two = [here.reply(who, f"Post {n}") for n in range(2)]
    is_held = Event()

    def move():
        with transaction.atomic():
            Post.objects.get(pk=two[0].pk).hold_row()
            is_held.set()
            time.sleep(1)  # the reply waits for it by now
            Move.posts(here, [each.number for each in two], there, lead)

    def reply():
        assert is_held.wait(20)
        return elsewhere.reply(who, "".join(each.as_quotation() for each in two))

    at_once(move, reply)
    assert len(numbers(elsewhere)) == 2 and len(numbers(there)) == 3


def test_a_draft_that_is_saved_while_its_discussion_merges_is_found_again(group, lead):
    one, two = make.thread(group, lead, "One"), make.thread(group, lead, "Two")
    people = [who.member for who in crowd(group, 4)]

    def save(member):
        return Draft.keep(member, Typed(f"reply:threads.thread-{one.pk}", {"body": f"From {member.pk}"}))

    deeds = [lambda member=member: save(member) for member in people]
    deeds.insert(2, lambda: Move.merge(Thread.objects.get(pk=one.pk), Thread.objects.get(pk=two.pk), lead))
    at_once(*deeds)
    for member in people:
        (draft,) = with_things(Draft.objects.visible_to(member).kept(), member)
        assert draft.words == f"From {member.pk}" and draft.thing == two
