"""What waits for approval is nowhere but with its writer and those who answer; approved, it is as if just sent."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from community.drafts.models import Draft
from community.files.models import StoredFile
from community.models import Entry, Event
from community.moderation.models import Act, Ruling
from community.notifications.models import Notification
from groups.approval.models import Waiting
from groups.approval.tasks import forget
from groups.approval.why import Why
from groups.documents.models import Comment
from groups.models import EVERY_POST
from groups.search.models import Record
from groups.threads.models import Post, Thread
from tests import make
from tests.groups.approval.deeds import WORDS, answer, browser, reply

pytestmark = pytest.mark.django_db


def test_a_first_post_waits_and_its_writer_is_told_so_where_they_sent_it(waiting, thread, member):
    page = browser(member).get(waiting.get_absolute_url()).content.decode()
    assert "Waiting for approval" in page
    assert WORDS in page
    thread_page = browser(member).get(thread.get_absolute_url()).content.decode()
    assert WORDS in thread_page
    assert "Waiting for approval" in thread_page


def test_what_waits_is_in_no_page_count_search_feed_stream_or_tray_of_others(thread, member, other, lead):
    others = browser(other)
    others.get(thread.get_absolute_url())
    before = Thread.objects.values("last_number", "post_count", "last_post_at").get(pk=thread.pk)
    records, events = Record.objects.count(), Event.objects.filter(stream=f"thread-{thread.pk}").count()
    reply(member, thread, f"{WORDS} @{other.handle}")
    assert Thread.objects.values("last_number", "post_count", "last_post_at").get(pk=thread.pk) == before
    assert (Record.objects.count(), Event.objects.filter(stream=f"thread-{thread.pk}").count()) == (records, events)
    assert not Notification.objects.filter(member=other).exists()
    waits = Waiting.objects.get()
    for url in [
        thread.get_absolute_url(),
        "/search/?q=mutes",
        "/needs-you/",
        reverse("threads:list", args=[thread.group.slug]),
    ]:
        assert "a great deal" not in others.get(url).content.decode(), url
    assert others.get(waits.get_absolute_url()).status_code == 404
    assert WORDS not in others.get(reverse("approval:group", args=[thread.group.slug])).content.decode()
    assert WORDS not in others.get(reverse("approval:all")).content.decode()
    assert browser(lead).get(waits.get_absolute_url()).status_code == 200


def test_approved_it_is_a_post_like_any_other_and_its_readers_are_told_then(waiting, thread, member, lead):
    asked = Notification.objects.get(kind="to-approve")
    assert "Waiting for approval" in browser(member).get(thread.get_absolute_url()).content.decode()
    assert (asked.member, asked.read_at) == (lead, None)
    answer(lead, waiting, approve="1")
    post = Post.objects.get(author=member)
    assert (post.body, post.number, post.client_key) == (WORDS, 2, "key-1")
    assert post.posted_at > waiting.sent_at
    assert not Waiting.objects.exists()
    assert Notification.objects.filter(member=lead, kind="replied").exists()
    assert Notification.objects.get(member=member).kind == "approved"
    asked.refresh_from_db()
    assert asked.read_at is not None
    entry = Entry.objects.get(act="approve")
    assert (entry.actor, entry.subject) == (lead, post.subject)
    assert WORDS in browser(lead).get(thread.get_absolute_url()).content.decode()
    page = browser(member).get(thread.get_absolute_url()).content.decode()
    assert "Waiting for approval" not in page
    assert page.count(WORDS) == 1


def test_once_one_stands_the_next_is_shown_at_once(waiting, thread, member, lead):
    answer(lead, waiting, approve="1")
    reply(member, thread, "And on Tuesdays.", key="key-2")
    assert Post.objects.filter(author=member).count() == 2


def test_approved_twice_or_sent_again_it_is_one_post(waiting, thread, member, lead):
    answer(lead, waiting, approve="1")
    assert answer(lead, waiting, approve="1").status_code == 404
    reply(member, thread)
    assert Post.objects.filter(author=member).count() == 1
    assert not Waiting.objects.exists()


def test_sent_twice_it_waits_once(waiting, thread, member):
    assert reply(member, thread).url == waiting.get_absolute_url()
    assert Waiting.objects.count() == 1


def test_declined_it_stays_with_its_writer_who_reads_why_and_can_send_it_changed(waiting, thread, member, lead):
    answer(lead, waiting, decline="1", reason="Please name no school.")
    assert not Post.objects.filter(author=member).exists()
    note = Notification.objects.get(member=member)
    assert note.kind == "not-approved"
    page = browser(member).get(waiting.get_absolute_url()).content.decode()
    assert "Please name no school." in page
    assert WORDS in page
    answer(member, waiting, **{"take-back": "1"})
    draft = Draft.of(member, f"reply:threads.thread-{thread.pk}")
    assert draft.fields["body"] == WORDS
    assert WORDS in browser(member).get(thread.get_absolute_url()).content.decode()


def test_declining_needs_a_reason_and_what_was_typed_comes_back(waiting, lead):
    answered = answer(lead, waiting, decline="1", reason=" ")
    assert answered.status_code == 422
    assert "Say why" in answered.content.decode()
    waiting.refresh_from_db()
    assert waiting.is_open


def test_what_was_declined_by_mistake_can_still_be_approved(waiting, member, lead):
    answer(lead, waiting, decline="1", reason="By mistake.")
    answer(lead, waiting, approve="1")
    assert Post.objects.get(author=member).body == WORDS


def test_its_writer_takes_it_back_and_nobody_else_can(waiting, thread, member, lead, other):
    assert answer(other, waiting, **{"take-back": "1"}).status_code == 404
    answer(lead, waiting, **{"take-back": "1"})
    assert Waiting.objects.exists()
    answer(member, waiting, **{"take-back": "1"})
    assert not Waiting.objects.exists()
    assert Draft.of(member, waiting.place).fields["body"] == WORDS


def test_nobody_approves_their_own_and_no_member_approves(waiting, member, other):
    assert answer(member, waiting, approve="1").status_code == 403
    assert answer(other, waiting, approve="1").status_code == 404
    assert not Post.objects.filter(author=member).exists()


def test_staff_approve_from_the_desk(waiting, member, staff):
    page = browser(staff).get(reverse("approval:all")).content.decode()
    assert WORDS in page
    answer(staff, waiting, approve="1")
    assert Post.objects.get(author=member).body == WORDS


def test_a_lead_of_another_group_sees_and_approves_nothing(waiting):
    elsewhere = make.person("ivc-chair")
    make.place(make.group("Teaching"), elsewhere, "lead")
    assert browser(elsewhere).get(waiting.get_absolute_url()).status_code == 404
    assert answer(elsewhere, waiting, approve="1").status_code == 404


def test_a_new_discussion_waits_with_all_that_was_said_of_it(group, thread, member, lead):
    tag = make.tag("brass", group)
    fields = {"title": "Ukuleles", "kind": "question", "body": WORDS, "tags": str(tag.pk), "key": "key-9"}
    browser(member).post(reverse("threads:new", args=[group.slug]), fields)
    assert Thread.objects.count() == 1
    listed = browser(member).get(reverse("threads:list", args=[group.slug])).content.decode()
    assert "Ukuleles" in listed
    assert "Ukuleles" not in browser(lead).get(reverse("threads:list", args=[group.slug])).content.decode()
    answer(lead, Waiting.objects.get(), approve="1")
    begun = Thread.objects.get(title="Ukuleles")
    assert (begun.author, begun.kind, list(begun.tags.all())) == (member, "question", [tag])


def test_its_files_wait_with_it_and_go_along(thread, member, lead, other):
    sheet = SimpleUploadedFile("rota.csv", b"Monday,brass\n", "text/csv")
    reply(member, thread, files=sheet)
    waiting = Waiting.objects.get()
    held = waiting.files.get()
    url = reverse("approval:file", args=[waiting.pk, held.pk])
    assert browser(other).get(url).status_code == 404
    assert b"".join(browser(lead).get(url).streaming_content) == b"Monday,brass\n"
    StoredFile.objects.update(kept_at=waiting.sent_at.replace(year=2020))
    answer(lead, waiting, approve="1")
    assert [file.stored.name for file in Post.objects.get(author=member).files.all()] == ["rota.csv"]


def test_a_post_without_a_name_names_nobody_to_those_who_answer(group, thread, member, lead):
    group.allows_masked = True
    group.save()
    reply(member, thread, masked="on")
    page = browser(lead).get(Waiting.objects.get().get_absolute_url()).content.decode()
    assert WORDS in page
    assert member.name not in page
    assert "first posts" not in page
    answer(lead, Waiting.objects.get(), approve="1")
    assert Post.objects.get(number=2).author.is_nameless


def test_a_closed_discussion_takes_nothing_more_and_the_lead_reads_why(waiting, thread, member, lead):
    thread.close(lead)
    answered = browser(lead).post(waiting.get_absolute_url(), {"approve": "1"}, follow=True).content.decode()
    assert "It cannot be shown" in answered
    assert "closed" in answered
    assert Waiting.objects.exists()
    assert not Post.objects.filter(author=member).exists()


def test_somebody_who_was_silenced_meanwhile_is_not_published(waiting, thread, member, lead, staff):
    make.thread(thread.group, member).posts.get().decide(staff, Ruling(Act.SILENCE, "Unkind", "2.1", _in_a_week()))
    browser(lead).post(waiting.get_absolute_url(), {"approve": "1"})
    assert not Post.objects.filter(author=member, body=WORDS).exists()


def test_why_its_writer_cannot_write_is_not_told_to_the_lead(waiting, thread, member, lead, staff):
    make.thread(thread.group, member).posts.get().decide(staff, Ruling(Act.SILENCE, "Unkind", "2.1", _in_a_week()))
    page = browser(lead).post(waiting.get_absolute_url(), {"approve": "1"}, follow=True).content.decode()
    assert "Its writer cannot write here at the moment" in page
    assert "not write, until" not in page
    assert "Your standing" not in page


def test_who_left_the_group_is_not_asked_in_by_a_sentence_to_the_lead(waiting, thread, member, lead):
    thread.group.memberships.filter(member=member).delete()
    page = browser(lead).post(waiting.get_absolute_url(), {"approve": "1"}, follow=True).content.decode()
    assert "Its writer cannot write here at the moment" in page
    assert "Join this group" not in page


def test_in_a_closed_group_what_waits_can_be_declined_and_not_approved(waiting, thread, member, lead):
    _close(thread.group)
    page = browser(lead).get(waiting.get_absolute_url()).content.decode()
    assert "This group is closed" in page
    assert 'name="approve"' not in page
    assert answer(lead, waiting, approve="1").status_code == 403
    answer(lead, waiting, decline="1", reason="The group has closed.")
    waiting.refresh_from_db()
    assert waiting.reason == "The group has closed."


@pytest.mark.parametrize("in_vain", ["closed", "for long"])
def test_what_waits_in_vain_is_a_draft_again_and_its_writer_is_told(waiting, thread, member, in_vain):
    forget.call()
    assert Waiting.objects.exists()
    if in_vain == "closed":
        _close(thread.group)
    else:
        Waiting.objects.update(sent_at=timezone.now() - dt.timedelta(days=91))
    forget.call()
    assert not Waiting.objects.exists()
    assert Draft.of(member, waiting.place).fields["body"] == WORDS
    assert Notification.objects.get(member=member).kind == "given-back"
    assert "It is a draft of yours again" in browser(member).get(reverse("notifications:tray")).content.decode()


def test_where_a_confidential_group_has_no_other_lead_no_staff_are_told_who_cannot_see_it(thread, member, lead, staff):
    inside = make.person("night-moderator", is_staff=True)
    make.place(thread.group, inside)
    thread.group.is_confidential = True
    thread.group.save()
    thread.group.memberships.filter(member=lead).delete()
    reply(member, thread)
    assert list(Notification.objects.filter(kind="to-approve").values_list("member", flat=True)) == [inside.pk]


@pytest.mark.parametrize("said", [{"approve": "1"}, {"decline": "1", "reason": "No."}])
def test_its_writers_row_is_held_before_what_waits_as_where_a_person_is_erased(waiting, lead, said):
    with CaptureQueriesContext(connection) as asked:
        (waiting.approve(lead) if "approve" in said else waiting.decline(lead, said["reason"]))
    first = next(query["sql"] for query in asked if query["sql"].startswith("SELECT"))
    assert 'FROM "members_member"' in first


def test_where_every_post_waits_leads_and_staff_are_trusted(group, thread, member, lead, staff):
    group.approves_first = EVERY_POST
    group.save()
    make.place(group, staff)
    for number, each in enumerate([member, lead, staff]):
        reply(each, thread, key=f"key-{number}")
    assert {post.author for post in Post.objects.filter(number__gt=1)} == {lead, staff}
    assert Waiting.objects.get().author == member


def test_the_site_says_how_many_wait_where_a_group_does_not(settings, group, thread, member):
    group.approves_first = None
    group.save()
    reply(member, thread)
    assert not Waiting.objects.exists()
    settings.APPROVE_FIRST = 5
    reply(member, thread, key="key-2")
    assert Waiting.objects.count() == 1


def test_a_lead_sets_it_in_the_settings_and_the_ledger_says_so(group, lead, member):
    page = browser(lead).get(reverse("groups:settings", args=[group.slug]))
    fields = {name: value for name, value in page.context["form"].initial.items() if value is not None}
    browser(lead).post(reverse("groups:settings", args=[group.slug]), fields | {"approves_first": "3"})
    group.refresh_from_db()
    assert group.approves_first == 3
    assert "approves_first" in Entry.objects.get(act="change-group").details["settings"]


def test_a_comment_waits_too(group, thread, member, lead, other):
    document = make.document(group, lead)
    url = reverse("documents:say", args=[group.slug, document.pk])
    browser(member).post(url, {"body": WORDS, "key": "7f6f4b1e-63f5-4c3a-93c8-0a7a3f0f8f11"})
    assert not Comment.objects.exists()
    assert WORDS not in browser(other).get(document.get_absolute_url()).content.decode()
    answer(lead, Waiting.objects.get(), approve="1")
    assert Comment.objects.get().author == member


def test_in_the_live_room_nothing_can_wait_so_a_newcomer_reads_and_is_told_so(group, thread, member, other, lead):
    url = reverse("chat:say", args=[group.slug])
    refused = browser(member).post(url, {"body": "Hello", "key": "k1"}, headers={"Accept": "application/json"})
    assert refused.status_code == 403
    assert "nothing can wait" in refused.json()["why"]
    thread.reply(member.affiliations.get(), "One that stands")
    taken = browser(member).post(url, {"body": "Hello", "key": "k1"}, headers={"Accept": "application/json"})
    assert taken.status_code == 200


def test_by_a_decision_of_staff_what_a_person_writes_waits_and_they_may_appeal(group, lead, member, staff):
    thread = make.thread(group, lead)
    post = thread.reply(member.affiliations.get(), "You are all fools.")
    decide = reverse("moderation:decide", args=[post.subject])
    said = {"act": "vet", "rule": "2.1", "days": "7", "letter": "Dear member", "reason": "It insults people."}
    browser(staff).post(decide, said)
    reply(member, thread)
    waiting = Waiting.objects.get()
    assert waiting.why == "person"
    standing = browser(member).get(reverse("moderation:standing")).content.decode()
    assert "Posts approved first" in standing
    assert "appeal" in standing
    assert "Staff have decided" in browser(lead).get(waiting.get_absolute_url()).content.decode()
    browser(member).post(
        reverse("threads:edit", args=[group.slug, thread.pk, post.number]), {"body": "X", "edition": 1}
    )
    post.refresh_from_db()
    assert post.body == "You are all fools."
    Post.objects.get(pk=post.pk).undo(post.undoable, staff, "Their appeal was right.")
    reply(member, thread, "Sorry about that.", key="key-7")
    assert Post.objects.filter(author=member).count() == 2


def test_the_queue_asks_as_much_for_twenty_as_for_two(thread, lead, django_assert_num_queries):
    client = browser(lead)
    for number in range(2):
        _sent_by(make_newcomer(thread.group, number), thread)
    client.get(reverse("approval:all"))
    with CaptureQueriesContext(connection) as of_two:
        client.get(reverse("approval:all"))
    asked = len(of_two)
    for number in range(2, 20):
        _sent_by(make_newcomer(thread.group, number), thread)
    client.get(reverse("approval:all"))  # the frame of the page knows the new people
    with django_assert_num_queries(asked):
        assert client.get(reverse("approval:all")).content.decode().count(WORDS) == 20


def make_newcomer(group: Any, number: int) -> Any:
    found = make.person(f"newcomer-{number}")
    make.place(group, found)
    return found


def _sent_by(member: Any, thread: Thread) -> None:
    data = QueryDict(mutable=True)
    data.update({"body": WORDS})
    Waiting.take(thread.group, member, f"reply:threads.thread-{thread.pk}", data, Why.FIRST)


def _close(group: Any) -> None:
    group.archived_at = timezone.now()
    group.save()


def _in_a_week() -> Any:
    return timezone.now() + dt.timedelta(days=7)


def _sent_to_begin(member: Any, group: Any, **said: str) -> Waiting:
    fields = {"title": "Ukuleles", "kind": "discussion", "body": WORDS, "key": "key-9"}
    browser(member).post(reverse("threads:new", args=[group.slug]), fields | said)
    waiting = Waiting.objects.get()
    waiting.fields |= {name: "2020-01-01T09:00" for name in ("opens_at", "closes_at") if name in said}
    waiting.save()
    return waiting


def test_what_was_to_open_while_it_waited_opens_once_approved(group, thread, member, lead):
    soon = timezone.localtime(timezone.now() + dt.timedelta(hours=2)).strftime("%Y-%m-%dT%H:%M")
    answer(lead, _sent_to_begin(member, group, opens_at=soon), approve="1")
    begun = Thread.objects.get(title="Ukuleles")
    assert (begun.is_waiting, begun.opens_at) == (False, None)


def test_a_consultation_whose_time_passed_while_it_waited_is_declined_and_the_lead_reads_why(
    group, thread, member, lead
):
    soon = timezone.localtime(timezone.now() + dt.timedelta(hours=2)).strftime("%Y-%m-%dT%H:%M")
    waiting = _sent_to_begin(member, group, kind="consultation", closes_at=soon)
    page = browser(lead).post(waiting.get_absolute_url(), {"approve": "1"}, follow=True).content.decode()
    assert "Its time for comments has passed. Decline it" in page
    assert not Thread.objects.filter(title="Ukuleles").exists()


def test_the_desk_says_how_many_wait_for_approval(waiting, staff, lead):
    def on_the_desk() -> str:
        page = " ".join(browser(staff).get("/desk/").content.decode().split())
        return page.partition('/desk/approval/">')[2].partition("</li>")[0]

    assert '<span class="count">1<' in on_the_desk()
    Waiting.objects.create(group=waiting.group, author=staff, place=waiting.place, fields={"body": "Mine"}, why=Why.ALL)
    assert '<span class="count">1<' in on_the_desk(), "staff do not answer what they wrote themselves"
    answer(lead, waiting, reason="Not here, please.")
    assert "count" not in on_the_desk()
