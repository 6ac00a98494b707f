"""A legal hold keeps what a claim needs: from erasure, the bin and its time, with reasons, until it is lifted."""

import datetime as dt

import pytest
import time_machine
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from community import ledger
from community.drafts.models import Draft
from community.mail.models import Letter
from community.members.models import Member
from community.models import Entry
from community.moderation import tasks
from community.moderation.models import LegalHold, Notice, Report
from community.policy import Refused
from community.privacy import retention
from groups.approval.models import Waiting
from groups.documents.models import Comment, Document, Proposal
from groups.threads.models import Post
from realtime.chat.models import Message, Room
from tests import make
from tests.community.moderation.deeds import case_page, decide, page
from tests.community.privacy.copies import own_copy

pytestmark = pytest.mark.django_db
WORDS = "A claim was announced by letter"
LIST = "/desk/holds/"


def soon(days=30):
    return timezone.localdate() + dt.timedelta(days=days)


def place(client, who, on, **said):
    client.force_login(who)
    url = f"/desk/people/{on.handle}/hold/" if isinstance(on, Member) else f"/desk/{on.subject}/hold/"
    return client.post(url, {"reason": WORDS, "review_on": soon().isoformat(), **said})


def lift(client, who, hold, **said):
    client.force_login(who)
    return client.post(hold.get_absolute_url(), {"does": "lift", "reason": "The claim is settled", **said})


def erase(client, staff, person, way="remove"):
    client.force_login(staff)
    said = {"reason": "Asked by letter", "handle": person.handle, "way": way}
    return client.post(f"/people/{person.handle}/erase/", said)


def after(days):
    return time_machine.travel(timezone.now() + dt.timedelta(days=days), tick=False)


@pytest.fixture
def post(group, member, lead):
    return make.thread(group, lead).reply(member.affiliations.get(), "We lend ukuleles.")


def test_it_is_placed_on_a_person_listed_and_lifted_each_in_the_ledger(client, staff, member, post):
    assert "Legal hold" in page(client, staff, f"/desk/people/{member.handle}/").text
    assert place(client, staff, member).status_code == 302
    hold = LegalHold.objects.get()
    listed = page(client, staff, LIST).text
    assert WORDS in listed and member.name in listed
    entry = Entry.objects.get(act="legal-hold")
    assert (entry.actor, entry.subject, entry.reason) == (staff, member.subject, WORDS)
    assert lift(client, staff, hold).status_code == 302
    entry = Entry.objects.get(act="lift-legal-hold")
    assert (entry.actor, entry.subject, entry.reason) == (staff, member.subject, "The claim is settled")
    assert "The claim is settled" in page(client, staff, LIST).text and not LegalHold.objects.in_force().exists()


def test_what_it_is_on_is_called_by_its_name_also_in_the_ledger(client, staff, lead, post):
    name = f"post: {post}"
    place(client, staff, post)
    hold = LegalHold.objects.get()
    capital = name.capitalize()[:1] + name[1:]
    assert capital in page(client, staff, f"/desk/{post.subject}/hold/").text
    assert capital in page(client, staff, hold.get_absolute_url()).text and name in page(client, staff, LIST).text
    row = page(client, staff, "/desk/ledger/").text.partition("<b>legal-hold</b>")[2].partition("</li>")[0]
    assert name in row and post.subject in row, "both: one for people, one to look for"
    ledger.record(lead, "collect", post.thread.group.stream)
    told = page(client, staff, "/desk/ledger/").text.partition("<b>collect</b>")[2].partition("</li>")[0]
    assert f"<bdi>{post.thread.group}</bdi>" in told
    lift(client, staff, hold)
    assert name in page(client, staff, LIST).text and post.subject not in page(client, staff, LIST).text


@pytest.mark.parametrize("way", ["keep", "remove"])
@pytest.mark.parametrize("on", ["person", "post", "whole"])
def test_whom_it_concerns_is_not_erased_before_it_is_lifted(client, staff, member, post, on, way):
    place(client, staff, {"person": member, "post": post, "whole": post.thread}[on])
    refused = erase(client, staff, member, way)
    assert refused.status_code == 422 and "still needed" in refused.text and "hold" not in refused.text.split("main")[1]
    assert Member.objects.get(pk=member.pk).is_active and Post.objects.get(pk=post.pk).body
    lift(client, staff, LegalHold.objects.get())
    assert erase(client, staff, member, way).status_code == 302


@pytest.mark.parametrize("on", ["person", "thing"])
def test_what_they_wrote_does_not_go_with_its_time(client, staff, group, member, lead, post, on):
    said = Room.of(group).say(member, "Front row", "k", member.affiliations.get())
    comment = Comment.say(make.page(group, lead, "A page"), member, "Not so")
    document = make.document(group, member)
    post.remove(member)
    for thing in (said, comment):
        thing.remove()
    document.remove(member, "Mine")
    for thing in [member] if on == "person" else [post, said, comment, document]:
        LegalHold.place(thing.subject, staff, WORDS, soon())

    def left():
        texts = [Post.objects.get(pk=post.pk).body, Message.objects.get(pk=said.pk).body]
        return [*texts, Comment.objects.get(pk=comment.pk).body, Document._base_manager.filter(pk=document.pk).exists()]

    with after(400):
        retention.carry_out()
    assert all(left())
    for hold in LegalHold.objects.all():
        hold.lift(staff, "Settled")
    with after(400):
        retention.carry_out()
    assert not any(left())


def test_nor_by_the_rule_of_a_room(client, staff, group, member):
    room = Room.of(group)
    said = room.say(member, "Front row", "k", member.affiliations.get())
    Room.objects.update(keep_days=30)
    place(client, staff, member)
    with after(100):
        retention.carry_out()
        assert Message.objects.filter(pk=said.pk).exists()
        LegalHold.objects.get().lift(staff, "Settled")
        retention.carry_out()
        assert not Message.objects.filter(pk=said.pk).exists()


def test_a_document_with_a_version_by_them_is_not_deleted_for_good(client, staff, group, member, lead):
    document = make.document(group, member)
    document.remove(member, "Mine")
    place(client, staff, member)
    with after(400), pytest.raises(Refused):
        Document.objects.removed().get(pk=document.pk).purge(lead)
    LegalHold.objects.get().lift(staff, "Settled")
    with after(400):
        Document.objects.removed().get(pk=document.pk).purge(lead)
    assert not Document._base_manager.exists()


def test_what_was_said_in_a_case_about_them_stays(client, staff, lead, member, post):
    post.report(lead, "rules", "Too loud")
    post.leave(staff, "Fine")
    place(client, staff, member)
    with after(365 * 7):
        assert "cases" not in retention.carry_out()
        LegalHold.objects.get().lift(staff, "Settled")
        assert retention.carry_out()["cases"] == 1


@pytest.mark.parametrize("on", ["whole", "part"])
def test_what_was_said_in_cases_about_parts_of_what_is_kept_stays(client, staff, lead, post, on):
    post.report(lead, "rules", "Too loud")
    post.leave(staff, "Fine")
    place(client, staff, post.thread if on == "whole" else post)
    with after(365 * 7):
        assert "cases" not in retention.carry_out() and Report.objects.get().words == "Too loud"
        LegalHold.objects.get().lift(staff, "Settled")
        assert retention.carry_out()["cases"] == 1 and Report.objects.get().words == ""


@pytest.mark.parametrize("on", ["person", "whole", "part"])
def test_nor_does_what_was_said_from_outside_about_it(client, staff, member, post, on):
    said = {"kind": "copyright", "words": "Our score", "address": post.get_absolute_url()}
    client.post("/report/without-account/", said)
    notice = Notice.objects.get()
    client.force_login(staff)
    client.post(f"{notice.get_absolute_url()}case/", {"about": post.subject})
    decide(client, staff, post, "nothing")
    place(client, staff, {"person": member, "whole": post.thread, "part": post}[on])
    with after(365 * 7):
        assert "notices" not in retention.carry_out() and Notice.objects.get().words == "Our score"
        LegalHold.objects.get().lift(staff, "Settled")
        assert retention.carry_out()["notices"] == 1 and Notice.objects.get().words == ""


def test_nor_do_their_drafts_and_what_waited_to_be_approved_or_put_into_the_library(client, staff, group, member):
    as_who = member.affiliations.get()
    now = timezone.now()
    Draft.objects.create(member=member, place="reply:threads.thread-1", fields={"body": "Half a thought"}, size=14)
    Waiting.objects.create(group=group, author=member, place="reply:threads.thread-1", why="first", declined_at=now)
    Proposal.objects.create(group=group, member=member, posted_as=as_who, facts={"title": "x"}, answered_at=now)
    place(client, staff, member)
    kinds = (Draft, Waiting, Proposal)
    with after(400):
        retention.carry_out()
        assert all(kind.objects.exists() for kind in kinds)
        LegalHold.objects.get().lift(staff, "Settled")
        retention.carry_out()
        assert not any(kind.objects.exists() for kind in kinds)


def test_whom_it_concerns_finds_nothing_of_it(client, staff, member, post):
    place(client, staff, member)
    client.force_login(member)
    for url in ("/account/standing/", "/account/data/", "/account/data/ask/", "/needs-you/"):
        assert WORDS not in client.get(url).text and "egal hold" not in client.get(url).text
    found = own_copy(client)
    assert not any(WORDS.encode() in found.read(name) or b"legal-hold" in found.read(name) for name in found.namelist())
    assert client.get(LIST).status_code == 404
    assert not Letter.objects.filter(to=member.email).exclude(template="copy_ready").exists()
    client.force_login(staff)
    sent = client.post(f"/people/{member.handle}/data/", {"reason": "They asked"}).getvalue()
    assert WORDS.encode() not in sent and b"legal-hold" not in sent, "what staff hand on says nothing of it either"


def test_nor_do_staff_of_one_about_themselves(client, staff, colleague, group):
    make.place(group, colleague)
    post = make.thread(group, colleague).posts.get()
    place(client, staff, colleague)
    LegalHold.place(post.subject, staff, "Of theirs", soon())
    for url in (LIST, "/desk/ledger/", "/desk/ledger/?as=csv"):
        told = page(client, colleague, url)
        told = (told.getvalue() if told.streaming else told.content).decode()
        assert WORDS not in told and "Of theirs" not in told
        seen = page(client, staff, url)
        assert WORDS in (seen.getvalue() if seen.streaming else seen.content).decode()
    for hold in LegalHold.objects.all():
        assert page(client, colleague, hold.get_absolute_url()).status_code == 404
    assert place(client, colleague, colleague).status_code == 403
    assert place(client, colleague, post).status_code == 403


def test_nor_of_one_on_a_discussion_in_which_they_wrote(client, staff, colleague, group, lead):
    make.place(group, colleague)
    thread = make.thread(group, lead)
    other = make.thread(group, lead, "Another")
    thread.reply(colleague.affiliations.get(), "I wrote here")
    for each in (thread, other):
        LegalHold.place(each.subject, staff, f"{WORDS} {each.title}", soon())
    assert f"{WORDS} {thread.title}" not in (seen := page(client, colleague, LIST).text) and f"{WORDS} Another" in seen
    assert f"{WORDS} {thread.title}" in page(client, staff, LIST).text
    LegalHold.objects.all().delete()
    assert place(client, colleague, thread).status_code == 403
    assert place(client, colleague, other).status_code == 302
    assert LegalHold.objects.get().subject == other.subject


def test_only_staff_place_and_lift(client, staff, lead, member, post):
    assert place(client, lead, member).status_code == 404 and place(client, lead, post).status_code == 404
    place(client, staff, member)
    assert lift(client, lead, LegalHold.objects.get()).status_code == 404
    assert LegalHold.objects.in_force().count() == 1


@pytest.mark.parametrize(
    "wrong", [{"reason": ""}, {"review_on": ""}, {"review_on": "2020-01-01"}, {"review_on": "2400-01-01"}]
)
def test_without_reasons_or_a_day_within_the_year_nothing_is_placed(client, staff, member, wrong):
    refused = place(client, staff, member, **wrong)
    assert refused.status_code == 422 and not LegalHold.objects.exists()
    assert WORDS in refused.text or "reason" in wrong, "what was typed stands there again"


def test_there_is_one_at_a_time(client, staff, member):
    place(client, staff, member)
    assert place(client, staff, member).status_code == 422
    with pytest.raises(IntegrityError), transaction.atomic():
        LegalHold.objects.create(subject=member.subject, reason="x", placed_by=staff, review_on=soon())
    lift(client, staff, LegalHold.objects.get())
    assert lift(client, staff, LegalHold.objects.get()).status_code == 409 or LegalHold.objects.count() == 1
    assert place(client, staff, member).status_code == 302


def test_on_its_day_whoever_placed_it_is_reminded_once_and_keeps_it_longer(client, staff, member):
    place(client, staff, member)
    tasks.keep_time.call()
    assert not Letter.objects.exists()
    with after(31):
        tasks.keep_time.call()
        tasks.keep_time.call()
        letter = Letter.objects.get(template="legal_hold_review")
        assert letter.to == staff.email and LIST in letter.text
        assert WORDS not in letter.text and member.name not in letter.text
        client.force_login(staff)
        assert "to be looked at" in client.get("/desk/").text and "To be looked at since" in client.get(LIST).text
        hold = LegalHold.objects.get()
        kept = {"does": "keep", "reason": "Not settled yet", "review_on": ""}
        assert client.post(hold.get_absolute_url(), kept).status_code == 422
        assert client.post(hold.get_absolute_url(), kept | {"review_on": soon(60).isoformat()}).status_code == 302
        assert Entry.objects.get(act="review-legal-hold").reason == "Not settled yet"
        tasks.keep_time.call()
        assert Letter.objects.count() == 1
    with after(31 + 61):
        tasks.keep_time.call()
        assert Letter.objects.count() == 2


def test_it_changes_nothing_for_anybody_else(client, staff, member, lead, post):
    before = page(client, lead, post.thread.get_absolute_url()).text.count("We lend ukuleles.")
    place(client, staff, post)
    assert page(client, lead, post.thread.get_absolute_url()).text.count("We lend ukuleles.") == before
    assert f"/desk/{post.subject}/hold/" in case_page(client, staff, post).text


def test_the_list_asks_as_much_however_many_there_are(client, staff):
    def ask():
        client.get(LIST)
        with CaptureQueriesContext(connection) as asked:
            client.get(LIST)
        return len(asked)

    client.force_login(staff)
    for _ in range(2):
        LegalHold.place(make.person().subject, staff, WORDS, soon())
    few = ask()
    for _ in range(30):
        LegalHold.place(make.person().subject, staff, WORDS, soon())
    assert ask() == few
