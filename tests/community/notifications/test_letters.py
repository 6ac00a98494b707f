"""Letters about what is new: when, to whom, how much; each thing once, and nothing that is read or out of sight."""

import datetime as dt

import pytest
import time_machine
from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from community.mail.models import Letter
from community.notifications.letters import write_all
from community.notifications.models import Mailing, Notification, notify
from tests import make

NOON = dt.datetime(2031, 5, 14, 11, 0, tzinfo=dt.UTC)  # a Wednesday; 12:00 in London


@pytest.fixture
def clock(db):
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


@pytest.fixture
def thread(clock, group, member):
    group.mail_privacy = "full"
    group.save()
    return make.thread(group, member, "Brass in a low hall", body="What helps?")


def reply(thread, author, body="Practice **mutes**."):
    return thread.reply(author.affiliations.order_by("pk").first(), body)


def later(clock, **gap):
    """Time passes, then the worker looks who is to be written to."""
    clock.shift(dt.timedelta(**gap))
    write_all()


def letters(person=None):
    found = Letter.objects.filter(template="news").order_by("pk")
    return list(found.filter(to=person.email) if person else found)


def wishes(person, **facts):
    Mailing.objects.update_or_create(member=person, defaults=facts)


def follow(person, thing, level="everything"):
    from groups.watching.models import Watch

    Watch.choose(person, (thing._meta.label_lower, thing.pk), level)


def test_a_reply_comes_by_mail_after_a_minute_with_its_text_and_once(clock, thread, member, lead):
    post = reply(thread, lead)
    later(clock, seconds=50)
    assert letters() == []
    later(clock, seconds=20)
    later(clock, minutes=30)
    (letter,) = letters()
    assert letter.to == member.email
    assert letter.subject == "[Workforce] Brass in a low hall"
    assert "Practice mutes." in letter.text
    assert "workforce-chair replied" in letter.text
    assert settings.SITE_URL + post.get_absolute_url() in letter.text
    assert "Practice mutes." in letter.html
    assert "<img" not in letter.html


def test_what_was_changed_or_taken_back_within_the_minute_goes_as_it_is_then(clock, thread, member, lead):
    slip = reply(thread, lead, "Practice mittens.")
    gone = reply(thread, lead, "Never mind this.")
    clock.shift(30)
    slip.edit(lead, "Practice mutes.", 1)
    gone.remove(lead)
    later(clock, seconds=60)
    (letter,) = letters()
    assert "Practice mutes." in letter.text
    assert "mittens" not in letter.text + letter.html
    assert "Never mind" not in letter.text + letter.html


@pytest.mark.parametrize("how", ["read", "removed", "suspended", "hidden post", "hidden thread", "ended"])
def test_no_letter_about_what_is_read_or_may_not_be_seen(clock, group, thread, member, lead, staff, how):
    post = reply(thread, lead)
    if how == "read":
        thread.mark_read(member, post.number)
    elif how == "removed":
        group.remove(member)
    elif how == "suspended":
        member.suspend(timezone.now() + dt.timedelta(days=3))
    elif how == "hidden post":
        post.hide(staff, "Reason")
    elif how == "hidden thread":
        thread.hide(staff, "Reason")
    else:
        member.affiliations.get().end()
    later(clock, minutes=2)
    assert "mutes" not in "".join(each.text + each.html + each.subject for each in letters(member))
    assert not any("Brass" in each.subject for each in letters(member))


def test_what_comes_within_ten_minutes_is_one_more_letter_not_three(clock, thread, member, lead):
    reply(thread, lead, "One.")
    later(clock, minutes=2)
    for words in ("Two.", "Three."):
        reply(thread, lead, words)
        later(clock, minutes=2)
    assert len(letters()) == 1
    later(clock, minutes=8)
    _first, second = letters()
    assert "2 new posts" in second.text
    assert second.text.index("Two.") < second.text.index("Three.")
    assert "One." not in second.text


def test_what_one_follows_comes_once_a_day_at_ones_hour(clock, group, thread, member, lead, observer):
    follow(observer, group)
    observer.time_zone = "Pacific/Auckland"
    observer.save()
    wishes(observer, hour=9)  # 09:00 there is 21:00 UTC of the day before
    other = make.thread(group, lead, "Term dates")
    reply(thread, lead)
    reply(other, member)
    later(clock, hours=9)
    assert letters(observer) == []
    later(clock, hours=1, minutes=1)
    later(clock, hours=1)
    (letter,) = letters(observer)
    assert letter.subject == "3 things are new · Ensemble"
    assert "Brass in a low hall" in letter.text
    assert "Term dates" in letter.text
    reply(thread, lead, "Too late for today")
    later(clock, hours=12)
    assert len(letters(observer)) == 1
    later(clock, hours=12)
    assert "Too late for today" in letters(observer)[1].text


def test_once_a_week_means_on_ones_day(clock, group, thread, lead, observer):
    follow(observer, group)
    wishes(observer, followed="weekly", hour=15, weekday=4)
    reply(thread, lead)
    later(clock, days=1)
    assert letters(observer) == []
    later(clock, days=1, hours=4)
    assert len(letters(observer)) == 1


def test_never_is_never_and_what_came_meanwhile_does_not_come_later(clock, thread, member, lead):
    wishes(member, direct="never")
    reply(thread, lead)
    later(clock, minutes=5)
    wishes(member, direct="now")
    later(clock, days=2)
    assert letters() == []


def test_whoever_is_away_gets_one_letter_when_back(clock, thread, member, lead):
    wishes(member, paused_until=timezone.localdate() + dt.timedelta(days=3))
    reply(thread, lead, "One.")
    later(clock, days=1)
    reply(thread, lead, "Two.")
    later(clock, days=1)
    assert letters() == []
    later(clock, days=1)
    (letter,) = letters()
    assert "One." in letter.text
    assert "Two." in letter.text


@pytest.mark.parametrize(("privacy", "is_confidential"), [("link", False), ("full", True)])
def test_a_link_only_group_lets_out_its_name_and_nothing_else(
    clock, group, thread, member, lead, privacy, is_confidential
):
    group.mail_privacy, group.is_confidential = privacy, is_confidential
    group.save()
    reply(thread, lead, f"@{member.handle}, practice mutes?")
    later(clock, minutes=2)
    (letter,) = letters()
    assert letter.subject == "There is something new in Workforce"
    known = letter.text + letter.html + str(letter.headers)
    for secret in ("mutes", lead.name, lead.handle, "Brass in", "brass-in"):
        assert secret not in known


def test_a_summary_only_group_lets_out_the_beginning(clock, group, thread, member, lead):
    group.mail_privacy = "summary"
    group.save()
    reply(thread, lead, "Mutes " * 100 + "and the end.")
    later(clock, minutes=2)
    (letter,) = letters()
    assert "Mutes Mutes" in letter.text
    assert "and the end" not in letter.text + letter.html


def test_what_people_write_is_words_in_a_letter_and_no_header(clock, group, thread, member, lead):
    group.name = "Work & <b>force</b>"
    group.save()
    thread.title = "A\nBcc: evil@example.org <script>alert(1)</script>"
    thread.save()
    reply(thread, lead, "`<script>alert(2)</script>` & [link](javascript:alert(3))")
    later(clock, minutes=2)
    (letter,) = letters()
    assert "\n" not in letter.subject
    assert "<script" not in letter.html
    assert "<script>alert(2)</script>" in letter.text
    assert all("\n" not in value for value in letter.headers.values())


@pytest.mark.parametrize("word", ["Mutes & <b>cups</b> ", "\U0001f3ba\U0001f3ba ", "long"])
def test_no_letter_is_larger_than_fifteen_kilobytes(clock, group, thread, member, lead, word):
    for number in range(20):
        other = make.thread(group, member, f"{word * 5} {number}"[:160])
        for _number in range(3):
            reply(other, lead, (word * 3000)[:9000])
    later(clock, minutes=2)
    (letter,) = letters()
    assert len(letter.html.encode()) < 15_000
    assert len(letter.text.encode()) < 15_000
    assert "more" in letter.text
    assert Notification.objects.filter(member=member, mailed_at=None).count() == 0


def test_mail_programs_can_sort_thread_and_stop_it(clock, group, thread, member, lead):
    reply(thread, lead)
    later(clock, minutes=2)
    (letter,) = letters()
    assert letter.headers["List-Id"] == "<workforce.localhost>"
    assert letter.headers["References"] == letter.headers["In-Reply-To"] == f"<thread-{thread.pk}@localhost>"
    assert letter.headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    stop = letter.headers["List-Unsubscribe"].strip("<>")
    assert stop.startswith(settings.SITE_URL)
    assert stop in letter.text
    assert member.email not in str(letter.headers)
    assert member.handle not in str(letter.headers)


def test_a_join_request_and_a_decision_are_told_as_much_as_may_leave_the_house(
    clock, group, thread, member, lead, staff
):
    group.ask(make.person("hopeful").affiliations.get(), "Please")
    post = reply(thread, lead)
    post.hide(staff, "It names a pupil.", "No pupil data")
    later(clock, minutes=2)
    news, decided = letters(lead), Letter.objects.get(template="decision", to=lead.email)
    assert "hopeful asks to join" in "\n".join(each.subject + each.text for each in news)
    assert "A decision that concerns you" in decided.subject
    for each in (*news, decided):
        assert "It names a pupil" not in each.subject + each.text


def test_a_crash_before_the_letter_is_kept_leaves_everything_as_it_was(clock, thread, member, lead, monkeypatch):
    reply(thread, lead)
    with monkeypatch.context() as broken:
        broken.setattr("community.mail.models.render_to_string", lambda *_args: 1 / 0)
        later(clock, minutes=2)
    assert letters() == []
    assert Notification.objects.filter(member=member, mailed_at=None).count() == 1
    later(clock, minutes=1)
    assert len(letters()) == 1


def test_a_letter_for_each_of_many_costs_the_same_for_each(clock, group, thread, lead, django_assert_max_num_queries):
    people = [make.person() for _ in range(3)]
    for person in people:
        make.place(group, person)
    notify(people[:1], "mentioned", thread.posts.get())
    with django_assert_max_num_queries(40) as one:
        later(clock, minutes=2)
    notify(people, "mentioned", reply(thread, lead))
    with django_assert_max_num_queries(len(one) * 4):
        later(clock, minutes=20)
    assert reverse("watching:mine") in letters(people[2])[0].text
