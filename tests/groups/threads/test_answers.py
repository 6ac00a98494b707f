"""A question and its answer: who chooses it, who sees it, how it is taken back."""

import pytest

from community.notifications.models import Notification
from groups.threads.models import Thread
from tests import make
from tests.groups.threads.conftest import at


@pytest.fixture
def question(group, member):
    return make.thread(group, member, "How loud is too loud?", kind="question")


@pytest.fixture
def reply(question, lead):
    return question.reply(lead.affiliations.get(), "Three stations of nine.")


def now(thread):
    return Thread.objects.get(pk=thread.pk)


def test_who_asked_chooses_the_answer_and_it_is_shown_to_all(enter, question, reply, member, observer):
    asker = enter(member)
    assert "Choose this post as the answer" in asker.get(at(reply, "accept")).content.decode()
    assert asker.client.post(at(reply, "accept")).status_code == 302
    assert now(question).is_answered
    page = enter(observer).reads(question).content.decode()
    assert 'class="accepted"' in page and f"Answer, chosen by <bdi>{member.name}</bdi>" in page
    assert "in post 2" in page
    listed = enter(observer).lists(question.group).content.decode()
    assert '<span class="badge ok">Answered</span>' in listed
    assert Notification.objects.filter(kind="accepted").get().member == reply.author
    tray = enter(reply.author).get("/needs-you/").content.decode()
    assert "was chosen as the answer" in tray


def test_a_lead_chooses_and_takes_back(enter, question, reply, lead):
    enter(lead).client.post(at(reply, "accept"))
    assert now(question).answer == reply
    enter(lead).client.post(at(reply, "accept"), {"undo": "1"})
    assert not now(question).is_answered
    page = enter(lead).reads(question).content.decode()
    assert 'class="accepted"' not in page and '<li id="answer" hidden>' in page


def test_nobody_else_chooses(enter, question, reply, observer, outsider, lead):
    other = make.person()
    make.place(question.group, other)
    assert [enter(who).client.post(at(reply, "accept")).status_code for who in (observer, other)] == [403, 403]
    assert enter(outsider).client.post(at(reply, "accept")).status_code == 404
    assert not now(question).is_answered
    question.accept(lead, reply)
    assert enter(other).client.post(at(reply, "accept"), {"undo": "1"}).status_code == 403
    assert now(question).is_answered


def test_only_a_reply_of_a_question_can_be_the_answer(enter, question, group, lead, member):
    assert enter(lead).client.post(at(question.posts.get(), "accept")).status_code == 403
    talk = make.thread(group, member)
    said = talk.reply(lead.affiliations.get(), "Well.")
    assert enter(lead).client.post(at(said, "accept")).status_code == 403
    removed = question.reply(lead.affiliations.get(), "Gone")
    removed.remove(lead)
    assert enter(lead).client.post(at(removed, "accept")).status_code == 403
    assert not now(question).is_answered


def test_another_answer_takes_the_place_of_the_first(enter, question, reply, lead):
    better = question.reply(lead.affiliations.get(), "Or two of twelve.")
    question.accept(lead, reply)
    assert "It takes the place of post 2" in enter(lead).get(at(better, "accept")).content.decode()
    enter(lead).client.post(at(better, "accept"))
    assert now(question).answer == better


def test_unanswered_lists_questions_without_a_chosen_answer(enter, group, question, reply, lead, member):
    reader = enter(member)
    assert question.title in reader.lists(group, show="unanswered").content.decode()
    question.accept(lead, reply)
    page = reader.lists(group, show="unanswered").content.decode()
    assert "Nothing here fits" in page


def test_who_asked_without_a_name_is_not_named_by_the_answer(enter, group, lead, member, observer):
    group.allows_masked = True
    group.save()
    thread = Thread(group=group, title="Between us", kind="question").nameless()
    thread.start(member.affiliations.get(), "May I ask?")
    said = Thread.objects.get(pk=thread.pk).reply(lead.affiliations.get(), "Yes.")
    assert enter(member).client.post(at(said, "accept")).status_code == 302
    page = enter(observer).reads(now(thread)).content.decode()
    assert "The chosen answer" in page and member.name not in page
