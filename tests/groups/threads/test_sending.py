"""Around the moment of sending: who replied meanwhile, what is like it already, and taking it back."""

import datetime as dt
import re

import pytest
from django.urls import reverse
from django.utils import timezone

from community import live
from community.drafts.models import Draft
from community.policy import Refused
from groups.threads.models import Post, Thread
from groups.threads.tasks import keep_time
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


def test_what_one_wrote_oneself_without_a_name_is_no_reply_of_others(enter, group, thread, member, lead):
    type(group).objects.update(allows_masked=True)
    thread = Thread.objects.get(pk=thread.pk)
    thread.nameless().reply(member.affiliations.get(), "What I do not dare to say")
    writer = enter(member)
    assert writer.replies(thread, "Something else", seen=1).status_code == 302
    told = enter(lead).replies(thread, "And I say", seen=1)
    assert told.status_code == 422 and "2 people replied while you wrote" in told.text


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


def test_nobody_undoes_what_another_wrote(enter, thread, member, lead, outsider):
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


def test_what_was_sent_without_a_name_is_sent_again_without_it(enter, group, thread, member):
    type(group).objects.update(allows_masked=True)
    writer = enter(member)
    writer.replies(thread, "In confidence", masked="on", to="1")
    writer.client.post(at(thread.posts.get(number=2), "undo"))
    page = writer.reads(thread).text
    assert "In confidence</textarea>" in page
    assert re.search(r'<input[^>]*name="masked"[^>]* checked', page)
    assert re.search(r'<input[^>]*name="to"[^>]*value="1"', page)


# ── A discussion just begun ──────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def begun(enter, group, member):
    """A discussion that the member has just begun."""
    sent = enter(member).starts(group, title="Mutes", body="Too soon", tags=[make.tag("brass", group).pk])
    return Thread.objects.to_show().get(title="Mutes"), sent.url


def undo_of(thread):
    return at(thread.posts.get(number=1), "undo")


def test_a_discussion_just_begun_can_be_undone_and_is_in_the_form_again(enter, group, begun, member, lead):
    thread, page = begun
    assert undo_of(thread) in enter(member).get(page).text
    assert undo_of(thread) not in enter(lead).get(page).text
    assert enter(lead).client.post(undo_of(thread)).status_code == 403
    writer = enter(member)
    answer = writer.client.post(undo_of(thread))
    assert answer.url == reverse("threads:new", args=[group.slug])
    form = writer.get(answer.url).text
    assert 'value="Mutes"' in form and "Too soon</textarea>" in form
    assert re.search(r'<option value="question"\s+selected', form)
    assert re.search(rf'name="tags" value="{thread.tags.get().pk}"[^>]*checked', form)


def test_a_discussion_taken_back_is_nowhere(enter, group, begun, member, lead, staff):
    thread, page = begun
    thread.posts.get().tell({lead.pk})
    since = live.head(group.stream)
    enter(member).client.post(undo_of(thread))
    for who in (member, lead, staff):
        reader = enter(who)
        assert reader.get(page).status_code == reader.get(f"/threads/{thread.pk}/").status_code == 404
        for url in ("/", group.get_absolute_url(), "/discussions/", "/needs-you/", "/search/?q=soon"):
            assert "Mutes" not in reader.get(url).text and "Too soon" not in reader.get(url).text
        assert "Mutes" not in reader.lists(group).text
        assert not live.may_follow(who, f"thread-{thread.pk}")
    assert [frame["verb"] for frame in live.since(group.stream, since)] == ["remove"]
    assert "Mutes" not in str(live.since(group.stream, 0))


def test_it_can_be_sent_again_and_is_another_one(enter, group, begun, member):
    thread, _page = begun
    enter(member).client.post(undo_of(thread))
    again = enter(member).starts(group, title="Mutes, once more", body="Better")
    assert again.status_code == 302
    assert enter(member).get(again.url).status_code == 200


def test_a_discussion_that_somebody_replied_to_stays(enter, begun, member, lead):
    thread, page = begun
    thread.reply(lead.affiliations.get(), "They help")
    assert undo_of(thread) not in enter(member).get(page).text
    answer = enter(member).client.post(undo_of(thread))
    assert answer.status_code == 403 and "replied meanwhile" in answer.text
    with pytest.raises(Refused):
        thread.withdraw()
    assert enter(lead).get(page).status_code == 200


def test_a_discussion_that_people_have_heard_of_stays(enter, begun, member):
    thread, page = begun
    thread.posts.update(posted_at=timezone.now() - dt.timedelta(minutes=3))
    assert undo_of(thread) not in enter(member).get(page).text
    assert enter(member).client.post(undo_of(thread)).status_code == 403
    assert enter(member).get(page).status_code == 200


def test_nobody_replies_to_what_is_taken_back_meanwhile(begun, lead):
    thread, _page = begun
    Thread.objects.get(pk=thread.pk).withdraw()
    with pytest.raises(Refused, match="taken it back"):
        thread.reply(lead.affiliations.get(), "In time?")


def test_what_it_was_beside_its_text_is_in_the_form_again(enter, group, member, lead):
    closes = timezone.localtime(timezone.now() + dt.timedelta(days=3)).strftime("%Y-%m-%dT%H:%M")
    paper = make.document(group, lead)
    for fields, there in (
        ({"kind": "consultation", "closes_at": closes, "sections": "One\nTwo"}, [closes, "One\nTwo</textarea>"]),
        ({"kind": "resource", "document": paper.get_absolute_url()}, [f'value="{paper.get_absolute_url()}"']),
        ({"kind": "discussion", "opens_at": closes}, [closes]),
    ):
        writer = enter(member)
        assert writer.starts(group, title="Shaped", **fields).status_code == 302
        thread = Thread.objects.get(title="Shaped", withdrawn_at=None)
        form = writer.get(writer.client.post(undo_of(thread)).url).text
        assert all(words in form for words in there), fields
        Draft.objects.all().delete()


def test_a_discussion_taken_back_opens_at_no_time(enter, group, member, lead):
    soon = timezone.now() + dt.timedelta(minutes=1)
    thread = make.thread(group, member, "Later", is_waiting=True, opens_at=soon)
    enter(member).client.post(undo_of(thread))
    Thread.objects.update(opens_at=timezone.now())
    keep_time.func()
    assert Thread.objects.get().is_waiting
    assert "Later" not in enter(lead).lists(group).text


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
