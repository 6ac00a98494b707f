"""The timeline beside a discussion: what is worth jumping to, what is marked and by whom, and where one is."""

import datetime as dt
import re

import pytest
from django.urls import reverse
from django.utils import timezone

from community.policy import Refused
from groups.threads.models import FormerGroup, Move, Post, PostFile, Thread
from tests import make
from tests.groups.threads.conftest import at
from tests.groups.threads.test_reading import fill, queries_of

TAGS = re.compile(r"<[^>]+>")


def timeline(answer):
    """Its lines in their order: where each leads, what it says, whether one is there."""
    rail = answer.text.partition('<ol class="timeline">')[2].partition("</ol>")[0]
    lines = re.findall(r'<a href="([^"]*)"( aria-current="true")?>(.*?)</a>', rail, re.DOTALL)
    return [(href, " ".join(TAGS.sub(" ", words).split()), bool(here)) for href, here, words in lines]


def here(answer):
    return [line for _href, line, is_here in timeline(answer) if is_here]


def all_moments(thread):
    return reverse("threads:moments", args=[thread.group.slug, thread.pk])


def reads_all(reader, thread):
    """The page once there is nothing new on it."""
    reader.does("read", thread, number=Thread.objects.get(pk=thread.pk).last_number)
    return reader.reads(thread)


def says(thread, who, body="Words", files=()):
    return Thread.objects.get(pk=thread.pk).reply(who.affiliations.get(), body, files=files)


def marks(reader, post, mark):
    return reader.client.post(at(post, "mark"), {"mark": mark})


def test_it_leads_from_how_it_began_to_the_latest_post(enter, thread, member, lead):
    post = says(thread, member)
    lines = timeline(reads_all(enter(member), thread))
    assert [line.split()[0] for _href, line, _here in lines] == ["Discussion", "Latest"]
    assert lines[0][0] == f"#post-{thread.posts.get(number=1).pk}"
    assert lines[1][0] == f"#post-{post.pk}"


def test_a_lead_marks_a_decision_and_whoever_reads_finds_it(enter, thread, member, lead):
    post = says(thread, member, "We take the blue ones")
    says(thread, lead, "Good")
    assert marks(enter(member), post, "decision").status_code == 403
    assert "Decision" not in enter(member).reads(thread).text
    assert "Mark this post" in enter(lead).get(at(post, "mark")).text
    assert marks(enter(lead), post, "decision").status_code == 302
    page = reads_all(enter(member), thread)
    assert [line.split()[0] for _href, line, _here in timeline(page)] == ["Discussion", "Decision", "Latest"]
    assert (f"#post-{post.pk}", f"Decision {member.name} , today, {clock(post.posted_at)}") == timeline(page)[1][:2]
    assert re.search(r'class="badge ok">.*?Decision</span>', page.text, re.DOTALL)


def test_a_mark_can_be_taken_off_by_another_lead_and_by_nobody_else(enter, group, thread, member, lead):
    post = says(thread, member)
    marks(enter(lead), post, "decision")
    other = make.person("other-lead")
    make.place(group, other, "co-lead")
    assert marks(enter(member), post, "").status_code == 403
    assert "Take off the mark" in enter(other).get(at(post, "mark")).text
    assert marks(enter(other), post, "").status_code == 302
    page = reads_all(enter(member), thread)
    assert len(timeline(page)) == 2 and "Decision" not in page.text
    assert thread.moments.count() == 0


def test_a_moderator_note_is_a_post_of_whoever_moderates(enter, thread, member, lead, staff):
    theirs, own = says(thread, member), says(thread, lead, "Keep to the matter")
    assert "Moderator note" not in enter(lead).get(at(theirs, "mark")).text
    assert marks(enter(lead), theirs, "note").status_code == 403
    assert "Moderator note" in enter(lead).get(at(own, "mark")).text
    assert marks(enter(lead), own, "note").status_code == 302
    assert marks(enter(staff), says(thread, staff, "By rule 3"), "note").status_code == 302
    notes = [line for _href, line, _here in timeline(enter(lead).reads(thread)) if line.startswith("Moderator note")]
    assert lead.name in notes[0] and staff.name in notes[1]


def test_whoever_has_no_name_writes_no_moderator_note(enter, group, thread, lead):
    type(group).objects.update(allows_masked=True)
    post = thread.nameless().reply(lead.affiliations.get(), "From nobody")
    assert marks(enter(lead), post, "note").status_code == 403
    assert marks(enter(lead), post, "decision").status_code == 302


def test_a_mark_that_is_none_is_refused(enter, thread, lead):
    post = thread.posts.get()
    assert marks(enter(lead), post, "sponsored").status_code == 403
    assert thread.moments.count() == 0


def test_a_file_or_a_linked_document_stands_in_it_and_a_picture_does_not(enter, group, thread, member, lead):
    paper = make.document(group, lead)
    says(thread, member, "A picture", [PostFile(stored=make.stored(member, "hall.png", b"PNG"))])
    picture = thread.posts.get(number=2).files.get().stored
    type(picture).objects.filter(pk=picture.pk).update(kind="image/png")
    thread.moments.all().delete()
    held = says(thread, member, "A file", [PostFile(stored=make.stored(member))])
    linked = says(thread, member, f"See [the loan agreement]({paper.get_absolute_url()})")
    says(thread, member, "See [elsewhere](https://example.org/groups/workforce/documents/1/)")
    lines = timeline(enter(member).reads(thread))
    documents = [href for href, line, _here in lines if line.startswith("Document")]
    assert documents == [f"#post-{held.pk}", f"#post-{linked.pk}"]


def test_a_document_that_is_edited_in_or_out_of_a_post_comes_and_goes(enter, group, thread, member, lead):
    link = f"[here]({make.document(group, lead).get_absolute_url()})"
    post = says(thread, member)
    reader = enter(member)
    reader.edits(post, link)
    assert "Document" in timeline(reads_all(reader, thread))[1][1]
    reader.edits(post, f"Still {link}", 2)
    assert len(timeline(reader.reads(thread))) == 3
    reader.edits(post, "No more", 3)
    assert len(timeline(reader.reads(thread))) == 2


def test_what_can_no_longer_be_read_leaves_no_trace_and_comes_back(enter, thread, member, lead, staff):
    post = says(thread, member)
    marks(enter(lead), post, "decision")
    post.refresh_from_db()
    post.hide(staff, "A reason")
    assert "Decision" not in enter(lead).reads(thread).text
    assert marks(enter(lead), post, "note").status_code == 403
    post.restore(staff, "A mistake")
    assert "Decision" in enter(lead).reads(thread).text


def test_the_answer_is_the_one_that_holds(enter, group, member, lead):
    thread = make.thread(group, member, kind="question")
    first, second = says(thread, lead, "Mutes"), says(thread, lead, "Curtains")
    for post in (first, second, first):
        enter(member).client.post(at(post, "accept"))
    page = enter(lead).reads(thread)
    assert [href for href, line, _here in timeline(page) if line.startswith("Answer")] == [f"#post-{first.pk}"]
    enter(member).client.post(at(first, "accept"), {"back": "1"})
    assert not [line for _href, line, _here in timeline(enter(lead).reads(thread)) if line.startswith("Answer")]


def test_who_closed_it_and_opened_it_again_stands_there_with_the_time(enter, thread, member, lead):
    enter(lead).does("close", thread)
    enter(lead).does("close", thread, open="1")
    lines = timeline(enter(member).reads(thread))
    assert [line.split(" workforce")[0] for _href, line, _here in lines[1:3]] == ["Closed", "Open again"]
    assert all(href == "#thread-head" for href, _line, _here in lines[1:3])


def test_what_is_new_since_the_reader_looked_last_stands_in_its_place(enter, thread, member, lead):
    early, reader = says(thread, lead, "Early"), enter(member)
    marks(enter(lead), early, "decision")
    reader.does("read", thread, number=2)
    looked = dt.datetime(2026, 3, 2, 16, 2, tzinfo=dt.UTC)
    thread.read_marks.filter(member=member).update(at=looked)
    late = says(thread, lead, "Late")
    says(thread, lead, "Later")
    marks(enter(lead), late, "decision")
    page = reader.reads(thread)
    lines = timeline(page)
    assert [line.split()[0] for _href, line, _here in lines] == ["Discussion", "Decision", "New", "Decision", "Latest"]
    assert lines[2][1].startswith("New since") and "2 Mar" in lines[2][1] and lines[2][1].endswith("2 posts")
    assert lines[2][0].endswith("?at=3#new") and 'id="new"' in page.text
    assert here(page) == [lines[2][1]]
    reader.does("read", thread, number=4)
    assert "New since" not in reader.reads(thread).text


def test_one_line_says_where_one_is(enter, thread, member, lead):
    fill(thread, member, 120)
    posts = {post.number: post for post in thread.posts.all()}
    for number in (20, 70):
        marks(enter(lead), posts[number], "decision")
    reader = enter(lead)

    def hrefs(**query):
        return [href for href, _line, is_here in timeline(reader.reads(thread, **query)) if is_here]

    assert hrefs(at=1) == [f"#post-{posts[1].pk}"]
    assert hrefs(at=30) == [f"#post-{posts[20].pk}"]
    assert hrefs(**{"from": 51}) == [f"#post-{posts[70].pk}"]
    assert hrefs(at="last") == [f"#post-{posts[thread.posts.count()].pk}"]
    assert posts[20].get_absolute_url() in [href for href, _line, _here in timeline(reader.reads(thread, at=70))]


def test_it_names_the_newest_twelve_and_leads_to_all(enter, thread, member, lead):
    posts = [says(thread, member) for _number in range(13)]
    for post in posts[:12]:
        marks(enter(lead), post, "decision")
    page = reads_all(enter(member), thread)
    assert len(timeline(page)) == 14 and all_moments(thread) not in page.text
    marks(enter(lead), posts[12], "decision")
    page = reads_all(enter(member), thread)
    assert len(timeline(page)) == 14 and all_moments(thread) in page.text
    assert f"#post-{posts[0].pk}" not in [href for href, _line, _here in timeline(page)]
    found = [href for href, _line, _here in timeline(enter(member).get(all_moments(thread)))]
    assert found == [post.get_absolute_url() for post in reversed(posts)]


def test_all_moments_are_read_in_pages_from_the_newest_to_the_first(enter, thread, member, lead, outsider, monkeypatch):
    monkeypatch.setattr("groups.threads.timeline.PAGE", 5)
    posts = [says(thread, member) for _number in range(11)]
    for post in (*posts[6:], *posts[:6]):  # whatever was marked first
        marks(enter(lead), post, "decision")
    thread.close(lead)
    reader, address, found = enter(member), all_moments(thread), []
    while address:
        page = reader.get(address)
        found += [href for href, _line, _here in timeline(page)]
        older = re.search(r'href="(\?before=\d+)" rel="next"', page.text)
        address = older and all_moments(thread) + older[1]
    assert found == [thread.get_absolute_url(), *(post.get_absolute_url() for post in reversed(posts))]
    for nonsense in ("x", "0", "-1", "9" * 30, "99999"):
        assert reader.get(all_moments(thread), before=nonsense).status_code == 200
    assert enter(outsider).get(all_moments(thread)).status_code == 404


def test_of_a_hidden_discussion_no_moment_is_told(enter, thread, member, lead, staff):
    marks(enter(lead), says(thread, member), "decision")
    assert "Decision" in enter(member).get(all_moments(thread)).text
    thread.hide(staff, "No")
    assert enter(member).get(all_moments(thread)).status_code == 404


def test_it_asks_one_question_however_much_is_marked(enter, thread, member, lead):
    posts, reader = [says(thread, member) for _number in range(20)], enter(member)
    few = queries_of(lambda: reader.reads(thread))
    for post in posts:
        marks(enter(lead), post, "decision")
    many = queries_of(lambda: reader.reads(thread))
    assert len(many) == len(few), many[len(few) - 4 :]


def test_what_is_said_of_a_post_goes_with_it(enter, group, thread, member, lead):
    post = says(thread, member, "We agree", [PostFile(stored=make.stored(member))])
    marks(enter(lead), post, "decision")
    target = make.thread(group, lead, "Where it belongs")
    Move.posts(thread, [2], target, lead)
    reader = enter(lead)
    assert len(timeline(reads_all(reader, thread))) == 2
    assert len(timeline(reads_all(reader, target))) == 4
    there = make.group("Elsewhere")
    make.place(there, lead, "lead")
    FormerGroup.leave(Thread.objects.get(pk=target.pk), there, lead)
    assert len(timeline(reader.reads(Thread.objects.get(pk=target.pk)))) == 4


def test_a_mark_meant_for_a_post_that_went_to_another_group_is_not_put_there(group, thread, lead):
    post, there = Post.objects.to_show().get(), make.group("Elsewhere")
    FormerGroup.leave(thread, there, lead)
    with pytest.raises(Refused, match="moved to another group"):
        post.put_mark(lead, "decision")
    assert thread.moments.count() == 0


def test_of_whoever_has_no_name_the_timeline_tells_the_day_alone(enter, group, lead, member):
    type(group).objects.update(allows_masked=True)
    thread = Thread(group=group, title="Pay", kind="question").nameless()
    thread.start(member.affiliations.get(), "It is low")
    thread.nameless().reply(member.affiliations.get(), "Very", files=[PostFile(stored=make.stored(member))])
    thread.accept(member, thread.posts.get(number=2))
    thread.close(member)
    page = enter(lead).reads(thread).text
    rail = page.partition('<ol class="timeline">')[2].partition("</ol>")[0]
    assert rail.count("<time") == 5
    assert not re.search(r'datetime="[^"]*T|\d\d:\d\d', rail), rail
    head = page.partition('id="thread-head"')[2].partition("</header>")[0]
    assert not re.search(r'datetime="[^"]*T', head)
    row = enter(lead).lists(group).text.partition(f'id="thread-{thread.pk}"')[2].partition("</div>")[0]
    assert "Today" in row and not re.search(r"T\d\d:|\d\d:\d\d", row)


def test_lists_lead_to_what_is_new(enter, group, thread, member, lead):
    reader = enter(member)
    reader.does("read", thread, number=1)
    says(thread, lead)
    new = f'href="{thread.get_absolute_url()}#new"'
    for url in ("/", group.get_absolute_url(), reverse("threads:list", args=[group.slug]), "/discussions/"):
        assert new in reader.get(url).text, url
    page = reader.reads(thread).text
    assert page.index('id="new"') > page.index("What has worked for you?")


def test_several_posts_in_the_tray_lead_to_the_first_that_is_new(enter, thread, member, lead):
    says(thread, member)
    says(thread, lead, "One")
    says(thread, lead, "Two")
    tray = enter(member).get("/needs-you/").text
    url = f"/threads/{thread.pk}/"
    assert f'href="{url}#new"' in tray
    assert enter(member).get(url)["Location"] == thread.get_absolute_url()


def clock(moment):
    return timezone.localtime(moment).strftime("%H:%M")
