"""What is hidden while somebody changes it stays as it was hidden."""

import pytest
from django.urls import reverse

from community.policy import Refused
from groups.documents.models import Comment, Document
from groups.threads.models import Post
from tests import make

REASON = "A pupil could be recognised from this."


@pytest.fixture
def hide(staff):
    """Another hides the same thing, which whoever holds `thing` does not know yet."""
    return lambda thing: type(thing).objects.get(pk=thing.pk).hide(staff, REASON, "3.2")


def test_a_post_is_neither_changed_nor_removed_nor_put_back(group, member, hide):
    post = make.thread(group, member).posts.get()
    hide(post)
    for deed in (lambda: post.edit(member, "New words", 0), lambda: post.remove(member), lambda: post.put_back(member)):
        with pytest.raises(Refused, match="hidden meanwhile"):
            deed()
    assert Post.objects.get().body == post.body


def test_a_document_and_a_comment_are_neither(group, lead, member, hide):
    document = make.document(group, lead)
    comment = Comment.say(document, member, "As it was")
    hide(comment)
    for deed in (lambda: comment.edit("New words", 0), comment.remove, comment.put_back):
        with pytest.raises(Refused, match="hidden meanwhile"):
            deed()
    hide(document)
    deeds = (
        lambda: document.edit(lead, document.edition, title="New"),
        lambda: document.remove(lead),
        lambda: document.add_version(lead, "https://example.org/new"),
    )
    for deed in deeds:
        with pytest.raises(Refused, match="hidden meanwhile"):
            deed()
    assert Document.objects.get().title == document.title


def test_what_is_in_sight_is(group, member):
    post = make.thread(group, member).posts.get()
    post.edit(member, "New words", post.edition)
    assert post.remove(member)
    post.put_back(member)
    assert Post.objects.in_sight().get().body == "New words"


def test_the_address_of_a_hidden_discussion_does_not_say_what_it_was_about(client, group, member, staff):
    thread = make.thread(group, member, title="A trip to the sea")
    client.force_login(member)
    assert "a-trip-to-the-sea" in client.get(reverse("posts:thread", args=[thread.pk])).url
    thread.hide(staff, REASON, "3.2")
    assert "a-trip-to-the-sea" not in client.get(reverse("posts:thread", args=[thread.pk])).url
