"""The tray tells what concerns someone, in the words of the things themselves, and nothing they may not see."""

import re

import pytest
from django.urls import reverse

from community.notifications.models import FEW, Notification, notify, tell_many
from tests import make


@pytest.fixture
def thread(group, member):
    return make.thread(group, member, "Brass in a low hall")


@pytest.fixture
def post(thread, lead):
    return reply(thread, lead, "Practice mutes.")


def reply(thread, author, body):
    return thread.reply(author.affiliations.order_by("pk").first(), body)


def ask(thread, author, member):
    return reply(thread, author, f"And you, @{member.handle}?")


def tray(client, person=None, **asked):
    if person:
        client.force_login(person)
    return client.get(reverse("notifications:tray"), asked)


def titles(answer):
    return [
        " ".join(title.split())
        for title in re.findall(r'<a class="title"[^>]*><bdi>(.*?)</bdi>', answer.content.decode(), re.S)
    ]


def sections(answer):
    return re.findall(r"<h[12][^>]*>([^<]+)</h[12]>", answer.content.decode())


def count(answer):
    found = re.search(r'<span class="count">(\d+)', answer.content.decode())
    return int(found[1]) if found else 0


def test_a_reply_and_a_mention_are_told_with_who_and_where(client, thread, post, member, lead):
    reply(thread, lead, f"What do you think, @{member.handle}?")
    answer = tray(client, member)
    assert titles(answer) == ["Brass in a low hall · post 3", "Brass in a low hall · post 2"]
    assert sections(answer) == ["Needs you", "For your information"]
    text = answer.content.decode()
    assert f"{lead.name} mentioned you" in text
    assert f"{lead.name} replied" in text
    assert post.get_absolute_url() in text
    assert "Practice mutes" not in text
    assert count(answer) == 1


def test_several_posts_of_a_thread_are_one_line_that_leads_to_the_first(client, thread, post, member, lead):
    reply(thread, lead, "And cups.")
    reply(thread, lead, "And socks.")
    answer = tray(client, member)
    assert titles(answer) == ["Brass in a low hall"]
    text = answer.content.decode()
    assert "3 posts, the last by workforce-chair" in text
    assert f'href="{post.reading_url}"' in text
    newest = Notification.objects.filter(member=member).first()
    client.post(reverse("notifications:read", args=[newest.pk]))
    assert not Notification.objects.filter(member=member).unread().exists()


def test_what_was_marked_as_read_can_wait_again(client, thread, post, member, lead, outsider):
    ask(thread, lead, member)
    other = notify([outsider], "mentioned", post)
    client.force_login(member)
    newest = Notification.objects.filter(member=member).first().pk
    back = client.post(reverse("notifications:read-all"), {"newest": newest}).url
    assert count(tray(client)) == 0
    at = re.search(r'name="at" value="(\d+)"', client.get(back).content.decode())[1]
    client.post(reverse("notifications:unread"), {"at": at})
    assert count(tray(client)) == 1
    assert Notification.objects.filter(member=member).unread().count() == 2
    first = Notification.objects.filter(member=member, kind="replied").get()
    client.post(reverse("notifications:read", args=[first.pk]))
    client.post(reverse("notifications:unread"), {"note": first.pk})
    assert Notification.objects.filter(member=member).unread().count() == 2
    assert other is None


def test_nobody_elses_are_marked_as_new(client, post, member, outsider):
    note = Notification.objects.get(member=member)
    Notification.objects.filter(pk=note.pk).mark_read()
    client.force_login(outsider)
    for sent in ({"note": note.pk}, {"at": "9" * 17}, {"at": "x", "note": "-1"}, {}):
        assert client.post(reverse("notifications:unread"), sent).status_code == 302
    assert not Notification.objects.unread().exists()


def test_very_many_are_told_a_little_later_and_each_once(group, thread, lead):
    people = [make.person() for _ in range(FEW + 5)]
    notify(people, "posted", thread)
    assert not Notification.objects.filter(kind="posted").exists()
    pks = [person.pk for person in people]
    tell_many.call(pks, "posted", "threads.thread", thread.pk)
    tell_many.call(pks, "posted", "threads.thread", thread.pk)
    assert Notification.objects.filter(kind="posted").count() == FEW + 5


def test_a_post_that_was_taken_back_leaves_no_line(client, thread, post, member, lead):
    asked = ask(thread, lead, member)
    assert count(tray(client, member)) == 1
    asked.remove(lead)
    assert count(tray(client)) == 0
    assert titles(tray(client)) == ["Brass in a low hall · post 2"]


def test_the_author_of_a_reply_is_told_nothing_of_it(client, post, lead):
    assert titles(tray(client, lead)) == []


def test_a_removed_member_finds_nothing_of_the_group_and_no_number(client, group, thread, post, member, lead):
    ask(thread, lead, member)
    assert count(tray(client, member)) == 1
    group.remove(member)
    answer = tray(client, member)
    assert titles(answer) == []
    assert count(answer) == 0
    assert "Brass" not in answer.content.decode()


def test_whoever_was_removed_by_a_lead_learns_that_and_why_and_nothing_else(client, group, post, member, lead):
    group.visibility = group.Visibility.HIDDEN
    group.save()
    group.remove(member, by=lead, reason="You asked for it")
    answer = tray(client, member)
    assert titles(answer) == ["A group you were in"]
    text = answer.content.decode()
    assert "You asked for it" in text
    assert group.name not in text
    assert "Brass" not in text


def test_an_ended_tie_and_a_thread_that_is_hidden_leave_nothing_behind(client, thread, post, member, staff):
    other = make.group("Other")
    second = member.affiliations.create(organisation=make.organisation())
    other.admit(second)
    thread.hide(staff, "Reason")
    assert titles(tray(client, member)) == ["Something you wrote was hidden"]
    member.affiliations.order_by("pk").first().end()
    notify([member], "replied", post)
    assert titles(tray(client, member)) == ["Something you wrote was hidden"]


def test_staff_decisions_reach_the_author_with_rule_and_reason_and_nobody_else(client, post, lead, member, staff):
    post.hide(staff, "It names a pupil.", "No pupil data")
    answer = tray(client, lead)
    assert titles(answer) == ["Something you wrote was hidden"]
    text = answer.content.decode()
    assert "No pupil data" in text
    assert "It names a pupil." in text
    assert "appeal" in text
    assert "It names a pupil." not in tray(client, member).content.decode()


def test_someone_elses_notification_does_not_exist(client, post, member, outsider):
    note = Notification.objects.get(member=member)
    client.force_login(outsider)
    assert client.post(reverse("notifications:read", args=[note.pk])).status_code == 404
    note.refresh_from_db()
    assert note.read_at is None


def test_one_is_marked_read_and_opened_by_a_button_never_by_a_look(client, thread, lead, member):
    post = ask(thread, lead, member)
    note = Notification.objects.get(member=member)
    tray(client, member)
    address = reverse("notifications:read", args=[note.pk])
    assert client.get(address).status_code == 405
    assert count(tray(client)) == 1
    answer = client.post(address, {"go": "1"})
    assert answer.url == post.get_absolute_url()
    assert count(tray(client)) == 0


def test_opening_what_may_not_be_seen_any_more_leads_back(client, group, post, member):
    note = Notification.objects.get(member=member)
    group.remove(member)
    client.force_login(member)
    answer = client.post(reverse("notifications:read", args=[note.pk]), {"go": "1"})
    assert answer.url.startswith(reverse("notifications:tray"))


def test_all_are_marked_read_but_not_what_came_meanwhile(client, thread, member, lead):
    ask(thread, lead, member)
    newest = Notification.objects.get(member=member).pk
    ask(thread, lead, member)
    client.force_login(member)
    client.post(reverse("notifications:read-all"), {"newest": newest})
    assert count(tray(client)) == 1
    client.post(reverse("notifications:read-all"), {"newest": "9" * 30})
    client.post(reverse("notifications:read-all"))
    assert count(tray(client)) == 1


def test_reading_the_thread_marks_what_was_told_of_it(client, thread, post, member, lead):
    ask(thread, lead, member)
    thread.mark_read(member, 2)
    assert count(tray(client, member)) == 1
    thread.mark_read(member, 3)
    assert count(tray(client, member)) == 0


def test_the_tray_comes_in_pages_and_costs_the_same_for_many(
    client, thread, member, lead, django_assert_max_num_queries
):
    ask(thread, lead, member)
    Notification.objects.all().mark_read()
    ask(thread, lead, member)
    tray(client, member)
    with django_assert_max_num_queries(35) as few:
        tray(client)
        most = len(few)
    for _number in range(60):
        ask(thread, lead, member)
    Notification.objects.all().mark_read()
    for _number in range(30):
        ask(thread, lead, member)
    tray(client)
    with django_assert_max_num_queries(most):
        first = tray(client)
    older = re.search(r"\?before=(\d+)", first.content.decode())[1]
    second = tray(client, before=older)
    assert (len(titles(first)), len(titles(second))) == (30 + 50, 12)
    assert not set(titles(first)) & set(titles(second))
    assert count(first) == 30


def test_a_thing_of_a_room_that_is_no_more_is_passed_over(client, member):
    Notification.objects.create(member=member, kind="mentioned", thing_model="gone.thing", thing_id=1)
    answer = tray(client, member)
    assert (answer.status_code, titles(answer), count(answer)) == (200, [], 0)


def test_every_kind_has_its_sentence(client, group, member, lead, outsider):
    open_requests = make.person()
    group.ask(open_requests.affiliations.get(), "Please")
    assert "asks to join" in tray(client, lead).content.decode()
    request = group.join_requests.get()
    request.decline(lead, "Full this year")
    assert "Full this year" in tray(client, open_requests).content.decode()
    group.ask(outsider.affiliations.get())
    group.join_requests.get(member=outsider).admit(lead)
    assert "was accepted" in tray(client, outsider).content.decode()
    invited = make.person()
    group.invite(lead, invited.email, invited.email, {"role": "member"})
    assert f"{lead.name} asks you to join" in tray(client, invited).content.decode()
