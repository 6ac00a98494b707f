"""Lists of discussions: what filters leave, what is muted, what is unread, and that a page costs the same."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from community import live
from groups.tags.models import Mute
from groups.threads.models import Move, Thread
from groups.threads.models.lists import RECENT
from groups.watching.models import Watch
from tests import make

ALL, NEXT, COUNTS = (reverse(f"discussions:{name}") for name in ("list", "next", "counts"))


def titles(answer):
    assert answer.status_code == 200
    return [row.title for row in answer.context["page"].rows]


@pytest.fixture
def second(member):
    """Another group of the member's."""
    found = make.group("Data and impact")
    make.place(found, member)
    return found


def test_filters_combine_and_lead_back(enter, group, lead, member):
    brass = make.tag("brass", group)
    make.thread(group, lead, "A", kind="question", tags=[brass])
    make.thread(group, member, "B", kind="question")
    make.thread(group, member, "C", tags=[brass])
    reader = enter(member)
    assert titles(reader.lists(group)) == ["C", "B", "A"]
    assert titles(reader.lists(group, kind="question")) == ["B", "A"]
    assert titles(reader.lists(group, tag="brass")) == ["C", "A"]
    assert titles(reader.lists(group, tag="brass", kind="question")) == ["A"]
    assert titles(reader.lists(group, show="mine", tag="brass")) == ["C"]
    assert titles(reader.lists(group, show="unread")) == ["A"]
    assert titles(reader.lists(group, show="unanswered")) == ["B", "A"]
    page = reader.lists(group, tag="brass", kind="question").text
    assert 'href="?tag=brass"' in page and 'href="?kind=question"' in page
    assert 'href="?show=unread&amp;kind=question&amp;tag=brass"' in page


def test_a_question_whose_only_reply_went_is_unanswered_again(enter, group, lead, member):
    thread, other = make.thread(group, lead, "A", kind="question"), make.thread(group, lead, "B")
    reader, reply = enter(member), thread.reply(member.affiliations.get(), "Me")
    assert titles(reader.lists(group, show="unanswered")) == []
    reader.removes(reply)
    assert titles(reader.lists(group, show="unanswered")) == ["A"]
    reader.removes(reply, back="1")
    assert titles(reader.lists(group, show="unanswered")) == []
    Move.posts(thread, [2], other, lead)
    assert titles(reader.lists(group, show="unanswered")) == ["A"]
    assert "No reply yet" in reader.lists(group, show="unanswered").text


def test_following_is_what_one_takes_part_in_also_if_its_nation_is_muted(enter, group, lead, member, nations):
    thread = make.thread(group, lead, "Joined", tags=nations[:1])
    thread.reply(member.affiliations.get(), "Here I am")
    thread.reply(member.affiliations.get(), "And again")
    make.thread(group, lead, "Not mine")
    Mute.choose(member, nations)
    assert titles(enter(member).lists(group, show="following")) == ["Joined"]
    assert {row.title for row in enter(lead).lists(group, show="following").context["page"].rows} == {
        "Joined",
        "Not mine",
    }


def test_a_row_says_to_whom_muted_it_that_it_is_muted(enter, group, lead, member):
    thread = make.thread(group, lead)
    Watch.choose(member, ("threads.thread", thread.pk), Watch.Level.NOTHING)
    assert "Muted" in enter(member).lists(group).text
    assert "Muted" not in enter(lead).lists(group).text


def test_nobody_follows_what_another_reads(member, lead):
    assert live.may_follow(member, f"reading-{member.pk}")
    assert not live.may_follow(lead, f"reading-{member.pk}")


@pytest.mark.parametrize("asked", [{"show": "nonsense"}, {"kind": "x"}, {"sort": "x"}, {"tag": "<b>"}, {"tag": "\0"}])
def test_what_is_no_filter_leaves_everything(enter, group, lead, member, asked):
    make.thread(group, lead, "A")
    assert titles(enter(member).lists(group, **asked)) == ["A"]


def test_newest_first_is_another_order(enter, group, lead, member):
    old, new = make.thread(group, lead, "Old"), make.thread(group, lead, "New")
    old.reply(lead.affiliations.get(), "Alive")
    assert titles(enter(member).lists(group)) == ["Old", "New"]
    assert titles(enter(member).lists(group, sort="newest")) == ["New", "Old"]
    assert new.pk > old.pk


@pytest.mark.parametrize("asked", [{"sort": "newest"}, {"kind": "question"}, {"tag": "brass"}, {"show": "unread"}])
def test_pages_keep_the_filters_and_hold_every_thread_once(enter, group, lead, member, asked):
    brass, now = make.tag("brass", group), timezone.now()
    for number in range(45):
        thread = make.thread(group, lead, f"Thread {number:02}", kind="question", tags=[brass])
        at = now - dt.timedelta(hours=number // 2)
        Thread.objects.filter(pk=thread.pk).update(last_post_at=at, created_at=at, is_pinned=number == 30)
    make.thread(group, member, "Not this")
    reader, url, seen = enter(member), reverse("threads:list", args=[group.slug]), []
    page = reader.get(url, **asked).context["page"]
    seen += [row.title for row in page.rows]
    while page.older:
        page = reader.get(url + page.older).context["page"]
        seen += [row.title for row in page.rows]
    expected = 46 if asked == {"sort": "newest"} else 45
    assert len(seen) == len(set(seen)) == expected
    back = reader.get(url + page.newer).context["page"]
    assert [row.title for row in back.rows] == seen[20:40]


def test_all_my_groups_in_one_list_and_nothing_of_others(enter, group, second, lead, member, staff):
    other, gone = make.group("Elsewhere", visibility="open"), make.thread(group, lead, "Hidden")
    make.thread(group, lead, "Here")
    make.thread(second, member, "There")
    make.thread(other, make.person(), "Elsewhere")
    gone.hide(staff, "No")
    answer = enter(member).get(ALL)
    assert titles(answer) == ["There", "Here"]
    assert f'data-follow="{group.stream}"' in answer.text and f'data-follow="{second.stream}"' in answer.text
    assert f'data-follow="{other.stream}"' not in answer.text


def test_empty_says_what_to_do(enter, group, member, outsider):
    reader = enter(member)
    assert "No discussions yet" in reader.lists(group).text
    assert "You are up to date" in reader.lists(group, show="unread").text
    assert "Nothing here fits these filters" in reader.lists(group, kind="question").text
    assert "You are in no group yet" in enter(outsider).get(ALL).text


# Muted nations


@pytest.fixture
def nations():
    return [make.tag(name, nation=name.lower()) for name in ("England", "Wales")]


def test_what_is_marked_for_muted_nations_only_leaves_lists_and_counts(enter, group, lead, member, nations):
    england, wales = nations
    make.thread(group, lead, "England", tags=[england])
    make.thread(group, lead, "Both", tags=[england, wales])
    make.thread(group, lead, "All")
    make.thread(group, member, "My own", tags=[england])
    Mute.choose(member, [england])
    reader = enter(member)
    answer = reader.lists(group)
    assert titles(answer) == ["My own", "All", "Both"]
    assert "You have muted discussions marked only for: England." in " ".join(answer.text.split())
    assert titles(reader.lists(group, show="unread")) == ["All", "Both"]
    assert len(reader.get(COUNTS).json()["groups"][str(group.pk)]["news"]) == 2
    assert "England" not in titles(reader.get(ALL))
    assert titles(reader.lists(group, tag="england")) == ["My own", "Both", "England"], "who asks for it is shown it"
    assert titles(enter(lead).lists(group)) == ["My own", "All", "Both", "England"], "nobody else's list changes"
    Mute.choose(member, [england, wales])
    assert titles(reader.lists(group)) == ["My own", "All"]


def test_home_leaves_out_what_is_muted(enter, group, lead, member, nations):
    make.thread(group, lead, "English matters", tags=[nations[0]])
    reader = enter(member)
    assert "English matters" in reader.get("/").text
    Mute.choose(member, [nations[0]])
    assert "English matters" not in reader.get("/").text


# Unread


def test_unread_is_what_was_written_this_month_and_not_read(enter, group, lead, member):
    thread, old = make.thread(group, lead, "New"), make.thread(group, lead, "Old")
    Thread.objects.filter(pk=old.pk).update(last_post_at=timezone.now() - RECENT - dt.timedelta(days=1))
    reader = enter(member)
    assert titles(reader.lists(group, show="unread")) == ["New"]
    for number in range(3):
        thread.reply(lead.affiliations.get(), f"More {number}")
    thread.mark_read(member, 4, 3)
    (row,) = reader.lists(group, show="unread").context["page"].rows
    assert row.unread == 2, "the middle stays new"
    thread.mark_read(member, 4)
    assert titles(reader.lists(group, show="unread")) == []


def test_the_small_answer_with_all_counts_costs_the_same_for_any_number_of_groups(enter, group, lead, member):
    def cost():
        with CaptureQueriesContext(connection) as queries:
            assert reader.get(COUNTS).status_code == 200
        return len(queries)

    reader, thread = enter(member), make.thread(group, lead)
    told = reader.get(COUNTS).json()["groups"]
    assert told == {str(group.pk): {"stream": group.stream, "since": 1, "news": {str(thread.pk): 1}}}
    few = cost()
    for _number in range(10):
        other = make.group()
        make.place(other, member)
        make.thread(other, make.person())
    assert cost() == few


def test_counts_say_nothing_of_other_groups(enter, group, lead, outsider):
    make.thread(group, lead)
    assert enter(outsider).get(COUNTS).json()["groups"] == {}


def test_a_list_of_thirty_over_many_groups_costs_what_five_cost(enter, group, member):
    def cost():
        with CaptureQueriesContext(connection) as queries:
            assert reader.get(ALL).status_code == 200
        return len(queries)

    def fill(number):
        for _each in range(number):
            other = make.group()
            make.place(other, member)
            make.thread(other, make.person(), tags=[make.tag("brass", other), make.tag("shared")])

    reader = enter(member)
    fill(5)
    cost()
    few = cost()
    fill(25)
    cost()
    assert cost() == few


# The next unread one, and all at once


def test_the_next_unread_is_of_this_group_then_of_the_others(enter, group, second, lead, member):
    here, there = make.thread(group, lead, "Here"), make.thread(second, make.person(), "There")
    reader = enter(member)
    assert reader.get(NEXT, group=group.slug)["Location"] == f"{here.get_absolute_url()}#new"
    assert reader.get(NEXT, **{"group": group.slug, "from": here.pk})["Location"] == f"{there.get_absolute_url()}#new"
    there.mark_read(member, 1)
    here.mark_read(member, 1)
    end = reader.get(NEXT, group=group.slug)["Location"]
    assert "You are up to date" in reader.get(end).text


def test_going_on_and_on_meets_every_unread_discussion_although_none_was_read(enter, group, second, lead, member):
    third = make.group("A third group")
    make.place(third, member)
    all_three = [group, second, third]
    threads = [make.thread(each, lead, f"{each} {n}") for n in range(3) for each in all_three]
    reader, met, at = enter(member), [], threads[-2]
    for _each in threads:
        address = reader.get(NEXT, **{"group": at.group.slug, "from": at.pk})["Location"].removesuffix("#new")
        at = next(thread for thread in threads if thread.get_absolute_url() == address)
        met.append(at.title)
    assert met[-1] == threads[-2].title and sorted(met) == sorted(thread.title for thread in threads)
    at.mark_read(member, 1)
    onwards = reader.get(NEXT, **{"group": group.slug, "from": threads[0].pk})["Location"]
    assert onwards.startswith(threads[8].get_absolute_url())  # left unread: on to the next group
    threads[0].mark_read(member, 1)
    onwards = reader.get(NEXT, **{"group": group.slug, "from": threads[0].pk})["Location"]
    assert onwards.startswith(threads[6].get_absolute_url())  # read: what is newer here comes first


def test_it_never_leads_out_of_one_s_groups(enter, group, lead, outsider, member):
    make.thread(group, lead)
    assert enter(outsider).get(NEXT, group=group.slug)["Location"] == f"{ALL}?show=unread"
    assert enter(member).get(NEXT, group="\0x")["Location"] != f"{ALL}?show=unread"


def all_read(reader, group, **sent):
    return reader.client.post(reverse("threads:read-all", args=[group.slug]), sent)


def test_all_of_a_group_is_marked_as_read_and_that_is_taken_back(enter, group, second, lead, member):
    first, last = make.thread(group, lead, "First"), make.thread(group, lead, "Last")
    elsewhere = make.thread(second, make.person(), "Elsewhere")
    for _number in range(3):
        last.reply(lead.affiliations.get(), "More")
    last.mark_read(member, 3, 3)
    reader = enter(member)
    assert "Mark all in this group as read" in reader.lists(group).text
    assert all_read(reader, group).status_code == 302
    page = reader.lists(group)
    assert "Everything here is marked as read" in page.text and not any(row.unread for row in page.context["page"].rows)
    assert titles(reader.get(ALL, show="unread")) == ["Elsewhere"]
    first.reply(lead.affiliations.get(), "After it")
    first.mark_read(member, 2, 2)
    all_read(reader, group, undo="1")
    assert {row.title: row.unread for row in reader.lists(group).context["page"].rows} == {"First": 0, "Last": 3}
    assert elsewhere.read_by(member) == 0
    all_read(reader, group, undo="1")
    assert first.read_by(member) == 2, "taking back twice is taking back once"


def test_nobody_marks_another_s(enter, group, lead, member, outsider):
    thread = make.thread(group, lead)
    assert all_read(enter(outsider), group).status_code == 404
    assert all_read(enter(member), group).status_code == 302
    assert thread.read_by(outsider) == 0 and thread.read_by(member) == 1
