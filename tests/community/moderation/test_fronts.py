"""What a group says of itself: reported, judged, hidden wherever it is read, brought back exactly."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from community.models import Entry
from community.moderation.models import Appeal, Case, Decision, Moderatable, Report
from community.notifications.models import Notification
from groups.models import Front, Group, Role
from tests import make
from tests.community.moderation.deeds import case_page, decide, page, send_report

pytestmark = pytest.mark.django_db
PURPOSE, WELCOME = "Selling our own course to you", "Begin with **our shop**"


@pytest.fixture
def front(group, lead):
    Group.objects.filter(pk=group.pk).update(purpose=PURPOSE, welcome=WELCOME, joining="request")
    group.refresh_from_db()
    return Front.with_key(group.pk)


def home(client, who, group):
    return page(client, who, group.get_absolute_url())


def settings(client, who, group, **said):
    client.force_login(who)
    url = reverse("groups:settings", args=[group.slug])
    form = client.get(url).context["form"]
    now = {name: form.get_initial_for_field(field, name) for name, field in form.fields.items()}
    return client.post(url, {name: "" if value is None else value for name, value in (now | said).items()})


def test_its_page_leads_to_a_report_for_all_but_its_leads(client, front, group, member, lead, outsider):
    link = reverse("moderation:report", args=[front.subject])
    assert link in home(client, member, group).text
    assert link not in home(client, lead, group).text
    assert link in page(client, outsider, reverse("groups:join", args=[group.slug])).text
    assert PURPOSE in page(client, outsider, link).text
    assert send_report(client, lead, front).status_code == 403
    assert not Front.objects.exists() and not Report.objects.exists()


def test_who_may_not_know_of_it_cannot_report_it(client, front, group, member, outsider):
    Group.objects.filter(pk=group.pk).update(visibility="hidden")
    for subject in (front.subject, "front-99999"):
        assert send_report(client, outsider, type("Thing", (), {"subject": subject})).status_code == 404
    assert send_report(client, member, front).status_code == 302


def test_report_case_hide_letter_appeal_restore(client, front, group, member, lead, staff, colleague):
    facts = Group.objects.filter(pk=group.pk).values().get()
    sent = send_report(client, member, front, kind="spam", words="An advert")
    assert sent.status_code == 302 and Report.objects.get().evidence == f"{group.name}\n{PURPOSE}\n{WELCOME}"
    case = case_page(client, staff, front).text
    assert "An advert" in case and PURPOSE in case and reverse("groups:settings", args=[group.slug]) in case
    said = case.partition("What the reporters said")[2].partition("Decide")[0]
    assert member.name not in said
    for act in ("nothing", "note", "edit", "hide"):
        assert f'value="{act}"' in case, act
    for act in ("warn", "remove", "slow", "lock", "vet", "restrict", "silence", "suspend", "end"):
        assert f'value="{act}"' not in case, act
    assert decide(client, staff, front, "hide", rule="2.3").status_code == 302
    told = Notification.objects.get(kind="hide")
    assert told.member == lead, "its first lead answers for it"
    letter = page(client, lead, Decision.objects.get().get_absolute_url()).text
    assert "We have hidden your group description" in letter and member.name not in letter
    link = letter.partition('href="/appeals/')[2].partition('"')[0]
    client.post(f"/appeals/{link}", {"words": "It is no shop"})
    client.force_login(colleague)
    client.post(
        reverse("moderation:hear", args=[Appeal.objects.get().pk]), {"is_upheld": "yes", "reason": "It is none."}
    )
    assert Group.objects.filter(pk=group.pk).values().get() == facts
    assert PURPOSE in home(client, member, group).text and "our shop" in home(client, member, group).text


def test_hidden_it_is_read_nowhere(client, front, group, member, lead, staff, outsider):
    pages = [
        (member, group.get_absolute_url()),
        (lead, group.get_absolute_url()),
        (member, reverse("groups:directory")),
        (outsider, reverse("groups:directory")),
        (outsider, reverse("groups:join", args=[group.slug])),
    ]
    assert all(PURPOSE in page(client, who, url).text for who, url in pages)
    front.hide(staff, "An advert", "2.3")
    for who, url in pages:
        text = page(client, who, url).text
        assert reverse("moderation:report", args=[front.subject]) not in text
        assert PURPOSE not in text and "our shop" not in text and "Hidden by staff" in text, url


def test_while_hidden_it_stays_as_it_is_and_the_rest_can_be_set(client, front, group, lead, staff):
    front.hide(staff, "An advert", "2.3")
    refused = settings(client, lead, group, purpose="Something else")
    assert refused.status_code == 422 and "Something else" in refused.text and "stays as it is" in refused.text
    assert settings(client, lead, group, hue="teal").status_code == 302
    Moderatable.find(front.subject).restore(staff, "Well")
    assert settings(client, lead, group, purpose="Something else").status_code == 302
    group.refresh_from_db()
    assert group.purpose == "Something else"


def test_a_lead_of_staff_does_not_judge_their_own_group(client, front, group, member, staff, colleague):
    make.place(group, colleague, Role.CO_LEAD)
    send_report(client, member, front)
    case = Case.objects.get()
    assert case.is_for(staff) and not case.is_for(colleague)
    assert case_page(client, colleague, front).status_code == 403
    assert decide(client, colleague, front, "nothing").status_code == 403
    assert case_page(client, staff, front).status_code == 200
    assert decide(client, staff, front, "nothing").status_code == 302


def test_a_confidential_group_is_opened_with_a_look_that_is_put_down(client, front, group, member, staff):
    Group.objects.filter(pk=group.pk).update(visibility="hidden", is_confidential=True)
    assert case_page(client, staff, front).status_code == 404
    send_report(client, member, front)
    assert PURPOSE not in page(client, staff, reverse("moderation:desk")).text
    case = case_page(client, staff, front)
    assert "this look is in the ledger" in case.text and PURPOSE in case.text


def test_the_directory_asks_no_more_for_many_groups(client, front, member, staff):
    def cost():
        page(client, member, reverse("groups:directory"))
        with CaptureQueriesContext(connection) as asked:
            page(client, member, reverse("groups:directory"))
        return len(asked)

    make.group("One more")
    few = cost()
    for number in range(20):
        Front.with_key(make.group(f"Group {number}").pk).hide(staff, "An advert", "2.3")
    assert cost() <= few


def test_its_report_shows_the_welcome_to_its_members_alone(client, front, group, member, outsider, staff):
    Group.objects.filter(pk=group.pk).update(visibility="listed")
    link = reverse("moderation:report", args=[front.subject])
    for who in (member, staff):
        assert PURPOSE in page(client, who, link).text and "our shop" in client.get(link).text
    shown = page(client, outsider, link).text
    assert group.name in shown and PURPOSE in shown and "our shop" not in shown
    again = client.post(link, {"kind": "", "words": "Typed"})
    assert again.status_code == 422 and "our shop" not in again.text
    assert send_report(client, outsider, front).status_code == 302
    assert "our shop" in Report.objects.get().evidence, "whoever judges it has the whole"


def test_of_a_listed_confidential_group_staff_read_the_welcome_once_it_was_reported_and_are_put_down(
    client, front, group, member, staff
):
    url = reverse("moderation:case", args=[front.subject])
    assert "our shop" in page(client, staff, url).text, "of any other group it is theirs to look at"
    Group.objects.filter(pk=group.pk).update(visibility="listed", is_confidential=True)
    assert page(client, staff, url).status_code == 404
    assert "our shop" not in page(client, staff, reverse("moderation:report", args=[front.subject])).text
    Group.objects.filter(pk=group.pk).update(purpose="Our shop sells")
    send_report(client, member, front)
    assert "sells" not in page(client, staff, reverse("moderation:desk")).text
    case = page(client, staff, url).text
    assert "this look is in the ledger" in case and "our shop" in case
    assert Entry.objects.filter(act="look", actor=staff, subject=front.subject).exists()


@pytest.fixture
def co_lead(group, lead):
    found = make.person("co-chair")
    make.place(group, found, Role.CO_LEAD)
    return found


def test_all_leads_hear_of_a_decision_with_its_reasons_and_the_first_alone_appeals(
    client, front, group, member, lead, co_lead, staff
):
    send_report(client, member, front, kind="spam", words="An advert")
    decide(client, staff, front, "hide", rule="2.3")
    decision = Decision.objects.get()
    assert {told.member for told in Notification.objects.filter(kind="hide")} == {lead, co_lead}
    text = page(client, co_lead, decision.get_absolute_url()).text
    assert decision.reason in text and "Whoever had the letter" in text and "/appeals/" not in text
    assert member.name not in text
    assert "/appeals/" in page(client, lead, decision.get_absolute_url()).text
    assert page(client, member, decision.get_absolute_url()).status_code == 404, "nobody else reads it"
    decide(client, staff, front, "restore")
    assert {told.member for told in Notification.objects.filter(kind="restore")} == {lead, co_lead}


def test_nobody_is_troubled_with_what_touches_nobody(client, front, group, member, lead, co_lead, staff):
    send_report(client, member, front, kind="spam", words="An advert")
    decide(client, staff, front, "nothing")
    assert not Notification.objects.filter(member__in=[lead, co_lead]).exists()
    for who in (lead, co_lead):
        assert page(client, who, Decision.objects.get().get_absolute_url()).status_code == 404


def test_a_lead_of_staff_reads_no_note_about_their_own_group_and_a_colleague_does(
    client, front, group, member, lead, staff, colleague
):
    make.place(group, staff, Role.LEAD)
    send_report(client, member, front)
    assert decide(client, colleague, front, "note").status_code == 302
    note = Decision.objects.get()
    assert note.author == lead and note.reason in page(client, colleague, note.get_absolute_url()).text
    assert page(client, staff, note.get_absolute_url()).status_code == 404


def test_whoever_leads_only_later_reads_nothing_of_it(client, front, group, member, lead, staff):
    send_report(client, member, front, kind="spam", words="An advert")
    decide(client, staff, front, "hide", rule="2.3")
    late = make.person("late-chair")
    make.place(group, late, Role.CO_LEAD)
    assert page(client, late, Decision.objects.get().get_absolute_url()).status_code == 404
