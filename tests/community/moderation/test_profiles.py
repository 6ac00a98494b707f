"""What somebody says of themselves: reported, judged, hidden everywhere, brought back exactly; and the doors of those
whom staff keep from writing."""

import datetime as dt
import re

import pytest
from django.urls import reverse
from django.utils import timezone

from community.members.models import Member
from community.moderation.models import Appeal, Case, Decision, Moderatable, Notice, Profile, Report, Ruling
from community.notifications.models import Notification
from tests import make
from tests.community.moderation.deeds import case_page, decide, page, send_report

pytestmark = pytest.mark.django_db
SAID = {"name": "Peri Brass", "title": "Brass tutor", "pronouns": "ze/zir", "nation": "", "language": "en-gb"}
SAID |= {"time_zone": "Europe/London", "bio": "I teach, and I know where you live, Ada"}
UNSAID = ["Brass tutor", "ze/zir", "know where you live"]


@pytest.fixture
def profile(member):
    Member.objects.filter(pk=member.pk).update(**SAID)
    member.refresh_from_db()
    return Profile.with_key(member.pk)


def their_page(client, who, member):
    return page(client, who, reverse("members:person", args=[member.handle]))


def change(client, member, **said):
    client.force_login(member)
    return client.post(reverse("members:profile"), SAID | said)


def test_the_page_of_a_person_leads_to_a_report_and_one_s_own_does_not(client, profile, member, lead):
    link = reverse("moderation:report", args=[profile.subject])
    assert link in their_page(client, lead, member).text
    assert link not in their_page(client, member, member).text
    assert "know where you live" in page(client, lead, link).text
    assert not Profile.objects.exists(), "looking at the form changes nothing"


def test_a_report_is_a_case_about_the_profile_as_it_was(client, profile, member, lead, staff):
    sent = send_report(client, lead, profile, words="A threat")
    assert sent.status_code == 302 and "Staff have your report" in page(client, lead, sent.url).text
    assert Report.objects.get().evidence.endswith("know where you live, Ada")
    change(client, member, bio="Other words")
    case = case_page(client, staff, profile).text
    assert "A threat" in case and "know where you live" in case and "Other words" in case
    said = case.partition("What the reporters said")[2].partition("Decide")[0]
    assert lead.name not in said


def test_who_cannot_open_a_profile_cannot_report_it_and_nobody_their_own(client, profile, member, outsider):
    gone = make.person("gone")
    gone.affiliations.update(ends_on=timezone.localdate() - dt.timedelta(days=2), starts_on="2020-01-01")
    for subject in (f"profile-{gone.pk}", f"profile-{Member.objects.nameless().pk}", "profile-99999999"):
        assert send_report(client, outsider, type("Thing", (), {"subject": subject})).status_code == 404
    assert send_report(client, member, profile).status_code == 403
    assert send_report(client, outsider, profile).status_code == 302


def test_only_steps_that_make_sense_are_offered(client, profile, lead, staff):
    send_report(client, lead, profile)
    case = case_page(client, staff, profile).text
    for act in ("nothing", "note", "edit", "warn", "hide", "remove", "vet", "silence", "suspend", "end"):
        assert f'value="{act}"' in case, act
    for act in ("slow", "lock", "restrict"):
        assert f'value="{act}"' not in case, act
    assert decide(client, staff, profile, "lock", rule="2.2").status_code == 403


def test_hidden_it_is_hidden_everywhere_and_restored_exactly(client, profile, member, lead, staff, group):
    facts = [field.attname for field in Member._meta.concrete_fields if field.name != "last_login"]
    before = Member.objects.filter(pk=member.pk).values(*facts).get()
    shown = their_page(client, lead, member).text
    people = page(client, lead, reverse("groups:people", args=[group.slug])).text
    assert "Brass tutor" in people
    send_report(client, lead, profile)
    assert decide(client, staff, profile, "hide", rule="2.2").status_code == 302
    for reader in (lead, staff, member):
        now = their_page(client, reader, member).text
        assert "Hidden by staff" in now and not any(said in now for said in UNSAID)
        assert reverse("moderation:report", args=[profile.subject]) not in now, "there is nothing to report any more"
    assert "Brass tutor" not in page(client, lead, reverse("groups:people", args=[group.slug])).text
    assert "know where you live" in case_page(client, staff, profile).text
    assert Notification.objects.filter(member=member, kind="hide").exists()
    assert Notification.objects.filter(member=lead, kind="outcome").exists()
    decide(client, staff, profile, "restore")
    assert Member.objects.filter(pk=member.pk).values(*facts).get() == before
    assert page(client, lead, reverse("groups:people", args=[group.slug])).text.count("Brass tutor") == 1
    assert body(their_page(client, lead, member).text) == body(shown)


def body(html):
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", html.partition("<main")[2].partition("</main>")[0])


def test_what_is_hidden_stays_as_it_is_and_what_was_typed_comes_back(client, profile, member, staff):
    profile.hide(staff, "A threat", "2.2")
    refused = change(client, member, bio="Something new")
    assert refused.status_code == 422 and "Something new" in refused.text and "stays as it is" in refused.text
    assert change(client, member, language="en-gb").status_code == 302, "what is no word of theirs can be set"
    Moderatable.find(profile.subject).restore(staff, "Well")
    assert change(client, member, bio="Something new").status_code == 302
    member.refresh_from_db()
    assert member.bio == "Something new"


def test_the_letter_leads_to_an_appeal_that_a_colleague_hears(client, profile, member, lead, staff, colleague):
    send_report(client, lead, profile)
    decide(client, staff, profile, "hide", rule="2.2")
    letter = page(client, member, Decision.objects.get().get_absolute_url())
    assert "We have hidden your profile" in letter.text and lead.name not in letter.text
    link = letter.text.partition('href="/appeals/')[2].partition('"')[0]
    assert client.post(f"/appeals/{link}", {"words": "It was a song"}).status_code == 302
    appeal = Appeal.objects.get()
    client.force_login(staff)
    assert (
        client.post(reverse("moderation:hear", args=[appeal.pk]), {"is_upheld": "yes", "reason": "So"}).status_code
        == 403
    )
    client.force_login(colleague)
    client.post(reverse("moderation:hear", args=[appeal.pk]), {"is_upheld": "yes", "reason": "It was a song."})
    assert "know where you live" in their_page(client, lead, member).text


def test_a_report_about_staff_is_kept_from_them(client, lead, staff, colleague):
    theirs = Profile.with_key(staff.pk)
    send_report(client, lead, theirs)
    case = Case.objects.get()
    assert not case.is_for(staff) and case.is_for(colleague)
    assert str(case) not in page(client, staff, reverse("moderation:desk")).text
    assert case_page(client, staff, theirs).status_code == 403
    assert case_page(client, colleague, theirs).status_code == 200


def test_sealed_it_is_out_of_sight_without_a_word(client, profile, member, lead, staff, both):
    client.force_login(lead)
    sent = client.post(
        reverse("moderation:report", args=[profile.subject]), {"kind": "worry", "words": "Look", "sealed": "1"}
    )
    assert sent.status_code == 302
    assert "know where you live" not in their_page(client, lead, member).text
    assert case_page(client, staff, profile).status_code == 404
    assert send_report(client, lead, profile).status_code == 403


def silence(member, staff):
    until = timezone.now() + dt.timedelta(days=7)
    Profile.with_key(member.pk).decide(staff, Ruling("silence", "Threats", "2.2", until))
    member.refresh_from_db()


def test_silenced_one_says_nothing_of_oneself(client, profile, member, staff, colleague):
    silence(member, staff)
    refused = change(client, member, bio="And another thing")
    assert refused.status_code == 422 and "And another thing" in refused.text and "but not write" in refused.text
    assert change(client, member).status_code == 302, "the same words stay"
    Moderatable.find(profile.subject).undo(Decision.objects.get(), staff, "Well")
    assert change(client, member, bio="And another thing").status_code == 302


def test_silenced_one_asks_no_leads_to_join(client, profile, member, staff):
    other = make.group("Percussion", joining="request")
    url = reverse("groups:join", args=[other.slug])
    sent = {"affiliation": member.affiliations.get().pk, "note": "Let me in"}
    silence(member, staff)
    assert "but not write" in page(client, member, url).text
    refused = client.post(url, sent)
    assert refused.status_code == 403 and "Let me in" in refused.text
    assert not other.join_requests.exists()
    Moderatable.find(profile.subject).undo(Decision.objects.get(), staff, "Well")
    assert client.post(url, sent).status_code == 302 and other.join_requests.exists()


def test_what_somebody_without_an_account_says_of_a_profile_becomes_a_case(client, profile, member, staff):
    said = {"kind": "harassment", "words": "A threat", "address": f"https://here.example/people/{member.handle}/"}
    client.post(reverse("moderation:send-notice"), said)
    notice = Notice.objects.get()
    assert "Open a case: <bdi>profile" in page(client, staff, notice.get_absolute_url()).text
    client.post(reverse("moderation:open-case", args=[notice.pk]), {"about": profile.subject})
    assert "A threat" in case_page(client, staff, profile).text
