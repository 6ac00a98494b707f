"""From following to a letter at a real mail server, and from the letter to silence: one click, with a way back."""

import datetime as dt
import re

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from community.members.models import Member
from community.notifications.letters import write_all
from community.notifications.models import Mailing, Notification
from community.notifications.stopping import Wish
from groups.watching.models import Watch
from tests import make
from tests.letterbox import deliver


@pytest.fixture
def thread(group, lead):
    group.mail_privacy = "full"
    group.save()
    return make.thread(group, lead, "Brass in a low hall")


def a_minute_later():
    """What is unread is older than it was; the worker looks and delivers."""
    Notification.objects.update(at=timezone.now() - dt.timedelta(minutes=2))
    write_all()
    deliver()


def stop(member, what, level="never"):
    return reverse("watching:stop", args=[Wish(member.pk, what, level).sign()])


def path_of(letter):
    return letter["List-Unsubscribe"].strip(" <>").removeprefix(settings.SITE_URL)


@pytest.mark.django_db(transaction=True)
def test_follow_then_a_letter_then_its_one_click_and_silence(client, server, thread, lead, observer):
    Mailing.objects.create(member=observer, followed="now")
    client.force_login(observer)
    assert client.post(reverse("watching:level", args=[f"thread-{thread.pk}"]), {"level": "everything"}).url == (
        thread.get_absolute_url()
    )
    thread.reply(lead.affiliations.get(), "Practice mutes.")
    a_minute_later()
    (letter,) = server.got
    assert letter["To"] == observer.email
    assert letter["Subject"] == "[Workforce] Brass in a low hall"
    assert letter["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert letter["Auto-Submitted"] == "auto-generated"
    assert "Practice mutes." in letter.get_body(["plain"]).get_content()
    assert observer.handle not in letter["Message-ID"] + letter["References"]
    strict = Client(enforce_csrf_checks=True)
    answer = strict.post(path_of(letter), "List-Unsubscribe=One-Click", "application/x-www-form-urlencoded")
    assert answer.status_code == 200
    assert Watch.objects.get(member=observer).level == "nothing"
    thread.reply(lead.affiliations.get(), "And cups.")
    a_minute_later()
    assert len(server.got) == 1


def test_looking_changes_nothing_and_the_button_says_what_it_did_with_a_way_back(client, thread, member):
    Watch.choose(member, ("threads.thread", thread.pk), "everything")
    address = stop(member, f"thread-{thread.pk}", "nothing")
    for ask in (client.get, client.head):
        assert ask(address).status_code == 200
    assert "Brass" not in client.get(address).content.decode()
    assert Watch.objects.get().level == "everything"
    done = client.post(address).content.decode()
    assert "nothing more about this discussion" in done
    assert Watch.objects.get().level == "nothing"
    back = re.search(r'action="(/stop/[^"]+)"', done)[1]
    assert "as it was before" in client.post(back).content.decode()
    assert Watch.objects.get().level == "everything"


@pytest.mark.parametrize("what", ["direct", "followed"])
def test_summaries_and_direct_letters_are_stopped_apart(client, member, what):
    done = client.post(stop(member, what)).content.decode()
    now = Mailing.objects.get(member=member)
    assert (getattr(now, what), {now.direct, now.followed}) == (
        "never",
        {"never", "now" if what == "followed" else "daily"},
    )
    client.post(re.search(r'action="(/stop/[^"]+)"', done)[1])
    now.refresh_from_db()
    assert (now.direct, now.followed) == ("now", "daily")


def test_words_that_were_not_signed_here_or_mean_nothing_do_nothing(client, thread, member):
    good = Wish(member.pk, "direct", "never").sign()
    for token in ("x", good[:-1], f"{good}x", "a:b:c", "%00"):
        assert client.post(f"/stop/{token}/").status_code == 404
    for wish in (
        (member.pk, "is_staff", "1"),
        (member.pk, "direct", "nothing"),
        (member.pk, "thread-x", "nothing"),
        (member.pk, f"thread-{thread.pk}", "lots"),
        (member.pk, "post-1", "nothing"),
        (10**9, "direct", "never"),
    ):
        assert client.post(stop(Member(pk=wish[0]), *wish[1:])).status_code == 404
    assert not Mailing.objects.exists()
    assert not Watch.objects.exists()


def test_one_persons_words_touch_nobody_else(client, thread, member, lead):
    client.force_login(lead)
    client.post(stop(member, f"thread-{thread.pk}", "nothing"))
    assert [each.member for each in Watch.objects.all()] == [member]
