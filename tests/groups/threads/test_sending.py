"""Around the moment of sending: who replied meanwhile, what is like it already, and taking it back."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from community.drafts.models import Draft
from groups.threads.models import Post, Thread
from tests import make
from tests.groups.threads.conftest import at

pytestmark = pytest.mark.django_db
FRAGMENT = {"Accept": "text/html; fragment"}


def test_who_replied_meanwhile_is_told_once_before_sending(enter, thread, group, member, lead):
    for number in range(3):
        other = make.person(f"voice-{number}")
        make.place(group, other)
        thread.reply(other.affiliations.get(), f"Thought {number}")
    thread.reply(lead.affiliations.get(), "One more")
    writer = enter(member)
    told = writer.replies(thread, "My hour of work", seen=1)
    assert told.status_code == 422
    assert "4 people replied while you wrote" in told.text
    assert "Thought 0" in told.text and "And 1 more post" in told.text
    assert "My hour of work</textarea>" in told.text
    assert 'name="seen" value=""' in told.text
    assert writer.replies(thread, "My hour of work", seen="").status_code == 302
    assert thread.posts.count() == 6


def test_an_enhanced_form_comes_back_with_the_notice(enter, thread, member, lead):
    thread.reply(lead.affiliations.get(), "Meanwhile")
    told = enter(member).replies(thread, "Mine", seen=1, headers=FRAGMENT)
    assert told.status_code == 422
    assert "1 person replied while you wrote" in told.text
    assert told.text.strip().startswith("<form")


def test_nothing_is_told_of_what_was_seen_of_oneself_or_of_what_is_gone(enter, thread, member, lead, staff):
    writer = enter(member)
    writer.replies(thread, "First", seen=1)
    assert writer.replies(thread, "Second", seen=1).status_code == 302
    post = thread.reply(lead.affiliations.get(), "Names a pupil")
    assert writer.replies(thread, "Third", seen=post.number).status_code == 302
    post.hide(staff, "No")
    assert writer.replies(thread, "Fourth", seen=post.number - 1).status_code == 302


@pytest.mark.parametrize("seen", ["-1", "9" * 30, "x", "٣", "0"])
def test_a_number_that_is_none_asks_nothing(enter, thread, member, lead, seen):
    thread.reply(lead.affiliations.get(), "Meanwhile")
    assert enter(member).replies(thread, "Mine", seen=seen).status_code == 302


def test_the_page_says_which_post_was_the_last(enter, thread, member, lead):
    thread.reply(lead.affiliations.get(), "Second")
    assert 'name="seen" value="2"' in enter(member).reads(thread).text


def test_a_reply_just_sent_can_be_undone_and_its_text_is_there_again(enter, thread, member, lead):
    writer = enter(member)
    sent = writer.replies(thread, "Too soon")
    post = thread.posts.get(number=2)
    undo = at(post, "undo")
    assert undo in writer.client.get(sent.url).text
    assert undo not in enter(lead).get(sent.url.partition("#")[0]).text
    assert writer.client.post(undo).url == f"{thread.get_absolute_url()}#reply"
    page = writer.reads(thread).text
    assert "Too soon</textarea>" in page
    assert "Removed by its author" in page
    assert "Too soon" not in enter(lead).reads(thread).text


def test_undo_is_offered_for_a_minute_only(enter, thread, member):
    writer = enter(member)
    sent = writer.replies(thread, "Long ago")
    Post.objects.filter(number=2).update(posted_at=timezone.now() - dt.timedelta(minutes=2))
    assert at(thread.posts.get(number=2), "undo") not in writer.client.get(sent.url).text


def test_nobody_undoes_what_another_wrote_nor_the_beginning(enter, thread, member, lead, outsider):
    enter(member).replies(thread, "Mine")
    post = thread.posts.get(number=2)
    for person, status in ((lead, 403), (outsider, 404), (None, 302)):
        assert enter(person).client.post(at(post, "undo")).status_code == status
    assert enter(lead).client.post(at(thread.posts.get(number=1), "undo")).status_code == 403
    post.refresh_from_db()
    assert post.deleted_at is None


def test_undo_twice_is_undo_once_and_comes_before_what_was_begun_since(enter, thread, member):
    writer = enter(member)
    writer.replies(thread, "First thought")
    place = f"reply:threads.thread-{thread.pk}"
    writer.client.post("/drafts/save/", {"place": place, "sequence": 0, "body": "The next one", "quiet": 1})
    undo = at(thread.posts.get(number=2), "undo")
    for _ in range(2):
        writer.client.post(undo)
    assert Draft.objects.get().fields["body"] == "First thought\n\nThe next one"


def test_undo_answers_an_enhanced_page_with_the_form(enter, thread, member):
    writer = enter(member)
    writer.replies(thread, "Too soon")
    answer = writer.client.post(at(thread.posts.get(number=2), "undo"), headers=FRAGMENT)
    assert answer.status_code == 200
    assert "Too soon</textarea>" in answer.text


def similar(reader, group, title):
    return reader.get(reverse("threads:similar", args=[group.slug]), title=title)


def test_discussions_with_a_like_title_are_shown_while_it_is_typed(enter, group, member, lead):
    for number in range(7):
        make.thread(group, lead, f"Repairing ukuleles, part {number}").reply(lead.affiliations.get(), "More")
    make.thread(group, lead, "Choir warm-ups")
    page = similar(enter(member), group, "Who repairs our ukuleles?").text
    assert page.count("<li>") == 5
    assert "Choir" not in page
    assert similar(enter(member), group, "Sight-reading").text.strip() == ""
    assert similar(enter(member), group, "a to of").text.strip() == ""


def test_what_one_may_not_read_is_not_similar(enter, group, member, lead, staff):
    inner = make.group("Inner circle", visibility="hidden")
    make.thread(inner, lead, "Ukuleles of the inner circle")
    hidden = make.thread(group, lead, "Ukuleles that staff hid")
    hidden.hide(staff, "No")
    open_one = make.group("For all", visibility="open")
    make.thread(open_one, lead, "Ukuleles for all")
    page = similar(enter(member), group, "Ukuleles").text
    assert "Ukuleles for all" in page
    assert "inner circle" not in page and "staff hid" not in page


def test_without_script_the_preview_shows_them(enter, group, member, lead):
    make.thread(group, lead, "Repairing ukuleles")
    page = enter(member).starts(group, title="Ukuleles again", preview="1")
    assert "Repairing ukuleles" in page.text
    assert Thread.objects.count() == 1


@pytest.mark.parametrize(
    "title", ["\0", "x" * 5000, "'; DROP", '"(title:*)', "and or not near", "🎺🎺🎺🎺🎺", "%(groups)s"]
)
def test_no_title_breaks_the_question(enter, group, member, title):
    assert similar(enter(member), group, title).status_code == 200
