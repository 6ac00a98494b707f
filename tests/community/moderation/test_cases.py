"""Reports about one thing are one case, which one of staff works on at a time."""

import re
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, connections
from django.db.migrations.executor import MigrationExecutor
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from community.models import Entry, Stream
from community.moderation.models import DESK, Appeal, Case, Note, Report
from groups.threads.models import Post, PostFile, Thread
from tests import make
from tests.community.moderation.deeds import case_page, claim, decide, first, page, send_report


def test_reports_about_one_thing_are_one_case_due_when_the_first_of_them_is(client, post, lead, outsider, staff):
    make.place(post.thread.group, outsider)
    send_report(client, lead, post, kind="personal")
    send_report(client, outsider, post, kind="intimate")
    case = Case.objects.get()
    assert (case.kind, case.due_at) == ("intimate", Report.objects.get(kind="intimate").due_at)
    desk = page(client, staff, reverse("moderation:desk")).text
    assert f"Case {case.pk}" in desk and "2 reports" in desk and desk.count("case-row") == 1


def test_what_is_reported_after_the_decision_is_a_new_case(client, post, lead, staff):
    send_report(client, lead, post)
    decide(client, staff, post, "nothing")
    send_report(client, lead, post)
    assert [case.is_open for case in Case.objects.order_by("pk")] == [False, True]


@pytest.mark.django_db(transaction=True)
def test_many_who_report_at_once_make_one_case(group):
    author, people = make.person("author"), [make.person() for _each in range(40)]
    for person in (author, *people):
        make.place(group, person)
    post = Thread(group=group, title="Much reported").start(first(author), "Look at this")

    def tell(person):
        try:
            return Post.objects.get(pk=post.pk).report(person, "spam", "")
        finally:
            connections.close_all()

    with ThreadPoolExecutor(8) as at_once:
        told = list(at_once.map(tell, people))
    case = Case.objects.get()
    assert len(told) == case.reports.count() == Entry.objects.filter(act="report").count() == len(people)


def test_a_case_is_claimed_and_given_back(client, post, lead, staff):
    send_report(client, lead, post)
    assert "Nobody works on this yet" in case_page(client, staff, post).text
    assert claim(client, staff, post).status_code == 302
    assert "You work on this" in case_page(client, staff, post).text
    assert "Claimed by you" in page(client, staff, reverse("moderation:desk")).text
    claim(client, staff, post, release="1")
    assert Case.objects.get().claimed_by is None
    assert list(Entry.objects.filter(actor=staff).values_list("act", flat=True)) == ["claim", "release"]


def test_a_colleague_takes_it_over_only_saying_from_whom(client, post, lead, staff, colleague):
    send_report(client, lead, post)
    claim(client, staff, post)
    refused = claim(client, colleague, post)
    assert refused.status_code == 403 and f"{staff.name} has just taken this case" in refused.text
    shown = case_page(client, colleague, post).text
    assert f"Take it over from {staff.name}" in shown
    assert claim(client, colleague, post, instead_of=staff.pk).status_code == 302
    assert Case.objects.get().claimed_by == colleague
    claim(client, staff, post, release="1")
    assert Case.objects.get().claimed_by == colleague, "it is no longer theirs to give back"


def test_claiming_shows_on_every_open_desk(client, post, lead, staff):
    send_report(client, lead, post)
    before = Stream.objects.get(name=DESK).last
    claim(client, staff, post)
    assert Stream.objects.get(name=DESK).last == before + 1


def test_a_case_that_was_decided_meanwhile_cannot_be_claimed(client, post, lead, staff, colleague):
    send_report(client, lead, post)
    decide(client, staff, post, "nothing")
    assert claim(client, colleague, post).status_code == 404


def test_members_and_leads_claim_and_note_nothing(client, post, lead, member):
    send_report(client, lead, post)
    for other in (lead, member):
        assert claim(client, other, post).status_code == 404
        assert client.post(reverse("moderation:note", args=[post.subject]), {"words": "x"}).status_code == 404
        assert client.post(reverse("moderation:person", args=[member.handle]), {"words": "x"}).status_code == 404
    assert not Note.objects.exists() and Case.objects.get().claimed_by is None


def test_nobody_works_on_a_case_of_their_own(client, group, lead, staff, colleague):
    make.place(group, staff)
    own = Thread(group=group, title="Mine").start(first(staff), "By staff")
    send_report(client, lead, own)
    assert claim(client, staff, own).status_code == 403
    assert client.post(reverse("moderation:person", args=[staff.handle]), {"words": "Good"}).status_code == 403
    assert claim(client, colleague, own).status_code == 302


def test_nobody_reads_what_is_said_of_their_own(client, group, lead, staff, colleague):
    make.place(group, staff)
    own = Thread(group=group, title="Mine").start(first(staff), "By staff")
    receipt = send_report(client, lead, own, words="Too loud for me").url
    Note.add(own.subject, colleague, "Once more, and we talk")
    Note.add(staff.subject, colleague, "Always like this")
    appeal = Appeal.lodge(own.leave(colleague, "No case for now"), lead, "It is still loud")
    hearing = reverse("moderation:hear", args=[appeal.pk])
    person = reverse("moderation:person", args=[staff.handle])
    refused = case_page(client, staff, own)
    assert refused.status_code == 403 and "You wrote this yourself" in refused.text
    assert "Too loud for me" in case_page(client, colleague, own).text
    assert page(client, staff, hearing).status_code == 403
    mine = page(client, staff, person).text
    assert "Always like this" not in mine and "No case for now" not in mine and "for them alone" in mine
    theirs = page(client, colleague, person).text
    assert "Always like this" in theirs and "No case for now" in theirs
    assert page(client, staff, receipt).status_code == 404 and page(client, lead, receipt).status_code == 200


def test_notes_are_for_staff_and_not_in_the_ledger(client, post, staff, lead):
    client.force_login(staff)
    told = {"words": "Rang her line manager"}
    assert client.post(reverse("moderation:note", args=[post.subject]), told).status_code == 302
    assert client.post(reverse("moderation:note", args=[post.subject]), {"words": ""}).status_code == 422
    assert told["words"] in case_page(client, staff, post).text
    assert told["words"] not in str(list(Entry.objects.values()))
    assert told["words"] not in page(client, lead, post.thread.get_absolute_url()).text


def test_staff_see_what_was_decided_before_about_the_author_and_what_the_reporter_said_before(
    client, post, lead, member, staff
):
    earlier = post.thread.reply(first(member), "An advert")
    send_report(client, lead, earlier)
    decide(client, staff, earlier, "hide", rule="2.3")
    send_report(client, lead, post)
    shown = case_page(client, staff, post).text
    assert "Hidden: 1" in shown
    assert "1 report before this, 1 acted on" in shown and f"/desk/{earlier.subject}/" in shown
    assert f">{earlier.subject}<" not in shown and f"<bdi>post: {earlier}</bdi>" in shown, "in words"
    assert lead.name not in shown.partition("What the reporters said")[2].partition("Decide")[0]
    person = reverse("moderation:person", args=[member.handle])
    decided = page(client, staff, person).text
    assert f"/desk/{earlier.subject}/" in decided and f"Hidden: <bdi>post: {earlier}</bdi>" in decided
    client.post(person, {"words": "Second time"})
    assert "Second time" in page(client, staff, person).text
    assert page(client, lead, person).status_code == 404


def test_its_neighbours_stand_beside_it_and_what_is_further_away_is_folded(client, post, lead, staff):
    said = [post.thread.reply(first(lead), f"Number {n}") for n in range(7)]
    case = case_page(client, staff, said[3]).text.partition('id="where"')[2].partition("</section>")[0]
    open_, folded = (
        re.sub(r"(?s)<details.*?</details>", "", case),
        "".join(re.findall(r"(?s)<details.*?</details>", case)),
    )
    assert re.findall(r"Number \d", open_) == ["Number 2", "Number 3", "Number 4"]
    assert re.findall(r"Number \d", folded) == ["Number 0", "Number 1", "Number 5", "Number 6"]


def test_it_stands_beside_what_it_was_when_reported(client, post, lead, member, staff):
    send_report(client, lead, post)
    post.edit(member, "A boy told me", post.edition)
    shown = case_page(client, staff, post).text
    assert "As it was when reported" in shown
    assert "in the front row at Ashgrove Lane</del>" in shown and "<ins>A</ins>" in shown


def test_a_case_of_a_hundred_reports_asks_as_much_as_one_of_three(client, post, staff):
    def queries():
        with CaptureQueriesContext(connection) as captured:
            assert client.get(reverse("moderation:case", args=[post.subject])).status_code == 200
        return len(captured)

    client.force_login(staff)
    for _each in range(3):
        post.report(make.person(), "spam", "")
    queries()
    few = queries()
    for _each in range(100):
        post.report(make.person(), "spam", "")
    assert queries() == few
    assert "These are the latest 50 of 103" in client.get(reverse("moderation:case", args=[post.subject])).text


def test_a_long_desk_goes_on_on_the_next_page(client, post, lead, staff):
    for number in range(52):
        post.thread.reply(post.posted_as, f"Words {number}.").report(lead, "spam", "")
    client.force_login(staff)
    whole = client.get(reverse("moderation:desk"))
    assert whole.text.count("case-row") == 50 and "That is everything" not in whole.text
    rest = client.get(reverse("moderation:desk"), {"after": whole.context["rows"][-1].case.pk}).text
    assert rest.count("case-row") == 2 and "That is everything" in rest


@pytest.mark.django_db(transaction=True)
def test_reports_from_before_there_were_cases_are_gathered():
    people = [make.person().pk for _each in range(3)]
    now = timezone.now()
    try:
        old = _at("0002_clocks")
        told = {"kind": "rules", "evidence": "", "at": now, "due_at": now}
        why = {"act": "hide", "reason": "Why", "by_id": people[0], "author_id": people[1]}
        hidden = old.get_model("moderation.Decision").objects.create(subject="post-1", **why)
        old.get_model("moderation.Decision").objects.create(subject="post-3", **why)
        reports = old.get_model("moderation.Report").objects
        reports.create(subject="post-1", reporter_id=people[0], decision=hidden, **told)
        for reporter in people[:2]:
            reports.create(subject="post-1", reporter_id=reporter, **told)
        reports.create(subject="post-2", reporter_id=people[2], **{**told, "kind": "spam"})
    finally:
        _at(None)
    found = [(case.subject, case.is_open, case.kind, case.reports.count()) for case in Case.objects.order_by("pk")]
    assert sorted(found) == [
        ("post-1", False, "rules", 1),
        ("post-1", True, "rules", 2),
        ("post-2", True, "spam", 1),
        ("post-3", False, "other", 0),
    ]


def _at(name):
    """The database after that migration of the room (None: the last of all), and its models as they were then."""
    executor = MigrationExecutor(connection)
    targets = [("moderation", name)] if name else executor.loader.graph.leaf_nodes()
    return executor.migrate(targets).apps


def test_a_hidden_picture_is_seen_by_whoever_decides_and_each_look_is_kept(
    client, group, member, lead, staff, colleague
):
    kept = PostFile(stored=make.stored(member))
    post = Thread(group=group, title="Look").start(member.affiliations.get(), "This", files=[kept])
    post.report(lead, "rules", "Look at the picture")
    post.hide(staff, "A child can be recognised", "5.1")
    client.force_login(colleague)
    address = reverse("moderation:file", args=[post.subject, kept.pk])
    assert address in client.get(reverse("moderation:case", args=[post.subject])).content.decode()
    answer = client.get(address)
    assert answer.status_code == 200
    assert b"".join(answer.streaming_content) == kept.stored.blob.read()
    look = Entry.objects.get(act="look")
    assert (look.subject, look.details["file"]) == (post.subject, kept.stored.sha256)
    assert client.get(reverse("moderation:file", args=[post.subject, kept.pk + 1])).status_code == 404
    for who in (member, lead):
        client.force_login(who)
        assert client.get(address).status_code == 404


def test_whoever_wrote_it_does_not_open_its_files_at_the_desk(client, group, staff):
    make.place(group, staff)
    kept = PostFile(stored=make.stored(staff))
    post = Thread(group=group, title="Look").start(staff.affiliations.get(), "This", files=[kept])
    client.force_login(staff)
    assert client.get(reverse("moderation:file", args=[post.subject, kept.pk])).status_code == 403


def test_what_is_sealed_has_no_files_at_the_desk(client, group, member, lead, staff):
    kept = PostFile(stored=make.stored(member))
    post = Thread(group=group, title="Look").start(member.affiliations.get(), "This", files=[kept])
    post.report(lead, "rules", "Look at the picture")
    post.withhold()
    client.force_login(staff)
    assert client.get(reverse("moderation:file", args=[post.subject, kept.pk])).status_code == 404


def test_what_a_reporter_said_before_of_a_place_that_staff_do_not_see_is_named_by_its_kind_alone(
    client, post, staff, lead
):
    quiet = make.group("Quiet", visibility="hidden", is_confidential=True)
    make.place(quiet, lead)
    writer = make.person("quiet-writer")
    make.place(quiet, writer)
    secret = Thread(group=quiet, title="Who is ill").start(first(writer), "Mine")
    secret.report(lead, "rules", "")
    gone = Thread(group=quiet, title="Once").start(first(writer), "Gone for good")
    gone.report(lead, "rules", "")
    type(gone).objects.filter(pk=gone.pk).delete()
    send_report(client, lead, post)
    shown = case_page(client, staff, post).text
    assert f'<a href="/desk/{secret.subject}/"><bdi>post</bdi></a>' in shown and "Who is ill" not in shown
    assert f"/desk/{gone.subject}/" not in shown, "a way that leads nowhere"
