"""Reactions: a few words, said once by each, counted on the post, seen by whoever sees the post."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from community import live
from community.jobs import Worker
from community.models import Event
from community.notifications.models import Notification
from community.responses.models import Reaction, reaction
from groups.models import Role
from groups.threads.models import Post
from tests import make

URL = reverse("responses:respond")


@pytest.fixture
def post(group, lead) -> Post:
    return make.thread(group, lead).posts.get()


def say(client, post, word="helpful", person=None, **more):
    if person:
        client.force_login(person)
    return client.post(URL, {"say": f"{post.subject}:{word}", **more}, headers=more.pop("headers", None))


def counts(post):
    return Post.objects.get(pk=post.pk).reactions


def test_a_member_says_it_and_takes_it_back(client, post, member):
    answer = say(client, post, person=member)
    assert answer.status_code == 302 and answer.url == post.get_absolute_url()
    assert counts(post) == {"helpful": 1}
    say(client, post)
    assert counts(post) == {} and not Reaction.objects.exists()


def test_a_script_says_which_of_the_two_and_saying_it_again_changes_nothing(client, post, member):
    client.force_login(member)
    for _ in range(2):
        answer = client.post(
            URL, {"say": f"{post.subject}:thanks", "on": "1"}, headers={"Accept": "text/html; fragment"}
        )
        assert answer.status_code == 200 and f'id="reactions-{post.subject}"' in answer.content.decode()
    assert counts(post) == {"thanks": 1}
    for _ in range(2):
        client.post(URL, {"say": f"{post.subject}:thanks", "on": "0"})
    assert counts(post) == {}


def test_several_words_of_several_people_are_counted_each(client, post, member, group):
    other = make.person()
    make.place(group, other)
    say(client, post, "helpful", member)
    say(client, post, "same")
    say(client, post, "helpful", other)
    assert counts(post) == {"helpful": 2, "same": 1}
    page = client.get(post.thread.get_absolute_url()).content.decode()
    assert "Helpful <b>2</b>" in page and "Same here <b>1</b>" in page
    assert f'data-said="{post.subject}:helpful"' in page


def test_whoever_may_not_write_here_may_not_react_and_is_told_why(client, post, observer, outsider, group, lead):
    group.visibility = "open"
    group.save()
    for person, why in (
        (observer, "You are an observer here"),
        (outsider, "Join this group"),
        (lead, "This is your own post"),
    ):
        answer = say(client, post, person=person)
        assert answer.status_code == 403 and why in answer.content.decode()
    assert counts(post) == {}


def test_what_was_said_can_be_taken_back_even_when_nothing_may_be_said_any_more(client, post, member, group):
    say(client, post, person=member)
    group.archive()
    assert say(client, post, "thanks").status_code == 403
    assert say(client, post).status_code == 302
    assert counts(post) == {}


def test_for_an_outsider_there_is_no_such_thing(client, post, outsider):
    client.force_login(outsider)
    for subject in (post.subject, "post-999999", "post-x", "member-1", "x", "", f"{post.subject}0" * 9):
        assert client.post(URL, {"say": f"{subject}:helpful"}).status_code == 404, subject
    assert client.get(reverse("responses:who", args=[post.subject])).status_code == 404
    assert counts(post) == {}


def test_a_word_we_do_not_have_is_refused_and_so_is_a_reaction_to_a_thread(client, post, member):
    assert say(client, post, "spam", member).status_code == 403
    assert client.post(URL, {"say": f"{post.thread.subject}:helpful"}).status_code == 403
    assert not Reaction.objects.exists()


def test_nobody_reacts_to_what_cannot_be_read_and_nobody_learns_who_did(client, post, member, staff):
    say(client, post, person=member)
    who = reverse("responses:who", args=[post.subject])
    assert member.name in client.get(who).content.decode()
    post.hide(staff, "Reason")
    assert say(client, post, "thanks").status_code == 403
    assert client.get(who).status_code == 404
    assert "Helpful" not in live.render(Post.objects.to_show().get(pk=post.pk), "reactions")
    post.restore(staff, "Well")
    assert client.get(who).status_code == 200


def test_leads_choose_which_words_their_group_has(client, post, member, lead, group):
    client.force_login(lead)
    url = reverse("groups:settings", args=[group.slug])
    page = client.get(url).content.decode()
    assert page.count('name="reactions"') == 5
    facts = {"purpose": group.purpose, "hue": "amber", "watch": "mine", "mail_privacy": "summary"}
    assert client.post(url, {**facts, "reactions": ["helpful", "spam"]}).status_code == 422
    assert client.post(url, {**facts, "reactions": ["helpful"]}).status_code == 302
    group.refresh_from_db()
    assert group.reactions == ["helpful"]
    assert say(client, post, "bravo", member).status_code == 403
    assert say(client, post, "helpful").status_code == 302
    assert 'data-without="thanks agree same bravo"' in client.get(post.thread.get_absolute_url()).content.decode()


def test_the_author_finds_one_line_however_many_react(client, post, member, lead, group):
    for person in (member, *[make.person() for _ in range(3)]):
        if person != member:
            make.place(group, person)
        say(client, post, person=person)
    line = Notification.objects.get(member=lead)
    assert (line.kind, line.thing_id) == ("reacted", post.pk)
    client.force_login(lead)
    assert "Helpful 4" in client.get(reverse("notifications:tray")).content.decode()


def test_the_line_goes_when_everything_was_taken_back(client, post, member, lead):
    say(client, post, person=member)
    say(client, post)
    assert not Notification.objects.filter(member=lead).exists()


def test_whoever_wrote_without_a_name_is_told_and_nobody_learns_who_that_is(client, group, lead, member):
    group.allows_masked = True
    group.save()
    thread = make.thread(group, lead)
    thread.is_nameless = True
    post = thread.reply(member.affiliations.get(), "I would rather not say who I am")
    say(client, post, person=lead)
    assert Notification.objects.get(kind="reacted").member == member
    assert member.name not in client.get(reverse("responses:who", args=[post.subject])).content.decode()
    assert say(client, post, "helpful", member).status_code == 403


@pytest.mark.django_db(transaction=True)
def test_open_pages_are_told_of_the_bar_alone_and_not_of_each_of_many(post, group, monkeypatch):
    monkeypatch.setattr(reaction, "QUIET", dt.timedelta(minutes=2))  # a busy machine needs longer for thirty
    people = [make.person() for _ in range(30)]
    for person in people:
        make.place(group, person)
    for person in people:  # one soon after the other, as when many read at once
        post.react(person, "helpful")
    told = Event.objects.filter(stream=f"thread-{post.thread_id}", target=f"reactions-{post.subject}")
    assert told.count() == 1
    assert counts(post) == {"helpful": 30}
    DBTaskResult.objects.update(run_after=timezone.now() - dt.timedelta(minutes=1))
    Worker("test", batch=True).run()
    assert told.count() == 2
    frame = [
        each for each in live.since(f"thread-{post.thread_id}", 0) if each["target"] == f"reactions-{post.subject}"
    ]
    assert frame[-1]["id"] == f"reactions-{post.subject}"
    assert "Helpful <b>30</b>" in frame[-1]["html"] and "<article" not in frame[-1]["html"]


def test_a_drawing_kept_of_the_post_no_longer_holds(post, member):
    before = Post.objects.get(pk=post.pk).look
    post.react(member, "helpful")
    assert Post.objects.get(pk=post.pk).look == before + 1


def test_reacting_has_a_rate(client, post, member, settings):
    settings.LIMITS = settings.LIMITS | {"react": "2/1m"}
    client.force_login(member)
    words = ("helpful", "thanks", "same")
    assert [say(client, post, word).status_code for word in words] == [302, 302, 429]


def test_the_page_takes_the_same_queries_for_many_posts_with_reactions(client, group, lead, member):
    thread = make.thread(group, lead)

    def page():
        with CaptureQueriesContext(connection) as seen:
            client.get(thread.get_absolute_url())
        return len(seen)

    client.force_login(member)
    for post in [thread.posts.get(), thread.reply(lead.affiliations.get(), "Two")]:
        post.react(member, "helpful")
    page()
    few = page()
    for number in range(30):
        post = thread.reply(lead.affiliations.get(), f"Reply {number}")
        post.react(member, "helpful")
    page()  # each post is drawn once
    assert page() <= few


def test_who_reacted_comes_in_pages(client, post, group, member):
    for _ in range(52):
        person = make.person()
        make.place(group, person)
        post.react(person, "helpful")
    client.force_login(member)
    url = reverse("responses:who", args=[post.subject])
    first = client.get(url).content.decode()
    assert first.count('class="who"') == 50 and "?before=" in first
    older = first.split('href="?before=')[1].split('"')[0]
    assert client.get(url, {"before": older}).content.decode().count('class="who"') == 2
    assert client.get(url, {"before": "x" * 50}).status_code == 200


def test_a_lead_leads_and_reacts_like_everyone(client, group, member):
    post = make.thread(group, member).posts.get()
    colead = make.person()
    make.place(group, colead, Role.CO_LEAD)
    say(client, post, person=colead)
    assert counts(post) == {"helpful": 1}
