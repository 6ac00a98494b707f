"""Questions, announcements, consultations and resources: what each kind adds to a discussion."""

import datetime as dt

import pytest
from django.utils import timezone

from community.jobs import Worker
from community.notifications.models import Notification
from community.policy import Refused
from groups.models import Role
from groups.threads.models import Post, Thread
from tests import make
from tests.groups.threads.conftest import at

HOUR = dt.timedelta(hours=1)


def work():
    Worker("test", batch=True).run()


def clock(moment):
    return timezone.localtime(moment).strftime("%Y-%m-%dT%H:%M")


def text_of(response):
    return response.content.decode()


@pytest.fixture
def question(group, member):
    return make.thread(group, member, kind="question")


def answer_of(thread, by, body="Practice mutes."):
    return Thread.objects.get(pk=thread.pk).reply(by.affiliations.first(), body)


def kinds_told(member):
    return list(Notification.objects.visible_to(member).values_list("kind", flat=True))


# ── Questions ────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_who_asked_chooses_the_answer_and_both_lists_and_page_say_so(enter, question, member, lead):
    post = answer_of(question, lead)
    asker = enter(member)
    assert "This is the answer" in text_of(asker.get(at(post, "accept")))
    assert asker.client.post(at(post, "accept")).status_code == 302
    page = text_of(asker.reads(question))
    assert "Answer, chosen by" in page and member.name in page
    assert "Answered" in text_of(asker.lists(question.group))
    assert "accepted" in kinds_told(lead)
    question.refresh_from_db()
    assert question.is_answered


def test_the_answer_stands_under_the_question_too(enter, question, member, lead):
    answer_of(question, lead, "First thought")
    post = answer_of(question, lead, "Curtains, of course")
    question.accept(member, post)
    page = text_of(enter(lead).reads(question))
    assert page.count("Curtains, of course") >= 2
    assert page.index('id="answer"') < page.index("First thought")


def test_a_lead_may_choose_and_others_may_not(enter, group, question, lead, observer):
    post = answer_of(question, lead)
    other = make.person("other-member")
    make.place(group, other)
    for somebody in (observer, other):
        assert enter(somebody).client.post(at(post, "accept")).status_code == 403
    assert not Thread.objects.get(pk=question.pk).is_answered
    assert enter(lead).client.post(at(post, "accept")).status_code == 302
    assert Thread.objects.get(pk=question.pk).is_answered
    assert "accepted" in kinds_told(question.author)


def test_the_question_itself_and_a_post_of_a_discussion_are_no_answers(enter, question, lead, thread, member):
    assert enter(lead).client.post(at(question.posts.get(), "accept")).status_code == 403
    assert enter(lead).client.post(at(answer_of(thread, member), "accept")).status_code == 403


def test_there_is_one_answer_and_it_can_be_taken_back(enter, question, member, lead):
    first, second = answer_of(question, lead), answer_of(question, lead, "Curtains")
    question.accept(member, first)
    question.accept(member, second)
    assert [post.pk for post in question.posts.filter(accepted_at__isnull=False)] == [second.pk]
    assert enter(member).client.post(at(second, "accept"), {"back": "1"}).status_code == 302
    assert not question.posts.filter(accepted_at__isnull=False).exists()
    assert not Thread.objects.get(pk=question.pk).is_answered
    assert Thread.objects.without_answer().filter(pk=question.pk).exists()


def test_an_earlier_post_may_take_the_place_of_a_later_answer(question, member, lead):
    earlier, later = answer_of(question, lead, "First thought"), answer_of(question, lead, "Second thought")
    question.accept(member, later)
    question.accept(member, earlier)
    assert [post.number for post in question.posts.filter(accepted_at__isnull=False)] == [earlier.number]


def test_an_answer_that_is_hidden_or_removed_is_none_until_it_comes_back(question, member, lead, staff):
    post = answer_of(question, lead)
    question.accept(member, post)
    post = Post.objects.to_show().get(pk=post.pk)
    for away, back in (
        (lambda: post.hide(staff, "No"), lambda: post.restore(staff, "Yes")),
        (lambda: post.remove(lead), lambda: post.put_back(lead)),
    ):
        away()
        assert not Thread.objects.get(pk=question.pk).is_answered
        assert Thread.objects.get(pk=question.pk).answer is None
        back()
        assert Thread.objects.get(pk=question.pk).answer.pk == post.pk


def test_choosing_changes_the_look_of_both_posts(question, member, lead):
    first, second = answer_of(question, lead), answer_of(question, lead, "Curtains")
    question.accept(member, first)
    before = dict(Post.objects.values_list("pk", "look"))
    question.accept(member, second)
    after = dict(Post.objects.values_list("pk", "look"))
    assert after[first.pk] > before[first.pk] and after[second.pk] > before[second.pk]


# ── Announcements ────────────────────────────────────────────────────────────────────────────────────────────────────


def announce(enter, lead, group, **fields):
    facts = {"title": "Hall closed", "kind": "announcement", "asks": "on", "body": "The hall is closed."}
    return enter(lead).starts(group, **{**facts, **fields})


@pytest.mark.django_db(transaction=True)
def test_an_announcement_asks_everybody_and_the_request_goes_away(enter, group, lead, member, observer):
    assert announce(enter, lead, group).status_code == 302
    work()
    thread = Thread.objects.get(title="Hall closed")
    assert "acknowledge" in kinds_told(member) and "acknowledge" in kinds_told(observer)
    assert "acknowledge" not in kinds_told(lead)
    reader = enter(member)
    assert "I have read this" in text_of(reader.reads(thread))
    assert reader.does("acknowledge", thread).status_code == 302
    assert reader.does("acknowledge", thread).status_code == 302
    page = text_of(reader.reads(thread))
    assert "I have read this" not in page and "1 person has confirmed" in page
    assert not Notification.objects.visible_to(member).unread().filter(kind="acknowledge").exists()
    assert Notification.objects.visible_to(observer).unread().filter(kind="acknowledge").exists()


@pytest.mark.django_db(transaction=True)
def test_who_announces_without_a_name_is_not_named_by_being_left_out(enter, group, lead, member):
    type(group).objects.update(allows_masked=True)
    other = make.person("other-lead")
    make.place(group, other, Role.LEAD)
    assert announce(enter, lead, group, masked="on").status_code == 302
    work()
    thread = Thread.objects.get(title="Hall closed")
    url = f"/groups/{group.slug}/threads/{thread.pk}/acknowledgements/"
    page = text_of(enter(other).get(url))
    assert lead.name in page and other.name in page and member.name in page
    assert "acknowledge" in kinds_told(lead)
    assert enter(lead).does("acknowledge", thread).status_code == 302
    assert lead.name in text_of(enter(other).get(url, show="read"))


def test_a_member_cannot_announce(enter, group, member):
    assert announce(enter, member, group).status_code == 422
    assert not Thread.objects.filter(title="Hall closed").exists()


@pytest.mark.django_db(transaction=True)
def test_leads_see_who_has_and_who_has_not_and_remind_twice_a_day(enter, group, lead, member, observer):
    announce(enter, lead, group)
    work()
    thread = Thread.objects.get(title="Hall closed")
    thread.acknowledge(member)
    leading = enter(lead)
    url = f"/groups/{group.slug}/threads/{thread.pk}/acknowledgements/"
    page = text_of(leading.get(url))
    assert observer.name in page and member.name not in page
    page = text_of(leading.get(url, show="read"))
    assert member.name in page and observer.name not in page
    assert enter(member).get(url).status_code == 403
    assert leading.client.post(url).status_code == 302
    work()
    assert Notification.objects.visible_to(observer).unread().filter(kind="acknowledge").count() == 1
    assert Notification.objects.visible_to(observer).filter(kind="acknowledge").count() == 2
    assert not Notification.objects.visible_to(member).unread().filter(kind="acknowledge").exists()
    assert leading.client.post(url).status_code == 302
    assert leading.client.post(url).status_code == 429


def test_thirty_people_on_the_list_cost_as_many_questions_as_three(enter, group, lead, django_assert_max_num_queries):
    announce(enter, lead, group)
    thread = Thread.objects.get(title="Hall closed")
    for _ in range(30):
        make.place(group, make.person())
    leading = enter(lead)
    with django_assert_max_num_queries(30):
        leading.get(f"/groups/{group.slug}/threads/{thread.pk}/acknowledgements/")


# ── Consultations ────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def consultation(enter, group, member):
    fields = {"title": "Curriculum draft", "kind": "consultation", "body": "What do you think?"}
    sent = enter(member).starts(
        group, closes_at=clock(timezone.now() + 48 * HOUR), sections="Singing\n\nComposing", **fields
    )
    assert sent.status_code == 302
    return Thread.objects.get(title="Curriculum draft")


def test_a_consultation_needs_a_deadline_and_keeps_what_was_typed(enter, group, member):
    for closes_at in ("", "2020-01-01T09:00", "9999-12-31T23:59", "0001-01-01T00:00", "soon"):
        sent = enter(member).starts(group, kind="consultation", closes_at=closes_at, body="All of my words")
        assert sent.status_code == 422, closes_at
        assert "All of my words" in text_of(sent)
    assert not Thread.objects.exists()


def test_people_comment_on_a_section_and_on_all_of_it(enter, consultation, lead):
    reader = enter(lead)
    reader.replies(consultation, "Sing more", section="1")
    reader.replies(consultation, "Well written", section="")
    section = consultation.sections.get(number=1)
    assert [post.body for post in section.posts.all()] == ["Sing more"]
    page = text_of(reader.get(section.get_absolute_url()))
    assert "Sing more" in page and "Well written" not in page
    assert '<option value="1" selected>' in page
    page = text_of(reader.reads(consultation))
    assert "1. Singing" in page and "2. Composing" in page and "1 comment" in page
    assert reader.replies(consultation, "Where?", section="9").status_code == 422


def test_a_section_changes_until_somebody_comments(enter, consultation, member, lead):
    section = consultation.sections.get(number=2)
    url = f"{section.get_absolute_url()}edit/"
    starter = enter(member)
    assert starter.client.post(url, {"title": "Composing", "body": "With *software*.", "edition": 1}).status_code == 302
    section.refresh_from_db()
    assert "<em>software</em>" in section.html
    with pytest.raises(Refused):
        section.edit("Old", "Old", 1)
    section.comment(lead.affiliations.first(), "Which?")
    assert starter.client.post(url, {"title": "Other", "body": "", "edition": 2}).status_code == 403
    other = make.person("other-member")
    make.place(consultation.group, other)
    assert enter(other).get(url).status_code == 403


def test_whoever_changed_a_section_too_late_sees_both_texts(enter, consultation, member, lead):
    section = consultation.sections.get(number=2)
    section.edit("Composing", "With pencils.", 1)
    url, mine = f"{section.get_absolute_url()}edit/", {"title": "Composing", "body": "With software."}
    answer = enter(member).client.post(url, {**mine, "edition": 1})
    assert answer.status_code == 409
    assert "With pencils.</textarea>" in text_of(answer) and "With software.</textarea>" in text_of(answer)
    assert 'name="edition" value="2"' in text_of(answer)
    section.refresh_from_db()
    assert section.body == "With pencils."
    assert enter(member).client.post(url, {**mine, "edition": 2}).status_code == 302


def test_a_draft_of_a_reply_goes_on_on_the_page_of_a_section(enter, consultation, lead):
    reader = enter(lead)
    fields = {"place": f"reply:threads.thread-{consultation.pk}", "body": "Begun", "section": "1"}
    reader.client.post("/drafts/save/", fields)
    page = text_of(reader.get(consultation.sections.get(number=2).get_absolute_url()))
    assert "Begun</textarea>" in page and f'name="place" value="{fields["place"]}"' in page
    assert "text-box" in page.split("</head>")[0] + page and "draft-keeper.js" in page


def test_sections_are_added_by_who_looks_after_it(enter, consultation, lead, observer):
    url = f"/groups/{consultation.group.slug}/threads/{consultation.pk}/sections/"
    assert enter(observer).client.post(url, {"title": "More"}).status_code == 403
    assert enter(lead).client.post(url, {"title": ""}).status_code == 422
    assert enter(lead).client.post(url, {"title": "More", "body": ""}).status_code == 302
    assert consultation.sections.get(number=3).title == "More"


def test_after_its_time_nobody_adds_anything_and_it_says_closed(enter, consultation, lead):
    reader = enter(lead)
    assert "Until" in text_of(reader.lists(consultation.group))
    Thread.objects.filter(pk=consultation.pk).update(closes_at=timezone.now() - HOUR)
    sent = reader.replies(consultation, "Too late")
    assert sent.status_code == 403 and "Too late" in text_of(sent)
    with pytest.raises(Refused):
        Thread.objects.get(pk=consultation.pk).reply(lead.affiliations.first(), "Too late")
    assert "The time for comments is over" in text_of(reader.reads(consultation))
    assert "Closed" in text_of(reader.lists(consultation.group))


def test_the_deadline_can_be_moved_and_then_it_is_open_again(enter, consultation, member, lead, observer):
    Thread.objects.filter(pk=consultation.pk).update(closes_at=timezone.now() - HOUR, is_over=True)
    later = {"closes_at": clock(timezone.now() + 3 * HOUR)}
    assert enter(observer).does("deadline", consultation, **later).status_code == 403
    assert enter(member).does("deadline", consultation, closes_at="never").status_code == 422
    assert enter(member).does("deadline", consultation, **later).status_code == 302
    assert enter(lead).replies(consultation, "In time").status_code == 302


# ── Resources ────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_resource_is_about_a_document_its_writer_can_see(enter, group, lead, member):
    paper = make.document(group, lead, title="Scheme of work")
    url = f"http://localhost:8000{paper.get_absolute_url()}"
    assert enter(member).starts(group, kind="resource", title="Use this", document=url).status_code == 302
    thread = Thread.objects.get(title="Use this")
    assert "Scheme of work" in text_of(enter(lead).reads(thread))
    paper.remove(lead)
    page = text_of(enter(lead).reads(thread))
    assert "Scheme of work" not in page and "not available to you" in page


def test_what_the_writer_cannot_see_or_is_no_document_is_not_linked(enter, group, lead, member):
    secret = make.group("Secret", visibility="hidden", joining="invite")
    make.place(secret, lead)
    paper = make.document(secret, lead, title="Sealed paper")
    for address in ("", paper.get_absolute_url(), "https://evil.example.org/x", "/groups/", "/\0", "http://[", "//x"):
        sent = enter(member).starts(group, kind="resource", title="Use this", document=address)
        assert sent.status_code == 422, address
        assert "Sealed paper" not in text_of(sent)
    assert not Thread.objects.exists()


def test_a_linked_document_of_a_group_one_is_not_in_is_not_named(enter, group, lead, member):
    other = make.group("Other", visibility="hidden", joining="invite")
    make.place(other, lead)
    paper = make.document(other, lead, title="Their paper")
    enter(lead).starts(group, kind="resource", title="Use this", document=paper.get_absolute_url())
    thread = Thread.objects.get(title="Use this")
    assert "Their paper" in text_of(enter(lead).reads(thread))
    assert "Their paper" not in text_of(enter(member).reads(thread))
