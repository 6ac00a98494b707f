"""Starting, replying, editing, removing: the deeds, where their rules live."""

import pytest

from community.models import Event
from community.policy import Refused
from groups.threads.models import EditConflict, Post, Thread

pytestmark = pytest.mark.django_db


def test_posts_are_numbered_in_order_without_gaps(thread, member):
    for _ in range(3):
        thread.reply(member.affiliations.get(), "More")
    assert list(thread.posts.values_list("number", flat=True)) == [1, 2, 3, 4]
    assert (thread.last_number, thread.post_count) == (4, 4)


def test_the_same_key_again_is_the_same_post(thread, member):
    once = thread.reply(member.affiliations.get(), "Hello", key="k1")
    again = thread.reply(member.affiliations.get(), "Hello", key="k1")
    assert once.pk == again.pk
    assert thread.posts.count() == 2


def test_a_reply_is_told_to_the_thread_and_to_the_lists_of_the_group(thread, member):
    Event.objects.all().delete()
    post = thread.reply(member.affiliations.get(), "Hello")
    told = Event.objects.exclude(stream=f"reading-{member.pk}").order_by("pk")
    assert list(told.values_list("stream", "verb", "target", "thing_id"))[:2] == [
        (f"thread-{thread.pk}", "append", "posts", post.pk),
        (f"group-{thread.group_id}", "replace", f"thread-{thread.pk}", thread.pk),
    ]


def test_a_closed_thread_takes_no_more(thread, lead, member):
    Thread.objects.get(pk=thread.pk).close(lead)
    with pytest.raises(Refused):
        thread.reply(member.affiliations.get(), "Too late")
    thread.reopen(lead)
    assert thread.reply(member.affiliations.get(), "In time").number == 2


def test_an_edit_keeps_the_earlier_text_and_a_stale_one_changes_nothing(thread, member):
    post = thread.reply(member.affiliations.get(), "First")
    post.edit(member, "Second", edition=1)
    with pytest.raises(EditConflict) as conflict:
        post.edit(member, "Other", edition=1)
    assert conflict.value.current.body == "Second"
    assert list(post.revisions.values_list("body", flat=True)) == ["First"]
    assert Post.objects.get(pk=post.pk).edition == 2


def test_a_hidden_post_and_then_a_restored_one(thread, member, staff):
    post = thread.reply(member.affiliations.get(), "A private word")
    post.hide(staff, "It names a child", "3.2")
    assert "private" not in live_html(post)
    assert "Hidden by staff" in live_html(post) and "It names" not in live_html(post)
    post.restore(staff, "It does not")
    assert "private" in live_html(post)


def live_html(post):
    from community import live

    return live.render(Post.objects.to_show().get(pk=post.pk))
