"""A better renderer reaches what was written before it."""

import pytest
from django.core.management import call_command

from groups.threads.models import Post
from realtime.chat.models import Message, Room
from tests import make


@pytest.mark.django_db
def test_what_an_older_renderer_made_is_made_again_and_nothing_else_changes(client, group, member):
    place = make.place(group, make.person("lead"), "lead").affiliation
    post = make.thread(group, member, "Mileage").posts.get()
    message = Room.of(group).say(place.member, "**Hello**", "key", place)
    Post.objects.filter(pk=post.pk).update(html="<p>old</p>", renderer=0)
    client.force_login(place.member)
    assert "<p>old</p>" in client.get(post.thread.get_absolute_url()).text
    Message.objects.filter(pk=message.pk).update(html="<p>old</p>", renderer=0)
    section = post.thread.add_section("Singing", "*Daily*")
    type(section).objects.update(html="<p>old</p>", renderer=0)
    call_command("render_again", verbosity=0)
    assert type(section).objects.get().html == section.html
    for thing in (post, message):
        now = type(thing).objects.get(pk=thing.pk)
        assert (now.html, now.renderer, now.body, now.edited_at) == (thing.html, 1, thing.body, None)
    assert "<p>old</p>" not in client.get(post.thread.get_absolute_url()).text, "also a page that was drawn before"


@pytest.mark.django_db
def test_what_the_present_renderer_made_is_left_alone(group, member):
    post = make.thread(group, member, "Mileage").posts.get()
    Post.objects.filter(pk=post.pk).update(html="<p>kept</p>")
    call_command("render_again", verbosity=0)
    assert Post.objects.get(pk=post.pk).html == "<p>kept</p>"
