"""Reported, judged in its context, hidden everywhere, explained, restored exactly; every step in the ledger."""

import io

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from community import ledger
from community.models import Entry, Stream
from community.moderation.models import Decision, Hold, Report
from community.notifications.models import Notification
from groups.threads.models import Post, Thread
from tests import make
from tests.community.moderation.deeds import decide, first, page, send_report


def test_a_member_reports_and_gets_a_receipt(client, post, lead):
    sent = send_report(client, lead, post, words="You can work out which child this is.")
    assert sent.status_code == 302
    assert "Staff have your report" in page(client, lead, sent.url).content.decode()
    report = Report.objects.get()
    assert (report.reporter, report.evidence) == (lead, post.evidence)


def test_the_receipt_is_for_the_reporter_alone(client, post, lead, member, outsider):
    url = send_report(client, lead, post).url
    for other in (member, outsider):
        assert page(client, other, url).status_code == 404


def test_an_outsider_cannot_report_what_they_cannot_see(client, post, outsider):
    assert send_report(client, outsider, post).status_code == 404
    assert send_report(client, outsider, type("Thing", (), {"subject": "post-999999"})).status_code == 404
    assert not Report.objects.exists()


def test_one_does_not_report_oneself(client, post, member):
    refused = send_report(client, member, post)
    assert refused.status_code == 403
    assert "your own" in refused.content.decode()


def test_reporting_again_adds_to_the_open_report(client, post, lead):
    send_report(client, lead, post, words="One")
    send_report(client, lead, post, words="Two")
    assert Report.objects.get().words == "One\n\nTwo"


def test_a_report_without_a_kind_keeps_the_words(client, post, lead):
    answer = send_report(client, lead, post, kind="", words="Look at this")
    assert answer.status_code == 422
    assert "Look at this" in answer.content.decode()


@pytest.mark.parametrize("path", ["/desk/", "/desk/ledger/", "/desk/post-1/"])
def test_the_desk_does_not_exist_for_members_and_leads(client, post, lead, member, path):
    for other in (lead, member):
        assert page(client, other, path).status_code == 404


def test_staff_see_the_report_in_its_context_but_not_who_sent_it(client, post, lead, staff):
    send_report(client, lead, post, words="Named a school")
    assert post.evidence[:30] in page(client, staff, reverse("moderation:desk")).content.decode()
    case = page(client, staff, reverse("moderation:case", args=[post.subject])).content.decode()
    assert "Named a school" in case
    assert "What do you give to new tutors?" in case, "the post before it belongs to the context"
    said = case.partition("What the reporters said")[2].partition("Decide")[0]
    assert lead.name not in said


def test_hiding_takes_the_text_from_everyone_and_tells_the_author_why(client, post, lead, member, staff):
    send_report(client, lead, post)
    assert decide(client, staff, post, "hide", rule="3.2").status_code == 302
    for reader in (lead, member):
        shown = page(client, reader, post.thread.get_absolute_url()).content.decode()
        assert "front row" not in shown
        assert "Hidden by staff" in shown and "3.2" not in shown and "could tell who" not in shown
    told = Notification.objects.get(member=member, kind="hide")
    decision = Decision.objects.get(pk=told.thing_id)
    letter = page(client, member, decision.get_absolute_url()).content.decode()
    assert "It could tell who the pupil is." in letter
    assert page(client, lead, decision.get_absolute_url()).status_code == 404
    assert Notification.objects.filter(member=lead, kind="outcome").count() == 1


def test_the_letter_says_where_to_appeal(client, post, member, staff, settings):
    settings.CONTACT = "staff@example.org"
    decide(client, staff, post, "hide", rule="3.2")
    letter = page(client, member, Decision.objects.get().get_absolute_url()).content.decode()
    assert "mailto:staff@example.org" in letter


def test_restoring_brings_it_back_exactly(client, post, lead, staff):
    kept = [field.attname for field in Post._meta.concrete_fields if field.name != "look"]
    before = {name: getattr(post, name) for name in kept}
    shown = page(client, lead, post.thread.get_absolute_url()).content.decode()
    decide(client, staff, post, "hide", rule="3.2")
    decide(client, staff, post, "restore")
    post = Post.objects.get(pk=post.pk)
    assert {name: getattr(post, name) for name in kept} == before
    assert body(page(client, lead, post.thread.get_absolute_url()).content.decode()) == body(shown)


def body(html):
    return html.partition('id="posts"')[2].partition("</ol>")[0]


def test_every_step_is_in_the_ledger_and_the_chain_holds(client, post, lead, staff):
    decide(client, staff, post, "hide", rule="3.2")
    decide(client, staff, post, "restore")
    acts = list(Entry.objects.filter(subject=post.subject).values_list("act", "actor__name"))
    assert acts == [("hide", staff.name), ("restore", staff.name)]
    assert ledger.first_broken() is None
    assert "It could tell" in page(client, staff, reverse("moderation:ledger")).content.decode()


def test_why_colleagues_did_nothing_is_not_in_the_ledger_for_whoever_it_is_about(client, group, lead, staff, colleague):
    make.place(group, staff)
    thing = make.thread(group, staff).posts.get()
    decide(client, colleague, thing, "note", reason="Watch this one.")
    decide(client, colleague, thing, "warn", rule="2.1", reason="It was not kind.")
    text = page(client, staff, reverse("moderation:ledger")).text
    assert "Watch this one." not in text and "It was not kind." in text
    assert Entry.objects.filter(subject=thing.subject, act="note").exists()


@pytest.mark.parametrize(
    ("tamper", "broken", "said"),
    [
        ("alter", 2, "Row 2 is altered."),
        ("remove", 2, "Row 2 is missing."),
        ("reorder", 1, "Row 1 is not the first one: out of order"),
        ("remove-last", 3, "Row 3 is missing."),
    ],
)
def test_the_chain_shows_tampering(staff, tamper, broken, said):
    for number in range(3):
        ledger.record(staff, "look", f"post-{number}", "why")
    rows = Entry.objects.order_by("number")
    if tamper == "alter":
        rows.filter(number=2).update(reason="another reason")
    elif tamper == "reorder":
        for number, place in ((1, 99), (2, 1), (99, 2)):
            rows.filter(number=number).update(number=place)
    else:
        rows.filter(number=2 if tamper == "remove" else 3).delete()
    assert ledger.first_broken() == broken
    with pytest.raises(CommandError, match=said):
        call_command("verify_ledger")


@pytest.mark.parametrize("tamper", ["cut", "seal-anew"])
def test_a_chain_that_was_cut_or_sealed_anew_is_told_by_a_head_that_was_kept_elsewhere(staff, tamper):
    for number in range(3):
        ledger.record(staff, "look", f"post-{number}", "why")
    call_command("verify_ledger", stdout=(out := io.StringIO()))
    head = out.getvalue().split()[-1]
    assert head == f"3:{Entry.objects.get(number=3).hash}"
    call_command("verify_ledger", "--known", head)
    if tamper == "cut":
        Entry.objects.filter(number=3).delete()
        Stream.objects.filter(name="ledger").update(last=2)
    else:
        before = ""
        for row in Entry.objects.order_by("number"):
            row.reason, row.before = "something else", before
            before = row.hash = row.seal()
            row.save()
    call_command("verify_ledger")  # by itself the chain holds
    with pytest.raises(CommandError, match="not with that head"):
        call_command("verify_ledger", "--known", head)


def test_staff_narrow_the_ledger_and_take_it_along(client, post, lead, staff):
    ledger.record(staff, "look", "post-1", "=cmd()")
    ledger.record(lead, "pin", "thread-1")
    address = reverse("moderation:ledger")
    assert "<b>pin</b>" in page(client, staff, address).text
    today = timezone.localdate().isoformat()
    for asked in ({"act": "look"}, {"subject": "post-1"}, {"actor": staff.handle}, {"act": "look", "since": today}):
        text = client.get(address, asked).text
        assert "<b>look</b>" in text and "<b>pin</b>" not in text, asked
    assert "No row is like that" in client.get(address, {"act": "look", "until": "2020-01-01"}).text
    assert client.get(address, {"since": "soon"}).status_code == 422
    taken = b"".join(client.get(address, {"act": "look", "as": "csv"}).streaming_content).decode()
    assert taken.splitlines()[0].startswith("number,at,actor,act,subject")
    assert f"{staff.handle},look,post-1,'=cmd()" in taken and "pin" not in taken
    client.force_login(lead)
    assert client.get(address, {"as": "csv"}).status_code == 404


def test_what_was_said_of_a_thing_before_it_was_sealed_is_told_no_more(client, post, staff):
    ledger.record(staff, "look", post.subject, "The boy in the front row")
    assert "front row" in page(client, staff, reverse("moderation:ledger")).text
    Hold.objects.create(subject=post.subject)
    shown = page(client, staff, reverse("moderation:ledger")).text
    assert "front row" not in shown and post.subject not in shown, "nor which thing it is"


def test_the_whole_ledger_is_taken_along_so_often_and_no_oftener(client, staff, settings):
    settings.LIMITS = {**settings.LIMITS, "take-along": "1/1h"}
    address = reverse("moderation:ledger")
    assert page(client, staff, f"{address}?as=csv").status_code == 200
    assert page(client, staff, f"{address}?as=csv").status_code == 429
    assert page(client, staff, address).status_code == 200


def test_nothing_wrong_closes_the_reports_and_leaves_the_post(client, post, lead, member, staff):
    send_report(client, lead, post)
    assert decide(client, staff, post, "nothing").status_code == 302
    assert not Report.objects.open().exists()
    assert "front row" in page(client, lead, post.thread.get_absolute_url()).content.decode()
    assert not Notification.objects.filter(member=member, kind__in=["hide", "nothing"]).exists()


def test_a_second_decision_on_an_old_page_is_refused_with_a_way_on(client, post, staff):
    decide(client, staff, post, "hide", rule="3.2")
    refused = decide(client, staff, post, "hide", rule="3.2")
    assert refused.status_code == 403
    assert "hidden this already" in refused.content.decode()
    assert Decision.objects.count() == 1


def test_hiding_needs_a_rule_and_a_reason(client, post, staff):
    assert decide(client, staff, post, "hide").status_code == 422
    assert decide(client, staff, post, "hide", rule="3.2", reason="").status_code == 422
    assert decide(client, staff, post, "erase", rule="3.2").status_code == 422
    assert not Decision.objects.exists()


def test_staff_do_not_decide_about_their_own(client, group, staff):
    make.place(group, staff)
    own = Thread(group=group, title="Mine").start(first(staff), "By staff")
    assert decide(client, staff, own, "hide", rule="3.2").status_code == 403


def test_in_a_confidential_group_staff_see_only_what_was_reported_and_the_look_is_logged(client, post, lead, staff):
    group = post.thread.group
    group.is_confidential = True
    group.save()
    assert page(client, staff, reverse("moderation:case", args=[post.subject])).status_code == 404
    send_report(client, lead, post)
    case = page(client, staff, reverse("moderation:case", args=[post.subject])).content.decode()
    assert "front row" in case
    assert "What do you give to new tutors?" not in case
    assert Entry.objects.filter(act="look", subject=post.subject, actor=staff).exists()


def test_too_many_reports_are_held_back_and_keep_their_words(client, post, lead, settings):
    settings.LIMITS = {**settings.LIMITS, "report": "1/1h"}
    send_report(client, lead, post)
    held = send_report(client, lead, post, words="Another thing")
    assert held.status_code == 429
    assert held["Retry-After"]
    assert "Another thing" in held.content.decode()


def test_the_desk_asks_as_much_for_thirty_cases_as_for_three(client, post, lead, staff):
    def queries():
        with CaptureQueriesContext(connection) as captured:
            assert client.get(reverse("moderation:desk")).status_code == 200
        return len(captured)

    def reported(count):
        for _each in range(count):
            post.thread.reply(post.posted_as, "Words").report(lead, "spam", "")

    client.force_login(staff)
    reported(3)
    queries()
    few = queries()
    reported(27)
    queries()
    assert queries() == few <= 26
