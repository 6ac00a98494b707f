"""Many at once, each with a connection of their own: numbers have no gaps, a key makes one post, closed is closed."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from community.policy import Refused
from groups.tags.models import Tag
from groups.threads.models import CaughtUp, EditConflict, Post, ReadMark, Thread
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
