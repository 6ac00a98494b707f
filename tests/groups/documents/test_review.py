"""From draft to agreed: reviewers are asked, answer, and are reminded; what is agreed is locked."""

import datetime as dt
import re

import pytest
from django.test import Client
from django.utils import timezone

from community.models import Entry
from community.notifications.models import Notification
from community.policy import Refused
from groups.documents.models import Document, Review, Reviewer, State
from groups.documents.tasks import keep_time
from groups.models import Role
from tests import make
from tests.groups.documents.door import at, send_edit, send_version


def person_in(group, handle, role=Role.MEMBER):
    person = make.person(handle)
    make.place(group, person, role)
    client = Client()
    client.force_login(person)
    client.person = person
    return client


@pytest.fixture
def first(group):
    return person_in(group, "woodwind-peri")


@pytest.fixture
def second(group):
    return person_in(group, "vice-chair", Role.CO_LEAD)


def ask(client, document, *who, **said):
    due = timezone.localdate() + dt.timedelta(days=10)
    others = " ".join(f"@{each.person.handle}" for each in who)
    return client.post(at("ask_review", document), {"others": others, "due_on": due.isoformat(), "words": "", **said})


def reply(client, document, says="approve", note="", review=None):
    number = review or document.reviews.latest("pk").pk
    return client.post(f"{at('ask_review', document)}{number}/", {"says": says, "note": note})


def page(client, document):
    return client.get(document.get_absolute_url()).content.decode()


def tray(client):
    return client.get("/needs-you/").content.decode()


def state(document):
    return Document.objects.get(pk=document.pk).state


def test_once_all_approve_it_is_agreed_and_its_bytes_are_recorded(leading, first, second, document, lead):
    assert ask(leading, document, first, second, words="Is lesson one short enough?").status_code == 302
    assert state(document) == State.REVIEW
    assert "Your review is asked for" in tray(first)
    assert "Is lesson one short enough?" in page(first, document)
    assert reply(first, document).status_code == 302
    assert "In review, 1 of 2 approved" in page(leading, document)
    assert "Your review is asked for" in tray(second) and state(document) == State.REVIEW
    assert reply(second, document, note="Good.").status_code == 302
    assert state(document) == State.AGREED
    found, version = document.reviews.get(), document.current
    assert (found.outcome, found.digest, found.size) == ("agreed", version.file.sha256, version.file.size)
    assert "Agreed and locked" in page(leading, document) and "Good." in page(leading, document)
    assert Notification.objects.filter(member=lead, kind="reviewed").exists()
    assert Entry.objects.filter(subject=document.subject, act="review-approve").count() == 2


def test_whoever_asks_for_changes_says_which_and_it_is_a_draft_again(leading, first, second, document):
    ask(leading, document, first, second)
    assert reply(first, document, "changes").status_code == 422
    assert reply(first, document, "changes", "Lesson two is too long.").status_code == 302
    assert state(document) == State.DRAFT
    shown = page(leading, document)
    assert "Lesson two is too long." in shown and "Asked for changes" in shown and "Did not answer" in shown
    assert reply(second, document).status_code == 403
    assert not Notification.objects.unread().filter(member=second.person, kind="review").exists()
    assert ask(leading, document, first).status_code == 302


def test_what_is_agreed_is_changed_only_by_a_new_version(leading, first, document):
    ask(leading, document, first), reply(first, document)
    refused = send_edit(leading, document, title="Another title")
    assert refused.status_code == 403 and "Another title" in refused.content.decode()
    shown = leading.get(at("edit", document)).content.decode()
    assert "what it says is locked" in shown
    visible = re.findall(r'<(?:input(?! type="hidden")|textarea|select) [^>]*name="(\w+)"', shown.partition("<main")[2])
    assert visible == ["folder", "review_on", "accessibility"]
    offered = {"edition": document.edition, "folder": "", "review_on": "", "accessibility": "Large print"}
    assert leading.post(at("edit", document), offered).status_code == 302
    document.refresh_from_db()
    assert (document.title, document.accessibility) == ("Instrument loan agreement", "Large print")
    due = (timezone.localdate() + dt.timedelta(days=300)).isoformat()
    same = {"title": document.title, "summary": document.summary, "review_on": due}
    assert send_edit(leading, document, **same).status_code == 302
    assert send_version(leading, document).status_code == 302
    assert state(document) == State.DRAFT
    shown = page(first, document)
    assert "nobody has agreed to yet" in shown and "version 1" in shown
    document.refresh_from_db()
    assert send_edit(leading, document, title="Another title").status_code == 302
    assert ask(leading, document, first).status_code == 302
    assert "You are reading a version in review." in page(first, document)
    reply(first, document)
    document.refresh_from_db()
    assert (document.state, document.agreed.number) == (State.AGREED, 2)


def test_a_new_version_ends_the_review_of_the_one_before(leading, first, document):
    ask(leading, document, first)
    before = document.reviews.get()
    send_version(leading, document)
    assert state(document) == State.DRAFT
    assert reply(first, document, review=before.pk).status_code == 403
    before.refresh_from_db()
    assert before.outcome == "taken-back" and not Reviewer.objects.exclude(said="").exists()


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({"others": ""}, "at least one person"),
        ({"others": "@nobody-here"}, "Nobody in this group"),
        ({"others": "@outsider"}, "Nobody in this group"),
        ({"others": "\x00@woodwind-peri"}, "Null characters"),
        ({"others": " ".join(f"@p{n}" for n in range(20))}, "at most 12"),
        ({"due_on": "2020-01-01"}, "Choose a day after today"),
        ({"due_on": "9999-12-31"}, "Choose a day after today"),
        ({"due_on": "soon"}, "valid date"),
    ],
)
def test_nonsense_is_said_to_be_such_and_changes_nothing(leading, first, document, outsider, said, why):
    answer = ask(leading, document, first, **said)
    assert answer.status_code == 422
    assert why in answer.content.decode()
    assert not Review.objects.exists() and state(document) == State.SHARED


def test_nobody_reviews_what_they_ask_about(leading, first, document, lead):
    answer = ask(leading, document, first, others=f"@{lead.handle} @{first.person.handle}")
    assert answer.status_code == 422 and "Somebody else has to review" in answer.content.decode()
    assert not Review.objects.exists()


def test_only_owners_and_leads_ask_and_only_those_asked_answer(leading, first, second, document, client, member):
    assert ask(first, document, second).status_code == 403
    assert ask(leading, document, first).status_code == 302
    assert reply(second, document).status_code == 403
    assert reply(first, document).status_code == 302
    assert reply(first, document).status_code == 403


def test_leads_go_on_without_someone_but_not_without_anyone(leading, first, second, document):
    ask(leading, document, first, second)
    end = f"{at('ask_review', document)}{document.reviews.get().pk}/end/"
    assert first.post(end, {"without": "vice-chair"}).status_code == 403
    reply(first, document)
    assert leading.post(end, {"without": "vice-chair"}).status_code == 302
    assert state(document) == State.AGREED
    assert "Your review is asked for" not in page(second, document)


def test_the_only_one_asked_is_not_left_out(leading, first, document):
    ask(leading, document, first)
    end = f"{at('ask_review', document)}{document.reviews.get().pk}/end/"
    refused = leading.post(end, {"without": "woodwind-peri"})
    assert refused.status_code == 403 and "Take the review back" in refused.content.decode()
    assert leading.post(end).status_code == 302
    assert state(document) == State.DRAFT


def test_who_left_the_group_answers_no_more(leading, first, document, group):
    ask(leading, document, first)
    group.memberships.get(member=first.person).affiliation.end()
    assert reply(first, document).status_code in {403, 404}
    assert state(document) == State.REVIEW


def test_of_two_who_ask_at_once_one_is_first(document, lead, first):
    due = timezone.localdate() + dt.timedelta(days=3)
    document.ask_review(lead, [first.person], due)
    other = Document.objects.get(pk=document.pk)
    with pytest.raises(Refused):
        other.ask_review(lead, [first.person], due)
    assert Review.objects.count() == 1


def test_leads_archive_what_is_not_in_use_any_more_and_bring_it_back_as_it_was(leading, first, document):
    ask(leading, document, first), reply(first, document)
    assert first.post(at("declare", document), {"state": "archived"}).status_code == 403
    assert leading.post(at("declare", document), {"state": "archived"}).status_code == 302
    assert "This document is archived." in page(first, document)
    assert send_version(leading, document).status_code == 403
    assert ask(leading, document, first).status_code == 403
    assert document.title not in first.get(f"{at_list(document)}?show=current").content.decode()
    assert document.title in first.get(at_list(document)).content.decode()
    assert leading.post(at("declare", document), {"state": "in-use"}).status_code == 302
    assert state(document) == State.AGREED


def test_what_was_agreed_is_not_changed_on_its_way_through_the_archive(leading, first, document, lead):
    ask(leading, document, first), reply(first, document)
    leading.post(at("declare", document), {"state": "archived"})
    archived = Document.objects.get(pk=document.pk)
    with pytest.raises(Refused):
        archived.edit(lead, archived.edition, title="Another title")
    leading.post(at("declare", document), {"state": "in-use"})
    assert Document.objects.get(pk=document.pk).title == document.title


def at_list(document):
    return f"/groups/{document.group.slug}/documents/"


def test_a_draft_is_put_into_use_without_a_review(leading, document, first):
    assert leading.post(at("declare", document), {"state": "draft"}).status_code == 302
    assert "Draft" in first.get(at_list(document)).content.decode()
    assert document.title not in first.get(f"{at_list(document)}?show=current").content.decode()
    assert document.title in first.get(f"{at_list(document)}?show=draft").content.decode()
    assert first.post(at("declare", document), {"state": "in-use"}).status_code == 403
    assert leading.post(at("declare", document), {"state": "in-use"}).status_code == 302
    assert leading.post(at("declare", document), {"state": "nonsense"}).status_code == 302
    assert state(document) == State.SHARED


def test_the_list_finds_what_is_agreed_and_what_is_in_review(leading, first, group, lead, document):
    other = make.document(group, lead, "Scheme of work")
    ask(leading, document, first), reply(first, document)
    ask(leading, other, first)
    agreed = first.get(f"{at_list(document)}?show=agreed").content.decode()
    assert document.title in agreed and "Scheme of work" not in agreed
    waiting = first.get(f"{at_list(document)}?show=review").content.decode()
    assert document.title not in waiting and "Scheme of work" in waiting


def test_reviewers_are_reminded_before_it_is_due_and_once_after(leading, first, second, document, time_machine):
    ask(leading, document, first, second)
    reply(first, document)
    today = timezone.now()
    told = []
    for days in range(14):
        time_machine.move_to(today + dt.timedelta(days=days))
        keep_time.call(), keep_time.call()
        told.append(Notification.objects.filter(kind="review-due").count())
    assert told == [0] * 7 + [1] * 4 + [2] * 3
    assert set(Notification.objects.filter(kind="review-due").values_list("member", flat=True)) == {second.person.pk}


def test_its_owner_is_reminded_of_the_review_date(document, lead, time_machine):
    today = timezone.localdate()
    document.edit(lead, document.edition, review_on=today + dt.timedelta(days=20))
    now, told = timezone.now(), []
    for days in (0, 5, 6, 7, 19, 20, 21, 22, 40):
        time_machine.move_to(now + dt.timedelta(days=days))
        keep_time.call()
        told.append(Notification.objects.filter(kind="look-again", member=lead).count())
    assert told == [0, 0, 1, 1, 1, 1, 2, 2, 2]
    document.edit(lead, document.edition, review_on=timezone.localdate() + dt.timedelta(days=2))
    keep_time.call()
    assert Notification.objects.filter(kind="look-again", member=lead).count() == 3


def test_of_what_is_hidden_nothing_is_asked(leading, first, document, staff):
    ask(leading, document, first)
    document.refresh_from_db()
    document.hide(staff, "To be looked at")
    assert reply(first, document).status_code == 403
    assert "Instrument loan" not in tray(first)
    document.restore(staff, "Fine")
    assert reply(first, document).status_code == 302
