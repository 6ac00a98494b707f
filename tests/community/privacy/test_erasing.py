"""Erasing a person: what is theirs goes, what the groups need stays without their name, evidence stays whole."""

import datetime as dt
import io
import re
import zipfile

import pytest
from django.utils import timezone
from django.utils.formats import date_format

from community import mail
from community.drafts.models import Draft
from community.drafts.typed import Typed
from community.mail.models import Letter
from community.members.models import Member
from community.models import Entry
from community.moderation.models import Appeal, Case, Decision, LegalHold, Profile
from groups.approval.models import Passed
from groups.threads.models import Post
from realtime.chat.models import Room
from tests import make
from tests.community.moderation.deeds import decide, page, send_report
from tests.community.moderation.test_more import COMPLAINT


@pytest.fixture
def post(group, member, lead):
    return make.thread(group, lead).reply(member.affiliations.get(), "We lend ukuleles.")


@pytest.fixture
def erase(client, staff):
    """Staff erase somebody; gives the answer."""

    def erase(person, by=staff, **sent):
        client.force_login(by)
        said = {"reason": "Asked by letter", "handle": person.handle, "way": "keep", **sent}
        return client.post(f"/people/{person.handle}/erase/", said)

    return erase


def test_name_address_and_ways_in_are_gone_for_good(client, erase, member, post):
    before = (member.name, member.handle, member.email)
    client.force_login(member)
    assert erase(member).status_code == 302
    now = Member.objects.get(pk=member.pk)
    assert not now.is_active and not now.has_usable_password()
    assert all(said not in f"{now.name} {now.handle} {now.email} {now.bio} {now.title}" for said in before)
    assert Member.objects.at(before[2]) is None
    client.logout()
    assert client.get("/account/data/").status_code == 302


def test_what_they_wrote_stays_without_their_name(client, erase, member, lead, post, group):
    Room.of(group).say(member, "Good morning", "k", member.affiliations.get())
    erase(member)
    client.force_login(lead)
    page = client.get(post.thread.get_absolute_url()).text
    assert "We lend ukuleles." in page and "Former member" in page and member.name not in page
    assert member.name not in client.get(f"/groups/{group.slug}/people/").text
    said = client.get(f"/groups/{group.slug}/live/").text
    assert "Good morning" in said and member.name not in said


def test_what_is_theirs_alone_goes_and_what_others_count_on_stays(erase, member, lead, post):
    Draft.keep(member, Typed(f"reply:threads.thread-{post.thread.pk}", {"body": "Not sent"}))
    first = post.thread.posts.get(number=1)
    first.react(member, "helpful")
    erase(member)
    assert not Draft.objects.filter(member=member).exists()
    assert Post.objects.get(pk=first.pk).reactions == {"helpful": 1}


def test_the_preview_counts_what_goes_and_what_stays_and_changes_nothing(client, staff, member, post):
    client.force_login(staff)
    page = client.get(f"/people/{member.handle}/erase/").text
    goes, stays = page.split('id="stays-h"')
    assert re.search(r"Groups</span><span[^>]*>1<", goes)
    assert re.search(r"Posts in discussions</span><span[^>]*>1<", stays)
    assert Member.objects.get(pk=member.pk).email == member.email
    kinds = re.findall(r'class="split"><span>([^<]+)', page)
    assert kinds and not [each for each in kinds if "you" in each.lower()], "it is staff who read it"


def test_what_a_report_waits_for_is_not_erased_before_it_is_decided(erase, member, lead, staff, post):
    post.report(lead, "rules", "Too loud")
    refused = erase(member)
    assert refused.status_code == 422 and "still needed" in refused.text
    assert Entry.objects.filter(act="erase-later", subject=member.subject).exists()
    assert Member.objects.get(pk=member.pk).is_active
    post.leave(staff, "Fine")
    assert erase(member).status_code == 302


def test_what_staff_read_anyway_is_named_with_its_day_and_nothing_else_is(erase, group, member, lead, staff, post):
    group.allows_masked = True
    group.save()
    masked = make.thread(group, lead).nameless().reply(member.affiliations.get(), "Not my name")
    masked.report(lead, "rules", "Who is it?")
    make.thread(group, lead).posts.get().report(member, "rules", "Too loud")
    assert "What you can know of it" not in erase(member).text
    post.report(lead, "rules", "Too loud")
    open_case = Case.objects.get(subject=post.subject)
    hold = LegalHold.place(member.subject, staff, "A claim", timezone.localdate() + dt.timedelta(days=30))
    said = erase(member).text.partition("What you can know of it")[2].partition("</ul>")[0]
    assert re.findall(r"<a href=\"([^\"]+)\"", said) == [hold.get_absolute_url(), open_case.get_absolute_url()]
    assert date_format(hold.review_on, "j F Y") in said and "Who is it" not in said
    post.hide(staff, "Too loud", "2.1")
    masked.hide(staff, "Too loud", "2.1")
    assert "they can appeal until" not in erase(member).text
    assert erase(member, way="remove").text.count("they can appeal until") == 1


def test_nor_is_who_waits_for_an_appeal(erase, member, staff, post):
    decision = post.hide(staff, "Against our rules", "2.1")
    appeal = Appeal.lodge(decision, member, "It is not")
    assert erase(member).status_code == 422
    appeal.refuse(make.person("staff-facilitator", is_staff=True), "It is")
    assert erase(member).status_code == 302


def test_nor_is_whose_profile_was_reported_and_what_was_said_of_it_is_in_the_copy_for_staff(
    client, erase, member, lead, staff
):
    profile = Profile(member=member)
    profile.report(lead, "rules", "Too loud a profile")
    assert erase(member).status_code == 422
    sent = client.post(f"/people/{member.handle}/data/", {"reason": "They asked"}).getvalue()
    assert "Too loud a profile" in zipfile.ZipFile(io.BytesIO(sent)).read("data.json").decode()
    Profile.objects.get().leave(staff, "Fine")
    assert erase(member).status_code == 302


def test_that_holds_for_what_names_nobody_as_well(erase, group, member, lead):
    group.allows_masked = True
    group.save()
    make.thread(group, lead).nameless().reply(member.affiliations.get(), "Not my name").report(
        lead, "rules", "Who is it?"
    )
    assert erase(member).status_code == 422


def test_nor_is_who_waits_for_the_answer_to_a_report(erase, member, lead):
    thread = make.thread(make.group(), lead)
    thread.posts.get().report(member, "rules", "Too loud")
    assert erase(member).status_code == 422


@pytest.mark.parametrize("wrong", [{"handle": "somebody-else"}, {"handle": ""}, {"reason": ""}])
def test_a_slip_erases_nobody(erase, member, post, wrong):
    assert erase(member, **wrong).status_code == 422
    assert Member.objects.get(pk=member.pk).is_active


def test_only_staff_erase_and_no_colleague(erase, member, lead, staff, post):
    colleague = make.person("staff-facilitator", is_staff=True)
    assert erase(member, by=lead).status_code == 403
    assert erase(colleague).status_code == 403
    assert erase(Member.objects.nameless()).status_code == 403
    assert Member.objects.get(pk=member.pk).is_active and Member.objects.get(pk=colleague.pk).is_active


def test_a_group_is_not_left_without_a_lead(erase, group, lead):
    assert erase(lead).status_code == 403
    make.place(group, make.person("second-lead"), "lead")
    assert erase(lead).status_code == 302


def test_what_is_nobody_elses_to_know_is_not_counted(client, staff, group, member, lead):
    group.allows_masked = True
    group.save()
    make.thread(group, lead).nameless().reply(member.affiliations.get(), "Not my name")
    client.force_login(staff)
    page = client.get(f"/people/{member.handle}/erase/").text
    assert "without a name</span>" not in page and "Reports made" not in page


def test_letters_and_invitations_to_them_go_too(erase, group, member, staff, post):
    mail.send(member.email.upper(), "application", {})
    group.invites.create(email=member.email, by=staff, role="member")
    erase(member)
    assert not mail.wrote(member.email, ["application"], make.dt.timedelta(days=1))
    assert not group.invites.exists()


def test_the_log_says_who_did_it_and_why(erase, member, staff, post):
    erase(member)
    entry = Entry.objects.get(act="erase")
    assert (entry.actor, entry.subject, entry.reason) == (staff, member.subject, "Asked by letter")


def test_nor_is_who_sent_without_their_name_what_was_passed_to_staff(erase, group, member, lead, staff):
    nobody = Member.objects.nameless()
    passed = Passed.objects.create(group=group, author=nobody, sent_by=member, body="Not my name")
    passed.report(lead, "rules", "Who is it?")
    assert erase(member).status_code == 422
    passed.leave(staff, "Fine")
    assert erase(member).status_code == 302


def test_letters_to_others_are_not_lost_for_a_word_in_them(erase, member, lead, group):
    Member.objects.filter(pk=member.pk).update(name="Will")
    letter = mail.send(lead.email, "application", {})
    Letter.objects.filter(pk=letter.pk).update(subject="Will you come?", text="We will be there.")
    erase(member)
    letter.refresh_from_db()
    assert (letter.subject, letter.text) == ("Will you come?", "We will be there.")


def test_they_name_whoever_is_erased_no_more(erase, member, lead, group):
    Member.objects.filter(pk=member.pk).update(name="Quillon O’Brass")
    letter = mail.send(lead.email, "application", {})
    said = {"subject": "Quillon O’Brass asks you in", "text": f"Ask @{member.handle}", "html": "<p>Quillon O’Brass</p>"}
    Letter.objects.filter(pk=letter.pk).update(**said)
    handle = member.handle
    erase(member)
    letter.refresh_from_db()
    assert letter.subject == "Former member asks you in" and letter.html == "<p>Former member</p>"
    assert f"@{handle}" not in letter.text and "@former-" in letter.text


def test_who_complained_goes_out_of_what_the_author_was_sent_whatever_they_had_agreed_to(
    client, erase, group, member, staff, post
):
    teller = make.person("jo-of-the-choir", email="choir@example.org")
    make.place(group, teller)
    more = send_report(client, teller, post, kind="defamation", words="Untrue").url
    why = f"I, {teller.name}, teach there; write to choir@example.org"
    client.post(more, COMPLAINT | {"why": why, "pass_name": "yes", "pass_email": "yes"})
    decide(client, staff, post, "edit", rule="2.1", complaint=post.open_case.complaint)
    url = Decision.objects.get().get_absolute_url()
    assert "Jo Complainant" in page(client, member, url).text and why in client.get(url).text
    name = teller.name
    assert erase(teller).status_code == 302
    for reader in (member, staff):
        shown = page(client, reader, url).text
        assert "We pay by the tenth" in shown and "I, […], teach there; write to […]" in shown
        assert all(said not in shown for said in (name, "Jo Complainant", "jo@example.org", "choir@example.org"))


def test_whoever_is_erased_once_more_takes_no_letter_about_another_former_member_with_them(erase, member, lead, post):
    assert erase(member).status_code == 302
    letter = mail.send(lead.email, "application", {})
    Letter.objects.filter(pk=letter.pk).update(subject="Former member wrote", sent_at=timezone.now())
    assert erase(Member.objects.get(pk=member.pk), way="remove").status_code == 302
    letter.refresh_from_db()
    assert letter.subject == "Former member wrote" and not Post.objects.get(pk=post.pk).body
