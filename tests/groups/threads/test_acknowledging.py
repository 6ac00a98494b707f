"""An announcement that asks people to say that they have read it."""

import pytest

from community import jobs
from community.notifications.models import Notification
from groups.threads.models import Thread
from tests import make


@pytest.fixture
def news(group, lead):
    return make.thread(group, lead, "New safeguarding rules", kind="announcement", asks=True)


def test_a_lead_asks_with_a_new_announcement(enter, group, lead, member):
    reader = enter(lead)
    assert reader.starts(group, kind="announcement", asks="on").status_code == 302
    thread = Thread.objects.get()
    assert thread.asks
    assert "I have read this" in enter(member).reads(thread).content.decode()


def test_only_an_announcement_asks(enter, group, lead):
    answer = enter(lead).starts(group, kind="discussion", asks="on", body="An hour of typing")
    assert answer.status_code == 422 and "An hour of typing" in answer.content.decode()
    assert not Thread.objects.exists()


def test_a_member_cannot_make_anybody_acknowledge(enter, group, member):
    assert enter(member).starts(group, asks="on").status_code == 302
    assert not Thread.objects.get().asks


def test_saying_so_is_counted_once_and_ends_the_request(enter, news, member, observer):
    news.ask_the_rest()
    asked = Notification.objects.filter(kind="acknowledge", member=member).unread()
    assert asked.exists()
    assert "asks you to say that you have read this" in enter(member).get("/needs-you/").content.decode()
    for _twice in range(2):
        assert enter(member).does("acknowledge", news).status_code == 302
    assert news.acknowledgements.get().member == member
    assert not asked.exists()
    page = enter(member).reads(news).content.decode()
    assert "You have said that you have read this" in page and "1 of 2 people" in page
    assert Notification.objects.filter(kind="acknowledge", member=observer).unread().exists()


def test_only_who_is_asked_says_so(enter, news, thread, lead, member, outsider):
    assert enter(lead).does("acknowledge", news).status_code == 403
    assert enter(outsider).does("acknowledge", news).status_code == 404
    assert enter(member).does("acknowledge", thread).status_code == 403
    assert not news.acknowledgements.exists()


def test_leads_see_who_has_and_who_has_not_by_organisation(enter, news, lead, member, observer):
    news.acknowledge(member)
    url = f"/groups/{news.group.slug}/threads/{news.pk}/acknowledgements/"
    page = enter(lead).get(url).content.decode()
    for person in (member, observer):
        assert person.name in page and person.affiliations.get().organisation.name in page
    assert page.count("Has read it") == 1 and page.count("Not yet") == 1
    assert enter(member).get(url).status_code == 403


@pytest.mark.django_db(transaction=True)
def test_those_who_have_not_are_reminded_twice_a_day_at_most(enter, news, lead, member, observer):
    news.acknowledge(member)
    assert enter(lead).does("acknowledgements", news).status_code == 302
    jobs.Worker("test", interval=0, batch=True).run()
    assert {note.member for note in Notification.objects.filter(kind="acknowledge").unread()} == {observer}
    assert enter(lead).does("acknowledgements", news).status_code == 302
    assert enter(lead).does("acknowledgements", news).status_code == 429
    assert enter(member).does("acknowledgements", news).status_code == 403


def test_the_page_of_who_has_read_asks_as_much_for_many(enter, news, lead, django_assert_max_num_queries):
    for _each in range(30):
        make.place(news.group, make.person())
    reader = enter(lead)
    with django_assert_max_num_queries(25):
        reader.get(f"/groups/{news.group.slug}/threads/{news.pk}/acknowledgements/")
