"""Leads tidy: posts move, threads merge and change their group. Links, numbers, reading and search follow."""

import pytest
from django.urls import reverse

from community.drafts.models import Draft
from community.drafts.typed import Typed
from community.models import Entry, Event
from community.policy import Refused
from community.responses.models import Bookmark
from groups.models import Role
from groups.search.models import Record
from groups.threads.models import FormerGroup, Move, Post, Summary, Thread
from tests import make
from tests.groups.threads.conftest import at

pytestmark = pytest.mark.django_db


@pytest.fixture
def thread(group, lead, member):
    found = make.thread(group, lead, "Breath")
    for number in range(2, 7):
        found.reply(member.affiliations.get(), f"Words {number}")
    return found


@pytest.fixture
def other(group, lead):
    return make.thread(group, lead, "Mutes")


def address(deed, thread):
    return reverse(f"threads:{deed}", args=[thread.group.slug, thread.pk])


def numbers(thread):
    return list(thread.posts.order_by("number").values_list("number", "body"))


def test_posts_move_to_the_end_of_another_thread_in_order(thread, other, lead):
    Move.posts(thread, [5, 3], other, lead)
    assert numbers(other)[1:] == [(2, "Words 3"), (3, "Words 5")]
    assert [number for number, _body in numbers(thread)] == [1, 2, 4, 6]
    thread.refresh_from_db(), other.refresh_from_db()
    assert (thread.last_number, thread.post_count, other.last_number, other.post_count) == (6, 4, 3, 3)
    assert other.last_post_at == other.posts.latest("posted_at").posted_at
    assert set(Record.objects.filter(thing_id__in=other.posts.values("pk")).values_list("title", flat=True)) == {
        "Mutes"
    }
    assert Entry.objects.filter(act="move-posts", subject=thread.subject).exists()
    told = Event.objects.filter(verb="refresh", target="thread").values_list("stream", flat=True)
    assert set(told) == {f"thread-{thread.pk}", f"thread-{other.pk}"}
    assert thread.reply(lead.affiliations.get(), "On").number == 7


def test_old_links_lead_on_however_often_a_post_moves(enter, thread, other, lead, member, outsider):
    post = thread.posts.get(number=3)
    old = reverse("threads:post", args=["workforce", thread.pk, 3])
    Move.posts(thread, [3], other, lead)
    between = reverse("threads:post", args=["workforce", other.pk, 2])
    Move.split(other, [2], "A third", lead)
    now = Post.objects.to_show().get(pk=post.pk).page_url
    assert "a-third" in now
    for link in (old, between, post.get_absolute_url()):
        assert enter(member).get(link).url == now
        assert enter(outsider).get(link).status_code == 404


def test_a_line_stands_where_posts_stood(enter, thread, other, lead, member, outsider):
    Move.posts(thread, [3, 4, 6], other, lead)
    page = enter(member).reads(thread).text
    assert page.count('class="moved"') == 2
    assert page.index("Words 2") < page.index("2 posts were moved by") < page.index("Words 5")
    assert page.index("Words 5") < page.index("1 post was moved by") and "Words 3" not in page


def test_a_line_names_no_thread_that_the_reader_may_not_see(enter, thread, lead, member):
    done = Move.split(thread, [3], "Gone far", lead)
    FormerGroup.leave(Thread.objects.get(pk=done.target_id), make.group("Inner circle"), lead)
    assert "1 post was moved away by" in enter(member).reads(thread).text
    assert "Gone far" not in enter(member).reads(thread).text


def test_who_had_read_a_post_has_read_it_where_it_is_now(thread, other, lead, outsider):
    thread.mark_read(outsider, 2)
    thread.mark_read(outsider, 5, 4)
    Move.posts(thread, [2, 3, 4], other, lead)
    mark = other.mark_of(outsider)
    assert mark.holds(2, 2) and mark.holds(4, 4) and not mark.holds(3, 3) and not mark.holds(1, 1)


def test_a_merged_thread_leads_on_and_stands_in_no_list(enter, group, thread, other, lead, member, outsider):
    old, title = thread.get_absolute_url(), thread.title
    Move.merge(thread, other, lead)
    assert len(numbers(other)) == 7
    assert enter(member).get(old).url == other.get_absolute_url()
    assert enter(outsider).get(old).status_code == 404
    assert title not in enter(member).lists(group).text
    third = make.thread(group, lead, "Third")
    Move.merge(Thread.objects.get(pk=other.pk), third, lead)
    assert enter(member).get(old).url == third.get_absolute_url()
    assert enter(member).replies(thread, "Typed on the old page").status_code == 302
    assert third.posts.order_by("number").last().body == "Typed on the old page"


def test_nothing_written_to_the_old_row_is_lost_silently(thread, other, lead, member):
    stale = Thread.objects.to_show().get(pk=thread.pk)
    Move.merge(thread, other, lead)
    with pytest.raises(Refused, match="moved while you wrote"):
        stale.reply(member.affiliations.get(), "Late")


@pytest.mark.parametrize("chosen", [[], [1, 2], [1, 2, 3, 4, 5, 6], [9]])
def test_a_choice_that_makes_no_sense_is_refused_with_a_sentence(thread, other, lead, chosen):
    before = numbers(thread)
    for deed in (lambda: Move.posts(thread, chosen, other, lead), lambda: Move.split(thread, chosen, "New", lead)):
        with pytest.raises(Refused):
            deed()
    assert numbers(thread) == before


def test_no_post_goes_where_it_must_not(thread, other, lead, staff):
    elsewhere = make.thread(make.group("Early years"), lead)
    for target in (thread, elsewhere):
        with pytest.raises(Refused):
            Move.merge(thread, target, lead)
    other.close(lead)
    with pytest.raises(Refused, match="closed"):
        Move.posts(thread, [3], other, lead)
    other.reopen(lead)
    other.hide(staff, "No")
    with pytest.raises(Refused):
        Move.posts(thread, [3], other, lead)


# ── By the pages ──


def test_leads_choose_posts_over_pages_and_members_do_not(enter, thread, other, lead, member):
    page = enter(lead)
    assert "Words 4" in page.get(address("tidy", thread)).text
    assert enter(member).get(address("tidy", thread)).status_code == 403
    sent = {"post": ["3"], "kept": "5-5", "window": 1}
    assert page.client.post(address("tidy", thread), {**sent, "page": 1}).status_code == 200
    assert page.client.post(address("tidy", thread), sent).status_code == 422
    assert enter(member).client.post(address("tidy", thread), {**sent, "target": other.pk}).status_code == 403
    assert page.client.post(address("tidy", thread), {**sent, "target": other.pk}).url == other.get_absolute_url()
    assert numbers(other)[1:] == [(2, "Words 3"), (3, "Words 5")]
    page.client.post(address("tidy", thread), {"first": "4", "last": "6", "title": "Apart"})
    assert numbers(Thread.objects.get(title="Apart")) == [(1, "Words 4"), (2, "Words 6")]


def test_what_people_were_writing_goes_on_where_the_discussion_went(enter, thread, other, lead, member):
    def saves(reader, where, body, **fields):
        fields = {"place": f"reply:threads.thread-{where.pk}", "body": body, **fields}
        return reader.client.post("/drafts/save/", fields)

    writer, second = enter(member), enter(lead)
    saves(writer, thread, "Begun there", to="3", masked="on")
    saves(second, thread, "Begun there as well")
    saves(second, other, "Begun here")
    Move.merge(thread, other, lead)
    page = writer.reads(other)
    assert "Begun there</textarea>" in page.text and 'name="to" value="3"' not in page.text
    assert "Begun there as well\n\nBegun here</textarea>" in second.reads(other).text
    drafts = writer.get("/drafts/").text
    assert drafts.count('id="draft-') == 1 and f'href="{other.get_absolute_url()}#reply"' in drafts


def test_a_page_that_missed_the_merge_overwrites_nothing_and_what_it_sends_arrives(enter, thread, other, lead, member):
    place, writer = f"reply:threads.thread-{thread.pk}", enter(member)
    form = {"place": place, "sequence": "0", "tab": "one", "body": "Begun there", "quiet": "1"}
    assert writer.client.post("/drafts/save/", form).status_code == 200
    Move.merge(thread, other, lead)
    late = writer.client.post("/drafts/save/", {**form, "sequence": "1", "body": "Begun there and gone on"})
    assert late.status_code == 409
    assert Draft.of(member, f"reply:threads.thread-{other.pk}").words == "Begun there"
    assert writer.client.post(address("reply", thread), {**form, "sequence": "1"}).status_code == 302
    assert other.posts.filter(body="Begun there").exists()
    assert not Draft.objects.kept().exists()


def test_a_draft_saved_too_late_to_move_is_listed_with_the_way_and_its_text(enter, thread, other, lead, member):
    Move.merge(thread, other, lead)
    Draft.keep(member, Typed(f"reply:threads.thread-{thread.pk}", {"body": "Too late"}))
    page = enter(member).get("/drafts/").text
    assert f'href="{other.get_absolute_url()}#reply"' in page
    assert "readonly>Too late</textarea>" in page


def test_the_summary_of_a_merged_discussion_is_part_of_the_other(enter, thread, other, lead, member):
    Summary.write(thread, lead, "Breathe low.", 0)
    third = make.thread(thread.group, member, "Third")
    Move.merge(thread, other, lead)
    other = Thread.objects.to_show().get(pk=other.pk)
    assert other.summary.body == "Breathe low." and other.summary.author == lead
    Summary.write(third, lead, "Mutes help.", 0)
    Move.merge(other, third, lead)
    page = enter(member).reads(third).text
    assert "Mutes help." in page and "<strong>Mutes</strong>" in page and "Breathe low." in page
    assert "Mutes help." in enter(member).get(address("summary-history", third)).text


def test_a_summary_that_staff_hid_or_leads_took_down_does_not_come_along(thread, other, lead, staff):
    Summary.write(thread, lead, "Names a pupil", 0)
    thread.summary.hide(staff, "A pupil’s name")
    Move.merge(thread, other, lead)
    assert Thread.objects.get(pk=other.pk).summary is None


def test_what_was_kept_for_later_leads_to_where_the_discussion_went(enter, thread, other, lead, member, outsider):
    for who in (member, outsider):
        Bookmark.keep(who, thread)
    lasting = reverse("posts:thread", args=[thread.pk])
    Move.merge(thread, other, lead)
    assert other.title in enter(member).get("/saved/").text
    assert enter(member).get(lasting).url == other.get_absolute_url()
    assert other.title not in enter(outsider).get("/saved/").text
    assert enter(outsider).get(lasting).status_code == 404


def test_a_post_that_went_elsewhere_is_no_news_where_it_stood(enter, thread, other, lead, member):
    reader = enter(make_reader(thread.group))
    reader.does("read", thread, number=2)
    Move.posts(thread, [3, 4, 5], other, lead)
    assert ">1 new<" in reader.lists(thread.group).text
    reader.does("read", thread, seen="6")
    page = reader.lists(thread.group, show="unread").text
    assert "Breath" not in page


def test_who_comes_after_posts_went_elsewhere_reads_all_there_is(enter, thread, other, lead):
    Move.posts(thread, [3, 4, 6], other, lead)
    reader = enter(make_reader(thread.group))
    reader.does("read", thread, seen="1-2,5-5")
    assert "Breath" not in reader.lists(thread.group, show="unread").text
    reader.does("unread", thread, number="5")
    assert ">1 new<" in reader.lists(thread.group, show="unread").text
    reader.does("read", thread, seen="5-5")
    assert "Breath" not in reader.lists(thread.group, show="unread").text


def test_who_reads_what_came_here_meets_no_gaps_of_before(enter, thread, other, lead):
    third = make.thread(thread.group, lead, "Third")
    Move.posts(thread, [3, 4], other, lead)
    Move.posts(other, [3], third, lead)
    reader = enter(make_reader(thread.group))
    reader.does("read", thread, seen="5-5")
    Move.posts(thread, [5], other, lead)
    reader.does("read", other, seen="1-2")
    assert "Mutes" not in reader.lists(thread.group, show="unread").text


def make_reader(group):
    found = make.person("reader")
    make.place(group, found)
    return found


def test_a_link_to_a_post_means_the_discussion_it_is_in_now(enter, thread, other, lead, member):
    reply = other.reply(member.affiliations.get(), "Here")
    wrong = make.thread(thread.group, lead, "Wrong")
    links = [reply.get_absolute_url(), reply.deeds_url, reply.page_url, f"{reply.get_absolute_url()}edit/"]
    links += [reverse("posts:thread", args=[other.pk]), address("summary", other)]
    for link in [*links, f"http://localhost:8000{links[0]}"]:
        page = enter(lead).client.post(address("merge", thread), {"link": link})
        assert page.context["target"] == other, link
    for number, link in enumerate(links[:2], 3):
        sent = enter(lead).client.post(address("tidy", thread), {"post": [number], "link": link})
        assert sent.url == other.get_absolute_url(), link
    assert wrong.posts.count() == 1
    old = reply.deeds_url
    Move.posts(other, [2], wrong, lead)
    for link in (old, reply.get_absolute_url()):
        assert enter(lead).client.post(address("merge", thread), {"link": link}).context["target"] == wrong


def test_a_link_to_anything_else_moves_nothing_and_says_so(enter, thread, other, lead, member):
    apart = make.group("Inner circle")
    there = make.thread(apart, member)
    hers = [there.get_absolute_url(), there.posts.get().get_absolute_url()]
    own = [thread.get_absolute_url(), thread.posts.get(number=3).get_absolute_url()]
    nowhere = [
        f"/posts/{10**6}/",
        f"/posts/{10**30}/",
        f"/threads/{10**6}/",
        f"/groups/workforce/threads/{other.pk}/posts/9/",
    ]
    foreign = [
        str(other.pk),
        f"https://evil.example.org{other.get_absolute_url()}",
        "/groups/workforce/",
        "http://[",
        "no",
    ]
    for link in [*hers, *own, *nowhere, *foreign]:
        for fields in ({}, {"target": other.pk}):
            answer = enter(lead).client.post(address("tidy", thread), {"post": ["3"], "link": link, **fields})
            assert answer.status_code == 422 and "Copy it from" in answer.text, link
        assert enter(lead).client.post(address("merge", thread), {"link": link, "sure": 1}).status_code == 422
    assert thread.posts.count() == 6


def test_a_discussion_too_long_to_carry_whole_is_not_merged(enter, thread, other, lead, monkeypatch):
    monkeypatch.setattr("groups.threads.models.tidying.MOST", 5)
    sent, page = {"link": other.get_absolute_url(), "sure": 1}, enter(lead)
    answer = page.client.post(address("merge", thread), sent)
    assert answer.status_code == 422 and "more than 5 posts" in answer.text
    assert thread.posts.count() == 6 and not Entry.objects.filter(act="merge-thread").exists()
    assert Thread.objects.get(pk=thread.pk).merged_into is None
    monkeypatch.setattr("groups.threads.models.tidying.MOST", 6)
    assert page.client.post(address("merge", thread), sent).url == other.get_absolute_url()
    assert not thread.posts.exists()


def test_a_merge_asks_first(enter, thread, other, lead):
    client = enter(lead).client
    asked = client.post(address("merge", thread), {"link": other.get_absolute_url()})
    assert "cannot be undone" in asked.text and thread.posts.exists()
    assert (
        client.post(address("merge", thread), {"link": other.get_absolute_url(), "sure": 1}).url
        == other.get_absolute_url()
    )
    assert not thread.posts.exists()


def test_a_thread_goes_to_another_group_after_a_look_at_who_sees_it(enter, thread, lead, member, outsider, staff):
    there = make.group("Early years")
    make.place(there, outsider)
    old, client = thread.get_absolute_url(), enter(lead).client
    assert client.post(address("move", thread), {"group": there.pk, "sure": 1}).status_code == 422
    make.place(there, lead, Role.LEAD)
    look = client.post(address("move", thread), {"group": there.pk})
    assert "1 person gains sight" in look.text and outsider.name in look.text and member.name in look.text
    assert client.post(address("move", thread), {"group": there.pk, "sure": 1}).status_code == 302
    new = Thread.objects.to_show().get(pk=thread.pk).get_absolute_url()
    assert enter(outsider).get(old).url == new
    assert enter(outsider).get(new).status_code == 200
    assert enter(member).get(old).status_code == enter(member).get(new).status_code == 404
    assert set(Record.objects.values_list("group__slug", flat=True)) == {"early-years"}


def test_what_is_confidential_leaves_by_staff_and_with_a_reason_only(enter, group, thread, lead, staff):
    there = make.group("Early years")
    for who in (lead, staff):
        make.place(there, who, Role.LEAD)
    make.place(group, staff)
    type(group).objects.update(is_confidential=True)
    url, sent = address("move", thread), {"group": there.pk, "sure": 1}
    assert enter(lead).client.post(url, {**sent, "reason": "Tidy"}).status_code == 422
    assert enter(staff).client.post(url, sent).status_code == 422
    assert enter(staff).client.post(url, {**sent, "reason": "Asked by its author"}).status_code == 302
    assert Entry.objects.get(act="move-thread").reason == "Asked by its author"


def test_names_in_a_moved_text_are_those_its_new_readers_may_know(thread, lead, member):
    post = thread.reply(lead.affiliations.get(), f"Ask @{member.handle}")
    assert member.name in post.html
    FormerGroup.leave(thread, make.group("Early years"), lead)
    assert "<a" not in Post.objects.get(pk=post.pk).html and "mention" not in Post.objects.get(pk=post.pk).html


def test_names_in_a_moved_section_are_those_its_new_readers_may_know(thread, lead, member):
    section = thread.add_section("Singing", f"Ask @{member.handle}")
    assert member.name in section.html
    FormerGroup.leave(thread, make.group("Early years"), lead)
    section.refresh_from_db()
    assert "Ask" in section.html and "<a" not in section.html and "mention" not in section.html


def test_a_file_is_still_found_by_its_old_address(enter, thread, other, lead, member):
    held = thread.posts.get(number=3).files.create(stored=make.stored(member))
    old = held.get_absolute_url()
    Move.posts(thread, [3], other, lead)
    assert enter(member).get(old).status_code == 200
    assert enter(member).get(at(Post.objects.get(pk=held.post_id), "edit")).status_code == 200


def test_five_thousand_posts_move_in_few_questions(thread, other, lead, member, django_assert_max_num_queries):
    about = {"author": member, "posted_as": member.affiliations.get(), "body": "x", "html": "x", "renderer": 1}
    Post.objects.bulk_create([Post(thread=thread, number=number, **about) for number in range(7, 5007)])
    Thread.objects.filter(pk=thread.pk).update(last_number=5006)
    thread.refresh_from_db()
    with django_assert_max_num_queries(80):
        Move.posts(thread, range(7, 5007), other, lead)
    assert other.posts.count() == 5001 == other.posts.order_by("number").last().number
