"""Each class of things goes after its period and not before; what is held, or can be decided about, stays."""

import datetime as dt
import io
from uuid import uuid4

import pytest
import time_machine
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from community import ledger
from community.mail.models import Letter
from community.members.models import Application, Invitation
from community.models import Entry
from community.moderation import evidence
from community.moderation.models import (
    Act,
    Case,
    DataRequest,
    Decision,
    Hold,
    Measure,
    Note,
    Notice,
    Period,
    Report,
    Ruling,
)
from community.notifications.models import Notification
from community.privacy import retention
from community.privacy.keeping import CLASSES
from community.privacy.tasks import keep_periods
from groups.approval.models import Waiting
from groups.documents.models import Comment, Document
from groups.links.models import Covered
from groups.models import Invite, JoinRequest
from groups.threads.models import Post, PostFile, Thread
from realtime.chat.models import Message, Room
from tests import make
from tests.community.moderation.test_more import COMPLAINT
from tests.community.privacy.test_removing import left

URL = "/figures/retention/"
S = "Zanzibar"


@pytest.fixture
def post(group, lead, member):
    thread = make.thread(group, lead)
    return thread.reply(member.affiliations.get(), f"We lend {S}", files=[PostFile(stored=make.stored(member))])


def later(days):
    return time_machine.travel(timezone.now() + dt.timedelta(days=days, minutes=1), tick=False)


def run(days):
    """All that is due so many days from now goes. How many of each class."""
    with later(days):
        return retention.carry_out()


def message(group, member, lead):
    said = Room.of(group).say(member, S, "key", member.affiliations.get())
    said.remove()
    return lambda: Message.objects.get(pk=said.pk).body == ""


def comment(group, member, lead):
    said = Comment.say(make.page(group, lead, "A page"), member, S)
    said.remove()
    return lambda: Comment.objects.get(pk=said.pk).body == ""


def removed_post(group, member, lead):
    made = make.thread(group, lead).reply(member.affiliations.get(), S)
    made.edit(member, f"{S} again", 1)
    made.remove(member)
    return lambda: Post.objects.get(pk=made.pk).body == "" and not made.revisions.exists()


def taken_back(group, member, lead):
    made = make.thread(group, member, title=S)
    made.withdraw()
    return lambda: S not in Thread.objects.get(pk=made.pk).title and not made.posts.exclude(body="").exists()


def document(group, member, lead):
    made = make.document(group, lead)
    made.remove(lead)
    return lambda: not Document.objects.filter(pk=made.pk).exists()


def declined(group, member, lead):
    facts = {"place": "reply:threads.thread-1", "why": "first", "declined_at": timezone.now(), "reason": "No"}
    Waiting.objects.create(group=group, author=member, **facts)
    return lambda: not Waiting.objects.exists()


def notification(group, member, lead):
    made = Notification.objects.create(member=member, kind="replied", thing_model="threads.post", thing_id=1)
    return lambda: not Notification.objects.filter(pk=made.pk).exists()


def letter(group, member, lead):
    Letter.write("somebody@example.org", "application", {})
    return lambda: not Letter.objects.exists()


def invitation(group, member, lead):
    Invitation.objects.create(email="new@example.org", organisation=make.organisation(), by=lead, token_hash="x")
    return lambda: not Invitation.objects.exists()


def invite(group, member, lead):
    group.invites.create(email="new@example.org", shown_as="new", by=lead, role="member")
    return lambda: not Invite.objects.exists()


def application(group, member, lead):
    Application.objects.create(email="new@example.org", name="New", organisation_name="X", answered_at=timezone.now())
    return lambda: not Application.objects.exists()


def join_request(group, member, lead):
    facts = {"affiliation": member.affiliations.get(), "answered_at": timezone.now()}
    JoinRequest.objects.create(group=group, member=member, note=S, **facts)
    return lambda: not JoinRequest.objects.exists()


def notice(group, member, lead):
    said = {"name": S, "email": "parent@example.org", "address": f"/{S}/"}
    Notice.take("copyright", S, **said).answer_with(lead, f"Done: {S}")
    return lambda: not left(S) and not left("parent@example.org") and Notice.objects.exists()


def data_request(group, member, lead):
    DataRequest.ask(member, "access", S).answer_with(lead, "Done")
    return lambda: DataRequest.objects.get().words == "" and DataRequest.objects.get().answered_at is not None


MADE = {
    "posts": (removed_post, 90),
    "messages": (message, 90),
    "comments": (comment, 90),
    "threads": (taken_back, 90),
    "documents": (document, 90),
    "declined": (declined, 90),
    "notifications": (notification, 365),
    "letters": (letter, 30),
    "invitations": (invitation, 90),
    "invites": (invite, 90),
    "applications": (application, 365),
    "requests": (join_request, 365),
    "notices": (notice, 365),
    "data": (data_request, 3 * 365),
}


@pytest.mark.parametrize("name", MADE)
def test_it_goes_after_its_period_and_not_a_day_before(name, group, member, lead):
    make_one, days = MADE[name]
    is_gone = make_one(group, member, lead)
    run(days - 1)
    assert not is_gone()
    assert run(days)[name] == 1 and is_gone()
    assert name not in run(days), "what went is not due again"


def test_every_class_says_how_long_from_when_and_why(db):
    assert len({each.name for each in CLASSES}) == len(CLASSES)
    for line in retention.due():
        assert line.how_long and str(line.kept.why) and str(line.kept.title)


def test_an_ended_session_leaves_no_address(client, member):
    client.force_login(member)
    key = client.session.session_key
    for each in (key, "0123456789abcdef"):
        UserSession.objects.create(user=member, ip="192.0.2.1", user_agent="A browser", session_key=each)
    assert retention.carry_out()["sessions"] == 1
    assert UserSession.objects.get().session_key == key and Session.objects.filter(pk=key).exists()


def test_what_staff_hid_stays_as_long_as_one_can_appeal(post, staff):
    post.hide(staff, "Against our rules", "2.1")
    run(180)
    assert S in Post.objects.get(pk=post.pk).body
    assert run(184)["posts"] == 1
    gone = Post.objects.get(pk=post.pk)
    assert gone.body == "" and not gone.files.exists()
    assert S in Decision.objects.get().evidence, "that has its own, longer period"


def test_so_do_documents_and_discussions_that_staff_hid(group, member, staff):
    document, thread = make.document(group, member), make.thread(group, member, title=S)
    for each in (document, thread):
        each.hide(staff, "Against our rules", "2.1")
    run(180)
    assert Document.objects.exists() and thread.posts.exclude(body="").exists()
    went = run(184)
    assert (went["documents"], went["threads"]) == (1, 1)
    assert not Document.objects.exists() and not thread.posts.exclude(body="").exists()
    assert S not in Thread.objects.get().title


@pytest.mark.parametrize("by", ["hold", "case", "hold on the whole"])
def test_what_is_held_or_waits_to_be_decided_about_stays(post, member, lead, by):
    if by == "case":
        Post.objects.get(pk=post.pk).report(lead, "rules", "Look")
    else:
        Hold.objects.create(subject=post.subject if by == "hold" else post.thread.subject)
    post.remove(member)
    assert "posts" not in run(400) and S in Post.objects.get(pk=post.pk).body


def test_what_went_for_good_cannot_be_put_back(client, post, member):
    post.remove(member)
    run(90)
    client.force_login(member)
    answer = client.post(f"{post.deeds_url}remove/", {"back": "1"})
    assert answer.status_code in {403, 409} and "deleted for good" in answer.text
    assert Post.objects.get(pk=post.pk).deleted_at


def test_what_was_removed_a_moment_ago_still_can(client, post, member):
    post.remove(member)
    run(89)
    post.put_back(member)
    assert S in Post.objects.get(pk=post.pk).body


def test_the_words_of_a_closed_case_go_and_its_figures_stay(post, lead, staff):
    post.report(lead, "rules", f"Too much {S}")
    Note.add(post.subject, staff, f"About {S}")
    decision = post.leave(staff, f"Nothing wrong with {S}")
    assert "cases" not in run(6 * 365 - 1)
    assert run(6 * 365)["cases"] == 1
    report, decision = Report.objects.get(), Decision.objects.get(pk=decision.pk)
    assert S not in f"{report.words}{report.evidence}{decision.reason}{decision.evidence}{decision.letter}"
    assert report.reporter != lead and not Note.objects.exists()
    assert Case.objects.closed().count() == 1 and decision.reason and decision.by == staff


def test_a_case_by_which_something_stands_against_somebody_keeps_its_words(post, lead, staff):
    post.report(lead, "rules", S)
    post.decide(staff, Ruling(Act.END, "It was too much"))
    assert "cases" not in run(7 * 365)


def test_nor_does_one_by_which_something_is_out_of_sight_and_could_come_back(post, lead, staff):
    Period.objects.create(name="posts", days=10 * 365)
    post.report(lead, "rules", S)
    Post.objects.get(pk=post.pk).hide(staff, f"No {S}", "2.1")
    assert "cases" not in run(7 * 365) and S in Decision.objects.get().reason
    Period.objects.update(days=90)
    assert run(7 * 365)["cases"] == 1 and S not in Decision.objects.get().reason


def test_one_by_which_a_discussion_is_slow_keeps_its_words(post, lead, staff):
    post.report(lead, "rules", S)
    post.decide(staff, Ruling(Act.SLOW, "It was too much"))
    assert "cases" not in run(7 * 365)


def test_what_quoted_the_hidden_keeps_no_word_of_it_once_that_is_gone(group, member, lead, staff):
    """Nor of a message: neither as a text that could come back, nor anywhere else."""
    thread, mine = make.thread(group, lead), member.affiliations.get()
    kept = thread.reply(mine, "A word that stays")
    post = thread.reply(mine, f"We lend {S}\n\nand {S} again")
    said = Room.of(group).say(member, f"Good morning {S}", "key", mine)
    both = f"{kept.as_quotation()}{post.as_quotation()}"
    answer = thread.reply(lead.affiliations.get(), f"{both}So I heard.")
    page = make.page(group, lead, "A page")
    Message.append_to(page, said.room, [said.pk], lead, uuid4())
    for each in (post, said, kept):
        each.report(lead, "rules", "Look")
        type(each).objects.get(pk=each.pk).hide(staff, "Against our rules", "2.1")
    assert S in Covered.objects.get(thing_id=answer.pk, thing_model="threads.post").written
    Period.objects.create(name="cases", days=365)
    Post.objects.get(pk=kept.pk).restore(staff, "It was not")
    run(184)
    run(3 * 365)
    assert not left(S) and not Covered.objects.exists()
    assert "> A word that stays" in Post.objects.get(pk=answer.pk).body


def test_figures_of_reports_from_outside_stay_as_they_are(lead):
    Notice.take("copyright", S).answer_with(lead, "Done")
    year = evidence.Period.year(timezone.localdate().year)
    before = evidence.tables(year), Notice.counted()
    assert run(400)["notices"] == 1
    assert (evidence.tables(year), Notice.counted()) == before and before[1][0]["closed"] == 1


def test_nor_does_who_sent_one_stay_in_what_the_author_was_asked_to_answer(post, staff):
    Notice.take("defamation", "Untrue").open_case(staff, post)
    Notice.objects.update(more=COMPLAINT | {"pass_name": "yes", "pass_email": "yes"})
    post.decide(staff, Ruling("edit", "Please answer", "2.1"))
    Measure.objects.get().end()
    assert "Jo Complainant" in Decision.objects.get().complaint
    went, kept = run(400), Decision.objects.get().complaint
    assert went["notices"] == 1 and "cases" not in went
    assert "We pay by the tenth" in kept and "Jo Complainant" not in kept and "jo@example.org" not in kept


def test_the_command_says_first_and_does_nothing(post, member):
    post.remove(member)
    said = io.StringIO()
    with later(90):
        call_command("retention", stdout=said)
        assert "Removed posts: 1. Kept: 90 days after it was removed or hidden" in said.getvalue()
        assert S in Post.objects.get(pk=post.pk).body and not Entry.objects.filter(act="retention").exists()
        call_command("retention", for_real=True, stdout=said)
    assert "posts: 1 went" in said.getvalue() and Post.objects.get(pk=post.pk).body == ""


def test_each_run_is_in_the_ledger_with_counts_and_no_content(post, member):
    post.remove(member)
    with later(90):
        retention.carry_out()
        keep_periods.func()
    first, second = Entry.objects.filter(act="retention").order_by("number")
    assert first.details["went"]["posts"] == 1 and "posts" not in second.details["went"]
    assert S not in str(first.details) and ledger.first_broken() is None


def test_open_pages_of_others_show_that_it_is_gone(client, post, member, lead):
    post.remove(member)
    run(90)
    client.force_login(lead)
    assert client.get(post.thread.get_absolute_url()).status_code == 200


def test_staff_and_trustees_see_what_would_go_and_what_went_and_nobody_else_does(client, post, member, lead, staff):
    trustee = make.person("trustee-observer")
    call_command("trustee", trustee.handle)
    run(40)
    for person, may_change in ((staff, True), (trustee, False)):
        client.force_login(person)
        page = client.get(URL).text
        assert "Removed posts" in page and "nothing would go now" in page and S not in page
        assert (f"{URL}letters/" in page) is may_change
    assert client.get(f"{URL}letters/").status_code == 404
    client.force_login(lead)
    assert client.get(URL).status_code == 404 and client.post(f"{URL}letters/", {"days": "8"}).status_code == 404


def test_staff_change_a_period_within_what_is_promised(client, staff, member):
    client.force_login(staff)
    assert client.post(f"{URL}letters/", {"days": "6"}).status_code == 422
    assert client.post(f"{URL}posts/", {"days": "89"}).status_code == 422
    assert client.post(f"{URL}drafts/", {"days": "100"}).status_code == 404, "pages of the site tell it"
    assert not Period.objects.exists()
    assert client.post(f"{URL}letters/", {"days": "14"}).status_code == 302
    entry = Entry.objects.get(act="change-retention")
    assert (entry.actor, entry.details) == (staff, {"kept": "letters", "was": 30, "days": 14})
    client.logout()
    assert "14 days after it was written" in client.get("/how-long/").text
    Letter.write(member.email, "application", {})
    assert run(14)["letters"] == 1


def test_everybody_reads_the_periods_from_the_privacy_notice(client, db):
    assert "/how-long/" in client.get("/about/privacy/", follow=True).text
    page = client.get("/how-long/").text
    assert "Removed posts" in page and "90 days after it was removed or hidden" in page


def test_the_page_asks_as_much_for_much_as_for_little(client, staff, group, lead):
    def asked():
        with later(100):
            client.force_login(staff)
            client.get(URL)
            with CaptureQueriesContext(connection) as found:
                assert "would go now" in client.get(URL).text
        return len(found)

    def more():
        Letter.write("somebody@example.org", "application", {})
        make.thread(group, lead).withdraw()
        retention.carry_out()

    more()
    few = asked()
    for _ in range(30):
        more()
    assert asked() == few
