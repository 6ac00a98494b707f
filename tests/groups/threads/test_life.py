"""The life of a discussion: opened later, pinned for a while, closed, put into the archive. All doors agree."""

import datetime as dt

import pytest
from django.utils import timezone

from community import live
from community.models import Entry, Event
from community.notifications.models import Notification
from groups.home.news import news_for
from groups.search.find import find
from groups.threads import tasks
from groups.threads.models import Post, Summary, Thread
from tests import make

HOUR = dt.timedelta(hours=1)
WORD = "zygomorphic"


def clock(moment):
    return timezone.localtime(moment).strftime("%Y-%m-%dT%H:%M")


def text_of(response):
    return response.content.decode()


@pytest.fixture
def peer(group):
    found = make.person("peer")
    make.place(group, found)
    return found


@pytest.fixture
def waiting(enter, group, member, peer):
    body = f"Embargoed words: {WORD}. For @{peer.handle}."
    sent = enter(member).starts(group, title="On Monday", body=body, opens_at=clock(timezone.now() + 48 * HOUR))
    assert sent.status_code == 302
    return Thread.objects.get(title="On Monday")


def is_known_to(reader, member, thread):
    """Each door's word for whether the member knows of the thread."""
    post = thread.posts.get()
    return {
        "page": reader.reads(thread).status_code == 200,
        "post": reader.get(f"/posts/{post.pk}/").status_code in {200, 302},
        "list": "On Monday" in text_of(reader.lists(thread.group)),
        "threads": Thread.objects.visible_to(member).filter(pk=thread.pk).exists(),
        "posts": Post.objects.visible_to(member).filter(pk=post.pk).exists(),
        "stream": live.may_follow(member, thread.subject),
    }


def is_told_to(member, thread):
    return {
        "search": bool(find(member, WORD).hits),
        "news": any(thread in each.threads for each in news_for(member, [thread.group])),
        "tray": Notification.objects.visible_to(member).filter(kind="mentioned").exists(),
    }


def test_until_it_opens_only_its_author_leads_and_staff_know_of_it(enter, waiting, group, member, lead, staff, peer):
    for somebody in (member, lead, staff):
        assert all(is_known_to(enter(somebody), somebody, waiting).values()), somebody
        assert not any(is_told_to(somebody, waiting).values()), somebody
    assert not any(is_known_to(enter(peer), peer, waiting).values())
    assert not any(is_told_to(peer, waiting).values())
    assert "On Monday" not in text_of(enter(peer).get(group.get_absolute_url()))
    assert not Event.objects.filter(stream=group.stream, thing_id=waiting.pk, thing_model="threads.thread").exists()
    assert "Opens" in text_of(enter(lead).lists(group))
    assert "Your discussion is kept until it opens" in text_of(enter(member).reads(waiting, at=1))


def test_when_it_is_time_it_opens_once_and_all_doors_show_it(enter, waiting, group, member, peer):
    tasks.keep_time.func()
    assert not any(is_known_to(enter(peer), peer, waiting).values())
    Thread.objects.filter(pk=waiting.pk).update(opens_at=timezone.now() - dt.timedelta(seconds=1))
    began = timezone.now()
    for _ in range(3):
        tasks.keep_time.func()
    assert all(is_known_to(enter(peer), peer, waiting).values())
    waiting.refresh_from_db()
    assert waiting.last_post_at >= began and waiting.posts.get().posted_at == waiting.last_post_at
    assert Notification.objects.visible_to(peer).filter(kind="mentioned").count() == 1
    assert find(peer, WORD).hits
    rows = Event.objects.filter(stream=group.stream, thing_model="threads.thread", thing_id=waiting.pk)
    assert rows.count() == 1


def test_its_author_edits_it_meanwhile_and_nobody_hears(enter, waiting, member, peer):
    post = waiting.posts.get()
    changed = enter(member).edits(post, f"Other {WORD} for @{peer.handle}")
    assert changed.status_code == 302
    assert not any(is_told_to(peer, waiting).values())
    Thread.objects.get(pk=waiting.pk).open(member)
    assert all(is_told_to(peer, waiting).values()) or find(peer, WORD).hits


def test_nobody_replies_before_it_opens(enter, waiting, lead):
    assert enter(lead).replies(waiting).status_code == 403
    Thread.objects.get(pk=waiting.pk).open(lead)
    assert enter(lead).replies(waiting).status_code == 302


def test_it_can_be_opened_now_moved_or_left_without_a_date(enter, waiting, member, lead, peer):
    assert enter(peer).does("opening", waiting, now="1").status_code == 404
    writer = enter(member)
    assert writer.does("opening", waiting, opens_at="2020-01-01T10:00").status_code == 422
    assert writer.does("opening", waiting, opens_at="").status_code == 302
    waiting.refresh_from_db()
    assert waiting.is_waiting and waiting.opens_at is None
    tasks.keep_time.func()
    assert Thread.objects.get(pk=waiting.pk).is_waiting
    later = timezone.now() + 5 * HOUR
    assert writer.does("opening", waiting, opens_at=clock(later)).status_code == 302
    assert enter(lead).does("opening", waiting, now="1").status_code == 302
    assert enter(peer).reads(waiting).status_code == 200
    assert enter(lead).does("opening", waiting, now="1").status_code == 403


def test_a_hidden_one_opens_and_tells_nobody(waiting, member, peer, staff):
    waiting.hide(staff, "No")
    Thread.objects.get(pk=waiting.pk).open(member)
    assert not any(is_told_to(peer, waiting).values())


@pytest.mark.parametrize("opens_at", ["2020-01-01T09:00", "soon", "9" * 40, "0001-01-01T00:00"])
def test_a_time_that_cannot_be_keeps_what_was_typed(enter, group, member, opens_at):
    sent = enter(member).starts(group, body="All of my words", opens_at=opens_at)
    assert sent.status_code == 422 and "All of my words" in text_of(sent)
    assert not Thread.objects.exists()


# ── Pins ─────────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_pin_holds_until_its_day_is_over(enter, thread, lead):
    today = timezone.localdate()
    assert enter(lead).does("pin", thread, until=today.isoformat()).status_code == 302
    tasks.keep_time.func()
    assert Thread.objects.get(pk=thread.pk).is_pinned
    Thread.objects.filter(pk=thread.pk).update(pinned_until=today - dt.timedelta(days=1))
    tasks.keep_time.func()
    assert not Thread.objects.get(pk=thread.pk).is_pinned


@pytest.mark.parametrize("until", ["2020-01-01", "soon", "9999-12-31"])
def test_a_pin_until_a_day_that_cannot_be_is_refused_with_a_sentence(enter, thread, lead, until):
    assert enter(lead).does("pin", thread, until=until).status_code == 422
    assert not Thread.objects.get(pk=thread.pk).is_pinned


# ── The archive, closing ─────────────────────────────────────────────────────────────────────────────────────────────


def test_what_is_in_the_archive_is_read_and_found_but_not_listed(enter, thread, lead, member):
    assert enter(member).does("archive", thread).status_code == 403
    assert enter(lead).does("archive", thread).status_code == 302
    reader = enter(member)
    assert thread.title not in text_of(reader.lists(thread.group))
    assert thread.title in text_of(reader.lists(thread.group, show="archive"))
    assert thread.title not in text_of(reader.get(thread.group.get_absolute_url()))
    assert reader.reads(thread).status_code == 200
    assert find(member, "worked").hits
    assert reader.replies(thread).status_code == 403
    assert not news_for(member, [thread.group])
    assert enter(lead).does("archive", thread, back="1").status_code == 302
    assert thread.title in text_of(reader.lists(thread.group))
    assert reader.replies(thread).status_code == 302


def test_it_is_said_who_closed_a_discussion(enter, thread, lead, member):
    enter(lead).does("close", thread)
    page = text_of(enter(member).reads(thread))
    assert "Closed by" in page and lead.name in page


def test_the_page_to_look_after_it_is_for_its_author_and_leads(enter, thread, lead, member):
    url = f"/groups/{thread.group.slug}/threads/{thread.pk}/life/"
    assert enter(member).get(url).status_code == 403
    assert enter(lead).get(url).status_code == 200


def test_what_leads_do_with_a_discussion_is_in_the_ledger_and_what_its_writer_does_without_a_name_is_not(
    group, lead, member
):
    thread = make.thread(group, member)
    thread.pin(lead)
    thread.unpin(lead)
    thread.unpin()  # by itself, on its day
    thread.close(lead)
    thread.reopen(lead)
    thread.slow_down(lead, 60)
    thread.archive(lead)
    thread.bring_back(lead)
    thread.posts.get().put_mark(lead, "decision")
    Summary.write(thread, lead, "All of it", 0)
    acts = ["pin", "unpin", "closed", "reopened", "slowed", "archived", "brought-back", "mark", "summarise"]
    assert list(Entry.objects.order_by("number").values_list("act", flat=True)) == acts
    assert set(Entry.objects.values_list("actor", flat=True)) == {lead.pk}
    thread.close(member)
    Thread.objects.filter(pk=thread.pk).update(is_waiting=True)
    Thread.objects.get(pk=thread.pk).postpone(member, None)
    assert Entry.objects.count() == len(acts)
