"""The second step of a report: kinds of illegal content, a notice of defamation, an intimate picture."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse
from django.utils import timezone

from community.members.models import Member
from community.models import Entry
from community.moderation.models import Appeal, Decision, IllegalKind, Notice, Report, Ruling
from community.moderation.models.links import address
from community.moderation.models.told import ASKED
from community.moderation.tasks import word_old_complaints
from community.privacy.retention import carry_out
from tests import make
from tests.community.moderation.deeds import case_page, decide, page, send_report

LIST = reverse("moderation:illegal-kinds")
OUTSIDE = reverse("moderation:send-notice")
COMPLAINT = {
    "name": "Jo Complainant",
    "email": "jo@example.org",
    "statement": "That the service pays nobody",
    "where": "The second line",
    "meaning": "That we are cheats",
    "why": "Schools would not work with us",
    "wrong": "We pay by the tenth of each month",
    "unknown": "on",
    "pass_name": "no",
    "pass_email": "no",
}
MISSING = "Missing for a notice under section 5"


@pytest.fixture
def told(client, lead, post):
    """A report by the lead; gives it and where its writer says more."""

    def tell(kind):
        answer = send_report(client, lead, post, kind=kind, words="Something is wrong")
        assert answer.status_code == 302
        return Report.objects.get(), answer.url

    return tell


@pytest.fixture
def fraud(db):
    return IllegalKind.objects.get(name="Fraud and scams")


def test_who_reports_something_illegal_may_say_which_kind_and_the_case_the_receipt_and_the_figures_say_it(
    client, told, lead, staff, post, fraud
):
    report, url = told("illegal")
    asked = page(client, lead, url).text
    assert "We have your report" in asked and "Fraud and scams" in asked and "I do not know" in asked
    assert (
        "Illegal content" in case_page(client, staff, post).text and "Fraud" not in case_page(client, staff, post).text
    )
    client.force_login(lead)
    assert client.post(url, {"illegal": fraud.pk}).url == report.get_absolute_url()
    assert "Illegal content: Fraud and scams" in case_page(client, staff, post).text
    assert "Fraud and scams" in page(client, lead, report.get_absolute_url()).text
    assert "Fraud and scams" in page(client, staff, "/figures/").text
    assert "Fraud and scams: 1" in page(client, staff, "/figures/duties/").text
    assert not Entry.objects.filter(details__icontains="fraud").exists()


def test_the_step_can_be_left_out_and_other_kinds_have_none(client, told, lead, staff):
    report, url = told("illegal")
    client.force_login(lead)
    assert client.post(url, {"illegal": ""}).url == report.get_absolute_url()
    assert report.illegal is None and "Not said" in page(client, staff, "/figures/").text


def test_a_kind_without_a_second_step_leads_to_the_receipt(client, told, lead):
    report, url = told("spam")
    assert url == report.get_absolute_url()
    assert page(client, lead, reverse("moderation:more", args=[report.pk])).url == url


def test_nobody_else_reaches_the_second_step_of_a_report(client, told, member, staff, outsider):
    _report, url = told("illegal")
    for who in (member, staff, outsider):
        assert page(client, who, url).status_code == 404
        assert client.post(url, {"illegal": ""}).status_code == 404


def test_an_invented_kind_is_refused(client, told, lead):
    report, url = told("illegal")
    client.force_login(lead)
    for said in ("999999", "x", "-1"):
        assert client.post(url, {"illegal": said}).status_code == 422
    report.refresh_from_db()
    assert report.illegal is None


def test_staff_add_rename_order_and_retire_kinds_and_take_off_none_that_was_chosen(client, told, lead, staff, fraud):
    report, url = told("illegal")
    client.force_login(lead)
    client.post(url, {"illegal": fraud.pk})
    client.force_login(staff)
    assert client.post(LIST, {"name": "Fraud and scams", "place": "1"}).status_code == 422
    assert client.post(LIST, {"name": "Piracy at sea", "place": "1"}).status_code == 302
    added = IllegalKind.objects.get(name="Piracy at sea")
    first = re.search(r'class="title"[^>]*><bdi>([^<]+)', client.get(LIST).text)
    assert first and first[1] == "Piracy at sea"
    refused = client.post(fraud.get_absolute_url(), {"remove": "1"})
    assert refused.status_code == 403 and IllegalKind.objects.filter(pk=fraud.pk).exists()
    assert "so it stays" in client.get(fraud.get_absolute_url()).text
    said = {"name": "Fraud", "place": "5", "is_retired": "on"}
    assert client.post(fraud.get_absolute_url(), said).status_code == 302
    assert client.post(added.get_absolute_url(), {"remove": "1"}).status_code == 302
    acts = set(Entry.objects.filter(act__endswith="illegal-kind").values_list("act", flat=True))
    assert acts == {"add-illegal-kind", "change-illegal-kind", "remove-illegal-kind"}
    shown = page(client, lead, url).text
    assert "Fraud" in shown, "whoever chose it finds it still"
    report.illegal = None
    report.save()
    assert "Fraud" not in page(client, lead, url).text and "Weapons" in page(client, lead, url).text
    assert page(client, lead, LIST).status_code == 404


def test_a_complaint_that_is_not_whole_is_kept_and_says_at_once_what_is_missing(client, told, lead, staff, post):
    report, url = told("defamation")
    asked = page(client, lead, url).text
    assert lead.name in asked and MISSING not in asked
    client.force_login(lead)
    assert client.post(url, {**COMPLAINT, "meaning": "", "unknown": ""}).url == url
    told_back = client.get(url).text
    assert MISSING in told_back and "pays nobody" in told_back
    named = re.findall(r"<li>([^<]+)</li>", told_back[told_back.index(MISSING) :])
    assert named == [
        "What you take them to mean",
        "I do not know enough about the author to bring proceedings against them.",
    ]
    assert MISSING in client.get(report.get_absolute_url()).text
    assert MISSING in case_page(client, staff, post).text
    client.force_login(lead)
    assert client.post(url, COMPLAINT).url == report.get_absolute_url()
    assert MISSING not in client.get(report.get_absolute_url()).text
    assert "We pay by the tenth" in case_page(client, staff, post).text


@pytest.mark.parametrize("wrong", [{"email": "nobody"}, {"pass_name": "perhaps"}, {"statement": "x" * 2001}])
def test_what_makes_no_sense_is_handed_back_with_all_that_was_typed(client, told, lead, wrong):
    report, url = told("defamation")
    client.force_login(lead)
    answer = client.post(url, COMPLAINT | wrong)
    assert answer.status_code == 422 and "We pay by the tenth" in answer.text
    report.refresh_from_db()
    assert report.more == {}


@pytest.mark.parametrize(
    ("may", "named"),
    [
        ({}, []),
        ({"pass_name": "yes"}, ["Jo Complainant"]),
        ({"pass_name": "yes", "pass_email": "yes"}, ["Jo Complainant", "jo@example.org"]),
    ],
)
def test_the_author_reads_the_complaint_and_who_complains_only_if_they_agreed(
    client, told, lead, member, staff, post, may, named
):
    _report, url = told("defamation")
    client.force_login(lead)
    client.post(url, COMPLAINT | may)
    asked = page(client, staff, f"{reverse('moderation:decide', args=[post.subject])}?act=edit&rule=2.2")
    decide(client, staff, post, "edit", rule="2.2", complaint=asked.context["form"]["complaint"].value())
    decision = Decision.objects.get()
    client.logout()
    for text in (page(client, member, decision.get_absolute_url()).text, client.get(address(decision, member)).text):
        assert "We pay by the tenth" in text and "Something is wrong" not in text
        assert [each for each in ("Jo Complainant", "jo@example.org", lead.name) if each in text] == named


@pytest.mark.parametrize(
    ("act", "said"), [("hide", COMPLAINT), ("warn", COMPLAINT), ("edit", {**COMPLAINT, "why": ""})]
)
def test_of_another_decision_or_half_a_complaint_the_author_reads_none_of_it(
    client, told, lead, member, staff, post, act, said
):
    _report, url = told("defamation")
    client.force_login(lead)
    client.post(url, said)
    decide(client, staff, post, act, rule="2.2")
    text = page(client, member, Decision.objects.get().get_absolute_url()).text
    assert "tenth" not in text and "Jo Complainant" not in text


def test_staff_read_what_the_author_will_read_before_they_ask_them_to_answer(client, told, lead, staff, post):
    _report, url = told("defamation")
    client.force_login(lead)
    client.post(url, COMPLAINT)
    step = reverse("moderation:decide", args=[post.subject])
    asked = page(client, staff, f"{step}?act=edit&rule=2.2").text
    assert "as it goes to the author" in asked and "We pay by the tenth" in asked
    assert "Jo Complainant" not in asked and "jo@example.org" not in asked
    other = page(client, staff, f"{step}?act=hide&rule=2.2").text
    assert "as it goes to the author" not in other and "We pay by the tenth" not in other


def test_staff_change_the_words_that_go_to_the_author_and_the_complaint_stays_with_the_case(
    client, told, lead, member, staff, post
):
    report, url = told("defamation")
    client.force_login(lead)
    client.post(url, COMPLAINT)
    decide(client, staff, post, "edit", rule="2.2", complaint="It says that wages come late.")
    decision = Decision.objects.get()
    for text in (page(client, member, decision.get_absolute_url()).text, client.get(address(decision, member)).text):
        assert "It says that wages come late." in text and "We pay by the tenth" not in text
    report.refresh_from_db()
    assert report.more["wrong"] == COMPLAINT["wrong"]
    assert "We pay by the tenth" in case_page(client, staff, post).text


def test_who_complains_is_left_out_of_their_own_words_too_and_not_put_back(client, told, lead, member, staff, post):
    _report, url = told("defamation")
    client.force_login(lead)
    client.post(url, COMPLAINT | {"why": f"I, jo complainant ({lead.name}), teach there; write to Jo@example.org"})
    asked = page(client, staff, f"{reverse('moderation:decide', args=[post.subject])}?act=edit&rule=2.2").text
    assert "complainant" not in asked and "@example.org" not in asked and lead.name not in asked
    assert "I, […] ([…]), teach there; write to […]" in asked
    for words in ("Jo Complainant says so", "See JO@EXAMPLE.ORG", f"{lead.name} says so"):
        answer = decide(client, staff, post, "edit", rule="2.2", complaint=words)
        assert answer.status_code == 422 and "has not agreed" in answer.text
    assert not Decision.objects.exists()
    assert decide(client, staff, post, "edit", rule="2.2", complaint="Joanna says so").status_code == 302


def test_a_name_is_left_out_however_it_is_spaced_and_one_that_is_a_word_leaves_the_word(
    client, told, lead, staff, post
):
    Member.objects.filter(pk=lead.pk).update(name="Will")
    _report, url = told("defamation")
    client.force_login(lead)
    said = "Schools will leave. I, Jo\nComplainant, or Jo\u00a0 Complainant, or Will"
    client.post(url, COMPLAINT | {"why": said})
    complaint = post.open_case.complaint
    assert "Schools will leave. I, […], or […], or […]" in complaint
    for words in ("Will says so", "Jo\nComplainant says so"):
        assert decide(client, staff, post, "edit", rule="2.2", complaint=words).status_code == 422
    assert decide(client, staff, post, "edit", rule="2.2", complaint=complaint).status_code == 302


def test_what_many_complain_of_at_length_goes_to_the_author_as_the_form_had_it(client, staff, post, group):
    long = dict.fromkeys(("statement", "meaning", "why", "wrong"), "word " * 198)
    for number in range(6):
        teller = make.person(f"teller-{number}")
        make.place(group, teller)
        more = send_report(client, teller, post, kind="defamation", words="Untrue").url
        assert client.post(more, COMPLAINT | long).status_code == 302
    asked = page(client, staff, f"{reverse('moderation:decide', args=[post.subject])}?act=edit&rule=2.2")
    words = asked.context["form"]["complaint"].value()
    assert len(words) > 20_000
    assert decide(client, staff, post, "edit", rule="2.2", complaint=words).status_code == 302
    assert Decision.objects.get().complaint == words


def test_what_authors_were_sent_before_it_was_kept_is_put_down_once(client, told, lead, staff, post):
    _report, url = told("defamation")
    client.force_login(lead)
    client.post(url, COMPLAINT)
    post.decide(staff, Ruling("edit", "Please answer", "2.2"))
    kept = Decision.objects.get().complaint
    assert "We pay by the tenth" in kept and "Jo Complainant" not in kept
    Decision.objects.update(complaint="")
    word_old_complaints.call()
    assert Decision.objects.get().complaint == kept


def test_what_was_said_stays_when_the_same_person_reports_it_for_something_else_too(
    client, told, lead, staff, post, fraud
):
    report, url = told("defamation")
    client.force_login(lead)
    client.post(url, COMPLAINT)
    send_report(client, lead, post, kind="illegal", words="Also fraud")
    report.refresh_from_db()
    assert report.kind == "illegal"
    assert client.post(url, {"illegal": fraud.pk}).url == report.get_absolute_url()
    shown = case_page(client, staff, post).text
    assert "We pay by the tenth" in shown and "Fraud and scams" in shown
    Report.objects.update(kind="intimate")
    client.force_login(lead)
    client.post(url, {"who": "self", "consent": "on", "faith": "on"})
    client.post(url, {"who": "for", "consent": "on"})
    report.refresh_from_db()
    assert report.illegal == fraud and report.more["wrong"] == COMPLAINT["wrong"]
    assert report.more["who"] == "for" and "faith" not in report.more, "what is asked now says what was sent last"


def test_a_step_that_comes_too_fast_gives_back_all_that_was_typed(client, told, lead):
    _report, url = told("defamation")
    client.force_login(lead)
    for _time in range(200):
        answer = client.post(url, COMPLAINT)
        if answer.status_code == 429:
            break
    assert answer.status_code == 429
    long = {name for name, asked in ASKED["defamation"].items() if asked.most} - {"email"}
    assert all(COMPLAINT[name] in answer.text for name in long)


def test_once_it_is_decided_nothing_is_added(client, told, lead, staff, post):
    report, url = told("defamation")
    decide(client, staff, post, "nothing")
    client.force_login(lead)
    assert client.post(url, COMPLAINT).url == report.get_absolute_url()
    report.refresh_from_db()
    assert report.more == {}


def test_whoever_has_no_account_says_it_by_the_secret_link(client, staff):
    said = {"kind": "defamation", "words": "Untrue", "name": "Jo", "email": "jo@example.org", "address": "/posts/1"}
    url = client.post(OUTSIDE, said).url
    notice = Notice.objects.get()
    assert "/posts/1" in client.get(url).text
    assert client.post(url, {**COMPLAINT, "wrong": ""}).url == url
    assert MISSING in client.get(url).text and MISSING in client.get(notice.status_url).text
    assert client.post(url, COMPLAINT).url == notice.status_url
    assert "Jo Complainant" not in client.get(notice.status_url).text
    assert "We pay by the tenth" in page(client, staff, notice.get_absolute_url()).text
    assert client.get("/report/received/nonsense/more/").status_code == 404
    notice.answer_with(staff, "Thank you")
    client.logout()
    assert client.post(url, {}).url == notice.status_url


def test_who_reports_an_intimate_picture_declares_who_is_shown_and_that_nobody_agreed(client, told, lead, staff, post):
    report, url = told("intimate")
    asked = page(client, lead, url).text
    assert "within 48 hours" in asked and "has not agreed" in asked
    assert client.post(url, {"who": "self"}).url == url
    assert "Not said yet" in case_page(client, staff, post).text
    client.force_login(lead)
    assert client.post(url, {"who": "for", "consent": "on", "faith": "on"}).url == report.get_absolute_url()
    shown = case_page(client, staff, post).text
    assert "Somebody for whom I act" in shown and "Not said yet" not in shown
    assert (report.due_at - report.at).total_seconds() == 48 * 3600


def test_what_was_said_goes_with_the_words_of_the_case_and_the_kind_stays_for_the_figures(
    client, told, lead, staff, post, fraud, time_machine
):
    report, url = told("defamation")
    client.force_login(lead)
    client.post(url, COMPLAINT)
    Report.objects.update(illegal=fraud)
    decide(client, staff, post, "nothing")
    assert not Appeal.objects.exists()
    time_machine.move_to(timezone.now() + timezone.timedelta(days=7 * 365))
    carry_out()
    report.refresh_from_db()
    assert report.more == {} and report.illegal == fraud
    assert page(client, staff, f"/figures/?year={report.at.year}").status_code == 200


def test_what_is_typed_is_not_called_missing_where_another_field_is_wrong(client, told):
    _report, more = told("defamation")
    wrong = client.post(more, COMPLAINT | {"email": "nobody"})
    assert wrong.status_code == 422
    assert MISSING not in wrong.text
    assert MISSING in client.post(more, COMPLAINT | {"meaning": ""}, follow=True).text


def test_saving_without_a_word_says_what_could_be_said(client, told):
    report, more = told("intimate")
    empty = client.post(more, {})
    assert empty.status_code == 422
    assert "Not said yet:" in empty.text and "Who is shown?" in empty.text
    assert not Entry.objects.filter(act="report-details").exists()
    assert client.post(more, {"who": "self", "consent": "on", "faith": "on"}).url == report.get_absolute_url()
    assert client.post(more, {}).url == more, "what was said is taken back"
    report.refresh_from_db()
    assert report.more == {}
