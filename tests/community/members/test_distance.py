"""Mute and block: one does not hear of somebody, who never learns of it."""

import pytest
from django.core.cache import cache
from django.urls import reverse

from community.members.models import Distance
from community.notifications.models import Notification
from groups.threads.models import Thread
from groups.watching.models import Watch
from realtime.chat.models import Room
from tests import make

URL = "/account/distance/"


@pytest.fixture
def third(group):
    found = make.person("third")
    make.place(group, found)
    return found


@pytest.fixture
def keep(client, member):
    """The member keeps somebody at a distance."""

    def keep(other, kind="mute"):
        client.force_login(member)
        return client.post(URL, {"handle": other.handle, "kind": kind})

    return keep


def voice(person):
    return person.affiliations.get()


def kinds(member):
    found = list(Notification.objects.filter(member=member).order_by("pk").values_list("kind", flat=True))
    Notification.objects.all().delete()
    cache.clear()
    return found


def all_that_reaches(group, member, third):
    """The third follows up, mentions, reacts and writes to the member: what the member is told of it."""
    Watch.objects.all().delete()
    thread = make.thread(group, member)
    Notification.objects.all().delete()
    thread.reply(voice(third), "And another thing")
    told = kinds(member)
    thread.posts.get(number=1).react(third, "thanks")
    told += kinds(member)
    thread.reply(voice(third), f"Look, @{member.handle}")
    told += kinds(member)
    Room.of(group).say(third, f"Hello @{member.handle}", "key-1", voice(third))
    return told + kinds(member)


def test_without_a_distance_one_is_told(group, member, third):
    assert all_that_reaches(group, member, third) == ["replied", "reacted", "mentioned", "mentioned"]


def test_whoever_is_muted_still_reaches_one_by_name(group, member, third, keep):
    assert keep(third).status_code == 302
    assert all_that_reaches(group, member, third) == ["mentioned", "mentioned"]
    thread = make.thread(group, member)
    thread.reply(voice(third), "In answer to you", to=thread.posts.get())
    assert kinds(member) == ["replied"]


def test_whoever_is_blocked_does_not_reach_one_at_all(group, member, third, keep, lead):
    keep(third, "block")
    assert all_that_reaches(group, member, third) == []
    assert all_that_reaches(group, member, lead) != []


def test_it_ends_when_one_says_so(group, member, third, keep):
    keep(third, "block")
    keep(third, "mute")
    assert Distance.objects.get().kind == "mute"
    keep(third, "")
    assert all_that_reaches(group, member, third) == ["replied", "reacted", "mentioned", "mentioned"]


def test_nobody_else_learns_of_it(client, group, member, third, staff, keep):
    keep(third, "block")
    for who in (third, staff):
        client.force_login(who)
        for url in (URL, member.get_absolute_url(), "/me.css", third.get_absolute_url()):
            text = client.get(url).text
            assert "Blocked" not in text and "Folded" not in text
    assert not Notification.objects.filter(member=third).exists()


def test_what_they_write_is_folded_but_not_where_they_lead(client, group, member, lead, third, keep):
    keep(third)
    keep(lead)
    css = client.get("/me.css").text
    assert f'li[data-author="{third.pk}"]:not(:target,:focus-within)' in css
    assert f'li[data-author="{lead.pk}"]:not(:target,:focus-within,[data-group="{group.pk}"] *)' in css
    client.force_login(third)
    assert "Folded" not in client.get("/me.css").text


def test_what_staff_and_leads_have_to_tell_still_comes(client, group, member, lead, staff, third, keep):
    assert keep(staff, "block").status_code == 403
    assert keep(member).status_code == 403
    keep(lead, "block")
    Notification.objects.all().delete()
    group.remove(member, by=lead, reason="You asked for it")
    assert kinds(member) == ["removed"]
    make.place(group, member)
    ask = Room.between(group, Room.Kind.LEADS, member)
    ask.say(member, "May I?", "key-1", voice(member))
    Notification.objects.all().delete()
    ask.say(lead, "You may", "key-2", voice(lead))
    assert kinds(member) == ["replied"]
    Thread(group=group, title="Closed on Monday", kind="announcement").start(voice(lead), "We move house")
    assert kinds(member) == ["posted"]
    keep(third, "block")
    type(third).objects.filter(pk=third.pk).update(is_staff=True)
    third.refresh_from_db()
    make.thread(group, third, body=f"For you, @{member.handle}")
    assert kinds(member) == ["mentioned"]


def test_one_page_shows_and_changes_it(client, member, third, keep):
    assert "You have muted and blocked nobody" in (client.force_login(member), client.get(URL))[1].text
    assert "Block" in client.get(third.get_absolute_url()).text
    keep(third, "block")
    text = client.get(URL).text
    assert third.name in text and "Blocked" in text and "Hear them again" in text
    make.person("gone", is_active=False)
    assert client.post(URL, {"handle": "gone", "kind": "mute"}).status_code == 404
    type(third).objects.filter(pk=third.pk).update(is_active=False)
    assert keep(third, "").status_code == 302  # heard again, though they have left
    assert not Distance.objects.exists()
    assert client.post(URL, {"handle": "nobody-here", "kind": "mute"}).status_code == 404


def test_it_is_in_ones_own_copy_and_in_nobody_elses(client, member, third, keep):
    from community.privacy.holdings import sections

    keep(third)
    assert "members.distance.member" in {section.key for section in sections(member)}
    assert "members.distance.member" not in {section.key for section in sections(member, make.person(is_staff=True))}
    assert reverse("members:distances") == URL
