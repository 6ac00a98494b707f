"""Starting, replying, editing and removing, through the addresses people use."""

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from groups.models import Group
from groups.threads.models import Post, Thread
from tests import make
from tests.groups.threads.conftest import at

pytestmark = pytest.mark.django_db
FRAGMENT = {"Accept": "text/html; fragment"}


def test_a_member_starts_a_discussion(enter, group, member):
    answer = enter(member).starts(group, title="Who repairs 200 ukuleles?", body="Ours are **all** flat.")
    thread = Thread.objects.get()
    assert answer.url == thread.get_absolute_url()
    assert (thread.author, thread.kind, thread.slug) == (member, "question", "who-repairs-200-ukuleles")
    assert "<strong>all</strong>" in enter(member).reads(thread).text


def test_an_observer_an_outsider_and_nobody_start_nothing(enter, group, observer, outsider):
    refusal = enter(observer).starts(group, body="An hour of work")
    assert refusal.status_code == 403
    assert "observer" in refusal.text and "An hour of work" in refusal.text
    assert enter(outsider).starts(group).status_code == 404
    assert enter(None).starts(group).status_code == 403
    assert not Thread.objects.exists()


def test_a_member_replies_and_lands_at_the_post(enter, thread, member):
    answer = enter(member).replies(thread, "Practice mutes help.")
    post = thread.posts.get(number=2)
    assert answer.url == f"{thread.get_absolute_url()}?at=2#post-{post.pk}"
    assert "Practice mutes help." in enter(member).reads(thread).text


def test_an_observer_an_outsider_and_nobody_do_not_reply(enter, thread, observer, outsider):
    refusal = enter(observer).replies(thread, "An hour of work")
    assert refusal.status_code == 403
    assert "An hour of work" in refusal.text
    assert enter(outsider).replies(thread).status_code == 404
    lost = enter(None).replies(thread, "Typed while the session ended")
    assert lost.status_code == 403
    assert "Typed while the session ended" in lost.text
    assert thread.posts.count() == 1


def test_a_suspended_member_and_one_whose_tie_ended_are_stopped_on_the_open_page(enter, thread, member):
    reader = enter(member)
    assert reader.replies(thread).status_code == 302
    member.suspend(timezone.now() + dt.timedelta(hours=1))
    refusal = reader.replies(thread, "Still typing")
    assert refusal.status_code == 403
    assert "Still typing" in refusal.text
    member.suspend(timezone.now())
    member.affiliations.get().end()
    assert reader.replies(thread).status_code == 403
    assert thread.posts.count() == 2


def test_a_removed_member_finds_no_thread_any_more(enter, group, thread, member):
    reader = enter(member)
    group.remove(member)
    assert reader.replies(thread).status_code == 404
    assert reader.reads(thread).status_code == 404


def test_an_enhanced_form_gets_the_post_alone(enter, thread, member):
    answer = enter(member).replies(thread, "Hello", headers=FRAGMENT)
    post = thread.posts.get(number=2)
    assert answer.status_code == 201
    assert answer.text.strip().startswith(f'<li id="post-{post.pk}"')
    assert answer["Location"] == post.get_absolute_url()
    wrong = enter(member).replies(thread, "", headers=FRAGMENT)
    assert wrong.status_code == 422
    assert wrong.text.strip().startswith("<form")


def test_a_double_click_makes_one_post(enter, thread, group, member):
    reader = enter(member)
    first = reader.replies(thread, "Once", key="k1")
    assert reader.replies(thread, "Once", key="k1").url == first.url
    assert thread.posts.count() == 2
    first = reader.starts(group, key="k2")
    assert reader.starts(group, key="k2").url == first.url
    assert Thread.objects.count() == 2


def test_a_form_sent_again_with_another_text_loses_nothing(enter, thread, member):
    reader = enter(member)
    reader.replies(thread, "One", key="k1")
    answer = reader.replies(thread, "Another", key="k1")
    assert answer.status_code == 422
    assert "Another</textarea>" in answer.text
    assert thread.posts.count() == 2
    assert reader.replies(thread, "Another", key=answer.context["form"]["key"].value()).status_code == 302
    assert thread.posts.count() == 3


def test_the_key_of_another_member_means_nothing(enter, thread, member, lead):
    enter(member).replies(thread, "Mine", key="same")
    enter(lead).replies(thread, "Hers", key="same")
    assert thread.posts.count() == 3


def test_one_posts_for_an_organisation_of_ones_own(enter, thread, member, lead):
    second = member.affiliations.create(organisation=make.organisation("Ashgrove Lane Primary"))
    reader = enter(member)
    assert "Ashgrove Lane Primary" in reader.reads(thread).text
    reader.replies(thread, "As a school", posted_as=second.pk)
    assert thread.posts.get(number=2).posted_as == second
    forged = reader.replies(thread, "As a lead", posted_as=lead.affiliations.get().pk)
    assert forged.status_code == 422
    assert "As a lead</textarea>" in forged.text
    second.end()
    assert reader.replies(thread, "As before", posted_as=second.pk).status_code == 422
    assert thread.posts.count() == 2


def test_what_a_form_does_not_ask_for_is_ignored(enter, group, member, lead):
    other = make.group("Early years")
    more = {"author": lead.pk, "group": other.pk, "is_pinned": "1", "last_number": "99", "number": "7", "html": "<b>x"}
    enter(member).starts(group, **more)
    thread = Thread.objects.get()
    assert (thread.author, thread.group, thread.is_pinned, thread.last_number) == (member, group, False, 1)
    assert "<b>" not in thread.posts.get().html


BLANK = ["", "   \n\t ", "\u200b\u2060", "**", "> \n> ", "---", "#", "\x00\x01"]


@pytest.mark.parametrize("body", BLANK)
def test_a_text_without_words_is_sent_back(enter, thread, member, body):
    assert enter(member).replies(thread, body).status_code == 422
    assert thread.posts.count() == 1


@pytest.mark.parametrize("body", ["👍", "?", "7", "[x](https://example.org)", "`code`"])
def test_a_short_text_is_a_text(enter, thread, member, body):
    assert enter(member).replies(thread, body).status_code == 302


def test_a_word_of_a_hundred_thousand_letters_comes_back_whole(enter, thread, member):
    word = "a" * 100_000
    for answer in (enter(member).replies(thread, word), enter(member).replies(thread, word, headers=FRAGMENT)):
        assert answer.status_code == 422
        assert "100,000 characters" in answer.text
        assert word in answer.text
    assert thread.posts.count() == 1


def test_a_body_beyond_all_bounds_is_refused(enter, thread, member):
    client = enter(member).client
    client.raise_request_exception = False
    url = reverse("threads:reply", args=[thread.group.slug, thread.pk])
    answer = client.post(url, {"body": "a" * 3_000_000})
    assert answer.status_code in {400, 413}
    assert thread.posts.count() == 1


def test_control_characters_are_dropped_and_the_rest_is_kept(enter, thread, member):
    enter(member).replies(thread, "One\x00 two\x1b\r\n\r\nthree\u202e four")
    assert thread.posts.get(number=2).body == "One two\n\nthree four"


def test_a_title_cannot_turn_the_page_round(enter, group, member):
    enter(member).starts(group, title="Ukuleles \u202eselelukU\x00 \n and\tmore")
    thread = Thread.objects.get()
    assert thread.title == "Ukuleles selelukU and more"
    assert f"<bdi>{thread.title}</bdi>" in enter(member).reads(thread).text
    assert f"<bdi>{thread.title}</bdi>" in enter(member).lists(group).text


@pytest.mark.parametrize("title", ["", "  ", "\u202e", "x" * 161])
def test_a_title_that_is_none_or_too_long_brings_the_form_back_with_the_text(enter, group, member, title):
    answer = enter(member).starts(group, title=title, body="An hour of work")
    assert answer.status_code == 422
    assert "An hour of work" in answer.text
    assert not Thread.objects.exists()


@pytest.mark.parametrize("title", ["🎺🎺", "Ελληνικά", "!!!"])
def test_a_title_without_latin_letters_has_an_address_too(enter, group, member, title):
    answer = enter(member).starts(group, title=title)
    assert enter(member).get(answer.url).status_code == 200


@pytest.mark.parametrize("body", ["- " * 5000, "> " * 5000 + "x", "[" * 10_000, "*a_" * 5000, "a\n=" * 5000])
def test_deep_nesting_is_a_post_like_any_other(enter, thread, member, body):
    assert enter(member).replies(thread, body + " words").status_code == 302
    assert enter(member).reads(thread).status_code == 200


def test_script_in_title_text_and_names_stays_text(enter, group, lead, member):
    member.name = "<script>alert(1)</script>"
    member.save()
    enter(member).starts(group, title="<script>alert(2)</script>", body="<script>alert(3)</script> [x](javascript:1)")
    thread = Thread.objects.get()
    for page in (enter(lead).reads(thread), enter(lead).lists(group)):
        assert "<script>alert" not in page.text
        assert 'href="javascript' not in page.text


def test_a_stale_or_foreign_token_does_nothing_and_keeps_the_text(thread, member):
    client = Client(enforce_csrf_checks=True)
    client.force_login(member)
    url = reverse("threads:reply", args=[thread.group.slug, thread.pk])
    answer = client.post(url, {"body": "An hour of work", "csrfmiddlewaretoken": "stale"})
    assert answer.status_code == 403
    assert "An hour of work" in answer.text
    assert thread.posts.count() == 1
    token = client.get(thread.get_absolute_url()).context["csrf_token"]
    assert client.post(url, {"body": "An hour of work", "csrfmiddlewaretoken": str(token)}).status_code == 302


def test_too_many_posts_in_a_short_time_are_kept_for_later(enter, thread, member, settings):
    settings.LIMITS = {**settings.LIMITS, "post": "2/10m"}
    reader = enter(member)
    assert [reader.replies(thread, f"Number {n}").status_code for n in range(2)] == [302, 302]
    answer = reader.replies(thread, "Number 3")
    assert answer.status_code == 429
    assert "Number 3" in answer.text
    assert answer["Retry-After"]


def test_a_preview_is_the_servers_own_and_sends_nothing(enter, thread, group, member):
    answer = enter(member).replies(thread, "**Bold** idea", preview="1")
    assert answer.status_code == 200
    assert "<strong>Bold</strong> idea" in answer.text
    assert "**Bold** idea</textarea>" in answer.text
    assert "<strong>" in enter(member).starts(group, body="**Bold** idea", preview="1").text
    assert (Thread.objects.count(), thread.posts.count()) == (1, 1)


def test_quote_and_reply_begin_the_text(enter, thread, post, member, staff):
    reader = enter(member)
    quoted = reader.reads(thread, quote=1).context["form"]["body"].value()
    assert quoted.startswith("> What has worked for you?\n>\n> [workforce-chair in post 1](/posts/")
    answer = reader.reads(thread, to=1)
    assert answer.context["form"]["to"].value() == 1
    assert "In reply to workforce-chair, post 1" in answer.text
    post.hide(staff, "It names a child")
    unquoted = reader.reads(thread, quote=1)
    assert unquoted.context["form"].pristine
    assert "What has worked for you?" not in unquoted.text


def test_a_closed_discussion_takes_no_reply_and_keeps_what_was_typed(enter, thread, lead, member):
    thread.close(lead)
    answer = enter(member).replies(thread, "Too late")
    assert answer.status_code == 403
    assert "closed" in answer.text and "Too late" in answer.text
    assert "<textarea" not in enter(member).reads(thread).text
    thread.reopen(lead)
    assert enter(member).replies(thread, "In time").status_code == 302


def test_an_archived_group_is_read_only(enter, group, thread, member):
    group.archive()
    assert enter(member).replies(thread).status_code == 403
    assert enter(member).starts(group).status_code == 403
    assert enter(member).reads(thread).status_code == 200


def test_only_leads_and_staff_start_announcements(enter, group, member, lead):
    assert enter(member).starts(group, kind="announcement").status_code == 422
    assert enter(lead).starts(group, kind="announcement").status_code == 302
    news = make.group("News", kind=Group.Kind.ANNOUNCEMENT)
    make.place(news, member)
    assert enter(member).starts(news).status_code == 403


def test_leads_close_open_and_pin_and_others_do_not(enter, thread, lead, member, outsider):
    for deed, undo, fact in (("close", "open", "is_closed"), ("pin", "down", "is_pinned")):
        assert enter(member).does(deed, thread).status_code == 403
        assert enter(outsider).does(deed, thread).status_code == 404
        assert enter(None).does(deed, thread).status_code == 302
        assert not getattr(Thread.objects.get(), fact)
        assert enter(lead).does(deed, thread).status_code == 302
        assert getattr(Thread.objects.get(), fact)
        enter(lead).does(deed, thread, **{undo: "1"})
        assert not getattr(Thread.objects.get(), fact)


def test_a_lead_of_another_group_is_nobody_here(enter, thread):
    elsewhere = make.person()
    make.place(make.group("Early years"), elsewhere, "lead")
    assert enter(elsewhere).does("close", thread).status_code == 404


def test_no_get_changes_anything(enter, thread, lead):
    reader = enter(lead)
    for deed in ("reply", "read", "close", "pin"):
        assert reader.get(reverse(f"threads:{deed}", args=[thread.group.slug, thread.pk])).status_code == 405
    assert reader.get(at(thread.posts.get(), "remove")).status_code == 200
    assert thread.posts.get().deleted_at is None


def test_an_author_edits_and_others_do_not(enter, post, lead, member, outsider):
    assert enter(lead).edits(post, "Better words").status_code == 302
    assert "Better words" in enter(member).reads(post.thread).text
    assert "Edited" in enter(member).reads(post.thread).text
    assert enter(member).edits(post, "Mine now", edition=2).status_code == 403
    assert enter(outsider).edits(post).status_code == 404
    assert enter(None).edits(post).status_code == 403
    assert enter(lead).edits(post, "", edition=2).status_code == 422
    assert Post.objects.get().body == "Better words"


def test_a_stale_edit_shows_both_texts_and_can_then_be_saved(enter, post, lead):
    reader = enter(lead)
    reader.edits(post, "From the phone", edition=1)
    answer = reader.edits(post, "From the desk", edition=1)
    assert answer.status_code == 409
    assert "From the phone" in answer.text and "From the desk" in answer.text
    assert Post.objects.get().body == "From the phone"
    assert reader.edits(post, "Both", edition=answer.context["form"]["edition"].value()).status_code == 302
    assert [old.body for old in post.revisions.order_by("pk")] == ["What has worked for you?", "From the phone"]


def test_the_same_edit_twice_is_one_edit(enter, post, lead):
    assert enter(lead).edits(post, "Better", edition=1).status_code == 302
    assert enter(lead).edits(post, "Better", edition=1).status_code == 302
    assert post.revisions.count() == 1


def test_an_author_removes_a_post_and_puts_it_back(enter, thread, post, lead, member):
    assert enter(member).removes(post).status_code == 403
    assert enter(lead).removes(post).status_code == 302
    page = enter(member).reads(thread).text
    assert "What has worked" not in page
    assert "Removed by its author" in page
    assert Thread.objects.get().post_count == 0
    enter(lead).removes(post, back="1")
    assert "What has worked" in enter(member).reads(thread).text
    assert Thread.objects.get().post_count == 1
    assert enter(member).replies(thread).status_code == 302
    assert thread.posts.get(number=2)
