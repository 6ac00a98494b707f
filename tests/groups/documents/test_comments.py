"""Comments on a document and on its passages: said, answered, settled, and seen by whoever may see the document."""

import uuid

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from community import live
from community.drafts.models import Draft
from community.drafts.typed import Typed
from community.models import Event
from community.notifications.models import Notification
from groups.documents.models import FACTS, Comment, Document
from groups.models import Role
from groups.search.find import find
from groups.search.models import Record
from groups.watching.models import Watch
from tests import make

pytestmark = pytest.mark.django_db
PLAN = "# The aim\n\nOne lesson a week. In **the** hall.\n\n| Week | Aim |\n|---|---|\n| 1 | A pulse |"


@pytest.fixture
def page(group, lead):
    return make.page(group, lead, PLAN)


@pytest.fixture
def writing(client, member):
    client.force_login(member)
    return client


def at(document, rest=""):
    return f"{document.get_absolute_url()}comments/{rest}"


def say(client, document, body="Which hall?", **said):
    return client.post(at(document), {"body": body, "key": str(uuid.uuid4()), **said})


def shown(client, document):
    return client.get(document.get_absolute_url()).content.decode()


def told(member):
    return list(
        Notification.objects.filter(member=member, thing_model="documents.comment").values_list("kind", flat=True)
    )


def test_a_member_comments_and_others_read_it_at_once(writing, page, lead):
    answer = say(writing, page, "Which **hall**?")
    comment = Comment.objects.get()
    assert answer["Location"] == comment.get_absolute_url()
    reader = Client()
    reader.force_login(lead)
    assert "Which <strong>hall</strong>?" in shown(reader, page)
    assert Event.objects.filter(stream=page.subject, verb="append", target="comments", thing_id=comment.pk).exists()
    assert told(lead) == ["commented"]


def test_the_same_form_sent_twice_says_it_once(writing, page):
    key = str(uuid.uuid4())
    say(writing, page, key=key)
    say(writing, page, key=key)
    assert Comment.objects.count() == 1
    answer = say(writing, page, "Something else", key=key)
    assert answer.status_code == 422 and "Something else" in answer.content.decode()


def test_who_may_not_write_here_keeps_their_words(client, group, page, outsider):
    watcher = make.person("Wat Watcher")
    make.place(group, watcher, Role.OBSERVER)
    client.force_login(watcher)
    assert 'id="comment"' not in shown(client, page)
    answer = say(client, page, "My words")
    assert answer.status_code == 403 and "My words" in answer.content.decode()
    client.force_login(outsider)
    assert say(client, page).status_code == 404
    assert not Comment.objects.exists()


def test_a_passage_is_quoted_and_leads_to_its_words(writing, page):
    say(writing, page, passage="In the hall.\n\nWeek\tAim\n1\tA pulse")
    comment = Comment.objects.get()
    assert comment.stands
    assert "#:~:text=In%20the%20hall." in shown(writing, page)


def test_words_that_do_not_stand_there_are_no_passage(writing, page):
    answer = say(writing, page, "Mind this", passage="In the yard")
    assert answer.status_code == 422
    page_again = answer.content.decode()
    assert "do not stand in the current version" in page_again and "Mind this" in page_again
    assert not Comment.objects.exists()


def test_a_passage_says_when_it_is_about_an_earlier_version_and_when_it_is_back(writing, page, lead):
    say(writing, page, passage="In the hall.")
    page.save_page(lead, 1, PLAN.replace("In **the** hall", "In the gym"))
    assert not Comment.objects.get().stands
    assert "About an earlier version" in shown(writing, page) and "/versions/1/" in shown(writing, page)
    page.save_page(lead, 2, f"Dear all,\n\n{PLAN}")
    assert Comment.objects.get().stands and "About an earlier version" not in shown(writing, page)


def test_a_passage_of_a_file_is_looked_for_once_it_was_read(writing, document, lead):
    say(writing, document, passage="Bring mutes")
    assert Comment.objects.get().stands
    document.add_version(lead, make.stored(lead))
    assert not Comment.objects.get().stands
    make.contents(Document.objects.get(pk=document.pk), "Please bring mutes.")
    assert Comment.objects.get().stands


def test_answers_go_one_deep_and_reach_whoever_asked(writing, page, lead, member):
    say(writing, page)
    comment = Comment.objects.get()
    leading = Client()
    leading.force_login(lead)
    assert "In answer to" in leading.get(f"{page.get_absolute_url()}?answer={comment.pk}").content.decode()
    say(leading, page, "The small one", to=comment.pk)
    given = Comment.objects.get(answered=comment)
    assert told(member) == ["replied"]
    assert Event.objects.filter(target=f"answers-{comment.subject}", thing_id=given.pk).exists()
    assert say(writing, page, "Thank you", to=given.pk).status_code == 422


def test_an_answer_to_what_was_taken_back_meanwhile_comes_back_with_its_words(writing, page, lead):
    comment = Comment.say(page, lead, "Which hall?")
    comment.remove()
    key = str(uuid.uuid4())
    answer = say(writing, page, "The small one", to=comment.pk, key=key)
    shown = answer.content.decode()
    assert answer.status_code == 422 and "The small one" in shown and "is not there any more" in shown
    assert Comment.objects.count() == 1
    assert f'name="to" value="{comment.pk}"' not in shown
    assert say(writing, page, "The small one", to="", key=key).status_code == 302
    assert Comment.objects.get(body="The small one").answered is None


def test_only_its_author_changes_it_takes_it_back_and_puts_it_back(writing, page, lead):
    say(writing, page)
    comment = Comment.objects.get()
    leading = Client()
    leading.force_login(lead)
    for deed in ("edit/", "remove/"):
        assert leading.post(at(page, f"{comment.pk}/{deed}"), {"body": "Mine", "edition": 1}).status_code == 403
    assert writing.post(at(page, f"{comment.pk}/edit/"), {"body": "Which yard?", "edition": 1}).status_code == 302
    assert "Which yard?" in shown(leading, page)
    late = writing.post(at(page, f"{comment.pk}/edit/"), {"body": "Which gym?", "edition": 1})
    assert late.status_code == 422 and "Which yard?" in late.content.decode() and "Which gym?" in late.content.decode()
    writing.post(at(page, f"{comment.pk}/remove/"))
    assert "Which yard?" not in shown(leading, page) and "Removed by its author" in shown(leading, page)
    writing.post(at(page, f"{comment.pk}/remove/"), {"back": "1"})
    assert "Which yard?" in shown(leading, page)


def test_what_is_settled_is_folded_by_its_author_or_a_lead(writing, page, lead, group):
    say(writing, page)
    comment = Comment.objects.get()
    other = make.person("Ottoline Quayle")
    make.place(group, other)
    third, leading = Client(), Client()
    third.force_login(other)
    leading.force_login(lead)
    assert third.post(at(page, f"{comment.pk}/resolve/")).status_code == 403
    assert leading.post(at(page, f"{comment.pk}/resolve/")).status_code == 302
    assert "Settled by" in shown(writing, page)
    assert writing.post(at(page, f"{comment.pk}/resolve/"), {"off": "1"}).status_code == 302
    assert "Settled by" not in shown(writing, page)


def test_reported_and_hidden_its_words_are_gone_everywhere_until_they_are_restored(writing, page, lead, staff, member):
    say(writing, page, "Pupil Pat plays badly", passage="In the hall.")
    comment = Comment.objects.get()
    leading = Client()
    leading.force_login(lead)
    assert leading.get(f"/report/{comment.subject}/").status_code == 200
    comment.report(lead, "personal", "It names a pupil")
    assert "Pupil Pat" in comment.evidence and "In the hall." in comment.evidence
    comment.hide(staff, "It names a pupil")
    assert "Pupil Pat" not in shown(leading, page) and find(lead, "badly").hits == []
    assert writing.post(at(page, f"{comment.pk}/edit/"), {"body": "Again", "edition": 1}).status_code == 403
    Comment.objects.get().restore(staff, "A false alarm")
    assert "Pupil Pat" in shown(leading, page)
    assert [hit.thing for hit in find(lead, "badly").hits] == [comment]


def test_of_a_hidden_or_removed_document_nothing_is_said(writing, page, staff, lead, member):
    say(writing, page)
    comment = Comment.objects.get()
    page.hide(staff, "For now")
    assert "Which hall" not in shown(writing, page)
    assert say(writing, page).status_code == 403
    assert not Comment.objects.visible_to(member).exists() and find(member, "hall").hits == []
    page.refresh_from_db()
    page.restore(staff, "Well")
    assert Comment.objects.visible_to(member).get() == comment and find(member, "hall").hits


def test_whoever_catches_up_reads_nothing_of_what_was_said_of_a_hidden_document(writing, page, lead, staff):
    said = Comment.say(page, lead, "Pupil Pat plays badly", passage="In the hall.")
    Comment.say(page, lead, "And so does Quin", answered=said)
    assert "Pupil Pat" in str(live.since(page.subject, 0))
    page.hide(staff, "It names pupils")
    Comment.objects.get(pk=said.pk).show_again()
    heard = str(live.since(page.subject, 0))
    assert "Pupil" not in heard and "Quin" not in heard and "In the hall" not in heard and "Hidden by staff" in heard
    assert Event.objects.filter(stream=page.subject, verb="refresh", target="comments").exists()
    Document.objects.get(pk=page.pk).restore(staff, "A false alarm")
    assert "Pupil Pat" in str(live.since(page.subject, 0))


def test_search_keeps_nothing_said_of_a_document_that_is_hidden_or_removed(page, lead, staff):
    def kept():
        return Record.objects.filter(thing_model="documents.comment").count()

    Comment.say(page, lead, "Which hall?")
    Comment.say(page, lead, "Never mind").remove()
    page.hide(staff, "For now")
    assert kept() == 0
    page.restore(staff, "Well")
    assert kept() == 1
    page.remove(lead)
    assert kept() == 0
    page.put_back(lead)
    assert kept() == 1


def test_what_is_said_is_found_under_the_title_of_today(page, lead, member):
    Comment.say(page, lead, "Which hall?")
    facts = {name: getattr(page, name) for name in FACTS}
    page.edit(lead, page.edition, **{**facts, "title": "Autumn term"})
    assert Record.objects.get(thing_model="documents.comment").title == "Autumn term"
    assert [hit.record.title for hit in find(member, "hall autumn").hits if hit.record.is_part] == ["Autumn term"]


def test_all_passages_are_put_down_before_anybody_is_told(page, lead):
    for passage in ("One lesson a week.", "In the hall."):
        Comment.say(page, lead, "Is that so?", passage=passage)
    with CaptureQueriesContext(connection) as queries:
        page.save_page(lead, 1, "Nothing is left.")
    asked = [each["sql"] for each in queries]
    rows = [n for n, sql in enumerate(asked) if sql.startswith('UPDATE "documents_comment"')]
    told = [n for n, sql in enumerate(asked) if "community_stream" in sql]
    assert rows and told and max(rows) < min(told)
    assert not Comment.objects.filter(stands=True).exists()
    assert {each["id"] for each in live.since(page.subject, 2) if each["verb"] == "replace"} == {
        each.subject for each in Comment.objects.all()
    }


def test_whom_it_mentions_hears_of_it_and_who_cannot_see_it_does_not(writing, page, lead, outsider, group):
    other = make.person("Ottoline Quayle")
    make.place(group, other)
    answer = say(writing, page, f"@{other.handle} and @{outsider.handle}, look")
    if answer.status_code == 422:
        say(writing, page, f"@{other.handle} and @{outsider.handle}, look", anyway="1")
    assert told(other) == ["mentioned"] and told(outsider) == []


def test_who_wants_nothing_of_it_hears_nothing(writing, page, lead):
    Watch.choose(lead, ("documents.document", page.pk), Watch.Level.NOTHING)
    say(writing, page)
    assert told(lead) == []


def test_a_draft_of_it_comes_back(writing, page, member):
    place = f"comment:documents.document-{page.pk}"
    Draft.keep(member, Typed(place, {"body": "Half a thought"}))
    assert "Half a thought" in shown(writing, page)
    say(writing, page, "A whole one", place=place, sequence=1)
    assert "Half a thought" not in shown(writing, page)


def test_thirty_at_a_time_and_one_can_be_led_to(writing, page, lead):
    made = [Comment.say(page, lead, f"Remark {n}.") for n in range(32)]
    first = writing.get(page.get_absolute_url()).content.decode()
    assert "Remark 0." not in first and "Remark 2." in first and "Remark 31." in first
    early = writing.get(made[1].get_absolute_url()).content.decode()
    assert "Remark 1." in early and "Remark 2." not in early and "Later comments" in early


def test_many_comments_cost_what_few_do(writing, page, lead, member):
    def asked():
        with CaptureQueriesContext(connection) as queries:
            shown(writing, page)
        return len(queries)

    def talk(times):
        for n in range(times):
            Comment.say(page, lead, f"Remark {n}", answered=Comment.say(page, member, "What?"))

    talk(5)
    asked()
    few = asked()
    talk(25)
    assert asked() == few
