"""Who reads what, where a page begins, and what it costs."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from community import live
from groups.threads.models import Post, Thread
from tests import make
from tests.groups.threads.conftest import at

pytestmark = pytest.mark.django_db


def fill(thread, author, count):
    """Many posts at once."""
    affiliation = author.affiliations.get()
    facts = {"thread": thread, "author": author, "posted_as": affiliation, "body": "Words", "renderer": 1}
    first = thread.last_number + 1
    Post.objects.bulk_create(
        Post(number=number, html=f"<p>Words {number}</p>", **facts) for number in range(first, first + count)
    )
    Thread.objects.filter(pk=thread.pk).update(last_number=first + count - 1, post_count=first + count - 1)
    live.publish(thread, "refresh")
    thread.refresh_from_db()


def test_a_thread_is_read_by_who_is_in_the_group(enter, thread, lead, member, observer, staff, outsider):
    for reader in (lead, member, observer, staff):
        assert "What has worked for you?" in enter(reader).reads(thread).text
    assert enter(outsider).reads(thread).status_code == 404
    nobody = enter(None).reads(thread)
    assert nobody.status_code == 302
    assert thread.slug in nobody.url, "the way back"
    assert "worked" not in nobody.text


def test_the_list_is_for_who_is_in_the_group(enter, group, thread, observer, outsider):
    assert thread.title in enter(observer).lists(group).text
    assert enter(outsider).lists(group).status_code == 404
    assert enter(None).lists(group).status_code == 302


def test_a_thread_is_found_under_its_own_group_only(enter, thread, member):
    other = make.group("Early years")
    make.place(other, member)
    url = thread.get_absolute_url()
    assert enter(member).get(url).status_code == 200
    assert enter(member).get(url.replace("workforce", "early-years")).status_code == 404


@pytest.mark.parametrize("pk", ["0", "999999999999999999999999", "1"])
def test_a_made_up_number_is_not_there(enter, group, outsider, pk):
    make.place(group, outsider)
    assert enter(outsider).get(f"/groups/workforce/threads/{pk}-x/").status_code == 404
    assert enter(outsider).get(f"/groups/workforce/threads/{pk}/posts/{pk}/").status_code == 404


def test_the_link_to_a_post_leads_to_its_page(enter, thread, member):
    fill(thread, member, 119)
    found = thread.posts.get(number=73)
    answer = enter(member).get(at(found, "post"))
    assert answer.url == f"{thread.get_absolute_url()}?at=73#post-{found.pk}"
    page = enter(member).reads(thread, at=73).text
    assert "Words 51" in page and "Words 100" in page
    assert "Words 50<" not in page and "Words 101" not in page


@pytest.mark.parametrize("query", [{"from": "x"}, {"from": "-1"}, {"at": "٣"}, {"from": "9" * 30}, {"at": "1e3"}])
def test_an_odd_place_is_some_page(enter, thread, member, query):
    assert enter(member).reads(thread, **query).status_code == 200


def test_one_comes_back_to_where_one_stopped_reading(enter, thread, member):
    fill(thread, thread.author, 119)
    reader = enter(member)
    assert 'id="new"' not in reader.reads(thread).text, "nobody who comes first is told that all is new"
    reader.does("read", thread, number=60)
    page = reader.reads(thread).text
    assert "Words 51" in page
    assert page.index("Words 60") < page.index('id="new"') < page.index("Words 61")
    reader.does("read", thread, number=10)
    assert thread.read_by(member) == 60, "a mark never goes back"
    reader.does("read", thread, number=10**8)
    assert thread.read_by(member) == 120


def test_reading_marks_nothing_by_itself(enter, thread, member):
    enter(member).reads(thread)
    assert thread.read_by(member) == 0


def test_the_list_tells_what_is_new(enter, group, thread, member):
    reader = enter(member)
    assert ">1 new<" in reader.lists(group).text
    reader.does("read", thread, number=1)
    assert ">1 new<" not in reader.lists(group).text
    thread.reply(thread.author.affiliations.get(), "More")
    assert ">1 new<" in reader.lists(group).text


def test_pages_of_the_list_hold_every_thread_once_newest_first_with_pins_on_top(enter, group, lead):
    now = timezone.now()
    for number in range(45):
        thread = make.thread(group, lead, f"Thread {number:02}")
        at_once = now - dt.timedelta(hours=number // 2)  # two each at the same moment
        Thread.objects.filter(pk=thread.pk).update(last_post_at=at_once, is_pinned=number in {30, 40})
    reader, url, seen, pages = enter(lead), reverse("threads:list", args=[group.slug]), [], []
    while url:
        pages.append(url)
        answer = reader.get(url)
        seen += [row.title for row in answer.context["page"].rows]
        url = answer.context["page"].older and pages[0] + answer.context["page"].older
        last = answer.context["page"]
    assert len(seen) == len(set(seen)) == 45
    assert seen[:2] == ["Thread 30", "Thread 40"]
    back = reader.get(pages[0] + last.newer).context["page"]
    assert [row.title for row in back.rows] == seen[20:40]
    assert [row.title for row in reader.get(pages[0] + back.newer).context["page"].rows] == seen[:20]


@pytest.mark.parametrize("key", ["x", "1-1-1", "1-99999999999999999-1", "0-5-٣", "2-1-1", "1-1-" + "9" * 40])
def test_an_odd_key_is_some_page_of_the_list(enter, group, thread, lead, key):
    assert enter(lead).lists(group, after=key).status_code == 200
    assert enter(lead).lists(group, before=key).status_code == 200


def queries_of(ask):
    ask()
    with CaptureQueriesContext(
        connection,
    ) as caught:
        assert ask().status_code == 200
    return [query["sql"] for query in caught]


def test_a_page_of_posts_costs_the_same_for_five_and_for_thirty(enter, thread, member, django_assert_max_num_queries):
    reader = enter(member)
    fill(thread, member, 4)
    few = queries_of(lambda: reader.reads(thread))
    for _ in range(25):
        author = make.person()
        make.place(thread.group, author)
        thread.reply(author.affiliations.get(), "Words")
    many = queries_of(lambda: reader.reads(thread))
    assert len(many) <= len(few) + 1  # the header's number asks once more where something waits
    ours = [sql for sql in many if "threads_" in sql or "stream" in sql or "affiliation" in sql]
    assert len(ours) <= 14, (
        ours
    )  # two of them for the header: what waits, and from where to follow; one for the timeline


def test_the_list_costs_the_same_for_five_and_for_thirty(enter, group, member):
    reader = enter(member)
    for number in range(5):
        make.thread(group, make.person(), f"Thread {number}", kind="question")
    few = queries_of(lambda: reader.lists(group))
    for number in range(25):
        make.thread(group, make.person(), f"More {number}", kind="question")
    assert len(few) == len(queries_of(lambda: reader.lists(group)))
